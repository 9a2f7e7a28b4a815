"""Small pieces that several charts share: axes, colour scale, named data."""

from __future__ import annotations

from typing import Any

import altair as alt

from worldclass.charts.measures import Measure
from worldclass.charts.numbers import NO_VALUE, persons_expression, share_expression
from worldclass.charts.palette import ClassStyle
from worldclass.charts.theme import MUTED, NARROW

ESTIMATES, INTERVALS = 56, 112
"""Pixels of the columns of numbers beside a plot."""


def named(name: str) -> alt.NamedData:
    """Data that the picture attaches under a name."""
    return alt.NamedData(name=name)


def value_expression(measure: Measure, field: str) -> str:
    """Vega expression that writes a value of a measure for readers."""
    return share_expression(field) if measure.is_share else persons_expression(field)


def value_axis(measure: Measure, **options: Any) -> alt.Axis:
    """Axis of a measure, with humane numbers."""
    if measure.is_share:
        return alt.Axis(labelExpr="format(100 * datum.value, '~r') + ' %'", **options)
    return alt.Axis(labelExpr=persons_expression("datum.value"), **options)


def title_above(title: str) -> dict[str, Any]:
    """Title of a vertical axis, written horizontally above its upper end."""
    return {
        "title": title,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleBaseline": "bottom",
        "titleX": -44,
        "titleY": -8,
    }


def year_axis(width: int, **options: Any) -> alt.Axis:
    """Axis of years: whole, not too many."""
    return alt.Axis(format="d", tickCount=max(2, width // 80), tickMinStep=1, title=None, **options)


def class_colour(styles: tuple[ClassStyle, ...], *, legend: alt.Legend | None = None) -> alt.Color:
    """Colour by the field `label`, stable within the theory."""
    scale = alt.Scale(
        domain=[style.label for style in styles], range=[style.colour for style in styles]
    )
    return alt.Color("label:N", scale=scale, legend=legend)


def with_texts(chart: Any, measure: Measure) -> Any:
    """Add the fields `estimate` and `interval`, written out, for tooltips.

    Rows whose `shown` is 0, or whose `bar` is null, are of classes that the data only bound: they
    have no estimate, and their interval says that it is bounds.
    """
    bounded = "datum.shown === 0 || datum.bar === null"
    low, high = (value_expression(measure, f"datum.{end}") for end in ("low", "high"))
    both = f"datum.low == null || datum.high == null ? '{NO_VALUE}' : {low} + ' to ' + {high}"
    value = value_expression(measure, "datum.value")
    return chart.transform_calculate(
        estimate=f"{bounded} ? '{NO_VALUE}' : {value}",
        interval=f"({both}) + ({bounded} ? ' (bounds)' : '')",
    )


def number_columns(base: Any, y: alt.Y, plot: int, width: int) -> list[Any]:
    """Estimates, and where there is room their intervals, as columns beside a plot.

    Beside the marks they would stand at the upper ends of intervals, and be read as those.

    Parameters
    ----------
    base
        Chart with the fields of `with_texts`.
    y
        Where each row stands.
    plot, width
        Pixels of the plot, and of the whole picture.
    """
    texts = base.mark_text(align="right", clip=False).encode(
        y=y, x=alt.value(plot + ESTIMATES - 8), text="estimate:N"
    )
    if width <= NARROW:
        return [texts]
    between = base.mark_text(align="left", clip=False, color=MUTED, fontSize=10).encode(
        y=y, x=alt.value(plot + ESTIMATES), text="interval:N"
    )
    return [texts, between]


def number_room(width: int) -> int:
    """Pixels that `number_columns` needs at the right of a plot."""
    return ESTIMATES if width <= NARROW else ESTIMATES + INTERVALS


def estimate_tooltip(*first: alt.Tooltip) -> list[alt.Tooltip]:
    """Tooltip that ends with the estimate and its interval."""
    return [
        *first,
        alt.Tooltip("estimate:N", title="Estimate"),
        alt.Tooltip("interval:N", title="5–95 %"),
    ]
