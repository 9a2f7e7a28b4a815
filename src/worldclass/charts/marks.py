"""Small pieces that several charts share: axes, colour scale, named data."""

from __future__ import annotations

from typing import Any

import altair as alt

from worldclass.charts.measures import Measure
from worldclass.charts.numbers import persons_expression, share_expression
from worldclass.charts.palette import ClassStyle


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
    """Add the fields `estimate` and `interval`, written out, for tooltips."""
    low, high = (value_expression(measure, f"datum.{end}") for end in ("low", "high"))
    both = f"datum.low == null || datum.high == null ? '–' : {low} + ' to ' + {high}"
    return chart.transform_calculate(
        estimate=value_expression(measure, "datum.value"), interval=both
    )


def estimate_tooltip(*first: alt.Tooltip) -> list[alt.Tooltip]:
    """Tooltip that ends with the estimate and its interval."""
    return [
        *first,
        alt.Tooltip("estimate:N", title="Estimate"),
        alt.Tooltip("interval:N", title="5–95 %"),
    ]
