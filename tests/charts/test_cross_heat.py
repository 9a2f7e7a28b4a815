"""Cross-tabulations as heat maps."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import polars as pl
import pytest

from worldclass.charts.cross_heat import cross_heat
from worldclass.statistics import cross_table

PEOPLE = pl.DataFrame({"class": [*"1122"] * 20, "other": [*"xyyy"] * 20, "land": [*"AB"] * 40})


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ("row", "Per cent of each row (class)"),
        ("column", "Per cent of each column (other)"),
        ("total", "Per cent of all persons in both"),
    ],
)
def test_it_says_what_the_shares_are_of(of: Literal["row", "column", "total"], words: str) -> None:
    table = cross_table(PEOPLE, "class", "other", of=of).table
    assert cross_heat(table, "class", "other").caption.subtitle == words


def test_rows_and_columns_have_words_of_their_own(tmp_path: Path) -> None:
    table = cross_table(PEOPLE, "class", "other").table
    labels, column_labels = {"1": "First", "2": "Second"}, {"x": "Left", "y": "Right"}
    picture = cross_heat(table, "class", "other", labels=labels, column_labels=column_labels)
    picture.save(tmp_path / "heat.svg")
    svg = (tmp_path / "heat.svg").read_text()
    assert all(f">{word}<" in svg for word in ("1 First", "2 Second", "Left", "Right"))
    cell = next(row for row in picture.data["cells"] if (row["row"], row["column"]) == ("1", "x"))
    assert cell["share"] == 0.5
    low, high = table.filter(pl.col("class") == "1", other="x").select("p05", "p95").row(0)
    assert cell["between"] == f"{100 * low:.1f}–{100 * high:.1f} %"


def test_groups_are_panels() -> None:
    table = cross_table(PEOPLE, "class", "other", by="land").table
    rows = cross_heat(table, "class", "other", "land").data["cells"]
    assert {row["layer"] for row in rows} == {"A", "B"}
