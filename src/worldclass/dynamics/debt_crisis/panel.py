"""Read a panel of countries and years with crisis dates, from any source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from worldclass.core.errors import SourceError

COLUMNS = ("country", "year", "credit", "prices", "crisis")
"""Country by any name; whole year; stock of credit and price level, both positive and in any
unit that a country keeps; 1 in the first year of a crisis, else 0."""

ALIASES = {
    "country": ("iso",),
    "credit": ("tloans",),
    "prices": ("cpi",),
    "crisis": ("crisisJST",),
}
"""Names of the Jordà–Schularick–Taylor Macrohistory Database."""


def read_panel(source: str | Path | pl.DataFrame, *, credit: str = "") -> pl.DataFrame:
    """A panel in canonical columns, checked, in the order of country and year.

    Parameters
    ----------
    source
        Parquet or CSV file, or a frame, with the columns `COLUMNS` or their aliases.
    credit
        Name of the column to use as credit, in place of `credit` or `tloans`: `money`, say.

    Raises
    ------
    SourceError
        The file cannot be read, lacks a column, holds a country and year twice, a crisis that is
        neither 0 nor 1, or a price or stock that is not positive; or holds no crisis at all.
    """
    where = "panel" if isinstance(source, pl.DataFrame) else str(source)
    found = source if isinstance(source, pl.DataFrame) else read_columns(Path(source))
    chosen = {name: _column(found, name, where) for name in COLUMNS if name != "credit"}
    chosen["credit"] = _named(found, credit, where) if credit else _column(found, "credit", where)
    try:
        panel = found.select(
            pl.col(chosen["country"]).cast(pl.String).alias("country"),
            pl.col(chosen["year"]).cast(pl.Int32).alias("year"),
            *(pl.col(chosen[name]).cast(pl.Float64).alias(name) for name in COLUMNS[2:]),
        )
    except pl.exceptions.PolarsError as error:
        raise SourceError(f"A column cannot be read as numbers: {error}", where=where) from error
    panel = panel.fill_nan(None).sort("country", "year")
    _check(panel, where)
    return panel


def read_columns(path: Path) -> pl.DataFrame:
    """All columns of a panel's file, as they are.

    Raises
    ------
    SourceError
        The file cannot be read, or is of another format.
    """
    readers: dict[str, Any] = {".parquet": pl.read_parquet, ".csv": pl.read_csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise SourceError(
            f"A panel cannot be read from '{path.suffix or path.name}'.",
            where=str(path),
            remedy="Give a .parquet or .csv file.",
        )
    try:
        return reader(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SourceError(f"The panel cannot be read: {error}", where=str(path)) from error


def _column(frame: pl.DataFrame, name: str, where: str) -> str:
    """The canonical column, or its first alias that is there."""
    for candidate in (name, *ALIASES.get(name, ())):
        if candidate in frame.columns:
            return candidate
    raise SourceError(
        f"The panel lacks the column '{name}'.",
        where=where,
        remedy=f"It needs {', '.join(COLUMNS)}; it has {', '.join(frame.columns[:20])}.",
    )


def _named(frame: pl.DataFrame, name: str, where: str) -> str:
    if name not in frame.columns:
        raise SourceError(
            f"The panel lacks the column '{name}'.",
            where=where,
            remedy=f"It has {', '.join(frame.columns[:40])}.",
        )
    return name


def _check(panel: pl.DataFrame, where: str) -> None:
    if panel.select("country", "year").null_count().sum_horizontal()[0]:
        raise SourceError("Rows without a country or a year.", where=where)
    twice = panel.filter(pl.struct("country", "year").is_duplicated())
    if twice.height:
        first = twice.row(0, named=True)
        raise SourceError(f"{first['country']} {first['year']} stands twice.", where=where)
    odd = panel.filter(pl.col("crisis").is_not_null() & ~pl.col("crisis").is_in([0.0, 1.0]))
    if odd.height:
        first = odd.row(0, named=True)
        raise SourceError(
            f"The crisis of {first['country']} {first['year']} is {first['crisis']:g}.",
            where=where,
            remedy="Give 1 in the first year of a crisis and 0 in others.",
        )
    for name in ("credit", "prices"):
        low = panel.filter(pl.col(name) <= 0)
        if low.height:
            first = low.row(0, named=True)
            raise SourceError(
                f"'{name}' of {first['country']} {first['year']} is {first[name]:g}, not positive.",
                where=where,
            )
    if not panel["crisis"].sum():
        raise SourceError("The panel holds no crisis.", where=where)
