"""Shares of classes as dots with their intervals, groups beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.class_words import class_words, heading, words_axis
from worldclass.charts.marks import named
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.theme import INK, MUTED, NARROW
from worldclass.core.errors import UsageError

MOST_GROUPS = 8
"""Groups that colours tell apart; more are drawn as panels."""


def share_dots(
    frame: pl.DataFrame,
    column: str,
    by: str | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    title: str = "Shares of classes",
    subtitle: str = "",
    source: str = "",
    width: int = 760,
) -> Picture:
    """Draw shares as dots with their intervals: groups beside one another, many as panels.

    Parameters
    ----------
    frame
        Result of `shares`: the class, `share`, the two columns of the interval (p05, p95), and
        the group.
    column, by
        Names of the columns of the class and of the group.
    labels
        Words of the classes.
    title, subtitle, source
        Words above and below.
    width
        Width in pixels.

    Raises
    ------
    UsageError
        When a column is absent, or the frame has no interval.
    """
    need(frame, [column, "share", *([by] if by else [])])
    low, high = interval_of(frame, "share_dots")
    rows: Rows = [
        {
            "class": str(row[column]),
            "group": heading(row[by]) if by else "",
            "share": row["share"],
            "low": row[low],
            "high": row[high],
        }
        for row in frame.drop_nulls(["share", column]).iter_rows(named=True)
    ]
    described = f" {frame['design'][0]}." if "design" in frame.columns else ""
    caption = Caption(
        title=title,
        subtitle=subtitle
        or f"Dot: share of persons with a known class; line: {_percent(low)}–{_percent(high)} %",
        footnote=f"Intervals:{described}" * bool(described) + f" Source: {source}." * bool(source),
        description="; ".join(
            f"{heading(row['class'])} {row['group']}".strip() + f" {100 * row['share']:.1f} %"
            for row in rows
        ),
    )
    groups = list(dict.fromkeys(row["group"] for row in rows))
    if len(groups) > MOST_GROUPS:
        chart = _panels(rows, groups, width, labels)
    else:
        chart = _dots(rows, groups, width, labels)
    return Picture(chart, caption, width, {"dots": rows})


def need(frame: pl.DataFrame, columns: list[str]) -> None:
    """Refuse a frame that lacks a column."""
    absent = [name for name in columns if name not in frame.columns]
    if absent:
        raise UsageError(
            f"no column {', '.join(map(repr, absent))}",
            where="survey picture",
            remedy=f"The frame has: {', '.join(frame.columns)}.",
        )


def interval_of(frame: pl.DataFrame, where: str) -> tuple[str, str]:
    """Names of the two columns of a frame's interval."""
    ends = sorted(name for name in frame.columns if name[0] == "p" and name[1:].isdigit())
    if len(ends) != 2:
        raise UsageError("the frame has no interval", where=where, remedy="Use shares().")
    return ends[0], ends[1]


def _percent(name: str) -> str:
    """The end of an interval in per cent: p05 is 5, p025 is 2.5."""
    return f"{100 * float('0.' + name[1:]):g}"


def _classes(rows: Rows) -> list[str]:
    return list(dict.fromkeys(row["class"] for row in rows))


def _marks(base: Any, x_axis: alt.Axis, grouped: bool) -> Any:
    """A line from end to end of the interval, and a dot on it."""
    tip = [
        alt.Tooltip("class:N", title="Class"),
        alt.Tooltip("group:N", title="Group"),
        *(
            alt.Tooltip(f"{name}:Q", title=title, format=".1%")
            for name, title in (("share", "Share"), ("low", "From"), ("high", "To"))
        ),
    ]
    lines: dict[str, Any] = {} if grouped else {"color": MUTED}
    dots: dict[str, Any] = {} if grouped else {"color": LIGHT[0]}
    line = base.mark_rule(strokeWidth=2, **lines).encode(
        x=alt.X("low:Q", axis=x_axis, scale=alt.Scale(zero=True)), x2="high:Q", tooltip=tip
    )
    dot = base.mark_point(filled=True, size=70 if grouped else 55, opacity=1, **dots)
    return alt.layer(line, dot.encode(x=alt.X("share:Q", axis=x_axis), tooltip=tip))


def _x_axis(plot: int) -> alt.Axis:
    return alt.Axis(
        labelExpr="format(100 * datum.value, '~r') + ' %'",
        grid=True,
        tickCount=max(3, plot // 110),
        title=None,
    )


def _dots(rows: Rows, groups: list[str], width: int, labels: Mapping[str, str] | None) -> Any:
    """Classes below one another, groups by colour."""
    grouped = groups != [""]
    words = class_words(_classes(rows), labels, 18 if width <= NARROW else 34)
    room = int(6.6 * words.longest) + 16
    plot = width - room - (110 if grouped else 20)
    base: Any = alt.Chart(named("dots")).encode(
        y=alt.Y("class:N", sort=_classes(rows), title=None, axis=words_axis(words, room)),
        yOffset=alt.YOffset("group:N", sort=groups),
    )
    if grouped:
        colours = alt.Scale(
            domain=groups, range=[LIGHT[at % len(LIGHT)] for at in range(len(groups))]
        )
        base = base.encode(color=alt.Color("group:N", scale=colours, title=None))
    height = len(words.lines) * max(26, 14 * len(groups) + 8, 14 * words.most + 8)
    return _marks(base, _x_axis(plot), grouped).properties(width=plot, height=height)


def _panels(rows: Rows, groups: list[str], width: int, labels: Mapping[str, str] | None) -> Any:
    """A panel for each class, the groups below one another in each."""
    across = 1 if width <= NARROW else 3
    words = class_words(_classes(rows), labels, (width // across - 50) // 7)
    room = int(6.6 * max(map(len, groups))) + 16
    plot = (width - room) // across - 24
    base: Any = alt.Chart().encode(
        y=alt.Y("group:N", sort=groups, title=None, axis=alt.Axis(labelColor=INK)),
    )
    header = alt.Header(
        labelAnchor="start", labelExpr=words.expression, labelLineHeight=14, labelFontSize=11
    )
    layered = _marks(base, _x_axis(plot), False).properties(width=plot, height=15 * len(groups))
    faceted = layered.properties(data=named("dots")).facet(
        facet=alt.Facet("class:N", sort=_classes(rows), title=None, header=header),
        columns=across,
        spacing=18,
    )
    return faceted.resolve_axis(x="independent")
