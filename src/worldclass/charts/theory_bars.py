"""Classes side by side, with intervals: one panel a theory of one place, or a place of a theory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.class_areas import reading_order
from worldclass.charts.marks import estimate_tooltip, named, value_axis, with_texts
from worldclass.charts.measures import Measure, choose, estimates, find_measure
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.setting import Setting, setting_of, whom
from worldclass.charts.sizes import bounds_words, estimate_text
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
    chart = bars_chart(kind, width, slots=_slots(rows))
    setting = next(iter(settings.values()))
    caption = _caption(rows, setting, country, year, kind, sex)
    return Picture(chart, caption, width, {"theories": rows})


def place_bars(
    frame: pl.DataFrame,
    *,
    places: Sequence[str],
    year: int | None = None,
    measure: str = "share_adults",
    sex: str = "total",
    setting: Setting | None = None,
    width: int = 760,
) -> Picture:
    """Draw the classes of one theory in several places, one panel a place.

    Parameters
    ----------
    frame
        Atlas frame of one theory.
    places
        Codes of countries or aggregates, in the order of the panels.
    year, measure, sex, setting, width
        As in `class_bars`.

    Raises
    ------
    UsageError
        When a place, the year, sex or measure is not in the frame.
    """
    setting = setting or setting_of(frame)
    kind = find_measure(measure)
    year = int(frame["year"].max()) if year is None else year  # type: ignore[arg-type]
    rows: Rows = []
    for order, code in enumerate(places):
        own = theory_rows(frame, setting, code, year, kind, sex)
        rows += [row | {"place": order, "theory": setting.place(code)} for row in own]
    caption = _place_caption(rows, setting, year, kind, sex)
    chart = bars_chart(kind, width, "Place", _slots(rows))
    return Picture(chart, caption, width, {"theories": rows})


def _slots(rows: Rows) -> int:
    """Bars of the longest list."""
    return max(row["slot"] for row in rows) + 1


def theory_rows(
    frame: pl.DataFrame, setting: Setting, country: str, year: int, measure: Measure, sex: str
) -> Rows:
    """Rows with theory, label, colour, slot, value, bar (null where only bounded), low, high and
    shown (0 where only bounded)."""
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
            "shown": 0 if style.bounds else 1,
        }
        | {name: found[style.id][name] for name in ("value", "low", "high")}
        for slot, style in enumerate(styles)
    ]


@lru_cache(maxsize=16)
def bars_chart(measure: Measure, width: int, panel: str = "Theory", slots: int = 8) -> Any:
    """Panels by the field `theory`, in the order of the field `place`, with room for `slots` bars.

    `panel` says in tooltips what the field `theory` holds.

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
        alt.Tooltip("theory:N", title=panel), alt.Tooltip("label:N", title="Class")
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
        marks.properties(width=plot, height=slots * 19)
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
    bounds = bounds_words(rows, "line without a bar")
    return Caption(
        title=f"Theories side by side: {setting.place(country)}{whom(sex)}, {year}",
        subtitle=f"{measure.axis}; bar: central estimate, line: 5–95 %{bounds}",
        footnote=setting.footnote(),
        description=f"One panel a theory, {measure.axis}. Largest class by "
        f"{_largest(rows, measure)}.",
    )


def _place_caption(rows: Rows, setting: Setting, year: int, measure: Measure, sex: str) -> Caption:
    """Title, definition and a description with the largest class of each place."""
    places = list(dict.fromkeys(row["theory"] for row in rows))
    bounds = bounds_words(rows, "line without a bar")
    return Caption(
        title=f"Classes: {', '.join(places)}{whom(sex)}, {year}",
        subtitle=f"{measure.axis}; bar: central estimate, line: 5–95 %{bounds}; "
        f"theory “{setting.theory}”",
        footnote=setting.footnote(),
        description=f"One panel a place, {measure.axis}. Largest class in "
        f"{_largest(rows, measure)}.",
    )


def _largest(rows: Rows, measure: Measure) -> str:
    """Of each panel its largest class, if possible none that the data only bound."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        before = found.get(row["theory"])
        if before is None or (row["shown"], row["value"]) > (before["shown"], before["value"]):
            found[row["theory"]] = row
    return "; ".join(
        f"{name}: {row['label']} {estimate_text(measure, row)}" for name, row in found.items()
    )
