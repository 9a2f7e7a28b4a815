"""The lower half of a specification curve: which option of every choice each specification uses."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named
from worldclass.charts.picture import Rows
from worldclass.charts.sharing import Unit, layered
from worldclass.charts.specification_columns import (
    Columns,
    Options,
    share_by_option,
    shares_used,
    ticks,
)
from worldclass.charts.theme import GRID, INK, MUTED, NARROW
from worldclass.charts.verdicts import STATES, Cutoffs, holding_text

LINE, GAP = 13, 10
TICK = 9


def rooms(width: int) -> tuple[int, int]:
    """Pixels at the left for names of options, and at the right for shares."""
    return (116, 40) if width <= NARROW else (226, 48)


def dashboard(
    table: pl.DataFrame,
    choices: Sequence[Options],
    columns: Columns,
    cutoffs: Cutoffs,
    width: int,
) -> tuple[Any, dict[str, Rows]]:
    """Draw one row an option, with ticks where specifications use it and the share that holds.

    Parameters
    ----------
    table
        Columns `specification`, `share_holding` and one a choice.
    choices
        Choices with their options, from top to bottom.
    columns
        Where specifications stand.
    cutoffs
        Tell the states apart.
    width
        Pixels of the whole picture.

    Returns
    -------
    The chart, and its data by name.
    """
    left, right = rooms(width)
    plot = width - left - right
    characters = int((left - 16) / (5.3 if width <= NARROW else 5.7))
    texts: Rows = [{"x": plot + right, "y": 0, "text": "holds", "kind": "head"}]
    guides: Rows = []
    marks: Rows = []
    top = 16
    for choice in choices:
        # A heading has the whole width, so that it seldom breaks.
        heading = _lines(choice.label, int(width / 5.8), 2)
        texts.append({"x": -left, "y": top, "text": "\n".join(heading), "kind": "heading"})
        top += LINE * len(heading) + 4
        for label, options in choice.groups():
            lines = _lines(label, characters, 2)
            middle = top + LINE * len(lines) / 2
            texts.append({"x": -left + 8, "y": top, "text": "\n".join(lines), "kind": "option"})
            share = holding_text(share_by_option(table, choice.id, options))
            texts.append({"x": plot + right, "y": middle - 6.5, "text": share, "kind": "share"})
            guides.append({"y": middle + TICK / 2, "x": 0, "x2": columns.count})
            row = {"row": len(guides), "y2": middle + TICK / 2}
            if columns.together:
                marks += _steps(table, columns, choice, options, row)
            else:
                runs = ticks(table, columns, cutoffs, choice.id, options)
                marks += [run | {"y": row["y2"] - TICK, "y2": row["y2"]} for run in runs]
            top += LINE * len(lines) + 3
        top += GAP
    data = {"choice_texts": texts, "choice_guides": guides, "choice_marks": marks}
    chart = _chart(columns, width).properties(width=plot, height=top - GAP)
    return chart, data


def _lines(text: str, characters: int, most: int) -> list[str]:
    """At most so many lines; an ellipsis says that there is more."""
    lines = textwrap.wrap(text, characters) or [text]
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: characters - 1]}…"]
    return lines


def _steps(
    table: pl.DataFrame,
    columns: Columns,
    choice: Options,
    options: Sequence[str],
    row: dict[str, Any],
) -> Rows:
    """Corners of one row's steps: as high as the share of a column that uses the options."""
    corners = [
        row | {"start": start, "y": round(row["y2"] - (TICK + 3) * share, 1)}
        for start, share in shares_used(table, columns, choice.id, options)
    ]
    return [*corners, corners[-1] | {"start": columns.count}]


def _chart(columns: Columns, width: int) -> Any:
    left, right = rooms(width)
    plot = width - left - right
    scale = alt.Scale(domain=[0, columns.count], nice=False, zero=False)
    x = alt.X("start:Q", axis=None, scale=scale)
    y = alt.Y("y:Q", scale=None, axis=None)
    guides = Unit(named("choice_guides")).mark_rule(color=GRID, strokeWidth=1)
    layers: list[Any] = [guides.encode(x=alt.X("x:Q", axis=None, scale=scale), x2="x2:Q", y=y)]
    base = Unit(named("choice_marks"))
    if columns.together:
        steps = base.mark_area(interpolate="step-after", color=MUTED, opacity=1)
        layers.append(steps.encode(x=x, y=y, y2="y2:Q", detail="row:N"))
    else:
        # A sliver of paper between neighbours, where there is room for it.
        gap = alt.value(0) if plot / columns.count < 5 else None
        colour = alt.Color(
            "state:N",
            scale=alt.Scale(domain=[s.id for s in STATES], range=[s.colour for s in STATES]),
            legend=None,
        )
        bars = base.mark_rect(opacity=1)
        encoding: dict[str, Any] = {"x": x, "x2": "end:Q", "y": y, "y2": "y2:Q", "color": colour}
        layers.append(bars.encode(**encoding, **({"strokeWidth": gap} if gap else {})))
    texts = Unit(named("choice_texts"))
    size = 10 if width <= NARROW else 11
    styles: dict[str, dict[str, Any]] = {
        "heading": {"align": "left", "fontWeight": "bold", "color": INK},
        "option": {"align": "left", "color": INK},
        "share": {"align": "right", "color": INK},
        "head": {"align": "right", "color": MUTED},
    }
    for kind, style in styles.items():
        own = texts.transform_filter(f"datum.kind === '{kind}'").mark_text(
            baseline="top", fontSize=size, lineBreak="\n", lineHeight=LINE, **style
        )
        layers.append(
            own.encode(x=alt.X("x:Q", scale=None, axis=None), y=y, text=alt.Text("text:N"))
        )
    return layered(*layers[:2], layered(*layers[2:])).resolve_scale(x="independent")
