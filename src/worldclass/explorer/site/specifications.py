"""Vega-Lite specifications without data, at two widths, made by the package's own charts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import polars as pl

from worldclass.charts.class_areas import class_areas
from worldclass.charts.class_trends import class_trends
from worldclass.charts.country_ranking import country_ranking
from worldclass.charts.measures import MEASURES, Measure
from worldclass.charts.palette import NEUTRAL, NO_DATA, ramp
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.place_trends import place_trends
from worldclass.charts.planar_shapes import PROJECTION
from worldclass.charts.sharing import unchecked
from worldclass.charts.world_map import class_breaks, map_chart, step_expression, step_names
from worldclass.explorer.site.shards import shown_classes

if TYPE_CHECKING:
    from worldclass.explorer.site.material import Material

WIDE, PHONE = 960, 340
"""Pixels for which every picture is laid out; the page scales it down from there."""
RANKED = 11
"""Countries of an excerpt from a ranking: one, five above it, five below."""

BOUNDS_ONLY = "bounds only, no estimate"
ONE_STEP: dict[str, Any] = {
    "breaks": [],
    "expression": f"'{BOUNDS_ONLY}'",
    "names": [BOUNDS_ONLY],
    "colours": [NEUTRAL],
}
"""Steps of a map of a class that the data only bound: a colour would tell an estimate."""

Layouts = dict[str, dict[str, Any]]


def layouts(build: Callable[[int], Picture]) -> Layouts:
    """A picture's specification for a wide page and for a phone.

    Parameters
    ----------
    build
        Makes the picture for a width in pixels; its data are left out.
    """
    with unchecked():
        return {
            "wide": build(WIDE).specification(with_data=False),
            "phone": build(PHONE).specification(with_data=False),
        }


def world_charts(material: Material) -> dict[str, Any]:
    """Charts of the page World.

    `maps` holds one map a measure, with borders between colours of no meaning; `steps` has the
    borders of each class: the expression, the names and the colours that replace them. `trends`
    has one chart a measure. These are for files that readers save; `drawn` has the same charts,
    the map without a legend, compiled for the page itself.
    """
    steps: dict[str, dict[str, dict[str, Any]]] = {}
    for theory in material.theories:
        frame = material.frame(theory)
        own = steps.setdefault(theory, {})
        for class_id in shown_classes(material, theory):
            rows = frame.filter(pl.col("class") == class_id, pl.col("sex") == "total")
            if material.setting(theory).style(class_id).bounds:
                own[class_id] = dict.fromkeys(MEASURES, ONE_STEP)
                continue
            own[class_id] = {
                name: colour_steps(measure, class_breaks(rows, class_id, measure))
                for name, measure in MEASURES.items()
            }
    maps = {name: planar(layouts(_map_builder(measure))) for name, measure in MEASURES.items()}
    trends = {name: layouts(_trend_builder(material, name)) for name in MEASURES}
    drawn = {
        "map": compiled(without_legend(next(iter(maps.values())))),
        "trends": {name: compiled(one) for name, one in trends.items()},
    }
    return {"maps": maps, "steps": steps, "trends": trends, "drawn": drawn, "no_data": NO_DATA}


def planar(charts: Layouts) -> Layouts:
    """Maps of the site's shapes and points, which are projected already."""
    return {name: chart | {"projection": PROJECTION} for name, chart in charts.items()}


def compiled(charts: Layouts) -> Layouts:
    """Vega-Lite charts as Vega, so that the reader's machine need not compile them."""
    import vl_convert  # takes 0.1 s to import

    return {name: vl_convert.vegalite_to_vega(chart) for name, chart in charts.items()}


def without_legend(node: Any) -> Any:
    """A chart whose colours of steps have no legend: the page writes its own."""
    if isinstance(node, list):
        return [without_legend(child) for child in node]
    if not isinstance(node, dict):
        return node
    copy = {name: without_legend(child) for name, child in node.items()}
    return copy | {"legend": None} if copy.get("field") == "step" else copy


def colour_steps(measure: Measure, breaks: tuple[float, ...]) -> dict[str, Any]:
    """What a map's script puts in the place of the borders that the chart was made with."""
    names = step_names(measure, breaks)
    return {
        "breaks": list(breaks),
        "expression": step_expression(measure, breaks),
        "names": list(names),
        "colours": list(ramp(len(names))),
    }


def _map_builder(measure: Measure) -> Callable[[int], Picture]:
    breaks = tuple(0.1 * place for place in range(1, 7))

    def build(width: int) -> Picture:
        return Picture(map_chart(measure, breaks, width), Caption(""), width)

    return build


def _trend_builder(material: Material, measure: str) -> Callable[[int], Picture]:
    theory = material.theories[0]
    frame, setting = material.frame(theory), material.setting(theory)

    def build(width: int) -> Picture:
        return place_trends(
            frame,
            material.focus(theory),
            places=["WORLD"],
            measure=measure,
            setting=setting,
            width=width,
            height=260 if width == WIDE else 220,
        )

    return build


def country_charts(material: Material, theory: str) -> dict[str, Any]:
    """Charts of the page Country under one theory, by chart and measure."""
    frame, setting = material.frame(theory), material.setting(theory)
    world = frame.filter(pl.col("country") == "WORLD")

    def areas(measure: str) -> Callable[[int], Picture]:
        return lambda width: class_areas(
            world,
            measure=measure,
            setting=setting,
            width=width,
            height=400 if width == WIDE else 300,
        )

    def trends(measure: str) -> Callable[[int], Picture]:
        return lambda width: class_trends(world, measure=measure, setting=setting, width=width)

    def ranking(measure: str) -> Callable[[int], Picture]:
        return lambda width: country_ranking(
            frame,
            material.focus(theory),
            measure=measure,
            count=RANKED,
            setting=setting,
            width=width,
        )

    builders = {"areas": areas, "trends": trends, "ranking": ranking}
    return {
        chart: {measure: layouts(build(measure)) for measure in MEASURES}
        for chart, build in builders.items()
    }
