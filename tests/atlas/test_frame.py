"""The atlas's frame is a Polars frame that can draw itself."""

from __future__ import annotations

import altair as alt
import polars as pl
import pytest

import worldclass as wc
from worldclass.atlas.frame import AtlasFrame
from worldclass.core.errors import UsageError


@pytest.fixture(scope="module")
def frame() -> AtlasFrame:
    return wc.atlas("bromma", country=["WORLD", "BRA", "IND", "USA"], year="2015:2019")


@pytest.mark.parametrize("kind", ["auto", "areas", "trends", "bars", "map", "ranking"])
def test_every_kind_of_picture_is_a_chart_of_the_frame(frame: AtlasFrame, kind: str) -> None:
    options = {} if kind in ("auto", "areas", "trends") else {"year": 2019}
    chart = frame.plot(kind, **options)  # type: ignore[arg-type]
    assert isinstance(chart, alt.VConcatChart)
    assert "Bromma" in chart.to_json()


def test_one_year_is_drawn_as_bars_and_several_as_areas(frame: AtlasFrame) -> None:
    year = frame.filter(frame["year"] == 2019)
    assert wc.plot(year).to_dict() == wc.plot(year, "bars").to_dict()
    assert frame.plot().to_dict() == frame.plot("areas").to_dict()


def test_a_selection_is_a_plain_frame_that_can_still_be_drawn(frame: AtlasFrame) -> None:
    chosen = frame.filter(pl.col("year") >= 2010)
    assert isinstance(frame, pl.DataFrame)
    assert isinstance(chosen, pl.DataFrame)
    assert wc.plot(chosen, "trends").to_dict() == AtlasFrame(chosen).plot("trends").to_dict()


def test_an_unknown_kind_is_answered_with_the_known_ones(frame: AtlasFrame) -> None:
    with pytest.raises(UsageError, match="'pie'") as caught:
        frame.plot("pie")  # type: ignore[arg-type]
    assert "ranking" in caught.value.remedy


def test_a_theory_of_one_s_own_is_drawn_by_the_ids_of_its_classes(frame: AtlasFrame) -> None:
    own = AtlasFrame(frame.with_columns(theory=pl.lit("own")))
    assert "worker elite" in own.plot().to_json().casefold().replace("-", " ")
