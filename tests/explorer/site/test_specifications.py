"""Specifications come without data, at two widths, with as many colours as names."""

from __future__ import annotations

from typing import Any

import pytest

from worldclass.charts.measures import MEASURES
from worldclass.explorer.site.material import Material
from worldclass.explorer.site.shards import shown_classes
from worldclass.explorer.site.specifications import country_charts, world_charts


@pytest.fixture(scope="module")
def world(material: Material) -> dict[str, Any]:
    return world_charts(material)


def rows_inside(node: Any) -> list[Any]:
    """Data that a specification carries itself."""
    if isinstance(node, list):
        return [found for part in node for found in rows_inside(part)]
    if not isinstance(node, dict):
        return []
    own = [node["values"]] if isinstance(node.get("values"), list) and "url" not in node else []
    own = [one for one in own if one and isinstance(one[0], dict)]
    own += [one for one in node.get("datasets", {}).values() if one]
    return own + [found for part in node.values() for found in rows_inside(part)]


def test_no_specification_carries_rows(material: Material, world: dict[str, Any]) -> None:
    assert rows_inside(world["maps"]) == []
    assert rows_inside(world["trends"]) == []
    assert rows_inside(world["drawn"]) == []
    assert rows_inside(country_charts(material, "pew")) == []


def test_every_measure_is_drawn_for_a_wide_page_and_a_phone(world: dict[str, Any]) -> None:
    for kind in ("maps", "trends"):
        assert set(world[kind]) == set(MEASURES)
        assert all(set(one) == {"wide", "phone"} for one in world[kind].values())
    drawn = world["drawn"]
    assert set(drawn["trends"]) == set(MEASURES)
    for one in (drawn["map"], *drawn["trends"].values()):
        assert set(one) == {"wide", "phone"}
        assert all("/vega/" in chart["$schema"] for chart in one.values())


def test_maps_take_the_plane_as_it_is(world: dict[str, Any]) -> None:
    for chart in (*world["maps"]["persons"].values(), *world["maps"]["share_adults"].values()):
        assert chart["projection"]["type"] == "identity"
    assert [one["type"] for one in world["drawn"]["map"]["wide"]["projections"]] == ["identity"]


def test_a_step_of_colour_has_a_name_and_a_border(
    material: Material, world: dict[str, Any]
) -> None:
    assert set(world["steps"]) == set(material.theories)
    for theory, classes in world["steps"].items():
        assert set(classes) == set(shown_classes(material, theory))
        for measures in classes.values():
            assert set(measures) == set(MEASURES)
            for step in measures.values():
                assert len(step["names"]) == len(step["colours"]) == len(step["breaks"]) + 1
                assert step["breaks"] == sorted(step["breaks"])
                assert len(set(step["colours"])) == len(step["colours"])
