"""Flows are read as the frame has them: totals where given, sums without invented intervals."""

from __future__ import annotations

import polars as pl
import pytest

from tests.charts.synthetic_flows import areas_of, pairs_of
from worldclass.charts.flow_frame import (
    FlowSetting,
    balances,
    flow_rows,
    merge_small,
    quantity_of,
)
from worldclass.charts.flow_texts import amount_text
from worldclass.core.errors import UsageError


def test_a_total_in_the_frame_is_read_and_its_parts_are_not_added_to_it() -> None:
    frame = pairs_of([2008])
    rows = flow_rows(frame)
    total = frame.filter(pl.col("sex") == "total")
    assert rows["value"].sum() == pytest.approx(total["value"].sum() * 1e6)
    assert rows["low"].null_count() == 0


def test_women_and_men_are_added_where_there_is_no_total_and_the_interval_is_not_known() -> None:
    frame = pairs_of([2008]).filter(pl.col("sex") != "total")
    rows = flow_rows(frame)
    assert rows["value"].sum() == pytest.approx(frame["value"].sum() * 1e6)
    assert rows["low"].null_count() == rows.height


def test_balances_of_pairs_and_of_single_places_agree_and_sum_to_zero() -> None:
    frame = pairs_of([2008])
    from_pairs, from_areas = balances(frame), balances(areas_of(frame))
    assert from_pairs["net"].sum() == pytest.approx(0, abs=1)
    assert from_pairs["net"].to_list() == pytest.approx(from_areas["net"].to_list())
    assert from_pairs["place"].to_list() == from_areas["place"].to_list()
    assert from_pairs["low"].null_count() == from_pairs.height
    assert from_areas["low"].null_count() == 0


def test_places_taken_together_keep_the_sum() -> None:
    rows = flow_rows(pairs_of([2008]))
    merged = merge_small(rows, "producer", ["CHN", "ROW"], "2 others")
    assert merged["value"].sum() == pytest.approx(rows["value"].sum())
    assert set(merged["producer"]) == {"CHN", "ROW", "2 others"}
    # A flow that stands alone keeps its interval; a sum has none.
    assert merged.filter(pl.col("producer") == "CHN")["low"].null_count() == 0
    assert merged.filter(pl.col("producer") == "2 others")["low"].null_count() == 4


def test_a_year_without_a_table_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="2008") as caught:
        flow_rows(pairs_of([2008]), year=2009)
    assert "2009" in str(caught.value)


def test_two_accounts_are_not_mixed() -> None:
    hours = pairs_of([2008])
    persons = hours.with_columns(
        measure=pl.lit("persons_embodied"), unit=pl.lit("thousand persons")
    )
    both = pl.concat([hours, persons])
    with pytest.raises(UsageError, match="one account"):
        flow_rows(both)
    assert quantity_of(both, "embodied", "persons").noun == "persons"
    assert flow_rows(both, account="hours").equals(flow_rows(hours))


def test_a_frame_of_single_places_has_no_pairs() -> None:
    with pytest.raises(UsageError, match="no embodied"):
        flow_rows(areas_of(pairs_of([2008])))


@pytest.mark.parametrize("column", ["year", "producer", "consumer", "unit", "value"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(UsageError, match=column):
        flow_rows(pairs_of([2008]).drop(column))


def test_the_rest_of_the_world_says_that_it_is_not_in_the_tables() -> None:
    setting = FlowSetting(names={"X": "My group"})
    assert setting.place("ROW") == "Rest of the world (not in the tables)"
    assert (setting.place("IND"), setting.place("NORTH"), setting.place("X")) == (
        "India",
        "North",
        "My group",
    )


def test_amounts_have_a_true_minus_sign() -> None:
    assert amount_text(-294e9) == "−294 bn"
