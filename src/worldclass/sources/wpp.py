"""Reader of UN World Population Prospects 2024: population by five-year age group and sex.

The gzipped CSV has a row per area, year and age group, with `PopMale`, `PopFemale`, `PopTotal`
in thousands at 1 July. Regions have no `ISO3_code` and are dropped.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError
from worldclass.sources.delimited import read_delimited
from worldclass.sources.downloads import Downloads
from worldclass.sources.tidy import tidy

if TYPE_CHECKING:
    import polars as pl

BASE = "https://population.un.org/wpp/assets/Excel%20Files/1_Indicator%20(Standard)/CSV_FILES"
FILE = "WPP2024_PopulationByAge5GroupSex_Medium.csv.gz"
AGES = {
    "population": (0, 200),
    "population_0_14": (0, 14),
    "population_15_64": (15, 64),
    "population_15plus": (15, 200),
    "population_65plus": (65, 200),
}
"""First and last year of age (both included) of each indicator."""

_SEXES = {"PopFemale": "female", "PopMale": "male", "PopTotal": "total"}
_COLUMNS = ("ISO3_code", "Variant", "Time", "AgeGrpStart", *_SEXES)


def read_wpp(
    downloads: Downloads,
    *,
    years: tuple[int, int] = (1991, 2023),
    base: str = BASE,
    sha256: str = "",
) -> pl.DataFrame:
    """Population by broad age group and sex, in persons, as a tidy frame.

    Raises
    ------
    SourceError
        When the download fails or the file is not in the documented shape.
    """
    import polars as pl

    url = f"{base}/{FILE}"

    def load(file: Path) -> pl.DataFrame:
        return read_delimited(file, _COLUMNS, url)

    table = load(downloads.fetch(url, f"wpp/{FILE}", sha256=sha256, check=load))
    table = table.filter(pl.col("ISO3_code").fill_null("") != "")
    if strange := sorted(set(table["Variant"].unique()) - {"Medium", "Estimates"}):
        raise SourceError(
            f"The file holds the variants {', '.join(map(str, strange))}, not only Medium.",
            where=url,
            remedy="Use the file of the medium variant.",
        )
    rows = _numbers(table, url).filter(pl.col("Time").is_between(*years))
    parts = [
        rows.filter(pl.col("AgeGrpStart").is_between(low, high))
        .group_by("ISO3_code", "Time")
        .agg(pl.col(list(_SEXES)).sum())
        .unpivot(list(_SEXES), index=["ISO3_code", "Time"], variable_name="sex")
        .select(
            pl.col("ISO3_code").alias("iso3"),
            pl.col("Time").alias("year"),
            pl.lit(indicator).alias("indicator"),
            pl.col("sex").replace_strict(_SEXES),
            pl.col("value") * 1000,
            pl.lit("UN WPP 2024").alias("source"),
        )
        for indicator, (low, high) in AGES.items()
    ]
    return tidy(pl.concat(parts), url)


def _numbers(table: pl.DataFrame, where: str) -> pl.DataFrame:
    """Years and ages as integers, counts as floats; each country-year has one row per age."""
    import polars as pl

    try:
        rows = table.select(
            "ISO3_code",
            pl.col("Time", "AgeGrpStart").cast(pl.Int32, strict=True),
            pl.col(list(_SEXES)).cast(pl.Float64, strict=True),
        )
    except pl.exceptions.PolarsError as error:
        raise SourceError(
            f"A year, an age or a count is not a number: {error}",
            where=where,
            remedy="Download it again (--refresh), or use a data mirror (--mirror).",
        ) from error
    key = ["ISO3_code", "Time", "AgeGrpStart"]
    twice = rows.filter(pl.struct(key).is_duplicated())
    if not twice.is_empty():
        raise SourceError(
            f"An age group occurs twice: {twice.select(key).row(0)}.",
            where=where,
            remedy="Download it again (--refresh), or use a data mirror (--mirror).",
        )
    return rows
