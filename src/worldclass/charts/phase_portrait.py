"""Phase portraits: two quantities of a simulation against each other, time along the path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named, title_above
from worldclass.charts.numbers import significant
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.theme import INK, MUTED, NARROW, PAPER
from worldclass.core.errors import UsageError

COLUMNS = ("path", "time", "x", "y")
MOST_POINTS = 4000
"""Points a path; longer ones are thinned evenly."""


@dataclass(frozen=True)
class Plane:
    """Two axes.

    Parameters
    ----------
    x, y
        Words of the axes, with units.
    x_share, y_share
        Whether they are shares, written as per cent.
    x_domain, y_domain
        Ends of the axes; null to fit the paths.
    """

    x: str
    y: str
    x_share: bool = False
    y_share: bool = False
    x_domain: tuple[float, float] | None = None
    y_domain: tuple[float, float] | None = None


def phase_portrait(
    table: pl.DataFrame,
    plane: Plane,
    *,
    title: str,
    subtitle: str = "",
    footnote: str = "",
    points: Sequence[tuple[str, float, float]] = (),
    width: int = 620,
    height: int = 480,
) -> Picture:
    """Draw paths in a plane: a ring where each begins, and named points such as equilibria.

    Parameters
    ----------
    table
        Columns `path` (name; at most eight), `time`, `x`, `y`, in the order of time.
    plane
        The axes.
    title, subtitle, footnote
        Words around the picture.
    points
        Name, x and y of each point to mark.
    width, height
        Pixels.

    Raises
    ------
    UsageError
        The table lacks a column, is empty, or holds more than eight paths.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {list(COLUMNS)}.")
    paths = table["path"].unique(maintain_order=True).to_list()
    if not 1 <= len(paths) <= len(LIGHT):
        raise UsageError(
            f"{len(paths)} paths cannot be drawn.", remedy=f"Draw 1 to {len(LIGHT)} at a time."
        )
    kept = [_thinned(table.filter(pl.col("path") == path)) for path in paths]
    rows = pl.concat(kept).select(COLUMNS).to_dicts()
    starts = [one.row(0, named=True) for one in kept]
    data: dict[str, Any] = {
        "paths": rows,
        "starts": starts,
        "points": [{"name": name, "x": x, "y": y} for name, x, y in points],
    }
    chart = _chart(plane, paths, width, height)
    caption = Caption(title, subtitle, footnote, _told(kept, plane, points, title))
    return Picture(chart, caption, width, data)


def _thinned(path: pl.DataFrame) -> pl.DataFrame:
    return path.gather_every(-(-path.height // MOST_POINTS))


def _chart(plane: Plane, paths: list[str], width: int, height: int) -> Any:
    several, plot = len(paths) > 1, width - 80
    colour = alt.Color(
        "path:N",
        scale=alt.Scale(domain=paths, range=list(LIGHT[: len(paths)])),
        legend=alt.Legend(
            orient="top", title=None, labelLimit=400, columns=1 if width <= NARROW else 2
        )
        if several
        else None,
    )
    x = alt.X("x:Q", scale=_scale(plane.x_domain), axis=_axis(plane.x_share, title=plane.x))
    y = alt.Y(
        "y:Q", scale=_scale(plane.y_domain), axis=_axis(plane.y_share, **title_above(plane.y))
    )
    line = (
        alt.Chart(named("paths"))
        .mark_line(strokeWidth=1.1, opacity=0.8, clip=True)
        .encode(
            x=x,
            y=y,
            color=colour,
            order="time:Q",
            tooltip=[alt.Tooltip("path:N", title="Path"), alt.Tooltip("time:Q", title="Time")],
        )
    )
    starts = (
        alt.Chart(named("starts"))
        .mark_point(size=70, strokeWidth=2, filled=False, clip=True)
        .encode(x=x, y=y, color=colour)
    )
    base = alt.Chart(named("points")).encode(x=x, y=y)
    points = base.mark_point(size=90, shape="cross", filled=True, color=INK, opacity=1, clip=True)
    halo = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
    looks: list[dict[str, Any]] = [halo, {"color": INK}]
    names = [
        base.mark_text(align="left", dx=10, dy=16, fontWeight="bold", **look).encode(text="name:N")
        for look in looks
    ]
    whole: Any = alt.layer(line, starts, points, *names)
    return whole.properties(width=plot, height=height)


def _scale(domain: tuple[float, float] | None) -> Any:
    if domain is None:
        return alt.Scale(zero=False)
    return alt.Scale(domain=list(domain), nice=False)


def _axis(share: bool, **options: Any) -> Any:
    if share:
        options["labelExpr"] = "format(100 * datum.value, '~r') + ' %'"
    return alt.Axis(grid=True, tickCount=6, domainColor=MUTED, **options)


def _told(
    paths: list[pl.DataFrame],
    plane: Plane,
    points: Sequence[tuple[str, float, float]],
    title: str,
) -> str:
    """Where each path begins and ends, in words."""

    def place(row: dict[str, Any]) -> str:
        return f"({significant(row['x'], 3)}, {significant(row['y'], 3)})"

    parts = [
        f"{one['path'][0]} goes from {place(one.row(0, named=True))} "
        f"to {place(one.row(-1, named=True))}"
        for one in paths
    ]
    marked: Rows = [{"x": x, "y": y, "name": name} for name, x, y in points]
    parts += [f"{row['name']} lies at {place(row)}" for row in marked]
    return f"{title}. {plane.x} and {plane.y}: {'; '.join(parts)}."
