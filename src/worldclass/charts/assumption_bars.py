"""Bars: how far each assumption moves an estimate, and its share of the variance."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named, value_axis, value_expression
from worldclass.charts.measures import Measure, find_measure
from worldclass.charts.numbers import persons_text, share_text
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theme import INK, MUTED, NARROW
from worldclass.core.errors import UsageError

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
    return Picture(_chart(kind, width, len(rows)), caption, width, {"assumptions": rows})


def _chart(measure: Measure, width: int, count: int) -> Any:
    """Two bars an assumption, a line at the central estimate, the variance at the right."""
    narrow = width <= NARROW
    room = 130 if narrow else 250
    plot = width - room - 75
    base = alt.Chart(named("assumptions")).transform_calculate(
        lower=value_expression(measure, "datum.low"),
        upper=value_expression(measure, "datum.high"),
        middle=value_expression(measure, "datum.central"),
    )
    y = alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=room, labelColor=INK))
    axis = value_axis(measure, title=measure.axis, grid=True, tickCount=max(3, plot // 110))
    tooltip = [
        alt.Tooltip("label:N", title="Assumption"),
        alt.Tooltip("lower:N", title="At its low end"),
        alt.Tooltip("middle:N", title="Central"),
        alt.Tooltip("upper:N", title="At its high end"),
        alt.Tooltip("share_of_variance:Q", title="Share of variance", format=".0%"),
    ]
    scale = alt.Scale(zero=False)
    bars = [
        base.mark_bar(height=13, color=colour).encode(
            y=y, x=alt.X(f"{end}:Q", axis=axis, scale=scale), x2="central:Q", tooltip=tooltip
        )
        for end, colour in (("low", LIGHT[1]), ("high", LIGHT[0]))
    ]
    middle = base.mark_tick(thickness=1.5, size=19, color=INK).encode(y=y, x="central:Q")
    variance = base.mark_text(align="right", color=MUTED).encode(
        y=y, x=alt.value(plot + 60), text=alt.Text("share_of_variance:Q", format=".0%")
    )
    head = (
        alt.Chart(named("assumptions"))
        .transform_aggregate(n="count()")
        .mark_text(align="right", baseline="bottom", color=MUTED, fontSize=10)
        .encode(x=alt.value(plot + 60), y=alt.value(-4), text=alt.value("variance"))
    )
    chart = alt.layer(*bars, middle, variance, head)
    return chart.properties(width=plot, height=count * 24)
