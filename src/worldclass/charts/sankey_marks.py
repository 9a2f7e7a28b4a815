"""Marks of a flow diagram: ribbons, bars and labels, each at its pixels."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from worldclass.charts.flow_frame import Quantity
from worldclass.charts.flow_texts import amount_text
from worldclass.charts.labels import spread
from worldclass.charts.marks import named
from worldclass.charts.palette import LIGHT, NEUTRAL
from worldclass.charts.picture import Rows
from worldclass.charts.sankey_layout import Bar, Layout, edge, lay_out
from worldclass.charts.sharing import Unit, layered
from worldclass.charts.theme import BORDER, INK, MUTED, NARROW

BAR = 9
"""Pixels of a bar's width."""
HEADING = 34
"""Pixels above the bars of a panel."""
INSIDE = 11
"""Pixels that a ribbon must be wide, all along the text, to carry its amount."""
LETTER = 5.2
"""Pixels of a letter inside a ribbon."""
OTHERS = " others"
"""How the name of places taken together ends."""


@dataclass(frozen=True)
class Panel:
    """Where a diagram stands in the picture, and what stands above it."""

    title: str
    left: float
    right: float
    top: float
    height: float
    layout: Layout


def make_panels(
    amounts: Mapping[str, Mapping[tuple[str, str], float]],
    producers: Sequence[str],
    consumers: Sequence[str],
    width: int,
    height: int,
) -> tuple[Panel, ...]:
    """Diagrams beside one another, on a phone below one another, all in one scale."""
    narrow = width <= NARROW
    gap = 14 if narrow or len(amounts) > 1 else 10
    room = max(len(producers), len(consumers)) - 1
    scale = (height - gap * room) / max(sum(table.values()) for table in amounts.values())
    across = 1 if narrow else len(amounts)
    names = max(len(name) for name in (*producers, *consumers))
    label = 92 if narrow or across > 1 else min(max(6.3 * (names + 8), 110), 210)
    each = (width - 10 - 20 * (across - 1)) / across
    panels: list[Panel] = []
    top = float(HEADING)
    for place, (name, table) in enumerate(amounts.items()):
        start = place % across * (each + 20)
        tall = scale * sum(table.values()) + gap * room
        layout = lay_out(table, producers, consumers, scale, tall, gap)
        title = f"{name}, {amount_text(sum(table.values()))}" if name else ""
        panels.append(Panel(title, start + label, start + each - label, top, tall, layout))
        if across == 1:
            top += tall + HEADING + 16
    return tuple(panels)


def colours_of(producers: Sequence[str]) -> dict[str, str]:
    """A colour a producer; places taken together are grey."""
    named_ones = [name for name in producers if not name.endswith(OTHERS)]
    merged = [name for name in producers if name.endswith(OTHERS)]
    return dict(zip(named_ones, LIGHT, strict=False)) | dict.fromkeys(merged, NEUTRAL)


def ribbon_rows(panels: Sequence[Panel], quantity: Quantity) -> Rows:
    """Points along the upper and lower edge of every ribbon."""
    rows: Rows = []
    for place, panel in enumerate(panels):
        inner = panel.right - panel.left - 2 * BAR - 4
        for number, ribbon in enumerate(panel.layout.ribbons):
            common = {
                "ribbon": f"{place}-{number}",
                "panel": panel.title,
                "producer": ribbon.producer,
                "consumer": ribbon.consumer,
                "value": ribbon.amount,
                "amount": f"{amount_text(ribbon.amount)} {quantity.noun}",
            }
            for t, y in edge(ribbon.left, ribbon.right):
                x = panel.left + BAR + 2 + t * inner
                upper = panel.top + y
                rows.append(
                    common
                    | {"x": round(x, 1), "y": round(upper, 1)}
                    | {"y2": round(upper + max(ribbon.thickness, 0.4), 1)}
                )
    return rows


def bar_rows(panels: Sequence[Panel]) -> Rows:
    """Bars of both sides: corners, side, place."""
    rows: Rows = []
    for panel in panels:
        for side, bars in (("left", panel.layout.producers), ("right", panel.layout.consumers)):
            x = panel.left if side == "left" else panel.right - BAR
            rows += [
                {"side": side, "place": bar.place, "amount": amount_text(bar.amount)}
                | {"x": round(x, 1), "x2": round(x + BAR, 1), "y": round(panel.top + bar.top, 1)}
                | {"y2": round(panel.top + max(bar.bottom, bar.top + 0.5), 1)}
                for bar in bars
            ]
    return rows


def label_rows(panels: Sequence[Panel], width: int) -> Rows:
    """Labels of bars, moved apart; lines of text, position, and side."""
    double = width <= NARROW or len(panels) > 1
    every = [bar for panel in panels for bar in (*panel.layout.producers, *panel.layout.consumers)]
    lines = max(len(_label(bar, double)) for bar in every)
    step = 13 * lines if double else 16
    rows: Rows = []
    for panel in panels:
        for side, bars in (("left", panel.layout.producers), ("right", panel.layout.consumers)):
            places = spread([bar.middle for bar in bars], step, -2, panel.height + 2)
            x = panel.left - 7 if side == "left" else panel.right + 7
            for bar, y in zip(bars, places, strict=True):
                # Lines grow downwards from the first.
                text = _label(bar, double)
                first = panel.top + y - 6 * (len(text) - 1)
                rows.append({"side": side, "x": round(x, 1), "y": round(first, 1)} | {"text": text})
    return rows


def ribbon_label_rows(panels: Sequence[Panel], width: int) -> Rows:
    """Names and amounts inside ribbons that are wide enough, at the consumer's end.

    A ribbon that fills the bar at one of its ends has its name or amount there already.
    """
    if width <= NARROW or len(panels) > 1:
        return []
    (panel,) = panels
    inner = panel.right - panel.left - 2 * BAR - 4
    rows: Rows = []
    whole = {bar.place: bar.amount for bar in panel.layout.producers}
    taken = {bar.place: bar.amount for bar in panel.layout.consumers}
    for ribbon in panel.layout.ribbons:
        if ribbon.amount >= min(whole[ribbon.producer], taken[ribbon.consumer]) * (1 - 1e-9):
            continue
        amount = amount_text(ribbon.amount)
        for text in (f"{ribbon.producer} {amount}", amount):
            # How far the ribbon leaves its end's height under the middle and the end of the text.
            middle, end = (
                (ribbon.left - ribbon.right) * t * t * (3 - 2 * t)
                for t in ((LETTER * len(text) / 2 + 8) / inner, (LETTER * len(text) + 8) / inner)
            )
            if ribbon.thickness - abs(end) >= INSIDE:
                y = panel.top + ribbon.right + ribbon.thickness / 2 + middle
                x = panel.right - BAR - 8
                rows.append({"x": round(x, 1), "y": round(y, 1), "text": text})
                break
    return rows


def _label(bar: Bar, double: bool) -> list[str]:
    """Name and amount, in one line or, where there is little room, in two or three."""
    amount = amount_text(bar.amount)
    if not double:
        return [f"{bar.place}\u2002{amount}"]
    return [*textwrap.wrap(bar.place, 17, max_lines=2, placeholder="…"), amount]


def sankey_chart(colours: Mapping[str, str], width: int, panels: Sequence[Panel]) -> Any:
    """Ribbons, bars, labels and headings at their pixels."""
    pixels: dict[str, Any] = {"scale": None, "axis": None}
    x, y = alt.X("x:Q", **pixels), alt.Y("y:Q", **pixels)
    colour = alt.Color(
        "producer:N",
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        legend=None,
    )
    ribbons = (
        Unit(named("ribbons"))
        .mark_area(opacity=0.55, stroke=BORDER, strokeWidth=0.7, strokeOpacity=1)
        .encode(
            x=x,
            y=y,
            y2="y2:Q",
            color=colour,
            detail="ribbon:N",
            tooltip=[
                alt.Tooltip("producer:N", title="Work in"),
                alt.Tooltip("consumer:N", title="For final demand in"),
                alt.Tooltip("amount:N", title="In a year"),
            ],
        )
    )
    base: Any = Unit(named("bars")).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    left = base.transform_filter("datum.side == 'left'").mark_rect()
    left = left.encode(color=alt.Color("place:N", scale=colour["scale"], legend=None))
    right = base.transform_filter("datum.side == 'right'").mark_rect(color=MUTED)
    layers = [ribbons, left, right, *_texts(width <= NARROW or len(panels) > 1)]
    bottom = max(panel.top + panel.height for panel in panels)
    return layered(*layers).properties(width=width - 10, height=int(bottom) + 6)


def heading_rows(panels: Sequence[Panel]) -> Rows:
    """What the two sides are, and what the panel shows."""
    rows: Rows = []
    for panel in panels:
        y = panel.top - 14
        middle = (panel.left + panel.right) / 2
        rows += [
            {"side": "left", "x": panel.left + BAR, "y": y, "text": "work in"},
            {"side": "right", "x": panel.right - BAR, "y": y, "text": "for consumers in"},
            {"side": "middle", "x": middle, "y": y, "text": panel.title},
        ]
    return rows


def _texts(small: bool) -> list[Any]:
    """Labels of the left side end at their bars, those of the right side begin there."""
    pixels: dict[str, Any] = {"scale": None, "axis": None}
    base: Any = Unit(named("bar_labels")).encode(
        x=alt.X("x:Q", **pixels), y=alt.Y("y:Q", **pixels), text="text:N"
    )
    style: dict[str, Any] = {"baseline": "middle", "color": INK, "lineHeight": 12}
    style["fontSize"] = 10 if small else 12
    labels = [
        base.transform_filter(f"datum.side == '{side}'").mark_text(align=align, **style)
        for side, align in (("left", "right"), ("right", "left"))
    ]
    heads: Any = Unit(named("headings")).encode(
        x=alt.X("x:Q", **pixels), y=alt.Y("y:Q", **pixels), text="text:N"
    )
    size = 10 if small else 11
    inside: Any = Unit(named("ribbon_labels")).encode(
        x=alt.X("x:Q", **pixels), y=alt.Y("y:Q", **pixels), text="text:N"
    )
    labels.append(inside.mark_text(align="right", baseline="middle", color=INK, fontSize=10))
    return labels + [
        heads.transform_filter(f"datum.side == '{side}'").mark_text(
            align=align,
            baseline="bottom",
            color=INK if side == "middle" else MUTED,
            fontSize=size + 2 * (side == "middle"),
            fontWeight="bold" if side == "middle" else "normal",
        )
        for side, align in (("left", "right"), ("right", "left"), ("middle", "center"))
    ]
