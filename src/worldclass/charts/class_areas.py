"""Stacked areas: the classes of one place through the years."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.labels import spread
from worldclass.charts.marks import (
    class_colour,
    estimate_tooltip,
    named,
    title_above,
    value_axis,
    with_texts,
    year_axis,
)
from worldclass.charts.measures import Measure, choose, estimates, find_measure
from worldclass.charts.palette import NEUTRAL_CLASSES, ClassStyle
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import Setting, setting_of, whom
from worldclass.charts.sizes import estimate_text
from worldclass.charts.theme import BORDER, INK, NARROW

PALE = 0.4
"""Opacity of the area of a class that the data only bound."""
LABEL_GAP = 15
"""Pixels from one direct label to the next."""


def class_areas(
    frame: pl.DataFrame,
    *,
    country: str = "WORLD",
    measure: str = "share_adults",
    sex: str = "total",
    setting: Setting | None = None,
    width: int = 760,
    height: int = 380,
) -> Picture:
    """Draw the sizes of all classes of one place, stacked, year by year.

    Parameters
    ----------
    frame
        Atlas frame of one theory with at least two years of the place.
    country
        ISO3 code or aggregate.
    measure
        `persons`, `share_population`, `share_adults` or `share_workforce`.
    sex
        `total`, `female` or `male`.
    setting
        Names, colours and source; by default made from the frame.
    width, height
        Pixels.

    Raises
    ------
    UsageError
        When the place, sex or measure is not in the frame.
    """
    setting = setting or setting_of(frame)
    kind = find_measure(measure)
    rows = area_rows(frame, country, kind, sex, setting)
    styles = stacking(setting, {row["label"] for row in rows})
    chart = _chart(styles, kind, width, height)
    data = {"areas": rows, "area_labels": label_rows(rows, styles, kind, height)}
    return Picture(chart, _caption(rows, country, kind, sex, setting), width, data)


def stacking(setting: Setting, drawn: set[str]) -> tuple[ClassStyle, ...]:
    """Classes from bottom to top, neutral ones above all.

    The theory's order is read upwards, so that a legend reads as the file does; a ladder starts
    with its lowest rung.
    """
    styles = reading_order(setting, drawn)
    neutral = [style for style in styles if style.id in NEUTRAL_CLASSES]
    named = [style for style in styles if style not in neutral]
    return (*(named if setting.ordered else reversed(named)), *neutral)


def reading_order(setting: Setting, drawn: set[str]) -> tuple[ClassStyle, ...]:
    """Classes as a reader meets them: the theory's order, neutral ones at the end."""
    styles = [style for style in setting.styles if style.label in drawn]
    return tuple(sorted(styles, key=lambda style: style.id in NEUTRAL_CLASSES))


def area_rows(
    frame: pl.DataFrame, country: str, measure: Measure, sex: str, setting: Setting
) -> Rows:
    """Rows with year, label, rank (0 at the bottom), value, low, high and shown.

    `shown` is 0 for a class that the data only bound: its value is one reading of the bounds,
    which fills its place between the others.
    """
    chosen = estimates(choose(frame, country=country, sex=sex), measure)
    chosen = chosen.filter(pl.col("value").is_not_null()).sort("year")
    labels = {name: setting.style(name).label for name in chosen["class"].unique()}
    order = [style.label for style in stacking(setting, set(labels.values()))]
    columns = chosen.select("year", "class", "value", "low", "high")
    return [
        {
            "year": row["year"],
            "label": labels[row["class"]],
            "rank": order.index(labels[row["class"]]) if labels[row["class"]] in order else 99,
            "value": row["value"],
            "low": row["low"],
            "high": row["high"],
            "shown": 0 if setting.style(row["class"]).bounds else 1,
        }
        for row in columns.iter_rows(named=True)
    ]


def label_rows(rows: Rows, styles: tuple[ClassStyle, ...], measure: Measure, height: int) -> Rows:
    """Direct labels at the last year: text and height, in pixels from the top.

    Middles of the areas, moved apart by `labels.spread`.
    """
    last = max(row["year"] for row in rows)
    ends = {row["label"]: row for row in rows if row["year"] == last}
    sizes = {label: row["value"] for label, row in ends.items()}
    top = 1.0 if measure.is_share else max(_totals(rows).values())
    none = {"value": 0.0, "shown": 1}
    middles: list[float] = []
    base = 0.0
    for style in styles:
        size = sizes.get(style.label, 0.0)
        middles.append((base + size / 2) / top * height)
        base += size
    places = spread(middles, LABEL_GAP, 2, height - 2)
    return [
        {
            "label": shortened(style.label),
            "number": estimate_text(measure, ends.get(style.label, none)),
            "top": round(height - place, 1),
        }
        for style, place in zip(styles, places, strict=True)
    ]


def shortened(label: str, characters: int = 28) -> str:
    """Cut a label that would take the room of the picture."""
    return label if len(label) <= characters else label[: characters - 1].rstrip() + "…"


def _totals(rows: Rows) -> dict[int, float]:
    """Sum over classes by year."""
    totals: dict[int, float] = {}
    for row in rows:
        totals[row["year"]] = totals.get(row["year"], 0.0) + row["value"]
    return totals


@lru_cache(maxsize=32)
def _chart(styles: tuple[ClassStyle, ...], measure: Measure, width: int, height: int) -> Any:
    """Areas with direct labels, or with a legend above on a phone."""
    narrow = width <= NARROW
    longest = 7 if narrow else max(len(shortened(style.label)) for style in styles) + 7
    plot = int(width - 62 - longest * (6.1 if narrow else 6.6))
    legend = alt.Legend(orient="top", columns=2, title=None, offset=20) if narrow else None
    top = alt.Scale(nice=False, domain=[0, 1]) if measure.is_share else alt.Scale(nice=False)
    areas = with_texts(alt.Chart(named("areas")), measure).mark_area(
        stroke=BORDER, strokeWidth=0.8, strokeJoin="round"
    )
    areas = areas.encode(
        x=alt.X("year:Q", axis=year_axis(plot), scale=alt.Scale(nice=False)),
        y=alt.Y(
            "value:Q",
            stack="zero",
            axis=value_axis(measure, tickCount=5, **title_above(measure.axis)),
            scale=top,
        ),
        color=class_colour(styles, legend=legend),
        opacity=alt.condition("datum.shown === 0", alt.value(PALE), alt.value(1)),
        order=alt.Order("rank:Q"),
        tooltip=estimate_tooltip(
            alt.Tooltip("label:N", title="Class"), alt.Tooltip("year:Q", title="Year", format="d")
        ),
    )
    text = "datum.number" if narrow else "datum.label + '  ' + datum.number"
    labels = (
        alt.Chart(named("area_labels"))
        .transform_calculate(text=text)
        .mark_text(align="left", baseline="middle", clip=False, color=INK)
        .encode(x=alt.value(plot + 8), y=alt.Y("top:Q", scale=None, axis=None), text="text:N")
    )
    return (
        alt.layer(areas, labels)
        .resolve_scale(y="independent")
        .properties(width=plot, height=height)
    )


def _caption(rows: Rows, country: str, measure: Measure, sex: str, setting: Setting) -> Caption:
    """Title, definition and a description with the first and last sizes."""
    first, last = min(row["year"] for row in rows), max(row["year"] for row in rows)
    none = {"value": None, "shown": 1}
    found = {(row["year"], row["label"]): row for row in rows}
    changes = [
        f"{label} {estimate_text(measure, found.get((first, label), none))} in {first}, "
        f"{estimate_text(measure, row)} in {last}"
        for (year, label), row in found.items()
        if year == last
    ]
    where = setting.place(country)
    bounds = "; pale: bounds, drawn at one reading of them, for the data hold no estimate"
    bounds = "" if all(row["shown"] for row in rows) else bounds
    return Caption(
        title=f"Classes through time: {where}{whom(sex)}, {first}–{last}",
        subtitle=f"Classes of the theory “{setting.theory}”, {measure.axis}{bounds}",
        footnote=setting.footnote(),
        description=f"Stacked areas of class sizes in {setting.place_in_sentence(country)}"
        f"{whom(sex)}, {measure.axis}: {'; '.join(changes)}.",
    )
