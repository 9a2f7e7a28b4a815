"""Reader of ILOSTAT's bulk files: one gzipped CSV per data set, and dictionaries of its codes.

Columns of a data set: `ref_area, source, indicator, sex, classif1, classif2, time, obs_value,
obs_status, note_*` (sex and the classifications only where the data set has them), and in some
editions `best_source`. A country and year can occur once per source (survey).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError
from worldclass.sources.delimited import read_delimited, require_columns
from worldclass.sources.downloads import Downloads
from worldclass.sources.tidy import tidy

if TYPE_CHECKING:
    import polars as pl

BASE = "https://rplumber.ilo.org"
SEXES = {"SEX_F": "female", "SEX_M": "male", "SEX_T": "total"}
_COLUMNS = ("ref_area", "source", "indicator", "time", "obs_value")
_LABOUR_FORCE_SURVEY = "BA:"

Selection = Mapping[str, str | tuple[str, ...]]


def read_ilostat(
    downloads: Downloads,
    code: str,
    *,
    indicator: str,
    select: Selection | None = None,
    share_of: Mapping[str, str] | None = None,
    years: tuple[int, int] = (1991, 2023),
    scale: float = 1.0,
    base: str = BASE,
) -> pl.DataFrame:
    """One indicator out of an ILOSTAT data set as a tidy frame, for all sexes it has.

    Parameters
    ----------
    code
        Data set with its frequency, such as `EMP_TEMP_SEX_STE_NB_A`.
    indicator
        Our name.
    select
        Codes to keep by column, such as `{"classif1": "STE_ICSE93_2"}`. Several codes of one
        column are added up.
    share_of
        Codes of a denominator; the value is then 100 x selected / denominator (percent).
    years
        First and last year, both included.
    scale
        Factor from the published to our unit.

    Notes
    -----
    Where several sources report the same cell, one source is kept for a country: labour-force
    surveys before others, then the one with most years. Years that only another source covers
    come from that one.

    Raises
    ------
    SourceError
        When the download fails, the file is not in the documented shape, or a code is unknown.
    """
    import polars as pl

    url, table = read_dataset(downloads, code, base=base)
    rows = table.filter(
        pl.col("time").str.contains(r"^\d{4}$"), pl.col("sex").is_in(list(SEXES))
    ).filter(pl.col("time").cast(pl.Int32).is_between(*years))
    cell = ["ref_area", "source", "sex", "time"]
    values = _selected(rows, select or {}, cell, url)
    if share_of:
        whole = _selected(rows, share_of, cell, url).rename({"value": "whole"})
        values = values.join(whole, on=cell).filter(pl.col("whole") > 0)
        values = values.with_columns(value=100 * pl.col("value") / pl.col("whole"))
    kept = _one_source(values)
    return tidy(
        kept.select(
            pl.col("ref_area").alias("iso3"),
            pl.col("time").alias("year"),
            pl.lit(indicator).alias("indicator"),
            pl.col("sex").replace_strict(SEXES),
            pl.col("value") * scale,
            pl.format("ILOSTAT {} ({})", pl.lit(code), pl.col("source")).alias("source"),
        ),
        url,
    )


def read_dataset(downloads: Downloads, code: str, *, base: str = BASE) -> tuple[str, pl.DataFrame]:
    """Address and rows of a data set, numbers in `obs_value`, everything else as text."""
    import polars as pl

    url = f"{base}/data/indicator/?id={code}&type=code&format=.csv.gz"

    def load(file: Path) -> pl.DataFrame:
        return read_delimited(file, _COLUMNS, url)

    table = load(downloads.fetch(url, f"ilostat/{code}.csv.gz", check=load))
    if "sex" not in table.columns:  # data sets that are not by sex
        table = table.with_columns(sex=pl.lit("SEX_T"))
    try:
        return url, table.with_columns(
            pl.col("obs_value").replace("", None).cast(pl.Float64, strict=True)
        )
    except pl.exceptions.PolarsError as error:
        raise SourceError(
            f"A value in obs_value is not a number: {error}",
            where=url,
            remedy="Download it again (--refresh), or use a data mirror (--mirror).",
        ) from error


def read_dictionary(downloads: Downloads, name: str, *, base: str = BASE) -> dict[str, str]:
    """Labels of the codes of one variable (`sex`, `classif1`, `source`, `ref_area`), in English.

    Raises
    ------
    SourceError
        When the download fails or the file lacks `<name>` or `<name>.label`.
    """
    url = f"{base}/metadata/dic/?var={name}&lang=en&format=.csv"
    columns = (name, f"{name}.label")

    def load(file: Path) -> pl.DataFrame:
        return read_delimited(file, columns, url)

    table = load(downloads.fetch(url, f"ilostat/dic-{name}.csv", check=load))
    return dict(table.select(columns).iter_rows())


def _selected(rows: pl.DataFrame, select: Selection, cell: list[str], where: str) -> pl.DataFrame:
    """Sum of the selected codes by cell; every code must occur, and a cell needs all of them."""
    import polars as pl

    require_columns(rows, list(select), where)
    wanted = 1
    for column, given in select.items():
        codes = (given,) if isinstance(given, str) else given
        if unknown := sorted(set(codes) - set(rows[column].unique())):
            raise SourceError(
                f"The data set has no {', '.join(unknown)} in {column!r}.",
                where=where,
                remedy="The classification may have changed: compare with ILOSTAT's dictionary.",
            )
        rows = rows.filter(pl.col(column).is_in(codes))
        wanted *= len(codes)
    if "best_source" in rows.columns:
        rows = rows.filter(pl.col("best_source").cast(pl.String) == "1")
    if not select:
        return rows.select(*cell, value="obs_value").drop_nulls("value")
    return (
        rows.drop_nulls("obs_value")
        .group_by(cell)
        .agg(value=pl.col("obs_value").sum(), parts=pl.len())
        .filter(pl.col("parts") == wanted)
        .drop("parts")
    )


def _one_source(values: pl.DataFrame) -> pl.DataFrame:
    """Keep the preferred source of each country's cell."""
    import polars as pl

    return (
        values.with_columns(
            other=~pl.col("source").str.starts_with(_LABOUR_FORCE_SURVEY),
            years=pl.col("time").n_unique().over("ref_area", "source"),
        )
        .sort(
            "ref_area",
            "sex",
            "time",
            "other",
            "years",
            "source",
            descending=[False, False, False, False, True, False],
        )
        .unique(["ref_area", "sex", "time"], keep="first", maintain_order=True)
    )
