"""Bars of balances: gains to the right, losses to the left, largest gain on top."""

from __future__ import annotations

import polars as pl
import pytest

from tests.charts.synthetic_flows import PLACES, areas_of, pairs_of
from worldclass.charts.flow_balance import LESS, MORE, flow_balance


@pytest.fixture(scope="module")
def areas() -> pl.DataFrame:
    return areas_of(pairs_of([2008]))


def test_bars_are_commanded_less_worked_in_order(areas: pl.DataFrame) -> None:
    rows = flow_balance(areas).data["balances"]
    values = [row["value"] for row in rows]
    assert values == sorted(values, reverse=True) and len(values) == len(PLACES)
    assert sum(values) == pytest.approx(0, abs=1)
    assert {row["side"] for row in rows if row["value"] > 0} == {MORE}
    assert {row["side"] for row in rows if row["value"] < 0} == {LESS}
    assert rows[0]["place"] == "USA"


def test_intervals_are_the_frames(areas: pl.DataFrame) -> None:
    rows = {row["name"]: row for row in flow_balance(areas).data["balances"]}
    own = areas.filter(
        pl.col("measure") == "hours_net", pl.col("consumer") == "ROW", pl.col("sex") == "total"
    )
    rest = rows["Rest of the world (not in the tables)"]
    assert (rest["low"], rest["high"]) == pytest.approx((own["p05"][0] * 1e6, own["p95"][0] * 1e6))


def test_per_unit_worked_does_not_depend_on_size(areas: pl.DataFrame) -> None:
    rows = flow_balance(areas, per="worked").data["balances"]
    doubled = areas.with_columns(pl.col("value", "p05", "p95") * 2)
    again = flow_balance(doubled, per="worked").data["balances"]
    assert [row["value"] for row in rows] == pytest.approx([row["value"] for row in again])
    assert rows[0]["amount"].endswith(" %")


def test_a_count_keeps_both_ends_and_says_what_is_left_out(areas: pl.DataFrame) -> None:
    everything = [row["place"] for row in flow_balance(areas).data["balances"]]
    picture = flow_balance(areas, count=2)
    assert [row["place"] for row in picture.data["balances"]] == [everything[0], everything[-1]]
    assert "2 places in between are left out" in picture.caption.footnote


def test_of_several_years_the_last_is_drawn_and_the_subtitle_says_so() -> None:
    frame = areas_of(pairs_of([2005, 2008]))
    note = "2008 is the last of the table’s years, 2005 to 2008."
    assert flow_balance(frame).caption.subtitle.endswith(note)
    assert note not in flow_balance(frame, year=2008).caption.subtitle


def test_women_alone_can_be_drawn(areas: pl.DataFrame) -> None:
    picture = flow_balance(areas, sex="female")
    assert ", women, 2008" in picture.caption.title
    whole = {row["place"]: row["value"] for row in flow_balance(areas).data["balances"]}
    for row in picture.data["balances"]:
        assert row["value"] == pytest.approx(0.4 * whole[row["place"]])


def test_the_description_names_both_ends(areas: pl.DataFrame) -> None:
    description = flow_balance(areas).caption.description
    assert "Most: USA +" in description and "Least: " in description and "−" in description
