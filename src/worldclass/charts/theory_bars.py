"""Theories side by side: the classes of one place and year, one panel a theory, with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.class_areas import reading_order
from worldclass.charts.marks import estimate_tooltip, named, value_axis, with_texts
from worldclass.charts.measures import Measure, choose, estimates, find_measure
from worldclass.charts.numbers import persons_text, share_text
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import Setting
from worldclass.charts.theme import MUTED, NARROW


def theory_bars(
    frames: Mapping[str, pl.DataFrame],
    settings: Mapping[str, Setting],
    *,
    country: str = "WORLD",
    year: int,
    measure: str = "share_adults",
    sex: str = "total",
    width: int = 760,
) -> Picture:
    """Draw the classes of several theories in one place and year.

    A class that the data only bound has its interval but no bar. All panels have one scale.

    Parameters
    ----------
    frames, settings
        Atlas frame and names by theory, in the order of the panels.
    country, year, measure, sex, width
        As in `class_bars`.

    Raises
    ------
    UsageError
        When the place, year, sex or measure is not in a frame.
    """
    kind = find_measure(measure)
    rows: Rows = []
    for place, (name, frame) in enumerate(frames.items()):
        own = theory_rows(frame, settings[name], country, year, kind, sex)
        rows += [row | {"place": place} for row in own]
    chart = bars_chart(kind, width)
    setting = next(iter(settings.values()))
    caption = _caption(rows, setting, country, year, kind, sex)
    return Picture(chart, caption, width, {"theories": rows})


def theory_rows(
    frame: pl.DataFrame, setting: Setting, country: str, year: int, measure: Measure, sex: str
) -> Rows:
    """Rows with theory, label, colour, slot, value, bar (null where only bounded), low and high."""
    chosen = estimates(choose(frame, country=country, year=year, sex=sex), measure)
    found = {row["class"]: row for row in chosen.to_dicts() if row["value"] is not None}
    styles = reading_order(setting, {setting.style(name).label for name in found})
    return [
        {
            "theory": setting.theory,
            "label": style.label,
            "colour": style.colour,
            "slot": slot,
            "bar": None if style.bounds else found[style.id]["value"],
        }
        | {name: found[style.id][name] for name in ("value", "low", "high")}
        for slot, style in enumerate(styles)
    ]


@lru_cache(maxsize=16)
def bars_chart(measure: Measure, width: int) -> Any:
    """Panels by the field `theory`, in the order of the field `place`.

    Bars stand at `slot`, counted from above; their names are texts, for an axis would need a
    scale of its own for each panel.
    """
    columns, room = (1, 140) if width <= NARROW else (2, 190)
    plot = width // columns - room - (60 if columns == 1 else 70)
    header = alt.Header(labelLimit=plot + 60) if columns == 1 else alt.Header()
    base = alt.Chart()
    y = alt.Y("slot:O", axis=None, scale=alt.Scale(paddingOuter=0.1))
    axis = value_axis(measure, title=None, grid=True, tickCount=2 if columns == 1 else 3)
    tooltip = estimate_tooltip(
        alt.Tooltip("theory:N", title="Theory"), alt.Tooltip("label:N", title="Class")
    )
    bar = base.mark_bar(height=13, opacity=0.85).encode(
        y=y,
        x=alt.X("bar:Q", axis=axis),
        color=alt.Color("colour:N", scale=None),
        tooltip=tooltip,
    )
    rule = base.mark_rule(strokeWidth=1.6, color=MUTED).encode(
        y=y, x=alt.X("low:Q", axis=axis), x2="high:Q", tooltip=tooltip
    )
    name = base.mark_text(align="right", dx=-6, limit=room - 8, clip=False)
    name = name.encode(y=y, x=alt.value(0), text="label:N")
    text = base.mark_text(align="left", dx=5).encode(
        y=y, x=alt.X("end:Q", axis=axis), text="words:N"
    )
    marks = with_texts(alt.layer(bar, rule, name, text), measure).transform_calculate(
        words="datum.bar == null ? datum.interval : datum.estimate",
        end="datum.high == null ? datum.value : max(datum.value, datum.high)",
    )
    return (
        marks.properties(width=plot, height=8 * 19)
        .facet(
            alt.Facet(
                "theory:N",
                sort=alt.EncodingSortField("place", op="min"),
                title=None,
                header=header,
            ),
            data=named("theories"),
            columns=columns,
            spacing={"row": 54, "column": room + 50},
            bounds="flush",
        )
        .resolve_axis(x="independent")
    )


def _caption(
    rows: Rows, setting: Setting, country: str, year: int, measure: Measure, sex: str
) -> Caption:
    """Title, definition and a description with the largest class of each theory."""
    whom = {"female": ", women", "male": ", men"}.get(sex, "")
    write = share_text if measure.is_share else persons_text
    largest: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["value"] > largest.get(row["theory"], {"value": -1.0})["value"]:
            largest[row["theory"]] = row
    words = "; ".join(f"{name}: {r['label']} {write(r['value'])}" for name, r in largest.items())
    return Caption(
        title=f"Theories side by side: {setting.place(country)}{whom}, {year}",
        subtitle=f"{measure.axis}; bar: central estimate, line: 5–95 %",
        footnote=setting.footnote(),
        description=f"One panel a theory, {measure.axis}. Largest class by {words}.",
    )
