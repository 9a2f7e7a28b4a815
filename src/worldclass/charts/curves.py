"""Curves in small panels: quantities against parameters, or distributions on logarithmic axes."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named
from worldclass.charts.numbers import significant
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theme import MUTED, NARROW
from worldclass.core.errors import UsageError

COLUMNS = ("panel", "line", "x", "y")


def curves(
    table: pl.DataFrame,
    *,
    title: str,
    x: str = "",
    subtitle: str = "",
    footnote: str = "",
    logarithmic: bool = False,
    points: bool = False,
    zero_line: bool = False,
    columns: int = 3,
    width: int = 760,
    height: int = 170,
) -> Picture:
    """Draw one panel a name, one line a name in it.

    Parameters
    ----------
    table
        Columns `panel` (its heading), `line` (at most eight names over all panels), `x`, `y`, and
        where there are intervals `low` and `high`.
    title, subtitle, footnote
        Words around the picture.
    x
        Words of the horizontal axes; by default none, for headings that say it.
    logarithmic
        Whether both axes are; all values must then be positive.
    points
        Whether to draw points in place of lines.
    zero_line
        Whether to mark y = 0.
    columns
        Panels a row.
    width, height
        Of the picture and of a panel, in pixels.

    Raises
    ------
    UsageError
        The table lacks a column, is empty, has too many lines, or values that a logarithmic axis
        cannot show.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {list(COLUMNS)}.")
    lines = table["line"].unique(maintain_order=True).to_list()
    if not 1 <= len(lines) <= len(LIGHT):
        raise UsageError(
            f"{len(lines)} lines cannot be told apart.", remedy=f"Draw 1 to {len(LIGHT)}."
        )
    if logarithmic and not table.select((pl.col("x", "y") > 0).all()).row(0) == (True, True):
        raise UsageError("A value is not positive, and the axes are logarithmic.")
    across = 1 if width <= NARROW else min(columns, table["panel"].n_unique())
    banded = {"low", "high"} <= set(table.columns)
    chart = _chart(table, lines, x, logarithmic, points, zero_line, banded, across, width, height)
    caption = Caption(title, subtitle, footnote, _told(table, title))
    return Picture(chart, caption, width, {"curves": table.to_dicts(), "zero": [{"y": 0}]})


def _chart(
    table: pl.DataFrame,
    lines: list[str],
    words: str,
    logarithmic: bool,
    points: bool,
    zero_line: bool,
    banded: bool,
    across: int,
    width: int,
    height: int,
) -> Any:
    panels = table["panel"].unique(maintain_order=True).to_list()
    kind: Any = "log" if logarithmic else "linear"
    plot = width // across - 62
    power = "format(datum.value, '~g')" if logarithmic else "format(datum.value, '~r')"
    x = alt.X(
        "x:Q",
        scale=alt.Scale(type=kind, nice=logarithmic, zero=False),
        axis=alt.Axis(
            title=words or None, tickCount=4, labelOverlap=True, labelExpr=power, grid=logarithmic
        ),
    )
    scale = alt.Scale(type=kind, zero=False, nice=True)
    axis = alt.Axis(title=None, tickCount=4, labelOverlap=True, labelExpr=power, minExtent=40)
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=lines, range=list(LIGHT[: len(lines)])),
        legend=alt.Legend(orient="top", title=None) if len(lines) > 1 else None,
    )
    drawn: list[Any] = []
    for panel in panels:
        base = alt.Chart(named("curves")).transform_filter(f"datum.panel === {panel!r}")
        y = alt.Y("y:Q", scale=scale, axis=axis)
        layers: list[Any] = []
        if zero_line:
            rule = alt.Chart(named("zero")).mark_rule(color=MUTED, strokeDash=[3, 3])
            layers.append(rule.encode(y=alt.Y("y:Q", scale=scale, axis=axis)))
        if banded:
            band = base.mark_area(opacity=0.18)
            low = alt.Y("low:Q", scale=scale, axis=axis)
            layers.append(band.encode(x=x, y=low, y2="high:Q", color=colour))
        mark = base.mark_point(size=16, filled=True) if points else base.mark_line(strokeWidth=1.8)
        layers.append(mark.encode(x=x, y=y, color=colour))
        heading = alt.TitleParams(panel, fontSize=12, anchor="start", offset=6)
        layered: Any = alt.layer(*layers)
        drawn.append(layered.properties(width=plot, height=height, title=heading))
    if len(drawn) == 1:
        return drawn[0]
    grid: Any = alt.concat(*drawn, columns=across, spacing=24)
    return grid.resolve_scale(color="shared", x="independent", y="independent")


def _told(table: pl.DataFrame, title: str) -> str:
    """Both ends of every curve in words."""
    parts: list[str] = []
    for (panel, line), own in table.group_by("panel", "line", maintain_order=True):
        ends = [own.row(place, named=True) for place in (0, -1)]
        said = [f"{significant(end['y'], 3)} at {significant(end['x'], 3)}" for end in ends]
        parts.append(f"{panel}, {line}: {said[0]}, {said[1]}")
    return f"{title}. {'; '.join(parts)}."
