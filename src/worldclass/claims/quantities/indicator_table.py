"""A table of published indicators as arrays, and their aggregates over countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import ClaimError, UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Flags = NDArray[np.bool_]

COLUMNS = ("iso3", "year", "indicator", "value")
WEIGHTS = {"gdp": "gdp_usd2015", "population": "population"}
"""Indicators that weigh others."""


@dataclass(frozen=True)
class Indicators:
    """Values by indicator, shape (..., countries, years); NaN where there is none."""

    countries: tuple[str, ...]
    years: tuple[int, ...]
    values: Mapping[str, Values]

    def rows(self, members: Sequence[str]) -> list[int]:
        """Positions of some countries, those that the table lacks left out."""
        place = {code: row for row, code in enumerate(self.countries)}
        return [place[code] for code in members if code in place]

    def of(self, name: str) -> Values:
        """One indicator.

        Raises
        ------
        ClaimError
            The table does not have it.
        """
        if name not in self.values:
            raise UsageError(
                f"There is no indicator '{name}'.",
                where="indicator",
                remedy=f"Indicators: {', '.join(self.values)}.",
            )
        return self.values[name]


def read_indicators(file: Path) -> Indicators:
    """A Parquet file with the columns iso3, year, indicator and value.

    Raises
    ------
    ClaimError
        The file is none, lacks a column, or has two values of one country, year and indicator.
    """
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(file: Path, stamp: int) -> Indicators:
    import polars as pl

    try:
        table = pl.read_parquet(file).select(COLUMNS)
        table = table.drop_nulls().with_columns(pl.col("indicator").cast(pl.String))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ClaimError(
            "The table of indicators cannot be read.",
            where=str(file),
            remedy=f"It must be Parquet with the columns {', '.join(COLUMNS)}.",
        ) from error
    twice = table.filter(table.select("iso3", "year", "indicator").is_duplicated())
    if twice.height or not table.height:
        what = f"{twice.row(0)} occurs twice" if twice.height else "there is no row"
        raise ClaimError(f"The table of indicators is not sound: {what}.", where=str(file))
    countries = tuple(table["iso3"].unique().sort().to_list())
    first, last = int(table["year"].min()), int(table["year"].max())  # type: ignore[arg-type]
    place = {code: row for row, code in enumerate(countries)}
    values: dict[str, Values] = {}
    for name in table["indicator"].unique(maintain_order=True).to_list():
        part = table.filter(pl.col("indicator") == name)
        array = np.full((len(countries), last - first + 1), np.nan)
        rows = [place[code] for code in part["iso3"].to_list()]
        array[rows, part["year"].to_numpy() - first] = part["value"].to_numpy()
        values[name] = array
    return Indicators(countries, tuple(range(first, last + 1)), values)


def yearly(
    table: Indicators,
    names: Sequence[str],
    members: Sequence[str],
    years: tuple[int, int],
    *,
    weight: str,
    span: tuple[int, int] | None,
) -> Values:
    """An aggregate over countries for every year of a range, shape (..., years).

    Countries count in a year where they have every indicator asked for and the weight.

    Parameters
    ----------
    names
        Indicators that are added up within a country.
    members
        Countries.
    weight
        "gdp" and "population" give the mean so weighted, "none" the plain mean, "median" the
        median country, "sum" the sum.
    span
        Keeps only countries that count in every year of it.

    Raises
    ------
    UsageError
        A year outside the table, or without any country.
    """
    rows = table.rows(members)
    values = sum(table.of(name)[..., rows, :] for name in names)
    if isinstance(values, int):
        raise UsageError(
            "No indicator is named.", where="indicator", remedy=f"Use {', '.join(table.values)}."
        )
    weights = table.of(WEIGHTS[weight])[..., rows, :] if weight in WEIGHTS else np.ones_like(values)
    known = np.isfinite(values) & np.isfinite(weights)
    if span is not None:
        known &= known[..., _years(table, span)].all(axis=-1, keepdims=True)
    here = _years(table, years)
    values, weights, known = values[..., here], weights[..., here], known[..., here]
    empty = np.argwhere(~known.any(axis=-2))
    if len(empty):
        raise UsageError(
            f"No country has {' and '.join(names)} in {years[0] + int(empty[0][-1])}.",
            where="year, span",
            remedy="Choose other years or countries, or panel = 'all'.",
        )
    if weight == "median":
        return np.nanmedian(np.where(known, values, np.nan), axis=-2)
    total = np.where(known, weights * values, 0.0).sum(axis=-2)
    return total if weight == "sum" else total / np.where(known, weights, 0.0).sum(axis=-2)


def _years(table: Indicators, years: tuple[int, int]) -> slice:
    first, last = years
    if first < table.years[0] or last > table.years[-1] or first > last:
        raise UsageError(
            f"The years {first} to {last} are not in the table, or not in order.",
            where="year, years, span",
            remedy=f"Choose years from {table.years[0]} to {table.years[-1]}.",
        )
    return slice(first - table.years[0], last - table.years[0] + 1)
