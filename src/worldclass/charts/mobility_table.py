"""A mobility table as a heat map: where the persons of each origin went."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from worldclass.charts.class_words import heading
from worldclass.charts.picture import Caption, Picture, Rows
from worldclass.charts.share_dots import need
from worldclass.charts.share_heat import HeatAxes, share_heat


def mobility_heat(
    frame: pl.DataFrame,
    origin: str,
    destination: str,
    by: str | None = None,
    *,
    labels: Mapping[str, str] | None = None,
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
    labels
        Words of the classes.
    title, source
        Words above and below.
    width
        Width in pixels.

    Raises
    ------
    UsageError
        When a column is absent.
    """
    need(frame, [origin, destination, "total", "outflow", *([by] if by else [])])
    rows = _cells(frame, origin, destination, by)
    classes = list(dict.fromkeys(row["row"] for row in rows))
    layers = list(dict.fromkeys(row["layer"] for row in rows))
    empty = any(row["share"] is None for row in rows)
    caption = Caption(
        title=title,
        subtitle="Per cent of each origin; + more, − fewer, · about as many as class sizes "
        "explain (odds ratio)",
        footnote=" ".join(
            ["Empty rows: nobody in the sample has this origin."] * empty
            + [f"Source: {source}."] * bool(source)
        ),
        description=_told(rows),
    )
    axes = HeatAxes(classes, classes, layers, ("Origin", "Destination"), labels)
    return Picture(share_heat(axes, width), caption, width, {"cells": rows})


def _cells(frame: pl.DataFrame, origin: str, destination: str, by: str | None) -> Rows:
    """Rows with layer, origin, destination, share, sign; cells without persons of an origin
    have no share."""
    layer = pl.lit("") if by is None else pl.col(by).cast(pl.String)
    total = pl.col("total")
    cells = frame.select(
        layer.alias("layer"),
        pl.col(origin).cast(pl.String).alias("row"),
        pl.col(destination).cast(pl.String).alias("column"),
        "total",
        pl.col("outflow").alias("share"),
    ).with_columns(
        of_row=total.sum().over("layer", "row") - total,
        of_column=total.sum().over("layer", "column") - total,
        rest=total.sum().over("layer"),
    )
    rest = pl.col("rest") - pl.col("of_row") - pl.col("of_column") - total
    found = cells.with_columns(odds=total * rest / (pl.col("of_row") * pl.col("of_column")))
    rows: Rows = []
    for row in found.iter_rows(named=True):
        odds = float("nan") if row["odds"] is None else float(row["odds"])
        sign = "" if odds != odds else "·"
        if abs(odds - 1) > 0.05:
            sign = "+" if odds > 1 else "−"
        names = {name: row[name] for name in ("layer", "row", "column", "share")}
        rows.append({**names, "sign": sign})
    return rows


def _told(rows: Rows) -> str:
    """The stayers, for those who do not see the chart."""
    stayers = [
        f"{row['layer']} {heading(row['row'])}".strip() + f" {100 * row['share']:.0f} %"
        for row in rows
        if row["row"] == row["column"] and row["share"] is not None
    ]
    return f"Share of each origin that stayed in its class: {'; '.join(stayers)}."
