"""Open input-output tables: found, read, checked, repaired as stated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError, UsageError
from worldclass.flows.validate import Balance, make_economy
from worldclass.people.choices import choose_years
from worldclass.sources.input_output.find import find_table, list_tables

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from worldclass.flows.economy import Economy
    from worldclass.flows.validate import TableReport
    from worldclass.people.choices import Years


def read_economy(
    path: str | Path, year: int | None = None, *, balance: Balance = "residual"
) -> tuple[Economy, TableReport]:
    """Read and check one input-output table.

    Parameters
    ----------
    path
        A provider's file or folder, a manifest (.toml), or a data mirror.
    year
        May be left out where the path holds one year only.
    balance
        What becomes of rows that do not balance, as in `worldclass.flows.validate.make_economy`.

    Returns
    -------
    The economy, and the report of what was found and repaired.

    Raises
    ------
    SourceError, UsageError
        The table cannot be found or read; the message says what is there.
    EconomyError
        It is no economy.
    """
    return make_economy(find_table(path, year), balance)


def open_tables(
    path: str | Path, year: Years = None, *, balance: Balance = "residual"
) -> Generator[tuple[Economy, TableReport]]:
    """Read and check several years, one after another.

    Parameters
    ----------
    path, balance
        As in `read_economy`.
    year
        A year, a range (years that are absent are left out), or several; by default all.

    Raises
    ------
    SourceError, UsageError, EconomyError
        As `read_economy`.
    """
    for one in table_years(path, year):
        yield read_economy(path, one, balance=balance)


def years_within(year: Years, years: Sequence[int]) -> tuple[int, ...]:
    """Years between the first and the last that have a table; a refusal names those without.

    Raises
    ------
    UsageError
        A year that is no number, or outside the span.

    Examples
    --------
    >>> years_within("1995:1997", (1995, 1997))
    (1995, 1996, 1997)
    """
    span = range(years[0], years[-1] + 1)
    try:
        return choose_years(year, span)
    except UsageError as error:
        absent = [str(one) for one in span if one not in years]
        more = f" There is no table of {' or '.join(absent)}." if absent else ""
        raise UsageError(error.what, where=error.where, remedy=error.remedy + more) from None


def table_years(path: str | Path, year: Years = None) -> tuple[int | None, ...]:
    """Years of a folder that are asked for; (None,) for a file that holds one."""
    place = Path(path)
    if not place.is_dir():
        return (None,) if year is None else choose_years(year, range(1900, 2100))
    found = list_tables(place)
    if len(found) != 1:
        return (None,) if year is None else choose_years(year, range(1900, 2100))
    years = found[0].years
    if year is None:
        return years
    chosen = years_within(year, years)
    if isinstance(year, str) and ":" in year:
        chosen = tuple(one for one in chosen if one in years)
    if not chosen:
        raise SourceError(
            "None of these years is there.", where=str(place), remedy=f"There are {found[0]}."
        )
    return chosen
