"""Recognise a table by what its file begins with, where its name says nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Literal

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.exiobase import PARAMETERS
from worldclass.sources.input_output.spreadsheet import Cell, cell_text, sheet_rows

Kind = Literal["wiod2013", "wiod2016", "icio", "exiobase"]

_MOST_HEADER = 1_000_000
_SPREADSHEETS = (".xlsx", ".xlsb")
_LAST_2013, _FIRST_2016 = "c35", "A01"


def kind_of(path: Path) -> Kind | None:
    """Whose table a file, archive or folder is, by its content; None where it is none we know.

    Raises
    ------
    SourceError
        A spreadsheet cannot be read.
    """
    if path.is_dir():
        return "exiobase" if (path / PARAMETERS).is_file() else None
    if path.suffix.lower() in _SPREADSHEETS:
        return _kind_of_sheet(list(islice(sheet_rows(path), 6)))
    if zipfile.is_zipfile(path):
        return _kind_of_archive(path)
    if path.suffix.lower() == ".csv":
        with path.open("rb") as stream:
            return _kind_of_csv(stream.readline(_MOST_HEADER))
    return None


def _kind_of_sheet(rows: list[list[Cell]]) -> Kind | None:
    """WIOD has codes in the third line and numbers (c1, c2 …) in the sixth."""
    if len(rows) < 6:
        return None
    codes, numbers = ({cell_text(cell) for cell in rows[i]} for i in (2, 5))
    if "c1" not in numbers:
        return None
    if _FIRST_2016 in codes:
        return "wiod2016"
    return "wiod2013" if _LAST_2013 in numbers else None


def _kind_of_archive(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if any(PurePosixPath(name).name == PARAMETERS for name in names):
                return "exiobase"
            tables = [name for name in names if name.lower().endswith(".csv")]
            if len(tables) != 1:
                return None
            with archive.open(tables[0]) as stream:
                return _kind_of_csv(stream.readline(_MOST_HEADER))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise SourceError(
            f"The archive is damaged: {error}.",
            where=str(path),
            remedy="Download it again from its provider.",
        ) from error


def _kind_of_csv(line: bytes) -> Kind | None:
    """OECD heads its columns AUS_A01 … and AUS_HFCE …"""
    text = line.decode("utf-8", "replace")
    names = next(csv.reader(io.StringIO(text)), [])
    return (
        "icio"
        if any(name.endswith("_HFCE") or name.startswith("HFCE_") for name in names)
        else None
    )
