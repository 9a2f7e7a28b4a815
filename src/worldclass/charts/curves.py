"""Curves in small panels: quantities against parameters, or distributions on logarithmic axes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named
from worldclass.charts.numbers import significant
from worldclass.charts.palette import LIGHT, class_styles
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theme import NARROW
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
    share: bool = False,
    classes: bool = False,
    columns: int = 3,
    width: int = 760,
    height: int = 170,
) -> Picture:
    """Draw one panel a name, one line a name in it.

    Parameters
    ----------
    table
        Columns `panel` (its heading), `line` (at most eight ids over all panels), `x`, `y`, and
        where there are intervals `low` and `high`.
    title, subtitle, footnote
        Words around the picture.
    x
        Words of the horizontal axes; by default none, for headings that say it.
    logarithmic
        Whether both axes are; all values must then be positive.
    points
        Whether to draw points in place of lines.
    share
        Whether y is a share, written as per cent.
    classes
        Whether lines are classes, to be drawn in the colours of classes.
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
    styles = class_styles(lines)
    hues: list[str] = list(LIGHT[: len(lines)])
    colours = [one.colour for one in styles] if classes else hues
    shown = table.with_columns(
        pl.col("line").replace_strict({style.id: style.label for style in styles})
    )
    look = _Look(
        [style.label for style in styles], colours, x, logarithmic, points, share, width, height
    )
    across = 1 if width <= NARROW else min(columns, table["panel"].n_unique())
    panels = [
        _panel(str(name[0]), own, look, width // across - 62)
        for name, own in shown.group_by("panel", maintain_order=True)
    ]
    chart: Any = panels[0]
    if len(panels) > 1:
        grid: Any = alt.concat(*panels, columns=across, spacing=24)
        chart = grid.resolve_scale(color="shared", x="independent", y="independent")
    return Picture(
        chart,
        Caption(title, subtitle, footnote, _told(shown, title)),
        width,
        {"curves": shown.to_dicts()},
    )


@dataclass(frozen=True)
class _Look:
    """What all panels share."""

    lines: list[str]
    colours: list[str]
    x: str
    logarithmic: bool
    points: bool
    share: bool
    width: int
    height: int


def _panel(name: str, rows: pl.DataFrame, look: _Look, plot: int) -> Any:
    """The curves of one panel, with its heading."""
    kind: Any = "log" if look.logarithmic else "linear"
    plain = "format(datum.value, '~g')" if look.logarithmic else "format(datum.value, '~r')"
    percent = "format(100 * datum.value, '~r') + ' %'"
    x = alt.X(
        "x:Q",
        scale=alt.Scale(type=kind, nice=look.logarithmic, zero=False),
        axis=alt.Axis(
            title=look.x or None,
            tickCount=4,
            labelOverlap=True,
            labelExpr=plain,
            grid=look.logarithmic,
        ),
    )
    flat = rows["y"].min() == rows["y"].max()
    level = float(rows["y"][0])
    ends: dict[str, Any] = {}
    if flat and level:
        ends["domain"] = [level - abs(level), level + abs(level)]
    scale: Any = alt.Scale(type=kind, zero=False, nice=True, **ends)
    axis = alt.Axis(
        title=None,
        tickCount=4,
        labelOverlap=True,
        labelExpr=percent if look.share else plain,
        minExtent=44,
        maxExtent=44,
    )
    legend = alt.Legend(orient="top", title=None, symbolOpacity=1, symbolStrokeWidth=2)
    colour = alt.Color(
        "line:N",
        scale=alt.Scale(domain=look.lines, range=look.colours),
        legend=legend if len(look.lines) > 1 else None,
    )
    base = alt.Chart(named("curves")).transform_filter(f"datum.panel === {name!r}")
    layers: list[Any] = []
    if {"low", "high"} <= set(rows.columns):
        low = alt.Y("low:Q", scale=scale, axis=axis)
        layers.append(base.mark_area(opacity=0.18).encode(x=x, y=low, y2="high:Q", color=colour))
    dots = base.mark_point(size=16, filled=True)
    mark = dots if look.points else base.mark_line(strokeWidth=1.8)
    layers.append(mark.encode(x=x, y=alt.Y("y:Q", scale=scale, axis=axis), color=colour))
    heading = alt.TitleParams(
        textwrap.wrap(name, max(20, plot // 6)),
        fontSize=12,
        anchor="start",
        frame="group",
        offset=6,
    )
    layered: Any = alt.layer(*layers)
    return layered.properties(width=plot, height=look.height, title=heading)


def _told(table: pl.DataFrame, title: str) -> str:
    """Both ends of every curve in words."""
    parts: list[str] = []
    for (panel, line), own in table.group_by("panel", "line", maintain_order=True):
        ends = [own.row(place, named=True) for place in (0, -1)]
        said = [f"{significant(end['y'], 3)} at {significant(end['x'], 3)}" for end in ends]
        parts.append(f"{panel}, {line}: {said[0]}, {said[1]}")
    return f"{title}. {'; '.join(parts)}."
