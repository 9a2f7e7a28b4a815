"""Small multiples: each class of one place through the years, with its interval."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.class_areas import area_rows, reading_order
from worldclass.charts.marks import (
    class_colour,
    estimate_tooltip,
    named,
    value_axis,
    with_texts,
    year_axis,
)
from worldclass.charts.measures import Measure, find_measure
from worldclass.charts.palette import ClassStyle
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import Setting, setting_of, whom
from worldclass.charts.sizes import bounds_words, last_sizes
from worldclass.charts.theme import NARROW


def class_trends(
    frame: pl.DataFrame,
    *,
    country: str = "WORLD",
    measure: str = "persons",
    sex: str = "total",
    setting: Setting | None = None,
    width: int = 760,
) -> Picture:
    """Draw one panel a class: central estimate as a line, 5–95 % interval as a band.

    A single year is drawn as a dot with its interval as a bar. Every panel starts at zero and has
    its own scale. A class that the data only bound is drawn as a band without a line.

    Parameters
    ----------
    frame
        Atlas frame of one theory.
    country, measure, sex, setting, width
        As in `class_areas`.

    Raises
    ------
    UsageError
        When the place, sex or measure is not in the frame.
    """
    setting = setting or setting_of(frame)
    kind = find_measure(measure)
    rows = area_rows(frame, country, kind, sex, setting)
    drawn = reading_order(setting, {row["label"] for row in rows})
    years = {row["year"] for row in rows}
    chart = _chart(drawn, kind, width, min(years) if len(years) == 1 else None)
    return Picture(chart, _caption(rows, country, kind, sex, setting), width, {"trends": rows})


@lru_cache(maxsize=32)
def _chart(styles: tuple[ClassStyle, ...], measure: Measure, width: int, single: int | None) -> Any:
    """Panels, as many a row as the width carries; dots and bars where there is a single year."""
    columns = 1 if width <= 300 else 2 if width <= NARROW else 4 if len(styles) in (4, 7, 8) else 3
    # Panels are set by their inner edges, so that axis labels of any length keep them in line.
    gap = 52
    panel = (width - gap * columns) // columns
    base = with_texts(alt.Chart(), measure)
    x = alt.X("year:Q", axis=year_axis(panel // 2), scale=alt.Scale(nice=False))
    if single is not None:
        own = alt.Scale(domain=[single - 1, single + 1])
        x = alt.X("year:Q", axis=alt.Axis(format="d", values=[single], title=None), scale=own)
    y = value_axis(measure, title=None, tickCount=3, minExtent=44, maxExtent=44)
    tooltip = estimate_tooltip(
        alt.Tooltip("label:N", title="Class"), alt.Tooltip("year:Q", title="Year", format="d")
    )
    wide, thin = (base.mark_rule(strokeWidth=5, opacity=0.4), base.mark_point(filled=True, size=50))
    if single is None:
        wide, thin = base.mark_area(opacity=0.28), base.mark_line(strokeWidth=2)
    band = wide.encode(
        x=x,
        y=alt.Y("low:Q", axis=y, scale=alt.Scale(zero=True)),
        y2="high:Q",
        color=class_colour(styles),
        tooltip=tooltip,
    )
    line = thin.encode(
        x=x,
        y=alt.Y("value:Q", axis=y),
        color=class_colour(styles),
        opacity=alt.Opacity("shown:Q", scale=None, legend=None),
        tooltip=tooltip,
    )
    return (
        alt.layer(band, line)
        .properties(width=panel, height=110)
        .facet(
            alt.Facet("label:N", sort=[style.label for style in styles], title=None),
            data=named("trends"),
            columns=columns,
            spacing={"row": 58, "column": gap},
            bounds="flush",
        )
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )


def _caption(rows: Rows, country: str, measure: Measure, sex: str, setting: Setting) -> Caption:
    """Title, definition and a description with the last sizes and intervals."""
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    line, band = ("dot", "bar") if first == last else ("line", "band")
    when = str(first) if first == last else f"{first}–{last}"
    bounds = bounds_words(rows, f"{band} without a {line}")
    return Caption(
        title=f"Each class with its interval: {setting.place(country)}{whom(sex)}, {when}",
        subtitle=f"Classes of the theory “{setting.theory}”, {measure.axis}; {line}: central "
        f"estimate, {band}: 5–95 %{bounds}; every panel has its own scale",
        footnote=setting.footnote(),
        description=f"One panel a class, {when}. {last_sizes(rows, measure, 'label')}",
    )
