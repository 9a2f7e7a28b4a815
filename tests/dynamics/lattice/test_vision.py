"""Neighbourhoods are what their names say."""

from __future__ import annotations

import math

import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.lattice.vision import make_vision

DISTANCE = {
    "euclidean": math.hypot,
    "moore": lambda x, y: max(abs(x), abs(y)),
    "von-neumann": lambda x, y: abs(x) + abs(y),
}


@pytest.mark.parametrize("shape", DISTANCE)
@pytest.mark.parametrize("radius", [1, 1.7, 2, 5.5, 7, 13])
def test_sites_are_those_within_the_distance(shape: str, radius: float) -> None:
    seen = {tuple(offset) for offset in make_vision(shape, radius).offsets.tolist()}
    far = range(-math.ceil(radius), math.ceil(radius) + 1)
    near = {(x, y) for x in far for y in far if DISTANCE[shape](x, y) <= radius}
    assert seen == near - {(0, 0)}


def test_epsteins_visions_have_8_and_148_sites() -> None:
    assert [len(make_vision("euclidean", radius).offsets) for radius in (1.7, 7)] == [8, 148]


@pytest.mark.parametrize("radius", [0.5, -1, 32, math.nan, math.inf])
def test_impossible_distances_are_refused(radius: float) -> None:
    with pytest.raises(UsageError, match="not possible"):
        make_vision("moore", radius)


def test_an_unknown_shape_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="von-neumann"):
        make_vision("hexagon", 3)
