"""Reader of the World Bank's Poverty and Inequality Platform (PIP), version 1 of its API.

One request asks for a poverty line; the answer has a row per survey (or, with `fill_gaps`, per
year) and reporting level.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError
from worldclass.sources.delimited import (
    parse_delimited,
    read_content,
    refuse_web_page,
    require_columns,
)
from worldclass.sources.downloads import Downloads
from worldclass.sources.tidy import tidy

if TYPE_CHECKING:
    import polars as pl

BASE = "https://api.worldbank.org/pip/v1"
_KEY = ("country_code", "reporting_year", "reporting_level", "welfare_type")
_VALUES = ("poverty_line", "headcount", "mean", "median", "gini")


def read_poverty(
    downloads: Downloads,
    *,
    line: float = 3.0,
    ppp: int = 2021,
    fill_gaps: bool = False,
    years: tuple[int, int] = (1991, 2023),
    base: str = BASE,
    form: str = "csv",
) -> pl.DataFrame:
    """Headcount below a line, mean, median and Gini of household welfare, as a tidy frame.

    Indicators: `poverty_rate_<line in cents>` (percent), `mean_welfare_day_pip` and
    `median_welfare_day_pip` (PPP dollars per person and day), `gini` (0-100).

    Parameters
    ----------
    line
        PPP dollars per person and day.
    ppp
        Base year of the PPPs.
    fill_gaps
        Ask for values between surveys too, which PIP interpolates or extrapolates.
    form
        `csv` or `json`.

    Notes
    -----
    National rows are kept. Where a country-year has both an income and a consumption survey, the
    welfare type with more years in that country is kept, consumption in a tie.

    Raises
    ------
    SourceError
        When the download fails or the answer is not in the documented shape.
    """
    import polars as pl

    url = (
        f"{base}/pip?country=all&year=all&povline={line:g}&fill_gaps={str(fill_gaps).lower()}"
        f"&reporting_level=national&welfare_type=all&ppp_version={ppp}&format={form}"
    )
    cents = round(100 * line)
    filled = "-filled" if fill_gaps else ""

    def load(file: Path) -> pl.DataFrame:
        return _load(file, url)

    name = f"pip/pip-{cents}-{ppp}{filled}.{form}"
    rows = _national(load(downloads.fetch(url, name, check=load)), line, url)
    values = {
        f"poverty_rate_{cents:03d}": 100 * pl.col("headcount"),
        "mean_welfare_day_pip": pl.col("mean"),
        "median_welfare_day_pip": pl.col("median"),
        "gini": 100 * pl.col("gini"),
    }
    parts = [
        rows.select(
            pl.col("country_code").alias("iso3"),
            pl.col("reporting_year").alias("year"),
            pl.lit(indicator).alias("indicator"),
            pl.lit("total").alias("sex"),
            value.alias("value"),
            pl.format("World Bank PIP ({}, {} PPP)", "welfare_type", pl.lit(ppp)).alias("source"),
        )
        for indicator, value in values.items()
    ]
    table = pl.concat(parts)
    return tidy(table.filter(pl.col("year").is_between(*years)), url)


def _load(file: Path, where: str) -> pl.DataFrame:
    """The answer's rows, CSV or JSON, all as text."""
    import polars as pl

    content = read_content(file, where)
    refuse_web_page(content, where)
    if content.lstrip()[:1] not in (b"[", b"{"):
        return parse_delimited(content, (*_KEY, *_VALUES), where)
    try:
        answer = json.loads(content)
    except ValueError as error:
        raise SourceError(
            f"The answer is not JSON: {error}.", where=where, remedy="Try again later."
        ) from error
    if not isinstance(answer, list) or not answer or not isinstance(answer[0], dict):
        raise SourceError(
            f"PIP answers with {content[:120].decode()!r} instead of rows.",
            where=where,
            remedy="Check the poverty line and the PPP base; or use a data mirror (--mirror).",
        )
    names = dict.fromkeys(name for row in answer for name in row)
    table = pl.DataFrame(
        {name: [_text(row.get(name)) for row in answer] for name in names},
        schema=dict.fromkeys(names, pl.String),
    )
    require_columns(table, (*_KEY, *_VALUES), where)
    return table


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _national(table: pl.DataFrame, line: float, where: str) -> pl.DataFrame:
    """National rows with numbers, one welfare type per country and year."""
    import polars as pl

    blank = pl.col(_VALUES).replace({"": None, "NA": None})
    try:
        rows = table.filter(pl.col("reporting_level") == "national").select(
            *_KEY[:1],
            pl.col("reporting_year").cast(pl.Int32, strict=True),
            "welfare_type",
            blank.cast(pl.Float64, strict=True),
        )
    except pl.exceptions.PolarsError as error:
        raise SourceError(
            f"A year or a value is not a number: {error}",
            where=where,
            remedy="PIP may have changed its format; use a data mirror (--mirror).",
        ) from error
    other = rows.filter((pl.col("poverty_line") - line).abs() > 1e-6)
    if not other.is_empty():
        raise SourceError(
            f"PIP answers for the line {other['poverty_line'][0]}, {line} was asked.",
            where=where,
            remedy="Try again later.",
        )
    return (
        rows.with_columns(
            years=pl.col("reporting_year").n_unique().over("country_code", "welfare_type")
        )
        .sort(
            "country_code",
            "reporting_year",
            "years",
            "welfare_type",
            descending=[False, False, True, False],
        )
        .unique(["country_code", "reporting_year"], keep="first", maintain_order=True)
    )
