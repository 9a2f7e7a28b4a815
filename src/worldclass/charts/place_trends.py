"""Lines with intervals: one class through the years in several places, one panel or many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.class_areas import LABEL_GAP, reading_order
from worldclass.charts.labels import spread
from worldclass.charts.marks import estimate_tooltip, named, value_axis, with_texts, year_axis
from worldclass.charts.measures import Measure, choose, estimates, find_measure
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import Setting, setting_of, whom
from worldclass.charts.sizes import bounds_words, estimate_text, last_sizes
from worldclass.charts.theme import NARROW

MOST_LINES = len(LIGHT)
"""Lines of one panel: as many as there are hues."""


def place_trends(
    frame: pl.DataFrame,
    class_id: str,
    *,
    places: Sequence[str],
    measure: str = "share_adults",
    sex: str = "total",
    setting: Setting | None = None,
    width: int = 760,
    height: int = 260,
) -> Picture:
    """Draw one class in several places: central estimate as a line, 5–95 % interval as a band.

    A class that the data only bound is drawn as bands without lines.

    Parameters
    ----------
    frame
        Atlas frame of one theory with at least two years of the places.
    class_id
        The class.
    places
        Codes of at most eight countries or aggregates, which take the hues in this order.
    measure, sex, setting, width, height
        As in `class_areas`.

    Raises
    ------
    UsageError
        When the class, a place, the sex or the measure is not in the frame.
    """
    setting = setting or setting_of(frame)
    kind = find_measure(measure)
    rows = trend_rows(frame, class_id, places, kind, sex, setting)
    labels = end_labels(rows, kind, height)
    chart = trends_chart(kind, width, height, 1)
    caption = _caption(rows, class_id, kind, sex, setting)
    return Picture(chart, caption, width, {"lines": [*rows, *labels]})


def class_place_trends(
    frame: pl.DataFrame,
    *,
    places: Sequence[str],
    measure: str = "share_adults",
    sex: str = "total",
    setting: Setting | None = None,
    width: int = 760,
    height: int = 130,
) -> Picture:
    """Draw every class of a theory in several places: one panel a class, one line a place.

    Parameters
    ----------
    frame, places, measure, sex, setting, width
        As in `place_trends`.
    height
        Pixels of each panel.

    Raises
    ------
    UsageError
        When a place, the sex or the measure is not in the frame.
    """
    setting = setting or setting_of(frame)
    kind = find_measure(measure)
    drawn = {setting.style(name).label for name in frame["class"].unique()}
    rows: Rows = []
    for order, style in enumerate(reading_order(setting, drawn)):
        own = trend_rows(frame, style.id, places, kind, sex, setting)
        rows += [row | {"place": order} for row in [*own, *end_labels(own, kind, height)]]
    chart = trends_chart(kind, width, height, 1 if width <= NARROW else 2)
    caption = _classes_caption(rows, kind, sex, setting)
    return Picture(chart, caption, width, {"lines": rows})


def trend_rows(
    frame: pl.DataFrame,
    class_id: str,
    places: Sequence[str],
    measure: Measure,
    sex: str,
    setting: Setting,
) -> Rows:
    """Rows with panel and its place, line (name), hue, year, value, low, high, shown."""
    style = setting.style(class_id)
    rows: Rows = []
    for hue, code in enumerate(places[:MOST_LINES]):
        chosen = estimates(choose(frame, class_id=class_id, country=code, sex=sex), measure)
        for row in chosen.filter(pl.col("value").is_not_null()).sort("year").to_dicts():
            rows.append(
                {"panel": style.label, "place": 0, "line": setting.place(code), "hue": hue}
                | {name: row[name] for name in ("year", "value", "low", "high")}
                | {"shown": 0 if style.bounds else 1}
            )
    return rows


def end_labels(rows: Rows, measure: Measure, height: int) -> Rows:
    """Names beside the ends of one panel's lines: text and pixels from the top, apart."""
    if not rows:
        return []
    top = max(row["high"] if row["high"] is not None else row["value"] for row in rows) or 1.0
    last = max(row["year"] for row in rows)
    ends = sorted((row for row in rows if row["year"] == last), key=_middle)
    heights = [_middle(row) / top * height for row in ends]
    return [
        {name: row[name] for name in ("panel", "place", "line", "hue")}
        | {"top": round(height - place, 1)}
        | {"label": f"{row['line']}  {estimate_text(measure, row)}"}
        for row, place in zip(ends, spread(heights, LABEL_GAP, 4, height - 4), strict=True)
    ]


def _middle(row: dict[str, Any]) -> float:
    """Where a line ends, or halfway up a band that has none."""
    return row["value"] if row["shown"] else (row["low"] + row["high"]) / 2


@lru_cache(maxsize=64)
def trends_chart(measure: Measure, width: int, height: int, columns: int) -> Any:
    """Panels by the field `panel`, ordered by `place`.

    Rows with `label` are names beside the lines, all others are points of lines.

    Vertical scales belong to each panel, for its labels are placed in pixels.
    """
    room = 124 if width > NARROW else 104
    panel = width // columns - room - 52
    points = with_texts(alt.Chart(), measure).transform_filter("!isValid(datum.label)")
    colour = alt.Color(
        "hue:O",
        scale=alt.Scale(domain=list(range(MOST_LINES)), range=list(LIGHT)),
        legend=None,
    )
    x = alt.X("year:Q", axis=year_axis(panel), scale=alt.Scale(nice=False, zero=False))
    axis = value_axis(measure, title=None, tickCount=4, minExtent=40, maxExtent=40)
    scale = alt.Scale(zero=True, nice=False)
    tooltip = estimate_tooltip(
        alt.Tooltip("line:N", title="Place"), alt.Tooltip("year:Q", title="Year", format="d")
    )
    band = points.mark_area(opacity=0.18).encode(
        x=x, y=alt.Y("low:Q", axis=axis, scale=scale), y2="high:Q", color=colour, tooltip=tooltip
    )
    shown = alt.Opacity("shown:Q", scale=None, legend=None)
    line = points.mark_line(strokeWidth=2.2, point={"size": 14}).encode(
        x=x, y=alt.Y("value:Q", axis=axis), color=colour, opacity=shown, tooltip=tooltip
    )
    # Names in ink, which is readable in every colour, after a dot in the line's.
    ends = alt.Chart().transform_filter("isValid(datum.label)")
    top = alt.Y("top:Q", scale=None, axis=None)
    dots = ends.mark_circle(size=34, opacity=1, clip=False)
    dots = dots.encode(x=alt.value(panel + 8), y=top, color=colour)
    names = ends.mark_text(align="left", baseline="middle", clip=False, limit=room)
    names = names.encode(x=alt.value(panel + 15), y=top, text="label:N")
    layers = alt.layer(alt.layer(band, line), dots, names).resolve_scale(y="independent")
    return (
        layers.properties(width=panel, height=height)
        .facet(
            alt.Facet("panel:N", sort=alt.EncodingSortField("place", op="min"), title=None),
            data=named("lines"),
            columns=columns,
            spacing={"row": 56, "column": room + 44},
            bounds="flush",
        )
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )


def _classes_caption(rows: Rows, measure: Measure, sex: str, setting: Setting) -> Caption:
    """Title, definition and a description with the last sizes of every class."""
    points = [row for row in rows if "label" not in row]
    first, last = min(row["year"] for row in points), max(row["year"] for row in points)
    places = list(dict.fromkeys(row["line"] for row in points))
    panels = [
        [row for row in points if row["panel"] == name]
        for name in dict.fromkeys(row["panel"] for row in points)
    ]
    told = [f"{own[0]['panel']}: {last_sizes(own, measure, 'line')}" for own in panels]
    return Caption(
        title=f"Classes through time: {', '.join(places)}{whom(sex)}, {first}–{last}",
        subtitle=f"{measure.axis}; line: central estimate, band: 5–95 %"
        f"{bounds_words(points, 'band without a line')}; every panel has its own scale; "
        f"theory “{setting.theory}”",
        footnote=setting.footnote(),
        description=f"One panel a class, one line a place, {first} to {last}. {' '.join(told)}",
    )


def _caption(rows: Rows, class_id: str, measure: Measure, sex: str, setting: Setting) -> Caption:
    """Title, definition and a description with the last sizes and intervals."""
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    label = setting.style(class_id).label
    drawn = "line: central estimate, band: 5–95 %"
    if setting.style(class_id).bounds:
        drawn = "band: bounds, for the data hold no estimate of this class"
    return Caption(
        title=f"{label} through time{whom(sex)}, {first}–{last}",
        subtitle=f"{measure.axis}; {drawn}; theory “{setting.theory}”",
        footnote=setting.footnote(),
        description=f"Lines by place, {first} to {last}. {last_sizes(rows, measure, 'line')}",
    )
