"""A cross-tabulation of two columns of classes as a heat map of shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from worldclass.charts.class_words import heading
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.share_dots import interval_of, need
from worldclass.charts.share_heat import HeatAxes, share_heat


def cross_heat(
    frame: pl.DataFrame,
    rows: str,
    columns: str,
    by: str | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    column_labels: Mapping[str, str] | None = None,
    title: str = "",
    source: str = "",
    width: int = 760,
) -> Picture:
    """Draw the shares of a cross-tabulation, and say what they are shares of.

    Parameters
    ----------
    frame
        The `table` of a `CrossTable`: rows, columns, `share`, `total`, the interval.
    rows, columns, by
        Names of its columns.
    labels, column_labels
        Words of the classes of the rows, and of the columns.
    title, source
        Words above and below; without a title the names of the columns.
    width
        Width in pixels.

    Raises
    ------
    UsageError
        When a column is absent.
    """
    need(frame, [rows, columns, "share", "total", *([by] if by else [])])
    low, high = interval_of(frame, "cross_heat")
    layer = pl.lit("") if by is None else pl.col(by).cast(pl.String)
    cells = frame.select(
        layer=layer,
        row=pl.col(rows).cast(pl.String),
        column=pl.col(columns).cast(pl.String),
        share="share",
        low=low,
        high=high,
    )
    made: Rows = [_cell(row) for row in cells.iter_rows(named=True)]
    axes = HeatAxes(
        cells["row"].unique(maintain_order=True).to_list(),
        cells["column"].unique(maintain_order=True).to_list(),
        cells["layer"].unique(maintain_order=True).to_list(),
        (heading(rows), heading(columns)),
        labels,
        column_labels,
    )
    of = {"row": f"of each row ({rows})", "column": f"of each column ({columns})"}
    design = f"Intervals: {frame['design'][0]}." if "design" in frame.columns else ""
    caption = Caption(
        title=title or f"{heading(rows)} by {columns}",
        subtitle=f"Per cent {of.get(shares_of(cells), 'of all persons in both')}",
        footnote=" ".join([design] * bool(design) + [f"Source: {source}."] * bool(source)),
        description=_told(made),
    )
    return Picture(share_heat(axes, width), caption, width, {"cells": made})


def shares_of(cells: pl.DataFrame) -> str:
    """Whether shares are those of their "row", their "column" or the "total": what sums to 1.

    Parameters
    ----------
    cells
        Columns layer, row, column, share.

    Examples
    --------
    >>> cells = pl.DataFrame({"layer": [""] * 4, "row": [*"aabb"], "column": [*"xyxy"]})
    >>> shares_of(cells.with_columns(share=pl.Series([0.5, 0.5, 0.0, 1.0])))
    'row'
    """
    for side in ("row", "column"):
        sums = cells.group_by("layer", side).agg(pl.col("share").sum())["share"]
        if ((sums - 1).abs() < 1e-6).any() and ((sums < 1e-6) | ((sums - 1).abs() < 1e-6)).all():
            return side
    return "total"


def _cell(row: dict[str, Any]) -> dict[str, Any]:
    between = ""
    if row["low"] is not None and row["high"] is not None:
        between = f"{100 * row['low']:.1f}–{100 * row['high']:.1f} %"
    return {**row, "between": between, "sign": ""}


def _told(rows: Rows) -> str:
    """The largest cells in words."""
    known = [row for row in rows if row["share"] is not None]
    largest = sorted(known, key=lambda row: -row["share"])[:12]
    parts = [
        f"{row['layer']} {row['row']} and {row['column']}".strip() + f" {100 * row['share']:.0f} %"
        for row in largest
    ]
    return f"Largest cells: {'; '.join(parts)}."
