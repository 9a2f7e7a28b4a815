"""Hours per worker of every country and year, as shipped in `hours.csv`.

`scripts/build_hours.py` writes the file from a mirror by `hours_estimate`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.datafile import package_file, read_text
from worldclass.core.errors import SourceError
from worldclass.flows.labour.hours_estimate import BASES
from worldclass.people.grid import FIRST_YEAR, LAST_YEAR, Grid

if TYPE_CHECKING:
    from worldclass.flows.labour.hours_estimate import HoursEstimate
    from worldclass.people.grid import Array

COLUMNS = ("country", "year", "hours", "log_sd", "basis")
MEASURED = ("pwt", "survey")
"""Bases that rest on a published value of that country and year."""


@dataclass(frozen=True)
class HoursPerWorker:
    """Hours per worker on a grid; arrays of shape (countries, years).

    Attributes
    ----------
    grid
        Countries and years.
    hours
        Annual hours per employed person.
    log_sd
        Standard error of their logarithm.
    basis
        Index into `hours_estimate.BASES`.
    """

    grid: Grid
    hours: Array
    log_sd: Array
    basis: Array

    @property
    def imputed(self) -> Array:
        """1 where no published value of that country and year stands behind the hours."""
        measured = [BASES.index(name) for name in MEASURED]
        return (~np.isin(self.basis, measured)).astype(float)


@cache
def hours_per_worker() -> HoursPerWorker:
    """Read the shipped table.

    Examples
    --------
    >>> table = hours_per_worker()
    >>> row, column = table.grid.countries.index("DEU"), table.grid.years.index(2008)
    >>> round(float(table.hours[row, column]))
    1447
    """
    source = package_file("worldclass.flows.labour", "hours.csv")
    return parse_hours(read_text(source, error=SourceError), str(source))


def parse_hours(text: str, where: str) -> HoursPerWorker:
    """Put the text of an hours table on its grid.

    Raises
    ------
    SourceError
        A column is missing, a value is no number, or a country lacks a year.
    """
    rows = list(csv.DictReader(text.splitlines()))
    missing = [name for name in COLUMNS if not rows or name not in rows[0]]
    if missing:
        raise SourceError(
            f"The table of hours lacks {', '.join(missing)}.",
            where=where,
            remedy=f"It needs the columns {', '.join(COLUMNS)}.",
        )
    grid = Grid(
        tuple(sorted({row["country"] for row in rows})), tuple(range(FIRST_YEAR, LAST_YEAR + 1))
    )
    place = {code: i for i, code in enumerate(grid.countries)}
    hours, log_sd, basis = (np.full(grid.shape, np.nan) for _ in range(3))
    for number, row in enumerate(rows, start=2):
        try:
            at = place[row["country"]], int(row["year"]) - FIRST_YEAR
            hours[at], log_sd[at] = float(row["hours"]), float(row["log_sd"])
            basis[at] = BASES.index(row["basis"])
        except (ValueError, IndexError) as error:
            raise SourceError(
                f"A row of the table of hours cannot be read: {dict(row)}.",
                where=f"{where}, line {number}",
                remedy=f"Years {FIRST_YEAR} to {LAST_YEAR}; basis one of {', '.join(BASES)}.",
            ) from error
    if not np.isfinite(hours).all() or (hours <= 0).any():
        row, column = np.argwhere(~(hours > 0))[0]
        raise SourceError(
            "The table of hours has no positive value for a country and year.",
            where=f"{where}: {grid.countries[row]}, {grid.years[column]}",
            remedy="Build it anew with scripts/build_hours.py.",
        )
    return HoursPerWorker(grid, hours, log_sd, basis)


def format_hours(grid: Grid, estimate: HoursEstimate) -> str:
    """Text of `hours.csv`: published values in full, estimates to 0.1 hours."""
    lines = [",".join(COLUMNS)]
    for i, country in enumerate(grid.countries):
        for j, year in enumerate(grid.years):
            name = BASES[int(estimate.basis[i, j])]
            digits = 7 if name == "pwt" else 1
            value = f"{estimate.hours[i, j]:.{digits}f}"
            lines.append(f"{country},{year},{value},{estimate.log_sd[i, j]:.4f},{name}")
    return "\n".join(lines) + "\n"
