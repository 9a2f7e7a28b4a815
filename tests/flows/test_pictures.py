"""A frame of flows draws what it holds, and says what to ask for where it holds something else."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.frame import FlowsFrame
from worldclass.flows.pictures import KINDS, draw, picture
from worldclass.flows.query import flows

GROUPS = ["NORTH", "SOUTH"]


@pytest.fixture(scope="module")
def pairs() -> FlowsFrame:
    return flows(2008, by="pair,sex", group=GROUPS, draws=8)


@pytest.fixture(scope="module")
def areas() -> FlowsFrame:
    return flows([2007, 2008], group=GROUPS, draws=8)


@pytest.fixture(scope="module")
def countries() -> FlowsFrame:
    return flows(2008, draws=0)


def test_what_is_drawn_by_itself_fits_the_frame(
    pairs: FlowsFrame, areas: FlowsFrame, countries: FlowsFrame
) -> None:
    assert "ribbons" in picture(pairs).data
    assert "trends" in picture(areas).data
    assert "balances" in picture(countries).data
    assert "cells" in picture(flows(2008, by="pair", draws=0)).data


def test_the_numbers_drawn_are_those_of_the_frame(areas: FlowsFrame) -> None:
    rows = picture(areas, "trends", places=["NORTH"]).data["trends"]
    own = areas.filter(pl.col("measure") == "hours_net", pl.col("consumer") == "NORTH")
    for name, column in (("value", "value"), ("low", "p05"), ("high", "p95")):
        assert [row[name] for row in rows] == pytest.approx([v * 1e6 for v in own[column]])


def test_balances_of_pairs_are_those_of_the_same_places_asked_one_by_one(
    pairs: FlowsFrame, areas: FlowsFrame
) -> None:
    of_pairs = {row["place"]: row["value"] for row in picture(pairs, "balance").data["balances"]}
    for row in picture(areas, "balance", year=2008).data["balances"]:
        assert of_pairs[row["place"]] == pytest.approx(row["value"], rel=1e-9)


def test_every_kind_can_be_asked_for(pairs: FlowsFrame, countries: FlowsFrame) -> None:
    for kind in ("matrix", "sankey"):
        assert pairs.plot(kind).to_dict()["datasets"]
    assert pairs.plot("sankey", by_sex=True).to_dict()["datasets"]["bars"]
    assert countries.plot("balance", per="worked", count=10).to_dict()["datasets"]["balances"]
    assert countries.plot("map").to_dict()["datasets"]["hatching"]


def test_gross_trends_can_be_asked_for(areas: FlowsFrame) -> None:
    drawn = picture(areas, "trends", kind_of_trend="gross")
    assert {row["line"] for row in drawn.data["trends"]} >= {"South for others"}


def test_a_plain_polars_frame_is_drawn_too(pairs: FlowsFrame) -> None:
    plain = pl.DataFrame(pairs).filter(pl.col("sex") == "total")
    assert draw(plain, "matrix").to_dict()["datasets"]["cells"]


def test_pairs_are_asked_for_where_they_are_missing(areas: FlowsFrame) -> None:
    with pytest.raises(UsageError, match="pairs of places") as caught:
        areas.plot("sankey")
    assert 'by="pair"' in str(caught.value)


def test_an_unknown_kind_is_refused_with_the_known_ones(pairs: FlowsFrame) -> None:
    with pytest.raises(UsageError, match="no picture") as caught:
        draw(pairs, "pie")
    assert all(kind in str(caught.value) for kind in KINDS)


def test_an_empty_frame_is_refused(pairs: FlowsFrame) -> None:
    with pytest.raises(UsageError, match="no row"):
        draw(pairs.clear())


def test_groups_have_no_map(areas: FlowsFrame) -> None:
    with pytest.raises(UsageError, match="only groups"):
        areas.plot("map")
