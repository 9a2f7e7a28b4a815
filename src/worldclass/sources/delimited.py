"""Read a provider's CSV file, plain or gzipped, and refuse what is not one.

All columns come back as text: the readers say which are numbers.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError

if TYPE_CHECKING:
    import polars as pl

_GZIP = b"\x1f\x8b"
_CHANGED = (
    "The provider may have changed its format; use a data mirror (--mirror) until the reader "
    "is adapted."
)
_AGAIN = "Download it again (--refresh), or use a data mirror (--mirror)."


def read_delimited(
    file: Path, columns: Sequence[str], where: str, *, skip: int = 0
) -> pl.DataFrame:
    """Read the file and require some columns.

    Parameters
    ----------
    file
        CSV, or gzipped CSV whatever its name.
    columns
        Columns that must be there; all columns are returned.
    where
        Address, for errors.
    skip
        Lines before the header.

    Raises
    ------
    SourceError
        When the content is damaged gzip, not UTF-8, a web page, not a table, or lacks columns.
    """
    return parse_delimited(read_content(file, where), columns, where, skip=skip)


def parse_delimited(
    content: bytes, columns: Sequence[str], where: str, *, skip: int = 0
) -> pl.DataFrame:
    """Like `read_delimited`, of content in memory."""
    import polars as pl

    refuse_web_page(content, where)
    try:
        frame = pl.read_csv(
            content.removeprefix(b"\xef\xbb\xbf"),
            infer_schema=False,
            skip_lines=skip,
            encoding="utf8",
        )
    except pl.exceptions.PolarsError as error:
        raise SourceError(
            f"The file is not a table: {error}", where=where, remedy=_AGAIN
        ) from error
    require_columns(frame, columns, where)
    return frame


def require_columns(frame: pl.DataFrame, columns: Sequence[str], where: str) -> None:
    """Raise a SourceError that names the columns that are missing."""
    if missing := [column for column in columns if column not in frame.columns]:
        raise SourceError(
            f"The file lacks the columns {', '.join(missing)}; it has {', '.join(frame.columns)}.",
            where=where,
            remedy=_CHANGED,
        )


def read_content(file: Path, where: str) -> bytes:
    """The bytes of a file, unpacked where gzipped, and UTF-8 throughout."""
    try:
        content = file.read_bytes()
        if content.startswith(_GZIP):
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(
            f"The file is damaged or cannot be read: {error}.", where=where, remedy=_AGAIN
        ) from error
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        start, line = error.start, content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"The file is not UTF-8: line {line} holds {content[start : start + 8]!r}.",
            where=where,
            remedy=_CHANGED,
        ) from error
    return content


def refuse_web_page(content: bytes, where: str) -> None:
    """Raise a SourceError when the content is HTML, as of a server's error or login page."""
    head = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml")):
        shown = head[:80].decode("ascii", "replace")
        raise SourceError(
            f"The server answered with a web page instead of data: {shown!r}.",
            where=where,
            remedy="Try again later, or use a data mirror (--mirror).",
        )
