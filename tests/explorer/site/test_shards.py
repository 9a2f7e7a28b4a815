"""Shards hold the numbers of the atlas, rounded, and stay small."""

from __future__ import annotations

import gzip
import json
import math

import polars as pl
import pytest

from worldclass.atlas.compare import rank
from worldclass.explorer.site.material import Material
from worldclass.explorer.site.shards import (
    COLUMNS,
    class_shard,
    packed,
    place_shard,
    ranks,
    short,
    shown_classes,
)
from worldclass.explorer.site.site import Site

MOST = 150_000
"""Bytes of a shard on its way to the reader."""


def test_numbers_have_four_digits_and_gaps_are_null() -> None:
    values = pl.Series([123456.0, 0.000123456, 2.0, None, math.nan, math.inf, 0.0])
    assert short(values) == [123500, 0.0001235, 2, None, None, None, 0]


def test_a_missing_or_double_row_is_refused() -> None:
    frame = pl.DataFrame({"country": ["A", "B"], "persons": [1.0, 2.0]})
    assert packed(frame, {"country": ("B", "A")}, ["persons"]) == {"persons": [2, 1]}
    with pytest.raises(ValueError, match="do not fill 3 points of country"):
        packed(frame, {"country": ("A", "B", "C")}, ["persons"])
    with pytest.raises(ValueError, match="do not fill"):
        packed(pl.concat([frame, frame]), {"country": ("A", "B")}, ["persons"])


def test_a_shard_of_a_class_is_the_atlas(material: Material) -> None:
    found = class_shard(material, "pew", "poor", "female")
    frame = material.frame("pew").filter(pl.col("class") == "poor", pl.col("sex") == "female")
    own = {(row["country"], row["year"]): row for row in frame.to_dicts()}
    points = [(place, year) for place in found["places"] for year in found["years"]]
    assert len(points) == frame.height
    for name in COLUMNS:
        expected = [own[point][name] for point in points]
        assert found[name] == pytest.approx(expected, rel=5.1e-4, abs=1e-12), name


def test_a_shard_of_a_place_holds_every_theory(material: Material) -> None:
    found = place_shard(material, "KEN")
    assert list(found["theories"]) == list(material.theories)
    frame = material.frame("bromma").filter(pl.col("country") == "KEN")
    own = found["theories"]["bromma"]
    assert own["classes"] == list(shown_classes(material, "bromma"))
    points = [(c, s, y) for c in own["classes"] for s in found["sexes"] for y in found["years"]]
    rows = {(row["class"], row["sex"], row["year"]): row["persons"] for row in frame.to_dicts()}
    expected = [rows[point] for point in points]
    assert own["persons"] == pytest.approx(expected, rel=5.1e-4, abs=1e-12)


def test_ranks_are_those_of_the_python_api(material: Material) -> None:
    found = ranks(material, "bromma", "BRA")
    assert found is not None
    classes = shown_classes(material, "bromma")
    at = classes.index("proletariat") * len(material.years) + material.years.index(2010)
    expected = rank("bromma", "proletariat", year=2010, draws=0)
    assert found[at] == expected.filter(pl.col("country") == "BRA")["rank"][0]
    bounded = classes.index("lumpen") * len(material.years)
    assert set(found[bounded : bounded + len(material.years)]) == {None}
    assert ranks(material, "bromma", "WORLD") is None


@pytest.mark.parametrize(
    "path",
    [
        "data/catalogue.json.gz",
        "data/class/bromma/dependants/total.json.gz",
        "data/place/WORLD.json.gz",
        "data/place/USA.json.gz",
        "charts/world.json.gz",
        "data/shapes.json.gz",
        "data/flows/regions/hours/2011/total.json.gz",
        "data/flows/countries/hours/2011/total.json.gz",
    ],
)
def test_a_shard_stays_small(site: Site, path: str) -> None:
    content = site[path].make()
    assert len(content) <= MOST
    assert json.loads(gzip.decompress(content))
