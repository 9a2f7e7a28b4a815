"""Shapes on the plane: the published projection, rings that close, countries in their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from worldclass.charts.country_shapes import country_points, topology
from worldclass.charts.planar_shapes import equal_earth, planar_point, planar_topology


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for polygon in polygons:
        yield from polygon


def _arcs() -> list[np.ndarray]:
    scale = planar_topology()["transform"]["scale"][0]
    return [np.cumsum(np.array(arc), axis=0) * scale for arc in planar_topology()["arcs"]]


def test_areas_are_equal() -> None:
    # A cell of one by one degree covers sin(φ + ½°) − sin(φ − ½°) of a degree in radians.
    for latitude in (0.5, 30.5, 60.5, 80.5):
        x, y = equal_earth([-0.5, 0.5, 0.5, -0.5], latitude + np.array([-0.5, -0.5, 0.5, 0.5]))
        area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
        ends = np.radians([latitude - 0.5, latitude + 0.5])
        assert area == pytest.approx(np.radians(1) * np.ptp(np.sin(ends)), rel=1e-4)


def test_the_edges_are_those_of_the_publication() -> None:
    x, y = equal_earth([180.0, 0.0], [0.0, 90.0])
    assert x[0] == pytest.approx(2.70663, abs=1e-5)
    assert y[1] == pytest.approx(1.31736, abs=1e-5)


def test_every_ring_closes_and_no_country_crosses_the_map() -> None:
    arcs = _arcs()
    for shape in planar_topology()["objects"]["countries"]["geometries"]:
        for ring in _rings(shape):
            parts = [arcs[place] if place >= 0 else arcs[~place][::-1] for place in ring]
            for one, following in zip(parts, [*parts[1:], parts[0]], strict=True):
                assert one[-1] == pytest.approx(following[0])
            assert max(float(np.abs(np.diff(part, axis=0)).max()) for part in parts) < 0.1


def test_points_of_small_countries_lie_by_their_shapes() -> None:
    arcs = _arcs()
    shapes = planar_topology()["objects"]["countries"]["geometries"]
    by_code = {shape["id"]: shape for shape in shapes if "id" in shape}
    small = {code: one for code, one in country_points().items() if one.small and code in by_code}
    assert len(small) > 30
    for code, point in small.items():
        own = np.vstack([arcs[max(i, ~i)] for ring in _rings(by_code[code]) for i in ring])
        where = np.array(planar_point(point.longitude, point.latitude))
        assert np.all(own.min(axis=0) - 0.02 <= where), code
        assert np.all(where <= own.max(axis=0) + 0.02), code


def test_what_is_shared_stays_as_it_was() -> None:
    planar_topology()
    assert topology()["transform"]["translate"] == [-180, -90]
