"""Text files: their separator, and what would be read wrongly without a word."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from worldclass.core.errors import SourceError
from worldclass.schemes.classify_file import classify_file
from worldclass.schemes.text_files import separator


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('"a;b"\tc\td', "\t"),
        ('"a;b;c;d",isco08', ","),
        ('"say ""yes; or; no""",isco08', ","),
        ("isco08;weight", ";"),
        ("isco08", ","),
    ],
)
def test_the_separator_is_the_commonest_of_the_first_line_outside_quotation_marks(
    tmp_path: Path, line: str, found: str
) -> None:
    (tmp_path / "a.csv").write_text(f"{line}\n")
    assert separator(tmp_path / "a.csv") == found


_TEXT = "isco08,name\n2310,José\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (_TEXT.encode("latin-1"), "iconv -f latin1"),
        ("isco08,Städte\n2310,4\n".encode("latin-1"), "iconv -f latin1"),
        (_TEXT.encode("utf-16"), "probably UTF-16"),
        (b"isco08,name\r2310,x\r", "carriage return alone"),
        (gzip.compress(_TEXT.encode(), mtime=0), "compressed"),
        (b"\xef\xbb\xbfsep=;\r\nisco08;name\r\n2310;x\r\n", "names the separator"),
        (b"isco08,name,name\n2310,x,y\n", "several columns named 'name'"),
        (b"\xef\xbb\xbfisco08;isco08\n2310;110\n", "several columns named 'isco08'"),
    ],
)
def test_text_that_would_be_misread_is_refused_with_the_way_out(
    tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(SourceError, match=told) as refused:
        classify_file(tmp_path / "a.csv", "isei", tmp_path / "b.csv")
    assert refused.value.remedy
    assert not (tmp_path / "b.csv").exists()


def test_packed_files_are_to_be_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(_TEXT.encode()))
    with pytest.raises(SourceError, match="Unpack it first"):
        classify_file(tmp_path / "a.csv.gz", "isei", tmp_path / "b.csv")


def test_a_byte_order_mark_belongs_to_no_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + _TEXT.encode())
    classify_file(tmp_path / "a.csv", "isei", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text().startswith("isco08,name,class")
