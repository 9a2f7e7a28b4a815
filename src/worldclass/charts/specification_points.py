"""A specification curve without data: one point a specification, for a page that fills it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from worldclass.charts.marks import named
from worldclass.charts.specification_states import state_colour, state_shape
from worldclass.charts.theme import INK, MUTED, NARROW, PAPER
from worldclass.charts.verdicts import FAILS, HOLDS, SOME, STATES, Cutoffs, amount_expression


@lru_cache(maxsize=4)
def points_chart(cutoffs: Cutoffs, width: int, height: int) -> Any:
    """Estimates with intervals from the least to the greatest, and the decision line.

    It reads `curve` (rank, estimate, low, high, state, and the fields of its tooltip), `rule` (at,
    above, below: words on one side of the line) and `chosen` (rank, estimate). The page puts its
    own vertical scale, words of the legend and tooltip in place, and sizes the marks of the styles
    `interval`, `point` and `hit`.
    """
    left = 48 if width <= NARROW else 60
    plot = width - left - 12
    across = alt.Scale(nice=False, zero=False, padding=8)
    rank = alt.X("rank:Q", scale=across, axis=alt.Axis(title=None, labels=False, ticks=False))
    axis = alt.Axis(
        labelExpr=amount_expression("datum.value"),
        title=None,
        tickCount=height // 48,
        minExtent=left - 12,
        labelOverlap=True,
    )
    scale = alt.Scale(nice=False, zero=False, clamp=True)
    colours = alt.Scale(domain=[one.id for one in STATES], range=[one.colour for one in STATES])
    curve = alt.Chart(named("curve"))
    interval = curve.mark_rule(style="interval", strokeOpacity=0.45, strokeWidth=1.4).encode(
        x=rank,
        y=alt.Y("low:Q", axis=axis, scale=scale),
        y2="high:Q",
        color=alt.Color("state:N", scale=colours),  # the legend is that of the points
    )
    estimate = alt.Y("estimate:Q", axis=axis, scale=scale)
    point = curve.mark_point(style="point", filled=True, opacity=1, size=24).encode(
        x=rank,
        y=estimate,
        color=state_colour().legend(_legend(cutoffs, width)),
        shape=state_shape().legend(_legend(cutoffs, width)),
    )
    # Wide and unseen, so that a specification is found anywhere above or below its point.
    hit = curve.mark_rule(style="hit", opacity=0, strokeWidth=4).encode(
        x=rank, y=alt.value(0), y2=alt.value(height), tooltip=[alt.Tooltip("rank:Q")]
    )
    layers = [*_chosen(rank, estimate), interval, point, *_decision(scale, axis), hit]
    return alt.layer(*layers).properties(width=plot, height=height)


def _legend(cutoffs: Cutoffs, width: int) -> alt.Legend:
    """Symbols and their words above the curve; one below the other on a phone."""
    words = cutoffs.words(drawn=True)
    return alt.Legend(
        orient="top",
        columns=1 if width <= NARROW else 3,
        title=None,
        symbolSize=60,
        symbolOpacity=1,
        labelLimit=width,
        labelExpr=f"datum.label == '{HOLDS}' ? '{words[HOLDS]}' : "
        f"datum.label == '{SOME}' ? '{words[SOME]}' : '{words[FAILS]}'",
    )


def _chosen(rank: alt.X, estimate: alt.Y) -> list[Any]:
    """A line through the specification whose choices the page tells, and a ring around it."""
    base = alt.Chart(named("chosen"))
    line = base.mark_rule(color=MUTED, strokeWidth=1).encode(x=rank)
    ring = base.mark_point(filled=False, size=170, strokeWidth=2, color=INK, opacity=1)
    return [line, ring.encode(x=rank, y=estimate)]


def _decision(scale: alt.Scale, axis: alt.Axis) -> list[Any]:
    """A dashed line, and its words on the side that the page gives."""
    base = alt.Chart(named("rule"))
    y = alt.Y("at:Q", scale=scale, axis=axis)
    layers = [base.mark_rule(color=INK, strokeDash=[5, 3], strokeWidth=1.4).encode(y=y)]
    for side, baseline, shift in (("above", "bottom", -4), ("below", "top", 5)):
        place: dict[str, Any] = {"align": "left", "baseline": baseline, "dy": shift}
        halo = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
        looks: list[dict[str, Any]] = [halo, {"color": INK}]
        for look in looks:
            mark = base.mark_text(**place, **look)
            layers.append(mark.encode(x=alt.value(4), y=y, text=f"{side}:N"))
    return layers
