"""Every country with an estimate is on the map in the colour of its share; others are grey."""

from __future__ import annotations

import re

import polars as pl
import pytest
import vl_convert

from worldclass.charts.country_shapes import country_points, topology
from worldclass.charts.measures import MEASURES
from worldclass.charts.palette import NO_DATA, ramp
from worldclass.charts.setting import Setting
from worldclass.charts.world_map import class_breaks, step_names, world_map
from worldclass.core.countries import countries
from worldclass.core.errors import UsageError

SHARES = MEASURES["share_adults"]


def fills(svg: str, mark: str) -> list[str]:
    group = re.search(rf'<g class="mark-{mark} role-mark[^>]*>(.*?)</g>', svg, re.S)
    assert group
    return re.findall(r'<path[^>]* fill="(#[0-9a-f]{6})"', group[1])


@pytest.fixture(scope="module")
def svg(atlas: pl.DataFrame, setting: Setting) -> str:
    picture = world_map(atlas, "worker-elite", setting=setting)
    return vl_convert.vegalite_to_svg(picture.specification(), allowed_base_urls=[])


def test_every_shape_is_drawn_and_grey_only_without_an_estimate(
    svg: str, atlas: pl.DataFrame
) -> None:
    estimated = set(atlas["country"])
    shapes = topology()["objects"]["countries"]["geometries"]
    colours = fills(svg, "shape")
    assert len(colours) == len(shapes)
    expected = [shape.get("id") not in estimated for shape in shapes]
    assert [colour == NO_DATA for colour in colours] == expected


def test_every_small_country_has_a_circle(svg: str, atlas: pl.DataFrame) -> None:
    small = {code for code, point in country_points().items() if point.small}
    assert len(fills(svg, "symbol")) == len(small & set(atlas["country"]))


def test_a_countrys_colour_is_the_step_of_its_share(
    svg: str, atlas: pl.DataFrame, setting: Setting
) -> None:
    breaks = class_breaks(atlas, "worker-elite", SHARES)
    colours = ramp(len(breaks) + 1)
    ids = [shape.get("id") for shape in topology()["objects"]["countries"]["geometries"]]
    drawn = dict(zip(ids, fills(svg, "shape"), strict=True))
    rows = world_map(atlas, "worker-elite", setting=setting).data["map"]
    for row in rows:
        if row["code"] in drawn:
            step = sum(row["value"] >= border for border in breaks)
            assert drawn[row["code"]] == colours[step], row["code"]


def test_the_map_holds_the_frames_numbers_of_countries_only(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    rows = world_map(atlas, "peasantry", year=2021, setting=setting).data["map"]
    own = atlas.filter(
        pl.col("class") == "peasantry", pl.col("year") == 2021, pl.col("sex") == "total"
    )
    expected = dict(zip(own["country"], own["share_adults"], strict=True))
    assert {r["code"] for r in rows} == set(expected) & set(countries())
    assert all(r["value"] == expected[r["code"]] for r in rows)


def test_steps_are_the_same_in_every_year_and_cover_the_countries(atlas: pl.DataFrame) -> None:
    breaks = class_breaks(atlas, "worker-elite", SHARES)
    assert breaks == class_breaks(atlas, "worker-elite", SHARES)
    assert 4 <= len(breaks) <= 6
    assert len(step_names(SHARES, breaks)) == len(breaks) + 1


def test_the_caption_says_whose_borders_these_are(atlas: pl.DataFrame, setting: Setting) -> None:
    caption = world_map(atlas, "worker-elite", setting=setting).caption
    assert "Natural Earth" in caption.footnote and "no opinion" in caption.footnote
    assert caption.title == "Worker elite: every country, 2023"


def test_an_unknown_class_is_refused_with_the_known_ones(atlas: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match="worker-elite"):
        world_map(atlas, "clergy")
