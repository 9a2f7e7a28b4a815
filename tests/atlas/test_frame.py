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


@pytest.mark.parametrize("kind", ["auto", "areas", "trends", "bars", "map", "ranking", "theories"])
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


def test_several_theories_are_drawn_side_by_side_in_the_last_year_of_all() -> None:
    both = wc.compare(["bromma", "ilo-status"], country="BRA", year="2021:2023", draws=0)
    kept = both.filter((pl.col("theory") == "bromma") | (pl.col("year") < 2023))
    chart = wc.plot(kept).to_dict()
    assert chart["title"]["text"] == ["Theories side by side: Brazil, 2022"]
    assert len({row["theory"] for row in chart["datasets"]["theories"]}) == 2


def test_ranked_countries_are_drawn_as_a_ranking() -> None:
    ranked = wc.rank("bromma", "worker-elite", year=2023)
    assert ranked.plot().to_dict() == ranked.plot("ranking", klass="worker-elite").to_dict()


def test_a_map_shows_the_largest_class_that_is_one(frame: AtlasFrame) -> None:
    assert "Proletariat" in frame.plot("map", year=2019).to_dict()["title"]["text"][0]
    outside = frame.filter(pl.col("class") == "dependants")
    assert "Dependants" in wc.plot(outside, "map", year=2019).to_dict()["title"]["text"][0]


def test_a_frame_without_rows_is_refused(frame: AtlasFrame) -> None:
    with pytest.raises(UsageError, match="has no row"):
        frame.clear().plot()
