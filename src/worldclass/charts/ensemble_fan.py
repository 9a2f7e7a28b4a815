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
MOST_TIMES, MOST_TIMES_OF_MANY = 1500, 250
"""Points a line, of one run and of several; longer series are drawn as means over bins."""
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
    view
        Ends of the axis; lines beyond are cut off. Null to fit the values.
    """

    quantity: str
    axis: str
    groups: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    share: bool = False
    logarithmic: bool = False
    view: tuple[float, float] | None = None


def mark_rows(marks: Sequence[tuple[float, str]]) -> Rows:
    """Rows of the data `marks`, from times and words."""
    return [{"time": at, "label": words} for at, words in marks]


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
    data: dict[str, Any] = {"marks": mark_rows(marks)}
    drawn: list[Any] = []
    told: list[str] = []
    found = [_rows(table, panel) for panel in panels]
    room = max(_room(rows, width) for rows, _, _ in found)
    for place, (panel, (rows, _, _)) in enumerate(zip(panels, found, strict=True)):
        name, last_one = f"panel{place}", place == len(panels) - 1
        frame = _Frame(name, first, last, time if last_one else "", tall, width, room, place == 0)
        chart, labels = _panel(rows, panel, frame)
        data |= {name: rows, f"{name}_labels": labels}
        drawn.append(chart)
        told.append(_told(rows, panel))
    whole = drawn[0]
    if len(drawn) > 1:  # a shared scale would give the groups of a panel the hues of the first
        stacked: Any = alt.vconcat(*drawn, spacing=58, bounds="flush")
        whole = stacked.resolve_scale(color="independent")
    what = _what(runs, max(one[1] for one in found), max(one[2] for one in found), panels, found)
    words = f"{subtitle}\n{what}" if subtitle else what
    caption = Caption(title, words, footnote, f"{title}. {' '.join(told)}")
    return Picture(whole, caption, width, data)


def _what(
    runs: int, short: int, bin_size: int, panels: Sequence[Panel], found: Sequence[Any]
) -> str:
    """What line and band are, in words."""
    what = "One run" if runs == 1 else f"Line: median of {runs} runs; band: 5–95 % of them"
    if bin_size > 1:
        what += f"; each point is a mean over {bin_size} times"
    if short:
        what += f"; {short} ended early: drawn while half of them last"
    cut = [panel for panel, (rows, _, _) in zip(panels, found, strict=True) if _is_cut(rows, panel)]
    return what + ("; values beyond the axis are cut off" if cut else "")


def _is_cut(rows: Rows, panel: Panel) -> bool:
    if panel.view is None:
        return False
    low, high = panel.view
    return any(not low <= row["value"] <= high for row in rows)


def _rows(table: pl.DataFrame, panel: Panel) -> tuple[Rows, int, int]:
    """Median and band of each group over time; how many runs ended early; times in a bin."""
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
    runs = found["run"].n_unique()
    ends = found.group_by("run").agg(pl.col("time").max())["time"]
    times = found["time"].unique().sort()
    size = -(-times.len() // (MOST_TIMES if runs == 1 else MOST_TIMES_OF_MANY))
    bins = pl.DataFrame({"time": times}).with_row_index("bin")
    binned = found.join(bins, on="time").with_columns(pl.col("bin") // size)
    value = pl.col("value")
    means = binned.group_by("group", "run", "bin").agg(value.mean(), pl.col("time").mean())
    rows = (
        means.group_by("group", "bin")
        .agg(
            pl.len().alias("runs"),
            pl.col("time").median(),
            value.median().alias("value"),
            value.quantile(0.05).alias("low") if runs > 1 else pl.lit(None).alias("low"),
            value.quantile(0.95).alias("high") if runs > 1 else pl.lit(None).alias("high"),
        )
        .filter(2 * pl.col("runs") >= runs)
        .sort("group", "time")
    )
    words = dict(panel.labels)
    labels = {name: words.get(name) or name.replace("-", " ").capitalize() for name in groups}
    labelled = rows.with_columns(pl.col("group").replace_strict(labels).alias("label"))
    kept = labelled.select("label", "time", "value", "low", "high").to_dicts()
    return kept, int((ends < ends.max()).sum()), size


@dataclass(frozen=True)
class _Frame:
    """Where a panel stands: its data, ends of time, words below, sizes, and whether it is first."""

    name: str
    start: float
    end: float
    time: str
    height: int
    width: int
    room: int
    first: bool


def _room(rows: Rows, width: int) -> int:
    """Pixels for names at the right: none for a single line or a narrow picture."""
    labels = {row["label"] for row in rows}
    return 0 if width <= NARROW or len(labels) < 2 else int(14 + 6.6 * max(map(len, labels)))


def _panel(rows: Rows, panel: Panel, frame: _Frame) -> tuple[Any, Rows]:
    """Bands and lines of one quantity, with their names at the right."""
    words = dict(panel.labels)
    ids = panel.groups or tuple(dict.fromkeys(row["label"] for row in rows))
    order = [words.get(one) or one.replace("-", " ").capitalize() for one in ids]
    hues = [style.colour for style in class_styles(list(ids))]
    present = {row["label"] for row in rows}
    colours = {label: hue for label, hue in zip(order, hues, strict=True) if label in present}
    labels, several = list(colours), len(colours) > 1
    plot = frame.width - 76 - frame.room
    low, high = panel.view or _domain(rows, panel)
    scale: Any = alt.Scale(
        domain=[low, high], type="log" if panel.logarithmic else "linear", nice=False
    )
    legend = alt.Legend(orient="top", title=None) if several and not frame.room else None
    colour = alt.Color(
        "label:N", scale=alt.Scale(domain=labels, range=list(colours.values())), legend=legend
    )
    main = _layers(rows, panel, frame, scale, colour, plot)
    if not (several and frame.room):
        return main.properties(width=plot, height=frame.height), []
    places = _labels(rows, labels, (low, high), panel.logarithmic, frame.height)
    names = (
        alt.Chart(named(f"{frame.name}_labels"))
        .mark_text(align="left", baseline="middle")
        .encode(
            x=alt.value(plot + 8),
            y=alt.Y("top:Q", scale=None, axis=None),
            text="label:N",
            color=colour,
        )
    )
    layered: Any = alt.layer(main, names).resolve_scale(y="independent")
    return layered.properties(width=plot, height=frame.height), places


def _layers(rows: Rows, panel: Panel, frame: _Frame, scale: Any, colour: Any, plot: int) -> Any:
    """Band, line, and the marks of interventions (named in the first panel)."""
    percent = "format(100 * datum.value, '~r') + ' %'"
    plain = "abs(datum.value) < 10000 ? format(datum.value, '~r') : format(datum.value, '~s')"
    options: dict[str, Any] = {"labelExpr": percent if panel.share else plain}
    y_axis = alt.Axis(
        tickCount=4 if frame.height < 200 else 6, **title_above(panel.axis), **options
    )
    x = alt.X(
        "time:Q",
        scale=alt.Scale(domain=[frame.start, frame.end], nice=False),
        axis=alt.Axis(title=frame.time or None, grid=False, tickCount=max(3, plot // 90)),
    )
    base = alt.Chart(named(frame.name))
    line = base.mark_line(strokeWidth=1.5, clip=True).encode(
        x=x,
        y=alt.Y("value:Q", axis=y_axis, scale=scale),
        color=colour,
        tooltip=[
            alt.Tooltip("label:N", title="Group"),
            alt.Tooltip("time:Q", title="Time", format=".4~r"),
            alt.Tooltip("value:Q", title=panel.axis, format=".3~r"),
        ],
    )
    marks = alt.Chart(named("marks"))
    layers: list[Any] = [
        line,
        marks.mark_rule(strokeDash=[4, 4], color=MUTED).encode(x="time:Q"),
    ]
    if frame.first:
        text = marks.mark_text(align="left", dx=4, baseline="bottom", color=MUTED, fontSize=10)
        layers.append(text.encode(x="time:Q", y=alt.value(-2), text="label:N"))
    if rows[0]["low"] is not None:
        band = base.mark_area(opacity=0.2, clip=True)
        low = alt.Y("low:Q", axis=y_axis, scale=scale)
        layers.insert(0, band.encode(x=x, y=low, y2="high:Q", color=colour))
    return alt.layer(*layers)


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
        at = min(max(math.log(level) if logarithmic else level, low), high) - low
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
