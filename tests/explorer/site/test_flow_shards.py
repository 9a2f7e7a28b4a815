"""Shards of flows hold the numbers and intervals of `worldclass.flows`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest
from pytest import MonkeyPatch

from worldclass.charts.flow_texts import interval_text
from worldclass.charts.numbers import NO_VALUE
from worldclass.explorer.site import flow_frames
from worldclass.explorer.site.flow_frames import (
    DRAWS,
    GROUPS,
    columnar,
    country_codes,
    through_time,
)
from worldclass.explorer.site.flow_shards import (
    WITHOUT,
    country_trends_shard,
    pairs_shard,
    trends_shard,
    with_interval,
    words_shard,
)
from worldclass.flows.query import flows

YEAR = 2008


@pytest.fixture(scope="module")
def halves() -> dict[str, Any]:
    return pairs_shard("north-south", "hours", YEAR, "female")


@pytest.fixture(scope="module")
def countries() -> dict[str, Any]:
    return pairs_shard("countries", "hours", YEAR, "female")


def test_rows_are_those_of_the_python_api(halves: dict[str, Any]) -> None:
    groups = list(GROUPS["north-south"] or ())
    expected = flows(YEAR, by=("pair", "sex"), group=groups, sex="female", draws=DRAWS)
    for name in ("producer", "consumer"):
        assert halves["rows"][name] == expected[name].to_list()
    for name in ("value", "p05", "p95"):
        assert halves["rows"][name] == pytest.approx(expected[name].to_list(), rel=1e-5)
    assert halves["rows"]["sex"] == "female"


def test_every_ribbon_between_two_places_has_its_interval(halves: dict[str, Any]) -> None:
    groups = list(GROUPS["north-south"] or ())
    frame = flows(YEAR, by=("pair", "sex"), group=groups, sex="female", draws=DRAWS)
    own = {(row["producer"], row["consumer"]): row for row in frame.to_dicts()}
    for layout in ("wide", "phone"):
        ribbons = halves["sankey"][layout]["data"]["ribbons"]
        told = {(row["producer"], row["consumer"]): row["between"] for row in ribbons}
        row = own["SOUTH", "NORTH"]
        assert told["South", "North"] == interval_text(row["p05"] * 1e6, row["p95"] * 1e6)


def test_places_taken_together_have_no_interval(countries: dict[str, Any]) -> None:
    ribbons = countries["sankey"]["wide"]["data"]["ribbons"]
    for row in ribbons:
        merged = any(row[side].endswith(" others") for side in ("producer", "consumer"))
        assert (row["between"] == NO_VALUE) == merged
    assert any(row["between"] == NO_VALUE for row in ribbons)


def test_no_note_denies_the_intervals_that_the_page_gives(countries: dict[str, Any]) -> None:
    for picture in ("matrix", "sankey"):
        for layout in ("wide", "phone"):
            assert WITHOUT not in countries[picture][layout]["note"]


def tooltips(node: Any) -> list[list[str]]:
    """Fields of every tooltip of a specification."""
    if isinstance(node, list):
        return [found for part in node for found in tooltips(part)]
    if not isinstance(node, dict):
        return []
    own = (
        [[one["field"] for one in node["tooltip"]]] if isinstance(node.get("tooltip"), list) else []
    )
    return own + [found for part in node.values() for found in tooltips(part)]


def test_pointing_at_a_ribbon_or_a_cell_tells_its_interval(halves: dict[str, Any]) -> None:
    for picture in ("matrix", "sankey"):
        fields = tooltips(halves[picture]["wide"]["chart"])
        assert [one for one in fields if "consumer" in one and "between" in one]


def test_other_marks_keep_their_tooltips() -> None:
    bar = {"tooltip": [{"field": "place"}]}
    assert with_interval({"layer": [bar]}) == {"layer": [bar]}


@pytest.fixture
def two_years(monkeypatch: MonkeyPatch) -> Iterator[tuple[int, ...]]:
    """Trends over two of the tables: all of them take long."""
    years = (1995, YEAR)
    through_time.cache_clear()
    monkeypatch.setattr(flow_frames, "table_years", lambda: years)
    yield years
    through_time.cache_clear()


def test_the_trends_of_a_country_are_its_net_amounts(two_years: tuple[int, ...]) -> None:
    found = country_trends_shard("hours", "CHN")
    assert {row["year"] for row in found["rows"]} == set(two_years)
    frame = flows(1995, by=("country", "sex"), country="CHN", sex="male", draws=DRAWS)
    expected = frame.filter(pl.col("measure") == "hours_net", pl.col("consumer") == "CHN")["value"]
    own = [row["value"] for row in found["rows"] if row["year"] == 1995 and row["sex"] == "male"]
    assert own == pytest.approx(expected.to_list(), rel=1e-5)


def test_the_net_amounts_of_all_groups_cancel(two_years: tuple[int, ...]) -> None:
    rows = trends_shard("north-south", "hours")["rows"]
    for year in two_years:
        own = [r["value"] for r in rows if r["year"] == year and r["sex"] == "total"]
        assert abs(sum(own)) <= 1e-5 * max(map(abs, own))


def test_scripts_know_every_place_by_name() -> None:
    words = words_shard()
    assert set(words["groups"]) == set(GROUPS)
    assert words["groups"]["countries"] == country_codes()
    assert all(words["names"][code] for codes in words["groups"].values() for code in codes)


def test_a_column_of_one_value_is_that_value() -> None:
    frame = pl.DataFrame({"year": [2008, 2008], "value": [1.23456789, 2.0], "low": [None, None]})
    assert columnar(frame) == {"year": 2008, "value": [1.23457, 2.0], "low": None}
