"""Outcomes over two starting values: which cells of a plane end how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl

from worldclass.charts.marks import named, title_above
from worldclass.charts.palette import LIGHT
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theme import PAPER
from worldclass.core.errors import UsageError

COLUMNS = ("x", "y", "outcome")


def outcome_map(
    table: pl.DataFrame,
    outcomes: Sequence[tuple[str, str]],
    *,
    x: str,
    y: str,
    title: str,
    y_share: bool = False,
    subtitle: str = "",
    footnote: str = "",
    width: int = 620,
    height: int = 420,
) -> Picture:
    """Draw a grid of cells, each in the colour and sign of its outcome.

    Parameters
    ----------
    table
        Columns `x`, `y` (a full grid of equal steps) and `outcome`.
    outcomes
        Ids and words of the outcomes, in the order of their colours.
    x, y
        Words of the axes, with units.
    y_share
        Whether y is a share, written as per cent.
    title, subtitle, footnote, width, height
        As in other pictures.

    Raises
    ------
    UsageError
        The table lacks a column, or x or y has fewer than two values.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise UsageError(f"The table lacks {missing}.", remedy=f"It needs {list(COLUMNS)}.")
    steps: dict[str, float] = {}
    for name in ("x", "y"):
        values = table[name].unique().sort()
        if values.len() < 2:
            raise UsageError(f"'{name}' has fewer than two values: there is no map to draw.")
        steps[name] = float(values[-1] - values[0]) / (values.len() - 1)
    words = dict(outcomes)
    cells = table.select(
        *((pl.col(name) - steps[name] / 2).alias(name) for name in ("x", "y")),
        *((pl.col(name) + steps[name] / 2).alias(f"{name}2") for name in ("x", "y")),
        pl.col("outcome").replace_strict(words).alias("label"),
    )
    counts = cells["label"].value_counts()
    present = set(counts["label"])
    labels = [label for _, label in outcomes if label in present]
    hues = {label: LIGHT[place] for place, (_, label) in enumerate(outcomes)}
    chart = _chart(cells, labels, hues, (x, y), y_share, width, height)
    told = ", ".join(
        f"{label} in {100 * count / cells.height:.0f} % of cells" for label, count in counts.rows()
    )
    caption = Caption(title, subtitle, footnote, f"{title}. {told}.")
    return Picture(chart, caption, width, {"cells": cells.to_dicts()})


def _chart(
    cells: pl.DataFrame,
    labels: list[str],
    hues: dict[str, str],
    words: tuple[str, str],
    y_share: bool,
    width: int,
    height: int,
) -> Any:
    ends = {
        name: [float(cells[name].min()), float(cells[f"{name}2"].max())]  # type: ignore[arg-type]
        for name in ("x", "y")
    }
    percent = "format(100 * datum.value, '~r') + ' %'"
    options: dict[str, Any] = {"labelExpr": percent} if y_share else {}
    x_axis = alt.Axis(title=words[0], grid=False, tickCount=7)
    y_axis = alt.Axis(grid=False, tickCount=6, **title_above(words[1]), **options)
    chart: Any = (
        alt.Chart(named("cells"))
        .mark_rect(stroke=PAPER, strokeWidth=0.4, opacity=0.85)
        .encode(
            x=alt.X("x:Q", scale=alt.Scale(domain=ends["x"], nice=False), axis=x_axis),
            x2="x2:Q",
            y=alt.Y("y:Q", scale=alt.Scale(domain=ends["y"], nice=False), axis=y_axis),
            y2="y2:Q",
            color=alt.Color(
                "label:N",
                scale=alt.Scale(domain=labels, range=[hues[label] for label in labels]),
                legend=alt.Legend(orient="top", title=None),
            ),
        )
    )
    return chart.properties(width=width - 80, height=height)
