"""Simulated runs over time: the median of all runs as a line, 5–95 % of them as a band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.labels import spread
from worldclass.charts.marks import named, title_above
from worldclass.charts.numbers import significant
from worldclass.charts.palette import class_styles
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.theme import MUTED, NARROW
from worldclass.core.errors import UsageError

COLUMNS = ("run", "time", "group", "quantity", "value")
MOST_TIMES = 1500
"""Points a line; longer series are thinned evenly."""
LABEL_GAP = 14


@dataclass(frozen=True)
class Panel:
    """One quantity of a picture.

    Parameters
    ----------
    quantity
        Its name in the table.
    axis
        Words of the vertical axis, with the unit.
    groups
        Groups to draw, in order; empty for all in the table.
    labels
        Words for groups; a missing one is made from the id.
    share
        Whether values are shares, written as per cent.
    logarithmic
        Whether the axis is; values that are not positive are then left out.
    """

    quantity: str
    axis: str
    groups: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    share: bool = False
    logarithmic: bool = False


def ensemble_fan(
    table: pl.DataFrame,
    panels: Sequence[Panel],
    *,
    title: str,
    time: str,
    subtitle: str = "",
    footnote: str = "",
    marks: Sequence[tuple[float, str]] = (),
    width: int = 760,
    height: int = 0,
) -> Picture:
    """Draw one panel a quantity, one line a group, over the time of the simulation.

    Parameters
    ----------
    table
        Columns `run, time, group, quantity, value`; one or several runs.
    panels
        What to draw, from top to bottom.
    title, subtitle, footnote
        Words around the picture; what line and band are is said in any case.
    time
        Words of the horizontal axis, with the unit.
    marks
        Times of interventions and their words, drawn as dashed lines.
    width, height
        Pixels; by default 300 for one panel and 170 for each of several.

    Raises
    ------
    UsageError
        The table lacks a column, or holds nothing of a panel.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {list(COLUMNS)}.")
    tall = height or (300 if len(panels) == 1 else 170)
    first, last = (float(table["time"].min() or 0), float(table["time"].max() or 0))  # type: ignore[arg-type]
    runs = table["run"].n_unique()
    data: dict[str, Any] = {"marks": [{"time": at, "label": words} for at, words in marks]}
    drawn: list[Any] = []
    told: list[str] = []
    short = 0
    for place, panel in enumerate(panels):
        rows, ended = _rows(table, panel)
        short = max(short, ended)
        shown = place == len(panels) - 1
        name = f"panel{place}"
        chart, labels = _panel(rows, panel, name, (first, last), time if shown else "", tall, width)
        data |= {name: rows, f"{name}_labels": labels}
        drawn.append(chart)
        told.append(_told(rows, panel))
    whole = drawn[0] if len(drawn) == 1 else alt.vconcat(*drawn, spacing=34)
    what = "One run" if runs == 1 else f"Line: median of {runs} runs; band: 5–95 % of them"
    if short:
        what += f"; {short} ended early, and count only until then"
    words = f"{subtitle}\n{what}" if subtitle else what
    caption = Caption(title, words, footnote, f"{title}. {' '.join(told)}")
    return Picture(whole, caption, width, data)


def _rows(table: pl.DataFrame, panel: Panel) -> tuple[Rows, int]:
    """Median and band of each group at each time; and how many runs ended early."""
    found = table.filter(pl.col("quantity") == panel.quantity)
    groups = panel.groups or tuple(found["group"].unique(maintain_order=True))
    found = found.filter(pl.col("group").is_in(groups))
    if panel.logarithmic:
        found = found.filter(pl.col("value") > 0)
    if found.is_empty():
        raise UsageError(
            f"The table holds nothing of '{panel.quantity}'.",
            remedy=f"It holds {', '.join(table['quantity'].unique(maintain_order=True))}.",
        )
    ends = found.group_by("run").agg(pl.col("time").max())["time"]
    times = found["time"].unique().sort()
    every = -(-times.len() // MOST_TIMES)
    kept = times.gather_every(every).implode()
    value = pl.col("value")
    several = found["run"].n_unique() > 1
    rows = (
        found.filter(pl.col("time").is_in(kept))
        .group_by("group", "time")
        .agg(
            value.median().alias("value"),
            value.quantile(0.05).alias("low") if several else pl.lit(None).alias("low"),
            value.quantile(0.95).alias("high") if several else pl.lit(None).alias("high"),
        )
        .sort("group", "time")
    )
    words = dict(panel.labels)
    labels = {name: words.get(name) or name.replace("-", " ").capitalize() for name in groups}
    labelled = rows.with_columns(pl.col("group").replace_strict(labels).alias("label"))
    return labelled.drop("group").to_dicts(), int((ends < ends.max()).sum())


def _panel(
    rows: Rows,
    panel: Panel,
    name: str,
    ends: tuple[float, float],
    time: str,
    height: int,
    width: int,
) -> tuple[Any, Rows]:
    """Bands and lines of one quantity, with their names at the right."""
    labels = list(dict.fromkeys(row["label"] for row in rows))
    ids = panel.groups or tuple(label.lower().replace(" ", "-") for label in labels)
    words = dict(panel.labels)
    order = [words.get(one) or one.replace("-", " ").capitalize() for one in ids]
    colours = {
        label: style.colour for label, style in zip(order, class_styles(list(ids)), strict=True)
    }
    labels = [label for label in order if label in labels]
    narrow, several = width <= NARROW, len(labels) > 1
    room = 0 if narrow or not several else int(14 + 6.6 * max(map(len, labels)))
    plot = width - 76 - room
    low, high = _domain(rows, panel)
    scale: Any = alt.Scale(
        domain=[low, high], type="log" if panel.logarithmic else "linear", nice=False, clamp=True
    )
    axis = title_above(panel.axis)
    percent = "format(100 * datum.value, '~r') + ' %'"
    options: dict[str, Any] = {"labelExpr": percent} if panel.share else {"format": "~s"}
    y_axis = alt.Axis(tickCount=4 if height < 200 else 6, **axis, **options)
    colour = alt.Color(
        "label:N",
        scale=alt.Scale(domain=labels, range=[colours[label] for label in labels]),
        legend=alt.Legend(orient="top", title=None) if narrow and several else None,
    )
    x = alt.X(
        "time:Q",
        scale=alt.Scale(domain=list(ends), nice=False),
        axis=alt.Axis(title=time or None, grid=False, tickCount=max(3, plot // 90)),
    )
    base = alt.Chart(named(name))
    tooltip = [
        alt.Tooltip("label:N", title="Group"),
        alt.Tooltip("time:Q", title="Time", format=".4~r"),
        alt.Tooltip("value:Q", title=panel.axis, format=".3~r"),
    ]
    band = base.mark_area(opacity=0.2).encode(
        x=x, y=alt.Y("low:Q", axis=y_axis, scale=scale), y2="high:Q", color=colour
    )
    line = base.mark_line(strokeWidth=1.8, clip=True).encode(
        x=x, y=alt.Y("value:Q", axis=y_axis, scale=scale), color=colour, tooltip=tooltip
    )
    rule = alt.Chart(named("marks")).mark_rule(strokeDash=[4, 4], color=MUTED)
    text = alt.Chart(named("marks")).mark_text(
        align="left", dx=4, baseline="top", color=MUTED, fontSize=10
    )
    layers = [
        *([band] if rows[0]["low"] is not None else []),
        line,
        rule.encode(x="time:Q"),
        text.encode(x="time:Q", y=alt.value(2), text="label:N"),
    ]
    main: Any = alt.layer(*layers)
    places = _labels(rows, labels, (low, high), panel.logarithmic, height) if room else []
    if not room:
        return main.properties(width=plot, height=height), places
    names = (
        alt.Chart(named(f"{name}_labels"))
        .mark_text(align="left", baseline="middle")
        .encode(
            x=alt.value(plot + 8),
            y=alt.Y("top:Q", scale=None, axis=None),
            text="label:N",
            color=colour,
        )
    )
    layered: Any = alt.layer(main, names).resolve_scale(y="independent")
    return layered.properties(width=plot, height=height), places


def _domain(rows: Rows, panel: Panel) -> tuple[float, float]:
    """Ends of the vertical axis: from zero, unless values are negative or the axis logarithmic."""
    found = [row[key] for row in rows for key in ("value", "low", "high") if row[key] is not None]
    low, high = min(found), max(found)
    if panel.logarithmic:
        return low / 1.2, high * 1.2
    low = min(low, 0.0)
    return low, high + 0.04 * (high - low or 1.0)


def _labels(
    rows: Rows, labels: list[str], ends: tuple[float, float], logarithmic: bool, height: int
) -> Rows:
    """Names at the right end of the lines, in pixels from the top."""
    import math

    low, high = (math.log(end) for end in ends) if logarithmic else ends
    wanted: list[tuple[float, str]] = []
    for label in labels:
        # The mean of the last tenth: a spike at the very end should not move the name.
        own = [row["value"] for row in rows if row["label"] == label]
        tail = own[-max(1, len(own) // 10) :]
        level = sum(tail) / len(tail)
        at = (math.log(level) if logarithmic else level) - low
        wanted.append((height * (1 - at / (high - low)), label))
    wanted.sort()
    places = spread([place for place, _ in wanted], LABEL_GAP, 4, height)
    return [
        {"label": label, "top": round(place, 1)}
        for (_, label), place in zip(wanted, places, strict=True)
    ]


def _told(rows: Rows, panel: Panel) -> str:
    """First and last value of each group in words."""
    parts: list[str] = []
    for label in dict.fromkeys(row["label"] for row in rows):
        own = [row for row in rows if row["label"] == label]
        start, end = (significant(own[place]["value"], 3) for place in (0, -1))
        parts.append(f"{label} from {start} to {end}")
    return f"{panel.axis}: {', '.join(parts)}."
