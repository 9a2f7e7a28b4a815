"""Reader of Penn World Table 10.01: one row per country and year, one column per variable.

Groningen publishes it as Stata (`.dta`) and Excel. The Stata file is read, by pandas, which is
the extra `worldclass[pandas]` already and needs no further library; a CSV with the same columns
is read without it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.delimited import read_delimited, refuse_web_page, require_columns
from worldclass.sources.downloads import Downloads
from worldclass.sources.tidy import tidy

if TYPE_CHECKING:
    import polars as pl

URL = "https://dataverse.nl/api/access/datafile/354098"


def read_pwt(
    downloads: Downloads,
    variables: Mapping[str, str],
    *,
    years: tuple[int, int] = (1991, 2023),
    url: str = URL,
    sha256: str = "",
) -> pl.DataFrame:
    """Variables of the table as a tidy frame.

    Parameters
    ----------
    variables
        Our indicator by the table's variable, such as `{"labsh": "pwt_labsh"}`.
    years
        First and last year, both included; the table ends in 2019.

    Raises
    ------
    SourceError
        When the download fails, the file is neither Stata nor CSV, lacks a variable, or is
        Stata and pandas is not installed.
    """
    import polars as pl

    columns = ("countrycode", "year", *variables)

    def load(file: Path) -> pl.DataFrame:
        return _load(file, columns, url)

    table = load(downloads.fetch(url, "pwt/pwt1001", sha256=sha256, check=load))
    long = table.select(columns).unpivot(
        list(variables), index=["countrycode", "year"], variable_name="variable"
    )
    rows = long.select(
        pl.col("countrycode").alias("iso3"),
        pl.col("year").cast(pl.Float64, strict=False).cast(pl.Int32, strict=False),
        pl.col("variable").replace_strict(dict(variables)).alias("indicator"),
        pl.lit("total").alias("sex"),
        pl.col("value"),
        pl.lit("Penn World Table 10.01").alias("source"),
    )
    return tidy(rows.filter(pl.col("year").is_between(*years)), url)


def _load(file: Path, columns: tuple[str, ...], where: str) -> pl.DataFrame:
    with file.open("rb") as handle:
        head = handle.read(512)
    refuse_web_page(head, where)
    if not _is_stata(head):
        table = read_delimited(file, columns, where)
        return table.with_columns(table[c].replace("", None) for c in columns)
    import polars as pl

    try:
        import pandas as pd
    except ImportError as error:
        raise SourceError(
            "Penn World Table is published as a Stata file, and pandas, which reads it, is not "
            "installed.",
            where=where,
            remedy="Install worldclass[pandas], or use a data mirror (--mirror).",
        ) from error
    try:
        stata: Any = pd.read_stata(file, convert_categoricals=False)
    except (ValueError, KeyError, OSError, IndexError, struct.error) as error:
        raise SourceError(
            f"The Stata file is damaged: {error}.",
            where=where,
            remedy="Download it again (--refresh), or use a data mirror (--mirror).",
        ) from error
    present = [column for column in columns if column in stata.columns]
    table = pl.DataFrame(
        {name: pl.Series(name, stata[name].tolist(), strict=False) for name in present}
    ).with_columns(pl.selectors.float().fill_nan(None))
    require_columns(table, columns, where)
    return table


def _is_stata(head: bytes) -> bool:
    """Whether a file starts as Stata 13 and later do, or as Stata 8 to 12 (format, byte order)."""
    return head.startswith(b"<stata_dta>") or (
        head[:1] in (b"q", b"r", b"s") and head[1:2] in (b"\1", b"\2")
    )
