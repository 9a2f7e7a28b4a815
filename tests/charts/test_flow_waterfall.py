"""A waterfall leads from the start to the end by effects that add up, and nothing else."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.charts.picture import Picture
from worldclass.charts.waterfall import FALL, LEVEL, RISE, waterfall
from worldclass.core.errors import UsageError

TABLE = pl.DataFrame(
    {
        "factor": ["labour", "level", "origins"],
        "effect": [-300.0, 400.0, 50.0],
        "lowest": [-350.0, 300.0, 20.0],
        "highest": [-250.0, 450.0, 90.0],
        "start": [700.0] * 3,
        "end": [850.0] * 3,
        "unit": ["million hours"] * 3,
    }
)


def drawn(table: pl.DataFrame = TABLE, width: int = 760) -> Picture:
    labels = {"level": "Level of final demand"}
    return waterfall(table, title="Why", first="1995", last="2008", labels=labels, width=width)


def test_each_bar_begins_where_the_one_before_ends() -> None:
    first, *steps, last = drawn().data["steps"]
    at = first["to"]
    for row in steps:
        assert row["from"] == pytest.approx(at)
        at = row["to"]
    assert (last["from"], last["to"]) == pytest.approx((0.0, at))
    assert [row["kind"] for row in drawn().data["steps"]] == [LEVEL, FALL, RISE, RISE, LEVEL]


def test_ranges_surround_the_end_of_their_bar() -> None:
    labour = drawn().data["steps"][1]
    assert (labour["low"], labour["to"], labour["high"]) == pytest.approx((350e6, 400e6, 450e6))


def test_percentiles_go_before_the_range_over_orders() -> None:
    table = TABLE.with_columns(p05=pl.col("effect") - 1, p95=pl.col("effect") + 1)
    assert drawn(table).data["steps"][1]["low"] == pytest.approx(399e6)


def test_effects_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(UsageError, match="add up to 100, the change is 150"):
        drawn(TABLE.head(2))


def test_a_table_of_two_changes_is_refused() -> None:
    two = pl.concat([TABLE, TABLE.with_columns(start=pl.lit(1.0), end=pl.lit(151.0))])
    with pytest.raises(UsageError, match="one change"):
        drawn(two)


@pytest.mark.parametrize("column", ["factor", "effect", "start", "end", "unit"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(UsageError, match=column):
        drawn(TABLE.drop(column))


@pytest.mark.parametrize("width", [760, 340])
def test_the_picture_is_valid_and_told_in_words(width: int) -> None:
    picture = drawn(width=width)
    assert picture.framed().to_dict()["description"] == picture.caption.description
    assert "From 700 M hours (1995) to 850 M (2008)" in picture.caption.description
    assert "Level of final demand +400 M" in picture.caption.description
