"""The catalogue names everything that a page's script may meet."""

from __future__ import annotations

from typing import Any

import pytest

from worldclass.core.countries import countries
from worldclass.explorer.site.catalogue import catalogue, neighbours, short_label
from worldclass.explorer.site.material import Material
from worldclass.theories.library import list_theories


@pytest.fixture(scope="module")
def found(material: Material) -> dict[str, Any]:
    return catalogue(material)


def test_every_theory_has_a_class_that_is_shown_first(found: dict[str, Any]) -> None:
    assert sorted(one["id"] for one in found["theories"]) == list_theories()
    for theory in found["theories"]:
        assert theory["focus"] in {one["id"] for one in theory["classes"]}
        labels = [one["label"] for one in theory["classes"]]
        assert len(set(labels)) == len(labels)
        for one in theory["classes"]:
            assert one["description"], (theory["id"], one["id"])
            assert one["colour"].startswith("#")


def test_theories_have_distinct_short_names(found: dict[str, Any]) -> None:
    names = [one["short"] for one in found["theories"]]
    assert len(set(names)) == len(names)
    assert all(one["short"] in one["label"] for one in found["theories"])
    assert short_label("A (B) c") == "A (B) c"


def test_every_place_with_an_estimate_is_named(found: dict[str, Any], material: Material) -> None:
    assert [one["code"] for one in found["places"]] == list(material.places)
    for place in found["places"]:
        assert place["name"]
        assert place["country"] == (place["code"] in countries())


def test_neighbours_are_mutual_and_no_one_is_its_own() -> None:
    near = neighbours()
    for code, others in near.items():
        assert code not in others
        assert all(code in near[other] for other in others)
    assert near["BRA"] >= {"ARG", "BOL", "COL", "GUY", "PER", "PRY", "SUR", "URY", "VEN"}
    assert near["JPN"] == set()  # an island
