"""Survey pictures: a mobility table as a heat map, and shares as dots with intervals."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named
from worldclass.charts.palette import LIGHT, RAMP_LIGHT
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.theme import BORDER, INK, MUTED, NARROW
from worldclass.core.errors import UsageError

_PALE = 0.52
"""Shares above this have a dark cell and need pale type."""


def mobility_heat(
    frame: pl.DataFrame,
    origin: str,
    destination: str,
    by: str | None = None,
    *,
    title: str = "From class of origin to class of destination",
    source: str = "",
    width: int = 760,
) -> Picture:
    """Draw outflow shares as a heat map, with the sign of each cell's odds ratio.

    The odds ratio of a cell is that of the table folded to this origin or not, this destination
    or not: a sign + says that more persons made this move than the sizes of the classes explain,
    − that fewer did; · that the odds ratio is within 5 % of 1.

    Parameters
    ----------
    frame
        The `table` of a `Mobility`: origin, destination, `total`, `outflow`, and the layer.
    origin, destination, by
        Names of its columns.
    title, source
        Words above and below.
    width
        Width in pixels.

    Raises
    ------
    UsageError
        When a column is absent.
    """
    _need(frame, [origin, destination, "total", "outflow", *([by] if by else [])])
    rows = _cells(frame, origin, destination, by)
    classes = list(dict.fromkeys(row["origin"] for row in rows))
    layers = list(dict.fromkeys(row["layer"] for row in rows))
    across = min(len(layers), 1 if width <= NARROW else 3)
    room = 8 * max(len(held) for held in classes) + 40
    size = (width - room - 24 * across) // across
    chart = _heat(classes, size, by is not None)
    if by is not None:
        chart = chart.facet(
            facet=alt.Facet("layer:N", sort=layers, header=alt.Header(labelAnchor="middle")),
            columns=across,
            spacing=16,
        )
    caption = Caption(
        title=title,
        subtitle="Per cent of each origin; + more, − fewer, · about as many as class sizes "
        "explain (odds ratio)",
        footnote=f"Source: {source}." if source else "",
        description=_told(rows),
    )
    return Picture(chart, caption, width, {"cells": rows})


def share_dots(
    frame: pl.DataFrame,
    column: str,
    by: str | None = None,
    *,
    title: str = "Shares of classes",
    source: str = "",
    width: int = 760,
) -> Picture:
    """Draw shares as dots with their intervals, groups beside one another.

    Parameters
    ----------
    frame
        Result of `shares`: the class, `share`, the two columns of the interval (p05, p95), and
        the group.
    column, by
        Names of the columns of the class and of the group.
    title, source, width
        As in `mobility_heat`.

    Raises
    ------
    UsageError
        When a column is absent, or the frame has no interval.
    """
    _need(frame, [column, "share", *([by] if by else [])])
    ends = sorted(name for name in frame.columns if name[0] == "p" and name[1:].isdigit())
    if len(ends) != 2:
        raise UsageError("the frame has no interval", where="share_dots", remedy="Use shares().")
    rows: Rows = [
        {
            "label": _heading(row[column]),
            "group": _heading(row[by]) if by else "",
            "share": row["share"],
            "low": row[ends[0]],
            "high": row[ends[1]],
        }
        for row in frame.drop_nulls(["share", column]).iter_rows(named=True)
    ]
    percent = [f"{100 * float('0.' + name[1:]):g}" for name in ends]
    described = f" {frame['design'][0]}." if "design" in frame.columns else ""
    caption = Caption(
        title=title,
        subtitle=f"Dot: share of persons with a known class; line: {percent[0]}–{percent[1]} %",
        footnote=f"Intervals:{described}" * bool(described) + f" Source: {source}." * bool(source),
        description="; ".join(
            f"{row['label']} {row['group']}".strip() + f" {100 * row['share']:.1f} %"
            for row in rows
        ),
    )
    return Picture(_dots(rows, width, by is not None), caption, width, {"dots": rows})


def _heading(value: object) -> str:
    """A value with a capital at its start."""
    text = str(value)
    return text[:1].upper() + text[1:]


def _need(frame: pl.DataFrame, columns: list[str]) -> None:
    absent = [name for name in columns if name not in frame.columns]
    if absent:
        raise UsageError(
            f"no column {', '.join(map(repr, absent))}",
            where="survey picture",
            remedy=f"The frame has: {', '.join(frame.columns)}.",
        )


def _cells(frame: pl.DataFrame, origin: str, destination: str, by: str | None) -> Rows:
    """Rows with layer, origin, destination, share, sign; cells without persons of an origin
    have no share."""
    layer = pl.lit("") if by is None else pl.col(by).cast(pl.String)
    total = pl.col("total")
    cells = frame.select(
        layer.alias("layer"),
        pl.col(origin).cast(pl.String).alias("origin"),
        pl.col(destination).cast(pl.String).alias("destination"),
        "total",
        pl.col("outflow").alias("share"),
    ).with_columns(
        row=total.sum().over("layer", "origin") - total,
        column=total.sum().over("layer", "destination") - total,
        rest=total.sum().over("layer"),
    )
    rest = pl.col("rest") - pl.col("row") - pl.col("column") - total
    found = cells.with_columns(odds=total * rest / (pl.col("row") * pl.col("column")))
    rows: Rows = []
    for row in found.iter_rows(named=True):
        odds = float("nan") if row["odds"] is None else float(row["odds"])
        sign = "" if odds != odds else "·"
        if abs(odds - 1) > 0.05:
            sign = "+" if odds > 1 else "−"
        rows.append(
            {"layer": row["layer"], "origin": _heading(row["origin"]), "share": row["share"]}
            | {"destination": _heading(row["destination"]), "sign": sign}
        )
    return rows


def _heat(classes: list[str], size: int, small: bool) -> Any:
    """Cells, the per cent in them, and the sign beside it."""
    angle = 0 if size / len(classes) > 6.3 * max(len(held) for held in classes) else -40
    base: Any = alt.Chart().encode(
        x=alt.X(
            "destination:N",
            sort=classes,
            title="Destination",
            axis=alt.Axis(
                titlePadding=8,
                labelAngle=angle,
                orient="bottom",
                domain=False,
                ticks=False,
                labelLimit=140,
            ),
        ),
        y=alt.Y(
            "origin:N",
            sort=classes,
            title=None,
            axis=alt.Axis(labelColor=INK, labelLimit=180),
        ),
    )
    top = alt.Scale(domain=[0, 0.8], range=list(RAMP_LIGHT), clamp=True)
    cell = base.mark_rect(stroke=BORDER, strokeWidth=1.5).encode(
        color=alt.Color("share:Q", scale=top, legend=None),
        tooltip=[
            alt.Tooltip("origin:N", title="From"),
            alt.Tooltip("destination:N", title="To"),
            alt.Tooltip("share:Q", title="Share of origin", format=".1%"),
            alt.Tooltip("sign:N", title="Against class sizes"),
        ],
    )
    words_in = base.transform_calculate(
        text="datum.share == null ? '' : format(100 * datum.share, '.0f') + ' ' + datum.sign"
    ).mark_text(fontSize=11 if small else 13)
    pale = alt.condition(f"datum.share > {_PALE}", alt.value("#ffffff"), alt.value(INK))
    text = words_in.encode(text="text:N", color=pale)
    height = min(size, 30 * len(classes) if small else 44 * len(classes))
    return alt.layer(cell, text, data=named("cells")).properties(width=size, height=height)


def _dots(rows: Rows, width: int, grouped: bool) -> Any:
    """A dot and a line for each class and group."""
    labels = list(dict.fromkeys(row["label"] for row in rows))
    groups = list(dict.fromkeys(row["group"] for row in rows))
    room = 120 if width <= NARROW else 200
    plot = width - room - (110 if grouped else 20)
    base: Any = alt.Chart(named("dots")).encode(
        y=alt.Y("label:N", sort=labels, title=None, axis=alt.Axis(labelColor=INK, labelLimit=room)),
        yOffset=alt.YOffset("group:N", sort=groups),
    )
    if grouped:
        scale = alt.Scale(
            domain=groups, range=[LIGHT[at % len(LIGHT)] for at in range(len(groups))]
        )
        base = base.encode(color=alt.Color("group:N", scale=scale, title=None))
    axis = alt.Axis(
        labelExpr="format(100 * datum.value, '~r') + ' %'",
        grid=True,
        tickCount=max(3, plot // 110),
        title=None,
    )
    tip = [
        alt.Tooltip("label:N", title="Class"),
        alt.Tooltip("group:N", title="Group"),
        *(
            alt.Tooltip(f"{name}:Q", title=title, format=".1%")
            for name, title in (("share", "Share"), ("low", "From"), ("high", "To"))
        ),
    ]
    lines: dict[str, Any] = {} if grouped else {"color": MUTED}
    dots: dict[str, Any] = {} if grouped else {"color": LIGHT[0]}
    line = base.mark_rule(strokeWidth=2, **lines).encode(
        x=alt.X("low:Q", axis=axis, scale=alt.Scale(zero=True)), x2="high:Q", tooltip=tip
    )
    dot = base.mark_point(filled=True, size=70, opacity=1, **dots)
    dot = dot.encode(x=alt.X("share:Q", axis=axis), tooltip=tip)
    height = len(labels) * max(26, 14 * len(groups) + 8)
    return alt.layer(line, dot).properties(width=plot, height=height)


def _told(rows: Rows) -> str:
    """The stayers, for those who do not see the chart."""
    stayers = [
        f"{row['layer']} {row['origin']}".strip() + f" {100 * row['share']:.0f} %"
        for row in rows
        if row["origin"] == row["destination"] and row["share"] is not None
    ]
    return f"Share of each origin that stayed in its class: {'; '.join(stayers)}."
