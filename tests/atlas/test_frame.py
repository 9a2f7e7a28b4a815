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


@pytest.mark.parametrize(
    "kind", ["auto", "areas", "trends", "bars", "places", "map", "ranking", "theories"]
)
def test_every_kind_of_picture_is_a_chart_of_the_frame(frame: AtlasFrame, kind: str) -> None:
    options = {} if kind in ("auto", "areas", "trends", "places") else {"year": 2019}
    chart = frame.plot(kind, **options)  # type: ignore[arg-type]
    assert isinstance(chart, alt.VConcatChart)
    assert "Bromma" in chart.to_json()


def test_one_year_of_a_place_is_drawn_as_bars_and_several_as_areas(frame: AtlasFrame) -> None:
    brazil = frame.filter(frame["country"] == "BRA")
    year = brazil.filter(brazil["year"] == 2019)
    assert wc.plot(year).to_dict() == wc.plot(year, "bars").to_dict()
    assert wc.plot(brazil).to_dict() == wc.plot(brazil, "areas").to_dict()


def test_several_places_are_all_drawn(frame: AtlasFrame) -> None:
    lines = frame.plot().to_dict()
    assert lines["title"]["text"] == ["Classes through time: World, Brazil, India, USA, 2015–2019"]
    assert {row["line"] for row in lines["datasets"]["lines"]} == {
        "World",
        "Brazil",
        "India",
        "USA",
    }
    bars = frame.plot(year=2019).to_dict()
    panels = {row["theory"] for row in bars["datasets"]["theories"]}
    assert panels == {"World", "Brazil", "India", "USA"}


def test_a_picture_of_one_place_says_that_the_table_holds_more(frame: AtlasFrame) -> None:
    def words(chart: alt.VConcatChart) -> str:
        return " ".join(chart.to_dict()["title"]["subtitle"])

    assert "one of 4 places in the table" in words(frame.plot("areas"))
    assert "places in the table" not in words(frame.plot("areas", country="BRA"))
    every = wc.atlas("kharas", year=2019, draws=0)
    assert f"one of {every['country'].n_unique()} places in the table" in words(every.plot())
    with pytest.raises(UsageError, match="too many") as caught:
        every.plot("places")
    assert "ranking" in caught.value.remedy


def test_one_year_of_trends_is_dots_with_intervals(frame: AtlasFrame) -> None:
    chart = frame.plot("trends", country="BRA").to_dict()
    single = wc.plot(frame.filter(pl.col("year") == 2019), "trends", country="BRA").to_dict()
    assert {"mark_area", "line"}.isdisjoint(_marks(single)) and {"rule", "point"} <= _marks(single)
    assert {"area", "line"} <= _marks(chart)
    assert single["title"]["text"] == ["Each class with its interval: Brazil, 2019"]


def _marks(node: object) -> set[str]:
    """Types of all marks of a specification."""
    if isinstance(node, list):
        return set().union(*(_marks(one) for one in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    own = node.get("mark")
    name = own["type"] if isinstance(own, dict) else own
    found = {name} if isinstance(name, str) else set()
    return found.union(*(_marks(one) for key, one in node.items() if key != "datasets"))


def test_the_sex_of_a_selection_is_drawn_without_being_named(frame: AtlasFrame) -> None:
    women = frame.filter(pl.col("sex") == "female", pl.col("country") == "BRA")
    assert ", women" in wc.plot(women).to_dict()["title"]["text"][0]
    apart = frame.filter(pl.col("sex") != "total", pl.col("country") == "BRA")
    with pytest.raises(UsageError, match="female and male apart") as caught:
        wc.plot(apart)
    assert "sex='female'" in caught.value.remedy
    assert ", men" in wc.plot(apart, sex="male").to_dict()["title"]["text"][0]


def test_a_picture_says_what_was_run_where_it_is_not_the_theory_s_own() -> None:
    own = wc.atlas("bromma", country="BRA", year=2019, parameters={"tau": 2000}, draws=8,
                   anchor="household-survey")  # fmt: skip
    assert own.deviations == "tau = 2,000 (default 1,500), anchor household-survey"
    told = " ".join(own.plot().to_dict()["title"]["subtitle"])
    assert f"with {own.deviations}" in told
    assert wc.atlas("bromma", country="BRA", year=2019, draws=8).deviations == ""


def test_the_frame_marks_what_data_only_bound(frame: AtlasFrame) -> None:
    bounded = frame.filter(pl.col("only_bounds"))["class"].unique().to_list()
    assert bounded == ["lumpen"]
    unknown = AtlasFrame(frame.with_columns(theory=pl.lit("own")))
    chart = unknown.plot("bars", country="BRA").to_dict()
    assert {row["label"] for row in chart["datasets"]["bars"] if row["bar"] is None} == {"Lumpen"}


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


def test_panels_are_as_high_as_the_longest_of_their_lists() -> None:
    def height(*theories: str) -> int:
        both = wc.compare(*theories, country="BRA", year=2019, draws=0)
        return both.plot().to_dict()["vconcat"][0]["vconcat"][0]["spec"]["height"]

    assert height("kharas", "pew") == 5 * 19
    assert height("kharas", "bromma") == 7 * 19


def test_a_class_that_the_picture_would_not_single_out_is_refused(frame: AtlasFrame) -> None:
    with pytest.raises(UsageError, match="every class") as caught:
        frame.plot("areas", country="BRA", klass="proletariat")
    assert "ranking" in caught.value.remedy
