"""Stata and SPSS files: what they declare missing, what their columns hold, what can be written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import polars as pl
import pyreadstat
import pytest

from worldclass.core.errors import OutputError
from worldclass.schemes.classify_file import classify_file


def test_declared_missing_numbers_are_missing_beside_empty_cells(tmp_path: Path) -> None:
    """9998 is an answer that was not given, and no employer of thousands."""
    people = pd.DataFrame(
        {
            "isco08": [7127.0, 7127.0, 7127.0],
            "self_employed": [1.0, 1.0, 0.0],
            "supervisor": [0.0, 0.0, 0.0],
            "employees": [9998.0, 12.0, None],
        }
    )
    pyreadstat.write_sav(
        people,
        tmp_path / "a.sav",
        missing_ranges={"employees": [{"lo": 9996, "hi": 9999}]},
        variable_value_labels={"employees": {9998: "Refused"}},
    )
    done = classify_file(tmp_path / "a.sav", "esec", tmp_path / "b.parquet")
    coded = pl.read_parquet(tmp_path / "b.parquet")
    assert coded["class"].to_list() == [None, "1", "8"]
    assert coded["class_missing"].to_list() == ["employees: refused", None, None]
    assert coded["employees"].to_list() == [9998.0, 12.0, None]
    assert done.classes["1"] == 1


def test_dates_are_written_as_dates_also_where_a_block_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worldclass.schemes.statistical_files.BLOCK", 2)
    day, hour = date(2012, 9, 1), datetime(2012, 9, 1, 17, 30)
    people = pd.DataFrame(
        {"isco08": [2310.0] * 4, "day": [None, None, day, None], "hour": [hour, None, hour, hour]}
    )
    people["hour"] = pd.to_datetime(people["hour"])
    pyreadstat.write_sav(people, tmp_path / "a.sav")
    classify_file(tmp_path / "a.sav", "isei", tmp_path / "b.parquet")
    coded = pl.read_parquet(tmp_path / "b.parquet")
    assert coded["day"].to_list() == [None, None, day, None]
    assert coded["hour"].to_list() == [hour, None, hour, hour]


def test_an_empty_cell_among_stata_s_tags_stays_empty(tmp_path: Path) -> None:
    """Read as pandas, such a cell of whole numbers would hold any number."""
    people = pd.DataFrame({"isco08": [2310, "a", None, 7127], "sex": [1, 2, "b", 1]}, dtype=object)
    tags = {"isco08": ["a"], "sex": ["b"]}
    pyreadstat.write_dta(people, tmp_path / "a.dta", missing_user_values=tags)
    classify_file(tmp_path / "a.dta", "isei", tmp_path / "b.dta")
    read = pyreadstat.read_dta
    columns, meta = read(tmp_path / "b.dta", user_missing=True, output_format="dict")
    assert columns["isco08"] == [2310, "a", None, 7127]
    assert columns["sex"] == [1, 2, "b", 1]
    assert meta.missing_user_values == tags
    assert [value or None for value in columns["class"]] == [76.0, None, None, 38.0]


@pytest.mark.parametrize("name", ["my class", "c" * 40])
def test_a_name_that_the_format_does_not_take_is_refused(tmp_path: Path, name: str) -> None:
    pyreadstat.write_dta(pd.DataFrame({"isco08": [2310]}), tmp_path / "a.dta")
    with pytest.raises(OutputError, match=r"(?s)cannot be written.*b\.dta.*--column"):
        classify_file(tmp_path / "a.dta", "isei", tmp_path / "b.dta", column=name)
    assert not (tmp_path / "b.dta").exists()
