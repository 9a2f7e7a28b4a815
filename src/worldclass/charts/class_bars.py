"""Bars with intervals: the classes of one place in one year."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.class_areas import reading_order
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
from worldclass.charts.setting import Setting, setting_of, whom
from worldclass.charts.sizes import bounds_words, size_text
from worldclass.charts.theme import INK, MUTED, NARROW


def class_bars(
    frame: pl.DataFrame,
    *,
    country: str = "WORLD",
    year: int | None = None,
    measure: str = "share_adults",
    sex: str = "total",
    setting: Setting | None = None,
    width: int = 760,
) -> Picture:
    """Draw the size of every class with its 5–95 % interval.

    A class that the data only bound has its interval but no bar.

    Parameters
    ----------
    frame
        Atlas frame of one theory.
    year
        By default the last one of the frame.
    country, measure, sex, setting, width
        As in `class_areas`.

    Raises
    ------
    UsageError
        When the place, year, sex or measure is not in the frame.
    """
    setting = setting or setting_of(frame)
    kind = find_measure(measure)
    year = int(frame["year"].max()) if year is None else year  # type: ignore[arg-type]
    rows = _rows(frame, country, year, kind, sex, setting)
    styles = reading_order(setting, {row["label"] for row in rows})
    return Picture(
        _chart(styles, kind, width),
        _caption(rows, country, year, kind, sex, setting),
        width,
        {"bars": rows},
    )


def _rows(
    frame: pl.DataFrame, country: str, year: int, measure: Measure, sex: str, setting: Setting
) -> Rows:
    """Rows with label, value, bar (null where the data only bound), low and high."""
    chosen = estimates(choose(frame, country=country, year=year, sex=sex), measure)
    rows: Rows = []
    for row in chosen.filter(pl.col("value").is_not_null()).iter_rows(named=True):
        style = setting.style(row["class"])
        bar = None if style.bounds else row["value"]
        rows.append(
            {"label": style.label, "value": row["value"], "bar": bar}
            | {"low": row["low"], "high": row["high"], "shown": 0 if style.bounds else 1}
        )
    return rows


@lru_cache(maxsize=32)
def _chart(styles: tuple[ClassStyle, ...], measure: Measure, width: int) -> Any:
    """Bars, intervals as rules, and the numbers in columns beside them."""
    room = 120 if width <= NARROW else 180
    plot = width - room - number_room(width) - 20
    base = with_texts(alt.Chart(named("bars")), measure)
    y = alt.Y(
        "label:N",
        sort=[style.label for style in styles],
        title=None,
        axis=alt.Axis(labelLimit=room, labelColor=INK),
    )
    axis = value_axis(measure, title=measure.axis, grid=True, tickCount=max(2, plot // 110))
    tooltip = estimate_tooltip(alt.Tooltip("label:N", title="Class"))
    bar = base.mark_bar(height=15, opacity=0.85).encode(
        y=y, x=alt.X("bar:Q", axis=axis), color=class_colour(styles), tooltip=tooltip
    )
    rule = base.mark_rule(strokeWidth=1.6, color=MUTED).encode(
        y=y, x=alt.X("low:Q", axis=axis), x2="high:Q", tooltip=tooltip
    )
    numbers = number_columns(base, y, plot, width)
    return alt.layer(bar, rule, *numbers).properties(width=plot, height=len(styles) * 27)


def _caption(
    rows: Rows, country: str, year: int, measure: Measure, sex: str, setting: Setting
) -> Caption:
    """Title, definition and a description with all sizes."""
    sizes = [
        f"{row['label']} "
        + size_text(measure, row["value"], row["low"], row["high"], bounds=not row["shown"])
        for row in rows
    ]
    bounds = bounds_words(rows, "line without a bar")
    return Caption(
        title=f"Classes: {setting.place(country)}{whom(sex)}, {year}",
        subtitle=f"{measure.axis}; bar: central estimate, line: 5–95 %{bounds}; "
        f"theory “{setting.theory}”",
        footnote=setting.footnote(),
        description=f"Class sizes in {setting.place_in_sentence(country)}{whom(sex)}, {year}, "
        f"{measure.axis}: {'; '.join(sizes)}.",
    )
