"""Country shapes for maps, from `country_shapes.json` (see `scripts/build_country_shapes.py`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class CountryPoint:
    """Where a country lies, in degrees, and whether its shape alone is hard to see."""

    name: str
    longitude: float
    latitude: float
    small: bool


@cache
def topology() -> dict[str, Any]:
    """TopoJSON of all countries; object `countries`, feature `id` = ISO3 code.

    Treat it as read-only: it is shared by all callers.
    """
    text = files("worldclass.charts").joinpath("country_shapes.json").read_text(encoding="utf-8")
    return json.loads(text)


def attribution() -> str:
    """Whose shapes these are, and what their borders do not mean."""
    return topology()["attribution"]


@cache
def country_points() -> dict[str, CountryPoint]:
    """Point of each country by ISO3 code."""
    content = topology()
    (scale_x, scale_y), (west, south) = (
        content["transform"]["scale"],
        content["transform"]["translate"],
    )
    return {
        item["id"]: CountryPoint(
            item["properties"]["name"],
            round(item["coordinates"][0] * scale_x + west, 3),
            round(item["coordinates"][1] * scale_y + south, 3),
            item["properties"]["small"],
        )
        for item in content["objects"]["points"]["geometries"]
    }
