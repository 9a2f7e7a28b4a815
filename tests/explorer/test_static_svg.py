"""Static pictures lose bytes, not shape."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import polars as pl
import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from worldclass.charts.class_trends import class_trends
from worldclass.charts.setting import Setting
from worldclass.charts.world_map import world_map
from worldclass.explorer.static_svg import _plain, _relative, static_svg


def absolute(path: str) -> list[list[tuple[float, float]]]:
    """Corners of a path of M, l and z commands."""
    lines: list[list[tuple[float, float]]] = []
    for part in re.findall(r"M[^M]*", path):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", part)]
        x, y = numbers[:2]
        line = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x, y))
        lines.append(line)
    return lines


def test_a_relative_path_has_the_same_corners() -> None:
    line = absolute(_relative("M10.123,20.456L30.5,20L30.5,-4.96Z"))
    assert line == [
        [pytest.approx((10.1, 20.5)), pytest.approx((30.5, 20)), pytest.approx((30.5, -5))]
    ]


@given(st.lists(st.tuples(st.floats(-900, 900), st.floats(-900, 900)), min_size=2, max_size=60))
def test_no_corner_moves_more_than_half_a_pixel(points: list[tuple[float, float]]) -> None:
    path = "M" + "L".join(f"{x:.6f},{y:.6f}" for x, y in points)
    (line,) = absolute(_relative(path))
    for x, y in points:
        assert min(abs(x - a) + abs(y - b) for a, b in line) < 0.55
    assert line[-1] == pytest.approx(points[-1], abs=0.06)


@given(st.integers(-99999, 99999))
def test_tenths_are_written_exactly(tenths: int) -> None:
    assert float(_plain(tenths)) == pytest.approx(tenths / 10)


def test_the_picture_is_well_formed_and_its_texts_are_kept(
    atlas: pl.DataFrame, setting: Setting
) -> None:
    picture = class_trends(atlas, setting=setting)
    small = static_svg(picture, "one")
    large = vl_convert.vegalite_to_svg(picture.specification())
    texts = [[e.text for e in ElementTree.fromstring(s).iter() if e.text] for s in (small, large)]
    assert texts[0] == texts[1]
    assert len(small) < len(large)


def test_ids_of_two_pictures_do_not_clash(atlas: pl.DataFrame, setting: Setting) -> None:
    picture = class_trends(atlas, setting=setting)
    ids = [set(re.findall(r'id="([^"]+)"', static_svg(picture, name))) for name in ("a", "b")]
    assert not ids[0] & ids[1]


def test_a_map_is_small_enough_for_a_page(atlas: pl.DataFrame, setting: Setting) -> None:
    assert len(static_svg(world_map(atlas, "worker-elite", setting=setting), "map")) < 250_000
