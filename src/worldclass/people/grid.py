"""The grid of countries and years on which everything is estimated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]
    Flags = NDArray[np.bool_]

SEXES = ("female", "male")
SEX_CODES = (*SEXES, "total")
FIRST_YEAR, LAST_YEAR = 1991, 2023


@dataclass(frozen=True)
class Grid:
    """Countries × years; arrays on it have shape (countries, years).

    Attributes
    ----------
    countries
        ISO 3166-1 alpha-3 codes, sorted.
    years
        Consecutive calendar years.
    """

    countries: tuple[str, ...]
    years: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of countries and of years."""
        return len(self.countries), len(self.years)

    def place(self, frame: pl.DataFrame, column: str = "value") -> Array:
        """Put a long frame (iso3, year, `column`) on the grid; NaN where it has no row."""
        rows = {code: i for i, code in enumerate(self.countries)}
        columns = {year: j for j, year in enumerate(self.years)}
        placed = np.full(self.shape, np.nan)
        for code, year, value in frame.select("iso3", "year", column).iter_rows():
            i, j = rows.get(code), columns.get(year)
            if i is not None and j is not None and value is not None:
                placed[i, j] = value
        return placed


@dataclass(frozen=True)
class PanelOnGrid:
    """A tidy panel (iso3, year, indicator, sex, value) read series by series onto a grid."""

    grid: Grid
    frame: pl.DataFrame

    def series(self, indicator: str, sex: str = "total") -> Array:
        """One indicator and sex, shape (countries, years), NaN where absent."""
        rows = self.frame.filter(
            (self.frame["indicator"] == indicator) & (self.frame["sex"] == sex)
        )
        return self.grid.place(rows)

    def by_sex(self, indicator: str) -> Array:
        """One indicator for women and men, shape (2, countries, years)."""
        return np.stack([self.series(indicator, sex) for sex in SEXES])


def fill_years(values: Array) -> tuple[Array, Flags]:
    """Fill gaps along the last axis: straight lines between years, the nearest value outside.

    Parameters
    ----------
    values
        Shape (..., years); NaN marks a gap.

    Returns
    -------
    filled, gap
        The filled array, NaN only where a row has no value at all, and where it was filled.
    """
    flat = values.reshape(-1, values.shape[-1])
    filled = flat.copy()
    positions = np.arange(flat.shape[1])
    for row in filled:
        known = np.isfinite(row)
        if known.any() and not known.all():
            row[~known] = np.interp(positions[~known], positions[known], row[known])
    return filled.reshape(values.shape), ~np.isfinite(values)


def years_away(gap: Flags) -> Array:
    """Years to the nearest position that is not a gap, per row; infinite where a row has none.

    Parameters
    ----------
    gap
        Shape (countries, years).
    """
    years = np.arange(gap.shape[1])
    away = np.full(gap.shape, np.inf)
    for row, out in zip(gap, away, strict=True):
        known = years[~row]
        if known.size:
            out[:] = np.abs(years[:, None] - known[None]).min(axis=1)
    return away


def row_median(values: Array) -> Array:
    """Median of the known values of each row, NaN where a row has none."""
    return np.array([np.nanmedian(row) if np.isfinite(row).any() else np.nan for row in values])


def fill_from_group(values: Array, groups: NDArray[np.str_]) -> tuple[Array, Flags]:
    """Fill countries without any value by the median of their group in that year, then of all.

    Parameters
    ----------
    values
        Shape (countries, years).
    groups
        A label per country.

    Returns
    -------
    filled, gap
        The filled array and where it was filled.
    """
    gap = ~np.isfinite(values)
    filled = values.copy()
    everywhere = _median(values)
    for group in np.unique(groups):
        members = groups == group
        middle = _median(values[members])
        middle = np.where(np.isfinite(middle), middle, everywhere)
        block = filled[members]
        filled[members] = np.where(np.isfinite(block), block, middle)
    return filled, gap


def _median(values: Array) -> Array:
    known = np.isfinite(values).any(axis=0)
    middle = np.full(values.shape[1:], np.nan)
    if known.any():
        middle[known] = np.nanmedian(values[:, known], axis=0)
    return middle
