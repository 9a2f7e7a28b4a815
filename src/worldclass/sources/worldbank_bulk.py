"""Reader of the World Bank's bulk CSV archives.

Two kinds of ZIP are read: all of WDI (`WDICSV.csv` or `WDIData.csv`, header in the first line)
and a single indicator (`API_<code>_DS2_*.csv`, a few lines about the source before the header).
Both have a row per country and indicator and a column per year.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError
from worldclass.sources.delimited import parse_delimited, refuse_web_page
from worldclass.sources.downloads import Downloads
from worldclass.sources.tidy import tidy

if TYPE_CHECKING:
    import polars as pl

WDI = "https://databank.worldbank.org/data/download/WDI_CSV.zip"
INDICATOR = "https://api.worldbank.org/v2/en/indicator/{code}?downloadformat=csv"
_HEADER = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")


def read_wdi(
    downloads: Downloads,
    codes: Mapping[str, tuple[str, str]],
    *,
    years: tuple[int, int] = (1991, 2023),
    url: str = WDI,
) -> pl.DataFrame:
    """Indicators out of the whole of WDI.

    Parameters
    ----------
    codes
        Our indicator and sex by the World Bank's code.
    years
        First and last year, both included.

    Raises
    ------
    SourceError
        When the archive is damaged, not in the documented shape, or lacks a code.
    """
    file = downloads.fetch(url, "worldbank/WDI_CSV.zip", check=lambda f: _table(f, url))
    return read_archive(file, codes, years=years, where=url)


def read_indicator_archive(
    downloads: Downloads,
    code: str,
    *,
    indicator: str,
    sex: str = "total",
    years: tuple[int, int] = (1991, 2023),
    url: str = INDICATOR,
) -> pl.DataFrame:
    """One indicator out of its own archive. Parameters and errors as for `read_wdi`."""
    address = url.format(code=code)
    file = downloads.fetch(address, f"worldbank/{code}.zip", check=lambda f: _table(f, address))
    return read_archive(file, {code: (indicator, sex)}, years=years, where=address)


def read_archive(
    file: Path,
    codes: Mapping[str, tuple[str, str]],
    *,
    years: tuple[int, int],
    where: str,
) -> pl.DataFrame:
    """The rows of some indicators in an archive already at hand."""
    import polars as pl

    wide = _table(file, where).filter(pl.col("Indicator Code").is_in(list(codes)))
    if missing := sorted(set(codes) - set(wide["Indicator Code"].unique())):
        raise SourceError(
            f"The archive has no indicator {', '.join(missing)}.",
            where=where,
            remedy="The World Bank may have retired it: see the catalog for another.",
        )
    chosen = [c for c in wide.columns if c.isdigit() and years[0] <= int(c) <= years[1]]
    if not chosen:
        raise SourceError(f"The archive has no year in {years[0]}-{years[1]}.", where=where)
    names = {code: name for code, (name, _) in codes.items()}
    sexes = {code: sex for code, (_, sex) in codes.items()}
    long = wide.unpivot(chosen, index=list(_HEADER[1::2]), variable_name="year")
    return tidy(
        long.select(
            pl.col("Country Code").alias("iso3"),
            pl.col("year"),
            pl.col("Indicator Code").replace_strict(names).alias("indicator"),
            pl.col("Indicator Code").replace_strict(sexes).alias("sex"),
            pl.col("value").replace("", None),
            pl.format("World Bank bulk CSV {}", pl.col("Indicator Code")).alias("source"),
        ),
        where,
    )


def _table(file: Path, where: str) -> pl.DataFrame:
    """The table of values in the archive, all columns as text."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = [n for n in archive.namelist() if _holds_values(n)]
            if len(names) != 1:
                raise SourceError(
                    f"The archive should hold one table of values, it holds "
                    f"{', '.join(archive.namelist()) or 'nothing'}.",
                    where=where,
                    remedy="The archive's layout may have changed; use a data mirror (--mirror).",
                )
            content = archive.read(names[0])
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        refuse_web_page(file.read_bytes()[:512], where)
        raise SourceError(
            f"The archive is damaged: {error}.",
            where=where,
            remedy="Download it again (--refresh), or use a data mirror (--mirror).",
        ) from error
    return parse_delimited(_decoded(content, where), _HEADER, where, skip=_lines_before(content))


def _holds_values(name: str) -> bool:
    base = name.rsplit("/", 1)[-1]
    return base in ("WDICSV.csv", "WDIData.csv") or (
        base.startswith("API_") and base.endswith(".csv")
    )


def _lines_before(content: bytes) -> int:
    """Lines of metadata before the header."""
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 20)
    for number, line in enumerate(lines[:20]):
        if line.lstrip(b'"').startswith(b"Country Name"):
            return number
    return 0


def _decoded(content: bytes, where: str) -> bytes:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The table is not UTF-8 at byte {error.start}.",
            where=where,
            remedy="Use a data mirror (--mirror) until the reader is adapted.",
        ) from error
    return content
