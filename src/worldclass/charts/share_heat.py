"""Cells of a table of shares, in panels: the share in words, darker where it is larger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from worldclass.charts.class_words import class_words, words_axis
from worldclass.charts.marks import named
from worldclass.charts.palette import RAMP_LIGHT
from worldclass.charts.theme import BORDER, INK, NARROW

_PALE = 0.52
"""Shares above this have a dark cell and need pale type."""
_ROOMY = 36
"""Pixels of a cell in which a share and its sign stand apart."""
_LEAST = 27
"""Pixels of a cell in which they can be read at all."""
_GAP = 16


@dataclass(frozen=True)
class HeatAxes:
    """What the rows, columns and panels of the table are.

    Parameters
    ----------
    rows, columns
        Their classes in order, as they stand in the data.
    layers
        The panels; one that is "" is no panel.
    titles
        Words for the rows and for the columns.
    labels, column_labels
        Words of the classes of the rows, and of the columns.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    layers: Sequence[str]
    titles: tuple[str, str]
    labels: Mapping[str, str] | None = None
    column_labels: Mapping[str, str] | None = None


def share_heat(axes: HeatAxes, width: int) -> Any:
    """Draw the cells of the data named "cells": layer, row, column, share and sign.

    Parameters
    ----------
    axes
        What stands at its sides.
    width
        Width in pixels.
    """
    words = class_words(axes.rows, axes.labels, 15 if width <= NARROW else 30)
    # Names at the side, and the title above them, each letter about 6.6 pixels wide.
    room = int(6.6 * words.longest) + 34
    across, size = _panels(axes, width - room)
    cell = size / len(axes.columns)
    row = max(30 if axes.layers != [""] else 40, 14 * words.most + 6)
    y_axis = words_axis(
        words,
        room,
        titleAngle=0,
        titleAlign="right",
        titleBaseline="bottom",
        titleX=-8,
        titleY=-6,
    )
    base: Any = alt.Chart().encode(
        x=alt.X(
            "column:N", sort=list(axes.columns), title=axes.titles[1], axis=_x_axis(axes, cell)
        ),
        y=alt.Y("row:N", sort=list(axes.rows), title=axes.titles[0], axis=y_axis),
    )
    chart = _cells(base, axes, cell).properties(width=size, height=int(row * len(axes.rows)))
    if axes.layers == [""]:
        return chart
    facet = alt.Facet("layer:N", sort=list(axes.layers), header=alt.Header(labelAnchor="middle"))
    chart = chart.facet(facet=facet, columns=across, spacing=_GAP)
    return chart.resolve_axis(x="independent")


def _panels(axes: HeatAxes, room: int) -> tuple[int, int]:
    """Panels beside one another, and pixels of each: as many as leave cells legible."""
    for across in (3, 2):
        size = (room - _GAP * across) // across
        even = len(axes.layers) >= across and (across, len(axes.layers)) != (3, 4)
        if even and size / len(axes.columns) >= _LEAST:
            return across, size
    return 1, room - _GAP


def _x_axis(axes: HeatAxes, cell: float) -> alt.Axis:
    """Names below the columns; those that the rows have spelt out stand as numbers."""
    same = axes.rows == axes.columns and axes.column_labels is None
    lines = class_words(axes.columns, axes.column_labels, 1_000).lines
    short = {name: full for name, (full, *_) in lines.items()}
    if same and axes.labels:
        words = class_words(axes.columns, axes.labels, 1_000).lines
        short = {name: name if any(map(str.isdigit, name)) else words[name][0] for name in short}
    longest = max(map(len, short.values()))
    return alt.Axis(
        titlePadding=8,
        labelAngle=0 if cell > 6.3 * longest else -40,
        labelExpr=f"({json.dumps(short, ensure_ascii=False)})[datum.value]",
        orient="bottom",
        domain=False,
        ticks=False,
        labelLimit=180,
        labelOverlap=False,
    )


def _cells(base: Any, axes: HeatAxes, size: float) -> Any:
    """Cells, the per cent in them, and the sign beside it."""
    top = alt.Scale(domain=[0, 0.8], range=list(RAMP_LIGHT), clamp=True)
    cell = base.mark_rect(stroke=BORDER, strokeWidth=1.5).encode(
        color=alt.Color("share:Q", scale=top, legend=None),
        tooltip=[
            alt.Tooltip("row:N", title=axes.titles[0]),
            alt.Tooltip("column:N", title=axes.titles[1]),
            alt.Tooltip("share:Q", title="Share", format=".1%"),
            alt.Tooltip("between:N", title="Interval"),
            alt.Tooltip("sign:N", title="Against class sizes"),
        ],
    )
    apart = "' '" if size >= _ROOMY else "''"
    words_in = base.transform_calculate(
        text="datum.share == null ? '' : format(100 * datum.share, '.0f') + "
        f"(datum.sign ? {apart} + datum.sign : '')"
    ).mark_text(fontSize=13 if size >= 2 * _ROOMY else 11 if size >= _ROOMY else 10)
    pale = alt.condition(f"datum.share > {_PALE}", alt.value("#ffffff"), alt.value(INK))
    return alt.layer(cell, words_in.encode(text="text:N", color=pale), data=named("cells"))
