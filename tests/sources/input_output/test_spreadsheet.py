"""Rows of spreadsheets: all of them, from A1 on; a damaged file never ends the process."""

import random

import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.input_output import spreadsheet
from worldclass.sources.input_output.spreadsheet import sheet_names, sheet_rows


def test_rows_begin_in_the_first_cell_even_where_it_is_empty(tmp_path, write_xlsx, write_xlsb):
    rows = [["", "", ""], ["", "x", 2.5], ["", 3.0, "NA"]]
    for file in (
        write_xlsx(tmp_path / "a.xlsx", One=[["first"]], Two=rows),
        write_xlsb(tmp_path / "b.xlsb", "Two", rows),
    ):
        assert list(sheet_rows(file, "Two")) == rows
    assert sheet_names(tmp_path / "a.xlsx") == ("One", "Two")
    assert list(sheet_rows(tmp_path / "a.xlsx")) == [["first"]]


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(tmp_path, write_xlsx):
    file = write_xlsx(tmp_path / "a.xlsx", Notes=[["x"]], Empty=[])
    with pytest.raises(SourceError, match="no sheet 'DATA'; it has Notes, Empty"):
        next(sheet_rows(file, "DATA"))
    with pytest.raises(SourceError, match="'Empty' is empty"):
        next(sheet_rows(file, "Empty"))


def test_a_missing_file_and_one_too_large_are_refused(tmp_path, write_xlsx, monkeypatch):
    with pytest.raises(SourceError, match="no such file"):
        next(sheet_rows(tmp_path / "none.xlsx"))
    file = write_xlsx(tmp_path / "a.xlsx", One=[["first"]])
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 100)
    with pytest.raises(SourceError, match=r"unpacks to .* bytes; at most 100"):
        next(sheet_rows(file))


def test_damaged_bytes_are_an_error_and_never_a_crash(tmp_path, write_xlsb):
    whole = write_xlsb(tmp_path / "a.xlsb", "One", [["x", 1.5], ["y", 2.5]]).read_bytes()
    draw, file, refused = random.Random(4), tmp_path / "b.xlsb", 0
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(draw.choice([1, 3, 30])):
            damaged[draw.randrange(len(whole))] = draw.randrange(256)
        file.write_bytes(damaged)
        try:
            list(sheet_rows(file))
        except SourceError:
            refused += 1
    assert refused > 200
