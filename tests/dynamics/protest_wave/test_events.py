"""Any file of dated events becomes a series, or is refused with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.dynamics.protest_wave.event_table import Columns
from worldclass.dynamics.protest_wave.events import read_events


def write(folder: Path, text: str) -> Path:
    path = folder / "events.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_of_single_events_are_counted_by_day(tmp_path: Path) -> None:
    series = read_events(write(tmp_path, "date\n2020-01-30\n2020-02-02\n2020-02-02\n"))
    assert series.start == date(2020, 1, 30)
    assert series.counts.tolist() == [1, 0, 0, 2]
    assert series.observed.all()
    assert series.notes == ("2 days without a row count as zero events",)


def test_absent_days_of_a_daily_table_are_missing_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "date,count\n2020-01-01,4\n2020-01-03,5\n2020-01-04,\n2020-01-05,0\n")
    series = read_events(path)
    assert series.observed.tolist() == [True, False, True, False, True]
    assert series.notes == (
        "1 day without a row is missing",
        "1 days with an empty count are missing",
    )
    assert read_events(path, absent="zero").observed.tolist() == [True, True, True, False, True]
    with pytest.raises(SourceError, match="1 days have no row, the first 2020-01-02"):
        read_events(path, absent="refuse")


def test_places_of_a_day_are_added_up_and_sizes_reported(tmp_path: Path) -> None:
    rows = "2020-01-01,A,2,\n2020-01-01,B,1,50\n2020-01-02,A,1,10\n2020-01-02,A,2,\n"
    series = read_events(write(tmp_path, "day,city,events,size\n" + rows))
    assert series.counts.tolist() == [3, 3]
    assert series.notes == (
        "2 rows share day and place with another: their counts are added",
        "sizes ('size') sum to 60; 2 of 4 rows have none; no model uses them",
    )


def test_rows_left_out_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, "date,us\n2020-01-01,true\n2020-01-01,false\n2020-01-03,true\n")
    series = read_events(path, Columns(only="us"))
    assert series.counts.tolist() == [1, 0, 1]
    assert series.notes[0] == "1 of 3 rows are left out: 'us' is false"


def test_a_day_left_out_is_missing() -> None:
    frame = pl.DataFrame({"date": [date(2020, 1, k) for k in (1, 2, 3)], "n": [1, 2, 3]})
    series = read_events(frame, leave_out=[date(2020, 1, 3)])
    assert series.observed.tolist() == [True, True, False]
    assert series.counts.tolist() == [1, 2, 0]
    with pytest.raises(UsageError, match="outside the events"):
        read_events(frame, leave_out=[date(2021, 1, 3)])


def test_times_of_day_make_hours_and_exact_times(tmp_path: Path) -> None:
    text = "time\n2020-01-01T06:00\n2020-01-01T07:30\n2020-01-02 18:00:00\n"
    series = read_events(write(tmp_path, text), bin_hours=12)
    assert series.counts.tolist() == [2, 0, 0, 1]
    assert series.times is not None
    assert series.times.tolist() == [0.25, 0.3125, 1.75]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no events"),
        ("date,count\n", "holds no events"),
        ("when,count\n2020-01-01,3\n", "no column of dates"),
        ("date\n2020-01-02\n2020-01-01\n", "Row 2 .2020-01-01. is earlier"),
        ("date\n2020-01-01\n01/02/2020\n", "Row 2: '01/02/2020' in the column 'date' is no date"),
        ("date\n2020-01-01\n2020-02-30\n", "'2020-02-30' in the column 'date' is no date"),
        ("date\n2020-01-01\n20200\n", "is no date"),
        ("date,n\n2020-01-01,1\n,2\n", "Row 2 has no 'date'"),
        ("date,count\n2020-01-01,3\n2020-01-01,4\n", "2020-01-01 stands 2 times"),
        ("date,count\n2020-01-01,3\n2020-01-02,-4\n", "the count -4 .* is negative"),
        ("date,count\n2020-01-01,3\n2020-01-02,1.5\n", "1.5 .* is a fraction"),
        ("date,count\n2020-01-01,3\n2020-01-02,1e12\n", "would overflow"),
        ("date,count\n2020-01-01,3\n2020-01-02,inf\n", "would overflow"),
        (
            "date,count\n2020-01-01,3\n2020-01-02,many\n",
            "'many' in the column 'count' is no number",
        ),
        ("date,count\n2020-01-01,3\n", "All events are of one day, 2020-01-01"),
        ("date\n0020-01-01\n2020-01-01\n", "more than 20,000"),
        ("date\n2020-01-01\n2020-01-02T10:00\n", "Some cells of 'date' have a time of day"),
        ("date,city,n\n2020-01-01,A,1\n2020-01-01,A,1\n2020-01-02,A,1\n", "equal in every column"),
        ("date,city,n\n2020-01-01,A,1\n2020-01-02,A,\n", "Row 2 has no count"),
        ("date,size\n2020-01-01,1\n2020-01-02,-5\n", "a size of -5"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        read_events(write(tmp_path, text))


def test_unordered_rows_may_be_sorted_on_request(tmp_path: Path) -> None:
    path = write(tmp_path, "date\n2020-01-02\n2020-01-01\n2020-01-02\n")
    assert read_events(path, sort=True).counts.tolist() == [1, 2]


def test_other_formats_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cannot be read from '\.xlsx'"):
        read_events(tmp_path / "events.xlsx")
    with pytest.raises(SourceError, match="cannot be read"):
        read_events(tmp_path / "none.csv")
    with pytest.raises(SourceError, match="holds Int64, not dates"):
        read_events(pl.DataFrame({"date": [20200101, 20200102]}))
    with pytest.raises(SourceError, match="no column 'dates'"):
        read_events(pl.DataFrame({"date": ["2020-01-01"]}), Columns("dates"))
