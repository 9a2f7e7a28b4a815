"""The classes of a theory as functions of one of its parameters, with the chosen value marked."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from worldclass.charts.marks import estimate_tooltip, named, value_axis, with_texts
from worldclass.charts.measures import Measure
from worldclass.charts.theme import MUTED, NARROW


@lru_cache(maxsize=16)
def curves_chart(measure: Measure, width: int, height: int) -> Any:
    """Lines with bands over a parameter.

    It reads `curves` (label, colour, parameter, value, low, high, shown), `curve_labels` (label,
    colour, top in pixels) and `settings` (parameter, name): values marked by a line.
    """
    room = 110 if width <= NARROW else 190
    plot = width - room - 60
    base = with_texts(alt.Chart(named("curves")), measure)
    colour = alt.Color("colour:N", scale=None)
    x = alt.X(
        "parameter:Q",
        scale=alt.Scale(nice=False, zero=False),
        axis=alt.Axis(title=None, format="~s", tickCount=max(3, plot // 90), labelOverlap=True),
    )
    axis = value_axis(measure, title=None, tickCount=5, minExtent=40)
    scale = alt.Scale(zero=True, nice=False)
    tooltip = estimate_tooltip(
        alt.Tooltip("label:N", title="Class"),
        alt.Tooltip("parameter:Q", title="Parameter", format=",.4~r"),
    )
    detail = alt.Detail("label:N")
    band = base.mark_area(opacity=0.16).encode(
        x=x, y=alt.Y("low:Q", axis=axis, scale=scale), y2="high:Q", color=colour, detail=detail
    )
    line = base.mark_line(strokeWidth=2.2, point={"size": 18}).encode(
        x=x,
        y=alt.Y("value:Q", axis=axis),
        color=colour,
        detail=detail,
        opacity=alt.Opacity("shown:Q", scale=None, legend=None),
        tooltip=tooltip,
    )
    at = alt.Chart(named("settings"))
    rule = at.mark_rule(strokeDash=[4, 4], color=MUTED).encode(x=alt.X("parameter:Q"))
    word = at.mark_text(align="left", dx=4, baseline="top", color=MUTED).encode(
        x=alt.X("parameter:Q"), y=alt.value(2), text="name:N"
    )
    main = alt.layer(band, rule, line, word)
    # Names in ink, which is readable in every colour, after a dot in the line's.
    ends = alt.Chart(named("curve_labels"))
    top = alt.Y("top:Q", scale=None, axis=None)
    dots = ends.mark_circle(size=34, opacity=1).encode(x=alt.value(plot + 9), y=top, color=colour)
    labels = ends.mark_text(align="left", baseline="middle", limit=room)
    labels = labels.encode(x=alt.value(plot + 16), y=top, text="label:N")
    layers = alt.layer(main, dots, labels).resolve_scale(y="independent")
    return layers.properties(width=plot, height=height)
