"""Quantities of simulated runs over time: lines, bands, and the times of interventions."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from worldclass.charts.marks import named
from worldclass.charts.theme import MUTED, NARROW


@lru_cache(maxsize=8)
def runs_chart(share: bool, width: int, height: int) -> Any:
    """Lines with bands over the time of a simulation.

    It reads `runs` (label, colour, time, value, low, high), `run_labels` (label, colour, top in
    pixels) and `marks` (time, label, top in pixels): interventions.

    The domains [0, 2] across and [0, 1] up stand for the ends of the data: whoever fills in the
    data fills in the ends as well.

    Parameters
    ----------
    share
        Whether values are shares, written as per cent.
    """
    room = 100 if width <= NARROW else 170
    plot = width - room - 66
    base = alt.Chart(named("runs"))
    colour = alt.Color("colour:N", scale=None)
    scale = alt.Scale(domain=[0, 1], nice=False)
    times = alt.Scale(domain=[0, 2], nice=False)
    percent = "format(100 * datum.value, '~r') + ' %'"
    plain = "abs(datum.value) < 10000 ? format(datum.value, '~r') : format(datum.value, '.3~s')"
    options: dict[str, Any] = {"labelExpr": percent if share else plain, "minExtent": 40}
    axis = alt.Axis(title=None, tickCount=5, **options)
    x = alt.X(
        "time:Q",
        scale=times,
        axis=alt.Axis(title=None, grid=False, tickCount=max(3, plot // 90), labelOverlap=True),
    )
    shown = ".3~%" if share else ".4~r"
    tooltip = [
        alt.Tooltip("label:N", title="Group"),
        alt.Tooltip("time:Q", title="Time", format=".4~r"),
        alt.Tooltip("value:Q", title="Value", format=shown),
        alt.Tooltip("low:Q", title="5 % of runs", format=shown),
        alt.Tooltip("high:Q", title="95 % of runs", format=shown),
    ]
    detail = alt.Detail("label:N")
    band = base.mark_area(opacity=0.18, clip=True).encode(
        x=x, y=alt.Y("low:Q", axis=axis, scale=scale), y2="high:Q", color=colour, detail=detail
    )
    line = base.mark_line(strokeWidth=1.8, clip=True).encode(
        x=x,
        y=alt.Y("value:Q", axis=axis, scale=scale),
        color=colour,
        detail=detail,
        tooltip=tooltip,
    )
    marks = alt.Chart(named("marks"))
    rule = marks.mark_rule(strokeDash=[4, 4], color=MUTED).encode(x=x)
    top = alt.Y("top:Q", scale=None, axis=None)
    word = marks.mark_text(align="left", dx=4, baseline="top", color=MUTED)
    word = word.encode(x=x, y=top, text="label:N")
    main = alt.layer(band, rule, line)
    # Names in ink, which is readable in every colour, after a dot in the line's.
    ends = alt.Chart(named("run_labels"))
    dots = ends.mark_circle(size=34, opacity=1).encode(x=alt.value(plot + 9), y=top, color=colour)
    labels = ends.mark_text(align="left", baseline="middle", limit=room)
    labels = labels.encode(x=alt.value(plot + 16), y=top, text="label:N")
    layers = alt.layer(main, word, dots, labels).resolve_scale(y="independent")
    return layers.properties(width=plot, height=height)
