"""Every country is on the map, the right way round, and small enough to ship."""

from __future__ import annotations

import gzip
import math
import os
from importlib.resources import files
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from worldclass.charts.country_shapes import attribution, country_points, topology
from worldclass.core.countries import countries

Ring = list[int]
MIRROR = Path(os.environ.get("WORLDCLASS_MIRROR", Path(__file__).parents[3] / "shared" / "data"))


def arcs() -> list[np.ndarray]:
    content = topology()
    scale, move = (np.array(content["transform"][name]) for name in ("scale", "translate"))
    return [np.cumsum(np.array(arc), axis=0) * scale + move for arc in content["arcs"]]


def points_of(ring: Ring, lines: list[np.ndarray]) -> np.ndarray:
    parts = [lines[i] if i >= 0 else lines[~i][::-1] for i in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def clockwise_area(points: np.ndarray) -> float:
    """Steradians, positive when the ring runs clockwise, as d3 wants outer rings."""
    longitude, latitude = np.radians(points).T
    step = (np.diff(longitude) + math.pi) % (2 * math.pi) - math.pi
    return float(np.sum(step * (np.sin(latitude[:-1]) + np.sin(latitude[1:])) / 2))


def shapes() -> dict[str, list[list[Ring]]]:
    found = topology()["objects"]["countries"]["geometries"]
    return {shape["id"]: shape["arcs"] for shape in found if "id" in shape}


def test_every_country_of_the_tables_has_a_shape_or_a_point() -> None:
    # Bonaire and the Channel Islands taken together are no separate shapes in Natural Earth.
    missing = set(countries()) - set(shapes()) - set(country_points())
    assert missing <= {"BES", "CHI", "CCK", "CXR", "SJM", "UMI"}


@pytest.mark.mirror
@pytest.mark.skipif(not (MIRROR / "world").exists(), reason="the data mirror is absent")
def test_every_country_of_the_ilo_has_a_shape_that_shows() -> None:
    panel = pl.read_parquet(MIRROR / "world" / "panel.parquet", columns=["iso3", "indicator"])
    ilo = set(panel.filter(pl.col("indicator") == "employment_rate_15plus")["iso3"])
    assert len(ilo) == 188
    assert ilo <= set(shapes())
    assert ilo <= set(country_points())


def test_outer_rings_run_clockwise_and_holes_the_other_way() -> None:
    lines = arcs()
    for code, polygons in shapes().items():
        for outer, *holes in polygons:
            assert 0 < clockwise_area(points_of(outer, lines)) < 1, code
            assert all(clockwise_area(points_of(hole, lines)) < 0 for hole in holes), code


def test_rings_are_closed() -> None:
    lines = arcs()
    for code, polygons in shapes().items():
        for polygon in polygons:
            for ring in polygon:
                points = points_of(ring, lines)
                assert np.allclose(points[0], points[-1]), code


def test_neighbours_share_one_border() -> None:
    def used(code: str) -> set[int]:
        return {max(i, ~i) for polygon in shapes()[code] for ring in polygon for i in ring}

    for one, other in (("FRA", "DEU"), ("BRA", "GUF"), ("IND", "PAK"), ("ZAF", "LSO")):
        assert used(one) & used(other), (one, other)


@pytest.mark.parametrize(
    ("code", "square_kilometres"),
    [("BRA", 8_510_000), ("FRA", 549_000), ("IND", 3_290_000), ("LSO", 30_400), ("RUS", 17.0e6)],
)
def test_simplified_areas_are_those_of_the_countries(code: str, square_kilometres: float) -> None:
    lines = arcs()
    area = sum(clockwise_area(points_of(r, lines)) for p in shapes()[code] for r in p)
    assert area * 6371**2 == pytest.approx(square_kilometres, rel=0.05)


def test_small_island_states_have_a_circle() -> None:
    points = country_points()
    assert all(points[code].small for code in ("MDV", "SGP", "TUV", "BRB", "MLT", "TON"))
    assert not any(points[code].small for code in ("BRA", "CHE", "JAM"))


def test_points_lie_in_their_countries_neighbourhood() -> None:
    tuvalu, brazil = country_points()["TUV"], country_points()["BRA"]
    assert (tuvalu.longitude, tuvalu.latitude) == pytest.approx((179.2, -8.5), abs=0.1)
    assert (brazil.longitude, brazil.latitude) == pytest.approx((-52, -14), abs=4)
    russia = country_points()["RUS"]  # crosses the date line
    assert 60 < russia.longitude < 140


def test_the_file_names_its_source_and_takes_no_side() -> None:
    assert "Natural Earth" in attribution()
    assert "no opinion" in attribution()


def test_the_file_is_small() -> None:
    content = files("worldclass.charts").joinpath("country_shapes.json").read_bytes()
    assert len(content) < 250_000
    assert len(gzip.compress(content)) < 90_000
