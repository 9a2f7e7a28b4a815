"""The one shape that every reader returns, and the gate that every reader's rows pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from worldclass.core.countries import countries
from worldclass.core.errors import SourceError
from worldclass.sources.table import TableSpec, check_values

if TYPE_CHECKING:
    import polars as pl

COLUMNS = ("iso3", "year", "indicator", "sex", "value", "source")
"""Columns of a tidy frame; iso3, year, indicator and sex together occur once."""

_SPEC = TableSpec(
    path="",
    description="Country x year x indicator x sex.",
    key=("iso3", "year", "indicator", "sex"),
    columns={
        "iso3": "string",
        "year": "integer",
        "indicator": "string",
        "sex": "string",
        "value": "float",
        "source": "string",
    },
    allowed={"sex": ("female", "male", "total")},
    range={"year": (1800, 2100)},
)


def from_rows(rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    """A frame of `COLUMNS` from tuples in that order."""
    import polars as pl

    kinds = (pl.String, pl.Int32, pl.String, pl.String, pl.Float64, pl.String)
    schema = list(zip(COLUMNS, kinds, strict=True))
    return pl.DataFrame(rows, schema=schema, orient="row")


def tidy(rows: pl.DataFrame, where: str) -> pl.DataFrame:
    """Keep the countries and the values that exist, and check what is left.

    Parameters
    ----------
    rows
        A frame with at least `COLUMNS`. Areas that are not countries (regions, income groups)
        and empty values are dropped.
    where
        Address or file, for errors.

    Returns
    -------
    polars.DataFrame
        `COLUMNS` as String, Int32, String, String, Float64, String, sorted by the key.

    Raises
    ------
    SourceError
        When nothing is left, a number is not one, or a key occurs twice.
    """
    import polars as pl

    try:
        frame = rows.select(
            pl.col("iso3").cast(pl.String),
            pl.col("year").cast(pl.Int32),
            pl.col("indicator").cast(pl.String),
            pl.col("sex").cast(pl.String),
            pl.col("value").cast(pl.Float64),
            pl.col("source").cast(pl.String),
        )
    except pl.exceptions.PolarsError as error:
        raise SourceError(
            f"A year or a value is not a number: {error}",
            where=where,
            remedy="The provider may have changed its format; use a data mirror until the "
            "reader is adapted.",
        ) from error
    frame = frame.filter(pl.col("iso3").is_in(list(countries())), pl.col("value").is_not_null())
    if frame.is_empty():
        raise SourceError(
            "The provider's answer has no value for any country.",
            where=where,
            remedy="Check the indicator code and the years, or use a data mirror.",
        )
    check_values(frame, _SPEC, where)
    return frame.sort(_SPEC.key)
