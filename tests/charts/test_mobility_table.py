"""A mobility table as a heat map, and shares as dots, drawn from the frames of `statistics`."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from worldclass.charts.mobility_table import mobility_heat, share_dots
from worldclass.core.errors import UsageError
from worldclass.statistics import mobility, shares


@pytest.fixture
def table() -> pl.DataFrame:
    """Two classes of equal size; four in five stay, in the second layer every other one."""
    cells = [("old", "a", "a", 80), ("old", "a", "b", 20), ("old", "b", "a", 20)]
    cells += [("old", "b", "b", 80), *(("new", i, j, 50) for i in "ab" for j in "ab")]
    counts = pl.DataFrame(cells, schema=["cohort", "father", "son", "n"], orient="row")
    return mobility(counts, "father", "son", "cohort", count="n").table


def test_signs_say_which_moves_class_sizes_do_not_explain(table: pl.DataFrame) -> None:
    rows = mobility_heat(table, "father", "son", "cohort").data["cells"]
    signs = {(row["layer"], row["origin"], row["destination"]): row["sign"] for row in rows}
    assert (signs["old", "A", "A"], signs["old", "A", "B"]) == ("+", "−")
    assert {sign for (layer, *_), sign in signs.items() if layer == "new"} == {"·"}


def test_the_description_names_the_stayers(table: pl.DataFrame) -> None:
    picture = mobility_heat(table.filter(cohort="old"), "father", "son")
    assert picture.caption.description.endswith("A 80 %; B 80 %.")


@pytest.mark.parametrize("width", [380, 760])
def test_both_pictures_can_be_written(table: pl.DataFrame, tmp_path: Path, width: int) -> None:
    people = pl.DataFrame({"class": [*"aab"] * 20, "sex": [*"fm"] * 30})
    mobility_heat(table, "father", "son", "cohort", width=width).save(tmp_path / "heat.svg")
    share_dots(shares(people, "class", by="sex"), "class", "sex", width=width).save(
        tmp_path / "dots.svg"
    )
    assert "80 +" in (tmp_path / "heat.svg").read_text()
    assert "5–95 %" in (tmp_path / "dots.svg").read_text()


def test_a_frame_without_intervals_is_an_error(table: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="no interval"):
        share_dots(pl.DataFrame({"class": ["a"], "share": [1.0]}), "class")
    with pytest.raises(UsageError, match="no column 'mother'"):
        mobility_heat(table, "mother", "son")
