"""Intervals are drawn as they are in the frame; a bounded class never gets a point."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.charts.class_areas import class_areas
from worldclass.charts.class_bars import class_bars
from worldclass.charts.class_trends import class_trends
from worldclass.charts.country_ranking import country_ranking
from worldclass.charts.numbers import share_interval
from worldclass.charts.place_trends import place_trends
from worldclass.charts.setting import Setting
from worldclass.charts.world_map import world_map
from worldclass.core.countries import countries


def test_bands_are_the_frames_intervals(atlas: pl.DataFrame, setting: Setting) -> None:
    rows = class_trends(atlas, country="NGA", setting=setting).data["trends"]
    own = atlas.filter(
        pl.col("country") == "NGA", pl.col("sex") == "total", pl.col("class") == "peasantry"
    ).sort("year")
    drawn = [(r["low"], r["high"]) for r in rows if r["label"] == "Peasantry"]
    assert drawn == list(zip(own["persons_p05"], own["persons_p95"], strict=True))


def test_a_bounded_class_has_a_band_but_no_line_bar_or_dot(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    trends = class_trends(atlas, setting=setting).data["trends"]
    assert {r["shown"] for r in trends if r["label"] == "Lumpen"} == {0}
    assert {r["shown"] for r in trends if r["label"] == "Proletariat"} == {1}
    bars = {r["label"]: r["bar"] for r in class_bars(atlas, setting=setting).data["bars"]}
    assert bars["Lumpen"] is None and bars["Proletariat"] > 0
    ranking = country_ranking(atlas, "lumpen", setting=setting).data["ranking"]
    assert {r["shown"] for r in ranking} == {0}


def test_a_ranking_lists_countries_largest_first(atlas: pl.DataFrame, setting: Setting) -> None:
    picture = country_ranking(atlas, "peasantry", setting=setting, measure="persons", count=15)
    rows = picture.data["ranking"]
    own = atlas.filter(
        pl.col("class") == "peasantry",
        pl.col("year") == 2023,
        pl.col("sex") == "total",
        pl.col("country").is_in(list(countries())),
    )
    assert [r["value"] for r in rows] == pytest.approx(
        own["persons"].sort(descending=True)[:15].to_list()
    )
    assert "World" not in {r["place"] for r in rows}


def test_bars_of_one_year_hold_all_classes(atlas: pl.DataFrame, setting: Setting) -> None:
    rows = class_bars(atlas, country="IND", year=2021, setting=setting).data["bars"]
    assert sum(r["value"] for r in rows) == pytest.approx(1)
    assert all(r["low"] <= r["value"] <= r["high"] for r in rows)


def test_no_picture_gives_a_bounded_class_a_number_of_its_own(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    areas = class_areas(atlas, setting=setting)
    ends = next(r for r in areas.data["areas"] if r["label"] == "Lumpen" and r["year"] == 2023)
    number = next(r["number"] for r in areas.data["area_labels"] if r["label"] == "Lumpen")
    assert number == share_interval(ends["low"], ends["high"])
    lines = place_trends(atlas, "lumpen", places=["WORLD", "BRA"], measure="persons",
                         setting=setting)  # fmt: skip
    labels = [r["label"] for r in lines.data["lines"] if "label" in r]
    assert len(labels) == 2 and all("–" in label for label in labels)
    for picture in (areas, lines, class_trends(atlas, setting=setting),
                    class_bars(atlas, setting=setting), world_map(atlas, "lumpen", setting=setting),
                    country_ranking(atlas, "lumpen", setting=setting)):  # fmt: skip
        assert "bound" in picture.caption.subtitle


def test_a_map_of_a_bounded_class_shows_upper_bounds_and_says_so(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    picture = world_map(atlas, "lumpen", setting=setting)
    assert all(row["value"] == row["high"] for row in picture.data["map"])
    assert "upper bound" in picture.caption.subtitle
    other = world_map(atlas, "peasantry", setting=setting)
    assert "bound" not in other.caption.subtitle
    assert any(row["value"] != row["high"] for row in other.data["map"])


def test_a_ranking_of_a_bounded_class_goes_by_upper_bounds(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    highs = [r["high"] for r in country_ranking(atlas, "lumpen", setting=setting).data["ranking"]]
    assert highs == sorted(highs, reverse=True)
