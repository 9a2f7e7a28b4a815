"""Rows of a spreadsheet, read by python-calamine: `.xlsx`, `.xlsb`, `.xls`, `.ods`.

Calamine is chosen because one small library reads both of the formats in which WIOD is published.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_BYTES = 4 * 2**30
"""Most bytes that a workbook may hold once unpacked; WIOD's are below 0.5 GiB."""

Cell = Any
"""Text, a number, a date, or an empty text where the cell is empty."""


def sheet_names(file: Path) -> tuple[str, ...]:
    """Names of the sheets, in their order.

    Raises
    ------
    SourceError
        As `sheet_rows`.
    """
    return tuple(_open(file).sheet_names)


def sheet_rows(file: Path, sheet: str | None = None) -> Iterator[list[Cell]]:
    """The rows of one sheet, from cell A1 on, each as long as the sheet is wide.

    Parameters
    ----------
    file
        The workbook.
    sheet
        Name of the sheet; the first one by default.

    Raises
    ------
    SourceError
        The reader is not installed; the file is missing, damaged, protected by a password or too
        large; it has no such sheet, or the sheet is empty.
    """
    book = _open(file)
    if sheet is None:
        sheet = book.sheet_names[0]
    if sheet not in book.sheet_names:
        raise SourceError(
            f"The workbook has no sheet {sheet!r}; it has {', '.join(book.sheet_names)}.",
            where=str(file),
            remedy="Use the file as its provider publishes it.",
        )
    try:
        content = book.get_sheet_by_name(sheet)
        start = content.start
    except Exception as error:  # the reader's own kinds differ by format and release
        raise _damaged(file, error) from error
    if start is None:
        raise SourceError(f"The sheet {sheet!r} is empty.", where=str(file), remedy=_REMEDY)
    left = [""] * start[1]  # the reader leaves out empty columns before the first cell
    for row in content.iter_rows():
        yield left + row


def cell_text(cell: Cell) -> str:
    """A label as text; a code such as 20 is stored as a number by some editions.

    Example
    -------
    >>> cell_text(20.0), cell_text(" AtB ")
    ('20', 'AtB')
    """
    whole = isinstance(cell, float) and cell.is_integer()
    return (str(int(cell)) if whole else str(cell)).strip()


def cell_name(row: int, column: int) -> str:
    """The name that spreadsheets give a cell.

    Parameters
    ----------
    row, column
        Counted from 0.

    Example
    -------
    >>> cell_name(5, 4), cell_name(0, 26)
    ('E6', 'AA1')
    """
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


_REMEDY = "Download it again from its provider."
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError)


def _open(file: Path) -> CalamineWorkbook:
    if not file.is_file():
        raise SourceError("There is no such file.", where=str(file), remedy="Check the path.")
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise SourceError(
            "The file is a spreadsheet, and python-calamine, which reads it, is not installed.",
            where=str(file),
            remedy="Install worldclass[mrio].",
        ) from error
    _check_archive(file)
    try:
        book = CalamineWorkbook.from_path(str(file))
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(file, error) from error
    if not book.sheet_names:
        raise SourceError("The workbook has no sheet.", where=str(file), remedy=_REMEDY)
    return book


def _check_archive(file: Path) -> None:
    """Refuse a damaged archive, and one that unpacks to more than any real table.

    The reader trusts the sizes that a sheet states: a damaged one can make it ask for more memory
    than there is, which ends the whole process.
    """
    if not zipfile.is_zipfile(file):
        return
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            broken = archive.testzip() if size <= MOST_BYTES else None
    except _BROKEN_ARCHIVE as error:
        raise _damaged(file, error) from error
    if broken:
        raise _damaged(file, ValueError(f"the checksum of {broken} does not match"))
    if size > MOST_BYTES:
        raise SourceError(
            f"The workbook unpacks to {size:,} bytes; at most {MOST_BYTES:,} are read.",
            where=str(file),
            remedy="Check that it is the right file.",
        )


def _damaged(file: Path, error: Exception) -> SourceError:
    return SourceError(
        f"The spreadsheet is damaged or of an unknown kind: {error}.",
        where=str(file),
        remedy=_REMEDY,
    )
