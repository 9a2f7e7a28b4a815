"""Pictures of the social architecture beyond its course in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.core.errors import UsageError
from worldclass.dynamics.model import MECHANISM

if TYPE_CHECKING:
    import polars as pl

    from worldclass.charts.picture import Picture


def draw_firm_sizes(table: pl.DataFrame, title: str) -> Picture:
    """Firm-months by number of employees, on logarithmic axes."""
    import polars as pl

    from worldclass.charts.curves import curves

    sizes = (
        table.filter(pl.col("quantity") == "firms_by_size").group_by("group").agg(pl.sum("value"))
    )
    if sizes.is_empty():
        raise UsageError("There was no firm in any month, so there are no sizes to draw.")
    points = sizes.select(
        pl.lit("Firm-months").alias("panel"),
        pl.lit("all").alias("line"),
        pl.col("group").cast(pl.Float64).alias("x"),
        pl.col("value").alias("y"),
    ).sort("x")
    return curves(
        points,
        title=f"{title}: sizes of firms",
        x="employees",
        subtitle="Firms of each size, counted at the end of every month; both axes logarithmic",
        footnote=MECHANISM,
        logarithmic=True,
        points=True,
        height=320,
    )


def draw_distributions(table: pl.DataFrame, title: str) -> Picture:
    """Wealth and income by class, on logarithmic axes."""
    from worldclass.charts.curves import curves

    return curves(
        table,
        title=f"{title}: money and income by class",
        x="coins",
        subtitle="Share of a class's agent-years with at least so many coins; both axes "
        "logarithmic. A straight line is a Pareto tail",
        footnote=MECHANISM,
        logarithmic=True,
        classes=True,
        columns=2,
        height=280,
    )


def draw_comparison(table: pl.DataFrame, title: str) -> Picture:
    """Our runs beside the published numbers."""
    from worldclass.charts.estimate_dots import estimate_dots

    return estimate_dots(
        table,
        title=f"{title}: our runs and the published numbers",
        subtitle="Mean of 10 runs, 5–95 % of runs",
        published="Wright (2005), one run",
        footnote=MECHANISM,
    )
