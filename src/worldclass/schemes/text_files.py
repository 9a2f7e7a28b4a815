"""What the head of a text file tells: its separator, and why it cannot be read as it stands."""

from __future__ import annotations

import codecs
import csv
import re
from pathlib import Path

from worldclass.core.errors import SourceError

TAB = ".tsv"
_SEPARATORS = (",", ";", "\t", "|")
_HEAD = 65_536
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_AS_UTF_8 = (
    "Save it as UTF-8, for example with: iconv -f {} -t utf-8 old.csv > new.csv (name the encoding "
    "that it has)."
)
_PACKED = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip, as spreadsheets are"}


def separator(source: Path) -> str:
    """The character that separates a text file's columns: the commonest in its first line.

    Characters between quotation marks separate nothing.
    """
    if source.suffix.lower() == TAB:
        return "\t"
    line = _QUOTED.sub("", _first_line(_head(source)).decode("utf-8", errors="replace"))
    return max(_SEPARATORS, key=line.count)


def check_text(source: Path) -> None:
    """Refuse a text file that would be read wrongly without a word.

    Raises
    ------
    SourceError
        It is compressed, of two bytes a character, its lines end in a way that is not known, its
        first line is not UTF-8 or names no columns, or two columns have the same name.
    """
    head = _head(source)
    for mark, kind in _PACKED.items():
        if head.startswith(mark):
            raise _refused(source, f"it is compressed ({kind})", "Unpack it, or save it as CSV.")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head:
        what = "its text is not UTF-8, but probably UTF-16"
        raise _refused(source, what, _AS_UTF_8.format("utf-16"))
    if head.removeprefix(codecs.BOM_UTF8)[:4].lower() == b"sep=":
        what = "its first line names the separator, and no columns"
        raise _refused(source, what, "Remove the first line: the separator is found without it.")
    if b"\r" in head and b"\n" not in head:
        remedy = "Write them with a line feed, for example with: tr '\\r' '\\n' < old.csv > new.csv"
        raise _refused(source, "its lines end with a carriage return alone", remedy)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(_first_line(head))
    except UnicodeDecodeError as cause:
        raise not_utf_8(source) from cause
    _refuse_twins(source)


def not_utf_8(source: Path) -> SourceError:
    """The error of a text file in another encoding."""
    return _refused(source, "its text is not UTF-8", _AS_UTF_8.format("latin1"))


def _refuse_twins(source: Path) -> None:
    """Refuse two columns of one name, of which one would be renamed."""
    with source.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        try:
            names = next(csv.reader(stream, delimiter=separator(source)), [])
        except csv.Error:  # a name of more than 100,000 letters, which Polars will refuse or not
            return
    twins = list(dict.fromkeys(name for name in names if names.count(name) > 1))
    if twins:
        listed = ", ".join(f"'{name}'" for name in twins[:5])
        raise SourceError(
            f"There are several columns named {listed}.",
            where=str(source),
            remedy="Give each column a name of its own in the first line.",
        )


def _head(source: Path) -> bytes:
    with source.open("rb") as stream:
        return stream.read(_HEAD)


def _first_line(head: bytes) -> bytes:
    return head.split(b"\n", 1)[0]


def _refused(source: Path, why: str, remedy: str) -> SourceError:
    return SourceError(f"The file cannot be read: {why}.", where=str(source), remedy=remedy)
