"""Dots with intervals: countries ranked by the size of one class in one year."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import (
    class_colour,
    estimate_tooltip,
    named,
    number_columns,
    number_room,
    value_axis,
    with_texts,
)
from worldclass.charts.measures import Measure, choose, estimates, find_measure
from worldclass.charts.palette import ClassStyle
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import Setting, setting_of
from worldclass.charts.sizes import estimate_text
from worldclass.charts.theme import NARROW
from worldclass.core.countries import countries


def country_ranking(
    frame: pl.DataFrame,
    class_id: str,
    *,
    year: int | None = None,
    measure: str = "share_adults",
    sex: str = "total",
    count: int = 20,
    setting: Setting | None = None,
    width: int = 760,
) -> Picture:
    """Draw the countries where a class is largest, each with its 5–95 % interval.

    Parameters
    ----------
    frame
        Atlas frame of one theory.
    class_id
        Class to rank by.
    year
        By default the last one of the frame.
    measure, sex, setting, width
        As in `class_areas`.
    count
        Number of countries, largest first.

    Raises
    ------
    UsageError
        When the class, year, sex or measure is not in the frame.
    """
    setting = setting or setting_of(frame)
    kind = find_measure(measure)
    year = int(frame["year"].max()) if year is None else year  # type: ignore[arg-type]
    rows = ranking_rows(frame, class_id, year, kind, sex, setting)[:count]
    style = setting.style(class_id)
    chart = _chart(setting.styles, kind, width, len(rows))
    return Picture(chart, _caption(rows, style, year, kind, setting), width, {"ranking": rows})


def ranking_rows(
    frame: pl.DataFrame, class_id: str, year: int, measure: Measure, sex: str, setting: Setting
) -> Rows:
    """Rows with place, class label, value, low, high, imputed; countries only, largest first.

    `shown` is 0 for a class that the data only bound: no dot, no number, and the order is that of
    the upper bounds.
    """
    style = setting.style(class_id)
    chosen = estimates(choose(frame, class_id=class_id, year=year, sex=sex), measure)
    chosen = chosen.filter(pl.col("country").is_in(list(countries())))
    chosen = chosen.filter(pl.col("value").is_not_null())
    by = "high" if style.bounds else "value"
    chosen = chosen.sort([by, "country"], descending=[True, False], nulls_last=True)
    return [
        {
            "place": setting.place(row["country"]),
            "label": style.label,
            "shown": 0 if style.bounds else 1,
        }
        | {name: row[name] for name in ("value", "low", "high", "imputed")}
        for row in chosen.iter_rows(named=True)
    ]


@lru_cache(maxsize=32)
def _chart(styles: tuple[ClassStyle, ...], measure: Measure, width: int, count: int) -> Any:
    """A rule for the interval, a dot for the central estimate, and both as numbers beside it."""
    room = 110 if width <= NARROW else 150
    plot = width - room - number_room(width) - 10
    base = with_texts(alt.Chart(named("ranking")), measure)
    y = alt.Y("place:N", sort=None, title=None, axis=alt.Axis(labelLimit=room, domain=False))
    tooltip = estimate_tooltip(
        alt.Tooltip("place:N", title="Country"),
        alt.Tooltip("imputed:Q", title="Imputed input", format=".0%"),
    )
    x_axis = value_axis(measure, title=measure.axis, grid=True, tickCount=max(3, plot // 100))
    colour = class_colour(styles)
    shown = alt.Opacity("shown:Q", scale=None, legend=None)
    rule = base.mark_rule(strokeWidth=5, opacity=0.35, strokeCap="round")
    rule = rule.encode(
        y=y,
        x=alt.X("low:Q", axis=x_axis, scale=alt.Scale(zero=True)),
        x2="high:Q",
        color=colour,
        tooltip=tooltip,
    )
    dot = base.mark_circle(size=62)
    dot = dot.encode(
        y=y, x=alt.X("value:Q", axis=x_axis), color=colour, opacity=shown, tooltip=tooltip
    )
    numbers = number_columns(base, y, plot, width)
    return alt.layer(rule, dot, *numbers).properties(width=plot, height=count * 19)


def _caption(
    rows: Rows, style: ClassStyle, year: int, measure: Measure, setting: Setting
) -> Caption:
    """Title, definition and a description with the first five."""
    first = ", ".join(f"{row['place']} {estimate_text(measure, row)}" for row in rows[:5])
    title = f"Where the class “{style.label}” is largest"
    drawn = "dot: central estimate, bar: 5–95 %"
    if style.bounds:
        title = f"Where the class “{style.label}” may be largest"
        drawn = "bar: bounds, for the data hold no estimate of this class; by upper bound"
    return Caption(
        title=f"{title}, {year}",
        subtitle=f"{measure.axis}; {drawn}; theory “{setting.theory}”",
        footnote=setting.footnote(),
        description=f"Countries ranked by {style.label}, {measure.axis}, {year}. Largest: {first}.",
    )
