"""Areas: single countries and aggregates, as sums over the grid's countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.countries import aggregates, members, resolve
from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

EVERYTHING = "all"


@dataclass(frozen=True)
class Area:
    """A country or an aggregate and its members among the countries of the data."""

    code: str
    members: tuple[str, ...]


def choose_areas(wanted: str | Iterable[str] | None, covered: Sequence[str]) -> tuple[Area, ...]:
    """Turn names or codes into areas.

    Parameters
    ----------
    wanted
        One or several codes or names of countries or aggregates; "all" for every country and
        aggregate; None for the same.
    covered
        ISO3 codes in the data.

    Raises
    ------
    UsageError
        An unknown name, or a country that the data do not cover.
    """
    if wanted is None:
        wanted = EVERYTHING
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    if not names:
        raise UsageError("No country is left.", where="country", remedy="Name one, or 'all'.")
    codes: list[str] = []
    for name in names:
        if name.lower() == EVERYTHING:
            codes += [*aggregates(), *covered]
        else:
            codes.append(resolve(name))
    return tuple(_area(code, covered) for code in dict.fromkeys(codes))


def _area(code: str, covered: Sequence[str]) -> Area:
    inside = tuple(member for member in members(code) if member in covered)
    if not inside:
        raise UsageError(
            f"The data do not cover {code}: it has no ILO labour-force estimates.",
            where="country",
            remedy="`worldclass atlas --country all --out FILE` writes every area that is covered.",
        )
    return Area(code, inside)


def needed(areas: Sequence[Area]) -> tuple[str, ...]:
    """All countries behind some areas, sorted."""
    return tuple(sorted({code for area in areas for code in area.members}))


def sum_over(
    values: NDArray[np.floating[Any]], countries: Sequence[str], areas: Sequence[Area]
) -> NDArray[np.float64]:
    """Sum the second-last axis (countries) into areas.

    Parameters
    ----------
    values
        Shape (..., countries, years).

    Returns
    -------
    Shape (..., areas, years).
    """
    position = {code: row for row, code in enumerate(countries)}
    out = np.empty((*values.shape[:-2], len(areas), values.shape[-1]))
    for row, area in enumerate(areas):
        rows = [position[code] for code in area.members]
        if len(rows) == 1:
            out[..., row, :] = values[..., rows[0], :]
        else:
            out[..., row, :] = values[..., rows, :].sum(axis=-2, dtype=np.float64)
    return out
