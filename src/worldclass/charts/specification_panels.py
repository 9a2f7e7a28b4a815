"""The upper half of a specification curve: points or bands, and the decision line."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np

from worldclass.charts.marks import named
from worldclass.charts.picture import Rows
from worldclass.charts.sharing import Unit, layered
from worldclass.charts.specification_states import Frame, state_colour, state_shape
from worldclass.charts.theme import INK, MUTED, PAPER
from worldclass.charts.verdicts import amount_expression, read_rule

MOST_STRETCH = 3.0
"""An axis is cut where intervals would make it so many times as long as most of them need."""
LOGARITHMIC = 50.0
"""Ratio of the greatest to the least estimate from which an axis of positives is logarithmic."""


def curve_panel(
    rows: Rows, frame: Frame, name: str, *, label: str, unit: str, rule: str, height: int
) -> tuple[Any, dict[str, Rows]]:
    """Points with intervals, or bands with the points of columns, and the decision line."""
    words, number = read_rule(rule)
    low, high, logarithmic = _domain(rows, number, frame, label)
    scale = alt.Scale(
        domain=[low, high],
        type="log" if logarithmic else "linear",
        nice=False,
        zero=False,
        clamp=True,
    )
    ticks: dict[str, Any] = {"tickCount": height // 38}
    if logarithmic:
        ticks = {"values": _decades(low, high)}
    heading = f"{label}, {unit}" + (" (logarithmic)" if logarithmic else "")
    axis = alt.Axis(
        labelExpr=amount_expression("datum.value"),
        **ticks,
        grid=True,
        minExtent=frame.left,
        title=textwrap.wrap(heading, frame.width // 6),
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleBaseline="bottom",
        titleX=-frame.left,
        titleY=-8,
        titleColor=INK,
    )
    data: dict[str, Rows] = {name: rows}
    if frame.columns.together:
        data[f"{name}_bands"] = [*rows, rows[-1] | {"start": rows[-1]["end"]}]
        layers = _bands(frame, f"{name}_bands", axis, scale)
    else:
        layers = [_intervals(frame, name, axis, scale)]
    y = alt.Y("estimate:Q", axis=axis, scale=scale)
    layers.append(_points(frame, name, unit).encode(y=y))
    text = f"holds {words} {number:g}"
    place = _text_place(rows, number, text, frame, (low, high, height, logarithmic))
    data[f"{name}_rule"] = [{"at": number, "text": text}]
    chart = layered(*layers, *_decision(f"{name}_rule", scale, frame, place))
    return chart.properties(width=frame.plot, height=height), data


def _decades(low: float, high: float) -> list[float]:
    """Ticks of a logarithmic axis: powers of ten; over few of them also twice and five times."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if len(powers) < 5 else (1,)
    return [v for p in powers for step in steps if low <= (v := float(f"{step}e{p}")) <= high]


def _domain(rows: Rows, number: float, frame: Frame, label: str) -> tuple[float, float, bool]:
    """Ends of the vertical axis, and whether it is logarithmic."""
    ends = np.array([[row["low"], row["high"]] for row in rows], dtype=np.float64)
    inner = np.array([[row["bottom"], row["top"]] for row in rows], dtype=np.float64)
    low, high = float(min(ends.min(), number)), float(max(ends.max(), number))
    if low > 0 and float(inner.max()) > LOGARITHMIC * float(inner.min()):
        return low / 1.15, high * 1.15, True
    core_low = float(min(inner.min(), np.quantile(ends[:, 0], 0.05), number))
    core_high = float(max(inner.max(), np.quantile(ends[:, 1], 0.95), number))
    if high - low > MOST_STRETCH * (core_high - core_low) > 0:
        low, high = core_low, core_high
    room = 0.07 * (high - low) or max(abs(high), 1.0) * 0.1
    low, high = low - room, high + room
    if cut := int(((ends[:, 0] < low) | (ends[:, 1] > high)).sum()):
        what = "column" if frame.columns.together else "specification"
        many = f"intervals of {cut} {what}s run" if cut > 1 else f"the interval of 1 {what} runs"
        frame.notes.append(f"{label}: {many} beyond the axis.")
    return low, high, False


def _bands(frame: Frame, name: str, axis: alt.Axis, scale: alt.Scale) -> list[Any]:
    """Pale from the lowest to the highest end of intervals, dark over the estimates."""
    base = Unit(named(name))
    bands: list[Any] = []
    for low, high, opacity in (("low", "high", 0.22), ("bottom", "top", 0.6)):
        if low == "bottom" or frame.drawn:
            mark = base.mark_area(interpolate="step-after", color=MUTED, opacity=opacity)
            y = alt.Y(f"{low}:Q", axis=axis, scale=scale)
            bands.append(mark.encode(x=frame.x("start"), y=y, y2=f"{high}:Q"))
    return bands


def _intervals(frame: Frame, name: str, axis: alt.Axis, scale: alt.Scale) -> Any:
    """One line a specification, from its 5th to its 95th percentile."""
    step = frame.plot / frame.columns.count
    wide = float(np.clip(0.4 * step, 1, 3))
    mark = Unit(named(name)).mark_rule(strokeWidth=wide, opacity=0.5)
    y = alt.Y("low:Q", axis=axis, scale=scale)
    return mark.encode(x=frame.x("middle"), y=y, y2="high:Q", color=state_colour())


def _points(frame: Frame, name: str, unit: str) -> Any:
    """Estimates, by colour and shape."""
    step = frame.plot / (len(frame.columns.edges) - 1)
    size = float(np.clip(4.5 * step, 12, 70))
    mark = Unit(named(name)).mark_point(filled=True, opacity=1, size=size)
    return mark.encode(
        x=frame.x("middle"),
        color=state_colour(),
        shape=state_shape(),
        tooltip=_tooltip(frame, unit),
    )


def _tooltip(frame: Frame, unit: str) -> list[alt.Tooltip]:
    titles = {"estimate": f"Estimate ({unit})", "low": "5 %", "high": "95 %"}
    if frame.columns.together:
        titles = {"count": "Specifications", "estimate": f"Median estimate ({unit})"}
        titles |= {"bottom": "Least estimate", "top": "Greatest estimate"}
        titles |= {"low": "Lowest 5 %", "high": "Highest 95 %"}
    told = [alt.Tooltip(f"{key}:Q", title=text, format=",.4~r") for key, text in titles.items()]
    return [*told, alt.Tooltip("share:Q", title="Share of draws that hold", format=".0%")]


def _text_place(
    rows: Rows, number: float, text: str, frame: Frame, view: tuple[float, float, int, bool]
) -> tuple[str, str]:
    """Side and level of the line's words where they hide the fewest points and intervals."""
    low, high, height, logarithmic = view
    write = np.log if logarithmic else np.asarray

    def pixel(key: str) -> Any:
        values = write(np.array([row[key] for row in rows], dtype=np.float64))
        return height * (values - write(low)) / (write(high) - write(low))

    line = height * float((write(number) - write(low)) / (write(high) - write(low)))
    middle = np.array([row["middle"] for row in rows]) / frame.columns.count * frame.plot
    points, bottoms, tops = pixel("estimate"), pixel("low"), pixel("high")
    wide = 6.0 * len(text) + 10
    best: tuple[float, tuple[str, str]] | None = None
    for side in ("left", "right"):
        near = middle < wide if side == "left" else middle > frame.plot - wide
        for level, start in (("above", line + 2), ("below", line - 19)):
            inside = near & (points > start - 4) & (points < start + 21)
            crossed = near & (tops > start) & (bottoms < start + 17)
            outside = start < 0 or start + 17 > height
            cost = 100.0 * inside.sum() + crossed.sum() + 1e6 * outside
            if best is None or cost < best[0]:
                best = (cost, (side, level))
    return best[1] if best else ("left", "above")


def _decision(name: str, scale: alt.Scale, frame: Frame, place: tuple[str, str]) -> Sequence[Any]:
    """A dashed line with words."""
    side, level = place
    base = Unit(named(name))
    y = alt.Y("at:Q", scale=scale)
    line = base.mark_rule(color=INK, strokeDash=[5, 3], strokeWidth=1.4).encode(y=y)
    options: dict[str, Any] = {
        "align": side,
        "baseline": "bottom" if level == "above" else "top",
        "dy": -4 if level == "above" else 5,
        "fontSize": frame.font,
    }
    halo = base.mark_text(stroke=PAPER, strokeWidth=4, strokeJoin="round", color=PAPER, **options)
    text = base.mark_text(color=INK, **options)
    x = alt.value(4 if side == "left" else frame.plot - 4)
    encoding: dict[str, Any] = {"x": x, "y": y, "text": "text:N"}
    return line, halo.encode(**encoding), text.encode(**encoding)
