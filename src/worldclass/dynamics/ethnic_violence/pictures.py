"""Pictures of ethnic violence: both groups on the torus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.dynamics.snapshots import agents_of, draw_agents

if TYPE_CHECKING:
    import polars as pl

    from worldclass.charts.grid_picture import GridPicture


def draw_grid(table: pl.DataFrame, title: str) -> GridPicture:
    """Both groups and cops of the first run at the moments asked for.

    Parameters
    ----------
    table
        Runs with snapshots.
    title
        Words above.

    Raises
    ------
    UsageError
        No snapshots were asked for.
    """
    import polars as pl

    from worldclass.charts.grid_picture import Kind

    kind = pl.when(pl.col("state") == "cop").then(pl.lit("cop")).otherwise(pl.col("people"))
    kinds = {
        "first": Kind("First group", "#249381", 0.95, line=True),
        "second": Kind("Second group", "#e0a526", 0.95, line=True),
        "cop": Kind("Cops", "#141736", 0.9, disc=True),
    }
    words = "One run; prisoners are counted, but off the grid."
    return draw_agents(agents_of(table), kind, kinds, title, subtitle=words)
