"""The socio-economic accounts of WIOD: hours, persons and compensation by country and industry.

Both releases publish one workbook whose sheet DATA has a row for each country, variable and
industry, and a column for each year (`_1995` in 2013, `2000` in 2016).

Money is in national currency. Values that are missing are left out, not set to zero, so that a
sector without hours is noticed. The rest of the world has no accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labels import Labels
from worldclass.sources.input_output.raw import Label, RawAccount
from worldclass.sources.input_output.spreadsheet import Cell, cell_name, cell_text, sheet_rows

SHEET = "DATA"
_COLUMNS = ("country", "variable", "code")
_ALL_INDUSTRIES = "TOT"
_MISSING = frozenset({"", "NA", "N/A", "."})
_REMEDY = "Download the accounts again from their provider."


def find_accounts(folder: Path) -> Path | None:
    """The workbook of the accounts in a folder, or in its folder `SEA`."""
    names = ("WIOD_SEA*.xlsx", "Socio_Economic_Accounts*.xlsx")
    found = [
        file
        for place in (folder, folder / "SEA")
        for name in names
        for file in sorted(place.glob(name))
    ]
    return found[-1] if found else None


def read_accounts(
    file: Path, year: int, labels: Labels, numbers: Mapping[str, str]
) -> dict[str, RawAccount]:
    """One account a variable, under the variable's name.

    Parameters
    ----------
    file
        The workbook.
    year
        A year among its columns.
    labels
        The provider's labels: countries, and the unit of each variable.
    numbers
        Our code of an industry by the accounts' code, where the two differ.

    Raises
    ------
    SourceError
        The workbook lacks a column, the year is not in it, a value is text, or a sector occurs
        twice for a variable.
    """
    rows = sheet_rows(file, SHEET)
    header = [_heading(cell) for cell in next(rows)]
    places = {name: header.index(name) for name in _COLUMNS if name in header}
    if len(places) < len(_COLUMNS):
        missing = ", ".join(name for name in _COLUMNS if name not in places)
        raise SourceError(
            f"The sheet {SHEET} lacks the columns {missing}; it has {', '.join(header[:8])}.",
            where=str(file),
            remedy=_REMEDY,
        )
    column = _year_column(header, year, file)
    found: dict[str, dict[Label, float]] = {}
    for place, row in enumerate(rows, start=1):
        country, variable, code = (cell_text(row[places[name]]) for name in _COLUMNS)
        if variable not in labels.accounts or code == _ALL_INDUSTRIES:
            continue
        value = _value(row[column], place, column, file)
        if value is None:
            continue
        sector = (labels.country(country), numbers.get(code, code))
        account = found.setdefault(variable, {})
        if sector in account:
            raise SourceError(
                f"{variable} of {sector[0]} {code} occurs twice, again in row {place + 1}.",
                where=str(file),
                remedy=_REMEDY,
            )
        account[sector] = value
    return {name: _account(name, values, labels) for name, values in found.items()}


def _heading(cell: Cell) -> str:
    """A column's name in lower case; years without underscore and decimals."""
    return cell_text(cell).lstrip("_").lower()


def _year_column(header: list[str], year: int, file: Path) -> int:
    if str(year) in header:
        return header.index(str(year))
    years = [name for name in header if name.isdecimal()]
    raise SourceError(
        f"The accounts have no year {year}; they have {years[0]} to {years[-1]}."
        if years
        else "The accounts have no column of a year.",
        where=str(file),
        remedy="Ask for another year, or move the accounts out of the folder.",
    )


def _value(cell: Cell, row: int, column: int, file: Path) -> float | None:
    if isinstance(cell, str) and cell.strip() in _MISSING:
        return None
    try:
        return float(cell)
    except (ValueError, TypeError) as error:
        raise SourceError(
            f"Cell {cell_name(row, column)} holds {cell!r}, not a number.",
            where=str(file),
            remedy=_REMEDY,
        ) from error


def _account(name: str, values: dict[Label, float], labels: Labels) -> RawAccount:
    import numpy as np

    return RawAccount(
        name=name,
        unit=labels.accounts[name].unit,
        rows=(labels.accounts[name].meaning,),
        columns=tuple(values),
        values=np.array([list(values.values())]),
    )
