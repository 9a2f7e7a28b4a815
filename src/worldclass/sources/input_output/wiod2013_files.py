"""The WIOD 2013 release as its provider publishes it: a workbook a year, accounts beside it.

Files are named `wiot95_row_apr12.xlsx` to `wiot11_row_sep12.xlsx`: 41 countries × 35 industries,
million US dollars. The workbook of the socio-economic accounts (`WIOD_SEA_July14.xlsx`) in the same
folder has hours, persons and compensation of the 40 countries.

Source: Timmer, Dietzenbacher, Los, Stehrer and de Vries (2015), Review of International
Economics 23, 575-605, CC BY 4.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labels import labels_of
from worldclass.sources.input_output.raw import RawAccount, RawTable
from worldclass.sources.input_output.spreadsheet import sheet_rows
from worldclass.sources.input_output.wiod_accounts import find_accounts, read_accounts
from worldclass.sources.input_output.wiot_layout import WorldSheet, read_sheet

ORIGIN = "World Input-Output Database, 2013 release (Timmer and others 2015), CC BY 4.0"
YEARS = range(1995, 2012)
_NAME = re.compile(r"wiot(\d\d)_row_\w+\.xls[xb]", re.IGNORECASE)


def wiod2013_file_years(folder: Path) -> Mapping[int, Path]:
    """The workbook of each year in a folder."""
    found: dict[int, Path] = {}
    for file in sorted(folder.iterdir()):
        if year := year_of(file):
            found[year] = file
    return dict(sorted(found.items()))


def year_of(file: Path) -> int | None:
    """The year in a file's name, if it is named like one of these workbooks.

    Example
    -------
    >>> year_of(Path("wiot95_row_apr12.xlsx")), year_of(Path("WIOT08_ROW_Sep12.xlsx"))
    (1995, 2008)
    """
    name = _NAME.fullmatch(file.name)
    if name is None:
        return None
    short = int(name.group(1))
    return 1900 + short if short >= YEARS.start % 100 else 2000 + short


def read_wiod2013_file(file: Path, year: int, *, accounts: bool = False) -> RawTable:
    """Read one workbook.

    Parameters
    ----------
    file
        The workbook of one year.
    year
        The year that it must be of.
    accounts
        Whether to read the socio-economic accounts, where they are in the same folder or in
        `SEA`. They leave out the rest of the world and some sectors, and `make_economy` refuses
        an account that lacks sectors; fill the gaps by a stated rule first.

    Raises
    ------
    SourceError
        The workbook cannot be read, is not in the known layout, or is of another year.
    """
    labels = labels_of("wiod2013")
    sheet = read_sheet(sheet_rows(file), labels, str(file), by_number=True)
    check_year(sheet, year, file)
    book = find_accounts(file.parent) if accounts else None
    extra = read_accounts(book, year, labels, sheet.codes) if book else {}
    return table_of(sheet, extra, ORIGIN, file, year)


def check_year(sheet: WorldSheet, year: int, file: Path) -> None:
    """Raise a SourceError when the title names another year."""
    named = re.search(r"(19|20)\d\d", sheet.title)
    if named and int(named.group()) != year:
        raise SourceError(
            f"The table calls itself {sheet.title!r}, but {year} was asked for.",
            where=str(file),
            remedy="Rename the file after its year, or ask for that year.",
        )


def table_of(
    sheet: WorldSheet,
    accounts: Mapping[str, RawAccount],
    origin: str,
    file: Path,
    year: int,
) -> RawTable:
    """A sheet and its accounts as one table."""
    return RawTable(
        origin=origin,
        where=str(file),
        year=year,
        unit=sheet.unit,
        prices=sheet.prices,
        rows=sheet.rows,
        columns=sheet.columns,
        transactions=sheet.transactions,
        demand_columns=sheet.demand_columns,
        final_demand=sheet.final_demand,
        output_labels=sheet.rows,
        output=sheet.output,
        industry_names=sheet.industry_names,
        accounts={sheet.below.name: sheet.below, **accounts},
    )
