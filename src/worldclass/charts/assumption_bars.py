"""Bars: how far each assumption moves an estimate, and its share of the variance."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named, value_axis, value_expression
from worldclass.charts.measures import Measure, find_measure
from worldclass.charts.numbers import persons_text, share_expression, share_text
from worldclass.charts.palette import BLUE, LIGHT, RUST
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theme import INK, MUTED, NARROW
from worldclass.core.errors import UsageError

ENDS = ("at its low end", "at its high end")
COLUMNS = ("assumption", "label", "low", "central", "high", "share_of_variance")


def assumption_bars(
    table: pl.DataFrame,
    *,
    title: str,
    measure: str = "persons",
    subtitle: str = "",
    footnote: str = "",
    width: int = 760,
) -> Picture:
    """Draw a tornado: from `low` to `high` around `central`, widest effect on top.

    Parameters
    ----------
    table
        Columns `assumption` (id), `label` (words), `low`, `central`, `high` (the estimate at
        the assumption's 5th percentile, at its centre, at its 95th), `share_of_variance` (0–1).
    title, subtitle, footnote
        Words around the picture.
    measure
        What the estimate is: `persons` or a share.
    width
        Pixels.

    Raises
    ------
    UsageError
        When a column is missing.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {list(COLUMNS)}.")
    kind = find_measure(measure)
    rows = table.select(COLUMNS).sort("share_of_variance", descending=True).to_dicts()
    write = share_text if kind.is_share else persons_text
    parts = [
        f"{row['label']}: {write(row['low'])} to {write(row['high'])}, "
        f"{share_text(row['share_of_variance'])} of the variance"
        for row in rows
    ]
    caption = Caption(title, subtitle, footnote, f"{title}. {'; '.join(parts)}.")
    characters = 21 if width <= NARROW else 42
    for row in rows:
        lines = textwrap.wrap(row["label"], characters)
        more = "…" if len(lines) > 2 else ""
        row["lines"] = "\n".join(lines[:2]) + more
    return Picture(_chart(kind, width, len(rows)), caption, width, {"assumptions": rows})


def _chart(measure: Measure, width: int, count: int) -> Any:
    """Two bars an assumption, a line at the central estimate, the variance at the right."""
    room = 130 if width <= NARROW else 270
    plot = width - room - 85
    base = alt.Chart(named("assumptions")).transform_calculate(
        lower=value_expression(measure, "datum.low"),
        upper=value_expression(measure, "datum.high"),
        middle=value_expression(measure, "datum.central"),
        share=share_expression("datum.share_of_variance"),
    )
    y_axis = alt.Axis(labelLimit=room, labelColor=INK, labelExpr="split(datum.label, '\\n')")
    y = alt.Y("lines:N", sort=None, title=None, axis=y_axis)
    axis = value_axis(measure, title=measure.axis, grid=True, tickCount=max(3, plot // 110))
    scale = alt.Scale(zero=False)
    colour = alt.Scale(domain=list(ENDS), range=[LIGHT[RUST], LIGHT[BLUE]])
    legend = alt.Legend(orient="top", title=None, labelLimit=0)
    bars = [
        base.transform_calculate(end=f"'{words}'")
        .mark_bar(height=13)
        .encode(
            y=y,
            x=alt.X(f"{end}:Q", axis=axis, scale=scale),
            x2="central:Q",
            color=alt.Color("end:N", scale=colour, legend=legend),
            tooltip=_tooltip(),
        )
        for end, words in zip(("low", "high"), ENDS, strict=True)
    ]
    middle = base.mark_tick(thickness=1.5, size=19, color=INK).encode(y=y, x="central:Q")
    variance = base.mark_text(align="right", color=MUTED)
    variance = variance.encode(y=y, x=alt.value(plot + 62), text="share:N")
    head = (
        alt.Chart(named("assumptions"))
        .transform_aggregate(n="count()")
        .mark_text(align="right", baseline="bottom", color=MUTED, fontSize=10)
        .encode(x=alt.value(plot + 62), y=alt.value(-4), text=alt.value("variance"))
    )
    chart = alt.layer(*bars, middle, variance, head)
    return chart.properties(width=plot, height=count * 32)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title="Assumption"),
        alt.Tooltip("lower:N", title=ENDS[0].capitalize()),
        alt.Tooltip("middle:N", title="Central"),
        alt.Tooltip("upper:N", title=ENDS[1].capitalize()),
        alt.Tooltip("share:N", title="Share of variance"),
    ]
