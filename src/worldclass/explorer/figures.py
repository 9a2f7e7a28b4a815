"""The pictures of a report: which ones a frame can carry, at two widths each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from worldclass.charts.class_areas import class_areas
from worldclass.charts.class_bars import class_bars
from worldclass.charts.class_trends import class_trends
from worldclass.charts.country_ranking import country_ranking
from worldclass.charts.palette import NEUTRAL_CLASSES
from worldclass.charts.picture import Picture
from worldclass.charts.setting import Setting
from worldclass.charts.world_map import world_map
from worldclass.core.countries import countries

WIDE, PHONE = 760, 340
"""Pixels for which every picture is laid out."""

Builder = Callable[[int], Picture]


@dataclass(frozen=True)
class Figure:
    """A picture of the page, with the variants that the page's controls choose among.

    Parameters
    ----------
    name
        Id on the page.
    builder
        Makes the picture that is shown first, for a width.
    variants
        Builders by the value of a control (a measure or a class); empty when nothing varies.
    controls
        `place` (place and measure), `class` (class and year) or nothing.
    """

    name: str
    builder: Builder
    variants: dict[str, Builder]
    controls: str = ""


def figures(
    frame: pl.DataFrame, setting: Setting, place: str, focus: str | None
) -> tuple[Figure, ...]:
    """Figures of an atlas frame.

    Several years: areas and trends of the main place; one year: bars. Twenty countries or
    more: a map and a ranking of one class.

    Parameters
    ----------
    frame
        Atlas frame of one theory.
    setting
        Names and colours.
    place
        The main place.
    focus
        Class of map and ranking; by default the largest that is neither neutral nor bounded.
    """
    made: list[Figure] = []
    if frame["year"].n_unique() > 1:
        made += [_areas(frame, setting, place), _trends(frame, setting, place)]
    else:
        made.append(_bars(frame, setting, place))
    known = set(countries())
    if len(known & set(frame["country"].unique())) >= 20:
        focus = focus or _largest(frame, setting, place)
        made += [_map(frame, setting, focus), _ranking(frame, setting, focus)]
    return tuple(made)


def _areas(frame: pl.DataFrame, setting: Setting, place: str) -> Figure:
    def build(measure: str) -> Builder:
        return lambda width: class_areas(
            frame,
            country=place,
            measure=measure,
            setting=setting,
            width=width,
            height=380 if width == WIDE else 300,
        )

    variants = {measure: build(measure) for measure in ("share_adults", "persons")}
    return Figure("areas", variants["share_adults"], variants, "place")


def _trends(frame: pl.DataFrame, setting: Setting, place: str) -> Figure:
    def build(measure: str) -> Builder:
        return lambda width: class_trends(
            frame, country=place, measure=measure, setting=setting, width=width
        )

    variants = {measure: build(measure) for measure in ("share_adults", "persons")}
    return Figure("trends", variants["share_adults"], variants, "place")


def _bars(frame: pl.DataFrame, setting: Setting, place: str) -> Figure:
    def build(width: int) -> Picture:
        return class_bars(frame, country=place, setting=setting, width=width)

    return Figure("bars", build, {})


def _map(frame: pl.DataFrame, setting: Setting, focus: str) -> Figure:
    def build(name: str) -> Builder:
        return lambda width: world_map(frame, name, setting=setting, width=width)

    names: list[str] = frame["class"].unique(maintain_order=True).to_list()
    order = [focus, *(name for name in names if name != focus)]
    return Figure("map", build(focus), {name: build(name) for name in order}, "class")


def _ranking(frame: pl.DataFrame, setting: Setting, focus: str) -> Figure:
    def build(width: int) -> Picture:
        return country_ranking(frame, focus, setting=setting, width=width)

    # One chart serves all classes: only its rows differ.
    return Figure("ranking", build, {"all": build}, "class")


def _largest(frame: pl.DataFrame, setting: Setting, place: str) -> str:
    own = frame.filter(pl.col("country") == place, pl.col("sex") == "total")
    bounded = {style.id for style in setting.styles if style.bounds}
    named = own.filter(~pl.col("class").is_in([*NEUTRAL_CLASSES, *bounded]))
    rows: list[dict[str, Any]] = (named if len(named) else own).sort("persons").to_dicts()
    return rows[-1]["class"]
