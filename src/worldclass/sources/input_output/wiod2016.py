"""The WIOD November 2016 release: 44 countries × 56 industries of ISIC Rev. 4, 2000 to 2014.

Its provider publishes each year as a workbook (`WIOT2014_Nov16_ROW.xlsb`), for R
(`WIOT2014_October16_ROW.RData`) and for Stata (`.dta`); all three are read. The workbook of the
socio-economic accounts (`WIOD_SEA_Nov16.xlsx`, `Socio_Economic_Accounts.xlsx`) in the same folder
has hours of employees, persons and compensation of the 43 countries.

Source: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), Review of International
Economics 23, 575-605; Timmer, Los, Stehrer and de Vries (2016), GGDC Research Memorandum 162.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labels import Labels, labels_of
from worldclass.sources.input_output.raw import RawTable
from worldclass.sources.input_output.spreadsheet import Cell, sheet_names, sheet_rows
from worldclass.sources.input_output.wiod2013_files import check_year, table_of
from worldclass.sources.input_output.wiod_accounts import find_accounts, read_accounts
from worldclass.sources.input_output.wiot_layout import read_sheet

if TYPE_CHECKING:
    import pandas as pd

ORIGIN = "World Input-Output Database, November 2016 release (Timmer and others 2016), CC BY 4.0"
YEARS = range(2000, 2015)
_NAME = re.compile(r"wiot(\d{4})_\w+_row\.(xlsb|xlsx|rdata|dta)", re.IGNORECASE)
_LABELS = ("IndustryCode", "IndustryDescription", "Country", "RNr")
_COLUMN = re.compile(r"v?([A-Za-z]{3})(\d+)")
_REMEDY = "Download it again from its provider, or take the .xlsb edition."


def wiod2016_years(folder: Path) -> Mapping[int, Path]:
    """The file of each year in a folder; of several editions the workbook comes first."""
    found: dict[int, Path] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.suffix.lower(), reverse=True):
        if (year := year_of(file)) and year not in found:
            found[year] = file
    return dict(sorted(found.items()))


def year_of(file: Path) -> int | None:
    """The year in a file's name, if it is named like one of this release.

    Example
    -------
    >>> year_of(Path("WIOT2014_Nov16_ROW.xlsb")), year_of(Path("WIOT2000_October16_ROW.RData"))
    (2014, 2000)
    """
    name = _NAME.fullmatch(file.name)
    return int(name.group(1)) if name else None


def read_wiod2016(file: Path, year: int, *, accounts: bool = False) -> RawTable:
    """Read one year.

    Parameters
    ----------
    file
        Workbook, R or Stata file of one year.
    year
        The year that it must be of.
    accounts
        Whether to read the socio-economic accounts, where they are in the same folder or in
        `SEA`. They leave out the rest of the world and some sectors, and `make_economy` refuses
        an account that lacks sectors; fill the gaps by a stated rule first.

    Raises
    ------
    SourceError
        The file cannot be read, is not in the known layout, or is of another year.
    """
    labels = labels_of("wiod2016")
    suffix = file.suffix.lower()
    if suffix in (".rdata", ".dta"):
        rows = _frame_rows(_read_r(file) if suffix == ".rdata" else _read_stata(file), labels, file)
    else:
        name = str(year) if str(year) in sheet_names(file) else None
        rows = sheet_rows(file, name)
    sheet = read_sheet(rows, labels, str(file), by_number=False)
    check_year(sheet, year, file)
    book = find_accounts(file.parent) if accounts else None
    extra = read_accounts(book, year, labels, sheet.codes) if book else {}
    return table_of(sheet, extra, ORIGIN, file, year)


def _frame_rows(frame: pd.DataFrame, labels: Labels, file: Path) -> Iterator[list[Cell]]:
    """An R or Stata table as the rows of the workbook: its columns are named AUS1 to ROW61."""
    names = [str(name) for name in frame.columns]
    if missing := [name for name in _LABELS if name not in names]:
        raise SourceError(
            f"The table lacks the columns {', '.join(missing)}; it has {', '.join(names[:6])}.",
            where=str(file),
            remedy=_REMEDY,
        )
    numbered = [name for name in names if name == "TOT" or _COLUMN.fullmatch(name)]
    by_number = _codes_by_number(frame)
    tops = [_top(name, by_number, labels, file) for name in numbered]
    year = int(frame["Year"].iloc[0]) if "Year" in names else ""
    blank = [""] * len(_LABELS)
    yield [f"World Input-Output Table {year}", *blank[1:], *(["" for _ in tops])]
    yield ["in current prices", *blank[1:], *(["" for _ in tops])]
    yield [*blank, *(code for code, _ in tops)]
    yield ["(millions of US$)", *blank[1:], *(["" for _ in tops])]
    yield [*blank, *(country for _, country in tops)]
    yield [*blank, *(["" for _ in tops])]
    values = frame[numbered].to_numpy(dtype=float)
    keys = frame[list(_LABELS)].astype(str).to_numpy()
    for label, numbers in zip(keys, values, strict=True):
        yield [*label, *numbers]


def _codes_by_number(frame: pd.DataFrame) -> dict[int, str]:
    """Code of each industry by its number, from the rows of sectors."""
    rows = frame[frame["Country"].astype(str) != "TOT"]
    numbers = (int(number) for number in rows["RNr"])
    return dict(zip(numbers, (str(code) for code in rows["IndustryCode"]), strict=True))


def _top(name: str, codes: Mapping[int, str], labels: Labels, file: Path) -> tuple[str, str]:
    """Code and country of the column AUS1."""
    if name == "TOT":
        return "GO", "TOT"
    match = _COLUMN.fullmatch(name)
    country, number = (match.group(1), int(match.group(2))) if match else ("", 0)
    code = codes.get(number) or labels.categories.get(str(number))
    if code is None:
        raise SourceError(
            f"Column {name!r} has a number that is neither an industry nor final demand.",
            where=str(file),
            remedy=_REMEDY,
        )
    return code, country


def _read_r(file: Path) -> pd.DataFrame:
    try:
        import rdata
    except ImportError as error:
        raise SourceError(
            "The file is one of R, and rdata, which reads it, is not installed.",
            where=str(file),
            remedy="Install worldclass[mrio], or take the .xlsb edition.",
        ) from error
    try:
        with warnings.catch_warnings():  # it warns of R classes that are data frames to us
            warnings.simplefilter("ignore")
            content: Any = rdata.read_rda(file)
    except Exception as error:  # a damaged file fails anywhere in the parser
        raise SourceError(
            f"The R file is damaged: {error}.", where=str(file), remedy=_REMEDY
        ) from error
    if "wiot" not in content:
        raise SourceError(
            f"The R file holds {', '.join(content)}, and no table 'wiot'.",
            where=str(file),
            remedy=_REMEDY,
        )
    return content["wiot"]


def _read_stata(file: Path) -> pd.DataFrame:
    try:
        import pandas as pd
    except ImportError as error:
        raise SourceError(
            "The file is one of Stata, and pandas, which reads it, is not installed.",
            where=str(file),
            remedy="Install worldclass[mrio], or take the .xlsb edition.",
        ) from error
    try:
        frame: Any = pd.read_stata(file, convert_categoricals=False)
        return frame
    except Exception as error:  # a damaged file fails anywhere in the parser
        raise SourceError(
            f"The Stata file is damaged: {error}.", where=str(file), remedy=_REMEDY
        ) from error
