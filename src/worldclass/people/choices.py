"""Years and sexes as people type them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import index
from typing import SupportsIndex, cast

from worldclass.core.errors import UsageError
from worldclass.people.grid import SEX_CODES

Years = int | str | Iterable[int] | None


def choose_years(wanted: Years, covered: Sequence[int]) -> tuple[int, ...]:
    """Turn a year, a range such as "2000:2023", or several into years.

    Raises
    ------
    UsageError
        A year that is no number or that the data do not cover.

    Examples
    --------
    >>> choose_years("2021:", (2019, 2020, 2021, 2022))
    (2021, 2022)
    """
    if wanted is None:
        return tuple(covered)
    if isinstance(wanted, str):
        chosen = [year for part in wanted.split(",") for year in _range(part.strip(), covered)]
    else:
        chosen = _whole_numbers(wanted)
    unknown = [year for year in chosen if year not in covered]
    if unknown or not chosen:
        raise UsageError(
            f"The data do not cover {unknown[0]}." if unknown else "No year is left.",
            where="year",
            remedy=f"Choose years from {covered[0]} to {covered[-1]}.",
        )
    return tuple(sorted(set(chosen)))


def _whole_numbers(wanted: object) -> list[int]:
    """One whole number or several, of Python or of NumPy."""
    try:
        if isinstance(wanted, Iterable):
            return [index(year) for year in cast("Iterable[SupportsIndex]", wanted)]
        return [index(cast("SupportsIndex", wanted))]
    except TypeError:
        raise UsageError(
            f"{wanted!r} is no year.",
            where="year",
            remedy="Write 2019, [2000, 2019] or '2000:2019'.",
        ) from None


def _range(text: str, covered: Sequence[int]) -> list[int]:
    first, colon, last = text.partition(":")
    try:
        if not colon:
            return [int(first)]
        start = int(first) if first.strip() else covered[0]
        end = int(last) if last.strip() else covered[-1]
    except ValueError:
        raise UsageError(
            f"{text!r} is neither a year nor a range of years.",
            where="year",
            remedy="Write 2019, 2000:2019, or 1991,2019.",
        ) from None
    if first.strip() and last.strip() and start > end:
        raise UsageError(
            f"The range {text!r} starts after its end.",
            where="year",
            remedy=f"Write {end}:{start}.",
        )
    if abs(end - start) > 1000:
        raise UsageError(
            f"The range {text!r} is too long.",
            where="year",
            remedy=f"Choose years from {covered[0]} to {covered[-1]}.",
        )
    return list(range(start, end + 1))


def choose_sexes(wanted: str | Iterable[str] | None) -> tuple[str, ...]:
    """Turn one or several sexes into codes.

    Raises
    ------
    UsageError
        Something other than female, male or total.
    """
    if wanted is None:
        return SEX_CODES
    chosen = (wanted,) if isinstance(wanted, str) else tuple(wanted)
    if not chosen:
        raise UsageError("No sex is left.", where="sex", remedy=f"Use {', '.join(SEX_CODES)}.")
    for code in chosen:
        if code not in SEX_CODES:
            raise UsageError(
                f"Unknown sex {code!r}.", where="sex", remedy=f"Use {', '.join(SEX_CODES)}."
            )
    return chosen
