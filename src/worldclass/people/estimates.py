"""The estimated quantities behind the population table, on the grid, with their registry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import SourceError
from worldclass.people.grid import SEXES, Grid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from worldclass.people.grid import Array, Flags

DIGITS = 6
"""Significant digits kept: what the snapshot stores is what every later step sees."""


class Field(BaseModel):
    """One estimated quantity, as declared in `fields.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: str
    description: str
    level: Literal["by_sex", "by_country"] = "by_country"
    items: tuple[str, ...] = ()

    def column_names(self, name: str) -> tuple[str, ...]:
        """Columns of the stored table: one per item."""
        return tuple(f"{name}_{item}" for item in self.items) or (name,)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    field: dict[str, Field]


@cache
def fields() -> Mapping[str, Field]:
    """The registry of estimated quantities."""
    return load_toml(package_file("worldclass.people", "fields.toml"), _File).field


@dataclass(frozen=True)
class Estimates:
    """All estimated quantities.

    Attributes
    ----------
    grid
        Countries and years.
    arrays
        By name, of shape (items..., sexes, countries, years) or (items..., countries, years).
    """

    grid: Grid
    arrays: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]

    def select(self, countries: Sequence[str], years: Sequence[int]) -> Estimates:
        """The part for some countries and years, in the order given."""
        rows = [self.grid.countries.index(code) for code in countries]
        columns = [self.grid.years.index(year) for year in years]
        index = np.ix_(rows, columns)
        return Estimates(
            Grid(tuple(countries), tuple(years)),
            {name: values[(..., *index)] for name, values in self.arrays.items()},
        )


def collect(grid: Grid, arrays: Mapping[str, Array | Flags]) -> Estimates:
    """Check names, shapes and completeness against the registry, and round.

    Raises
    ------
    SourceError
        A quantity is missing or not finite somewhere: a source left a hole.
    """
    rounded: dict[str, Array] = {}
    for name, field in fields().items():
        values = np.asarray(arrays[name], dtype=float)
        shape = (
            *((len(field.items),) if field.items else ()),
            *((len(SEXES),) if field.level == "by_sex" else ()),
            *grid.shape,
        )
        if values.shape != shape:
            raise ValueError(f"{name} has shape {values.shape}, the registry says {shape}")
        if name != "employer_share" and not np.isfinite(values).all():
            where = np.argwhere(~np.isfinite(values))[0]
            raise SourceError(
                f"{name} could not be estimated for every country and year.",
                where=f"{grid.countries[where[-2]]}, {grid.years[where[-1]]}",
                remedy="Give the series that it rests on: see `worldclass data sources`.",
            )
        rounded[name] = round_significant(values)
    return Estimates(grid, rounded)


def round_significant(values: Array, digits: int = DIGITS) -> Array:
    """Round to significant digits; 0, NaN and infinities stay."""
    finite = np.isfinite(values) & (values != 0)
    magnitude = np.floor(np.log10(np.abs(np.where(finite, values, 1.0))))
    scale = 10.0 ** (digits - 1 - magnitude)
    return np.where(finite, np.round(values * scale) / scale, values)


def to_frames(estimates: Estimates) -> dict[str, pl.DataFrame]:
    """Tables `by_sex` (country, year, sex, …) and `by_country` (country, year, …)."""
    import polars as pl

    countries, years = estimates.grid.countries, estimates.grid.years
    n, t = estimates.grid.shape
    index = {
        "by_country": {"country": np.repeat(countries, t), "year": np.tile(years, n)},
        "by_sex": {
            "country": np.tile(np.repeat(countries, t), len(SEXES)),
            "year": np.tile(years, n * len(SEXES)),
            "sex": np.repeat(SEXES, n * t),
        },
    }
    columns: dict[str, dict[str, Array]] = {level: dict(keys) for level, keys in index.items()}
    for name, field in fields().items():
        values = estimates[name].reshape(max(len(field.items), 1), -1)
        for column, row in zip(field.column_names(name), values, strict=True):
            columns[field.level][column] = row
    tables = {level: pl.DataFrame(data) for level, data in columns.items()}
    return {
        level: table.with_columns(pl.col("year").cast(pl.Int32)).fill_nan(None)
        for level, table in tables.items()
    }


def from_frames(frames: Mapping[str, pl.DataFrame]) -> Estimates:
    """Inverse of `to_frames`."""
    by_country = frames["by_country"].sort("country", "year")
    by_sex = frames["by_sex"].sort("sex", "country", "year")
    countries = tuple(by_country["country"].unique().sort().to_list())
    years = tuple(by_country["year"].unique().sort().to_list())
    grid = Grid(countries, years)
    arrays: dict[str, Array] = {}
    for name, field in fields().items():
        table = by_sex if field.level == "by_sex" else by_country
        shape = (len(SEXES), *grid.shape) if field.level == "by_sex" else grid.shape
        stack = [
            table[column].to_numpy().astype(float).reshape(shape)
            for column in field.column_names(name)
        ]
        arrays[name] = np.stack(stack) if field.items else stack[0]
    return Estimates(grid, arrays)
