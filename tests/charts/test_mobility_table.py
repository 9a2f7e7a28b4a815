"""A mobility table as a heat map, drawn from the frames of `statistics`."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from worldclass.charts.mobility_table import mobility_heat
from worldclass.core.errors import UsageError
from worldclass.statistics import mobility


@pytest.fixture
def table() -> pl.DataFrame:
    """Two classes of equal size; four in five stay, in the second layer every other one."""
    cells = [("old", "a", "a", 80), ("old", "a", "b", 20), ("old", "b", "a", 20)]
    cells += [("old", "b", "b", 80), *(("new", i, j, 50) for i in "ab" for j in "ab")]
    counts = pl.DataFrame(cells, schema=["cohort", "father", "son", "n"], orient="row")
    return mobility(counts, "father", "son", "cohort", count="n").table


def test_signs_say_which_moves_class_sizes_do_not_explain(table: pl.DataFrame) -> None:
    rows = mobility_heat(table, "father", "son", "cohort").data["cells"]
    signs = {(row["layer"], row["row"], row["column"]): row["sign"] for row in rows}
    assert (signs["old", "a", "a"], signs["old", "a", "b"]) == ("+", "−")
    assert {sign for (layer, *_), sign in signs.items() if layer == "new"} == {"·"}


def test_the_description_names_the_stayers(table: pl.DataFrame) -> None:
    picture = mobility_heat(table.filter(cohort="old"), "father", "son")
    assert picture.caption.description.endswith("A 80 %; B 80 %.")


@pytest.mark.parametrize("width", [380, 760])
def test_it_is_written_with_the_words_of_the_classes(
    table: pl.DataFrame, tmp_path: Path, width: int
) -> None:
    words = {"a": "Farmers and their families", "b": "Others"}
    picture = mobility_heat(table, "father", "son", "cohort", labels=words, width=width)
    picture.save(tmp_path / "heat.svg")
    svg = (tmp_path / "heat.svg").read_text()
    assert "80 +" in svg
    assert "families" in svg
    assert "Others" in svg


def test_an_origin_that_nobody_has_is_explained() -> None:
    people = pl.DataFrame({"father": ["a", "b"] * 5, "son": ["a", "c"] * 5})
    picture = mobility_heat(mobility(people, "father", "son").table, "father", "son")
    assert picture.caption.footnote == "Empty rows: nobody in the sample has this origin."


def test_a_column_that_is_not_there_is_an_error(table: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="no column 'mother'"):
        mobility_heat(table, "mother", "son")
