"""Intervals are drawn as they are in the frame; a bounded class never gets a point."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.charts.class_bars import class_bars
from worldclass.charts.class_trends import class_trends
from worldclass.charts.country_ranking import country_ranking
from worldclass.charts.setting import Setting
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
