"""Pictures of civil violence: everybody on the torus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.dynamics.snapshots import agents_of, draw_agents

if TYPE_CHECKING:
    import polars as pl

    from worldclass.charts.grid_picture import GridPicture


def draw_grid(table: pl.DataFrame, title: str) -> GridPicture:
    """Citizens and cops of the first run at the moments asked for.

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

    kinds = {
        "quiet": Kind("Quiet", "#a9b8dd", 0.6),
        "active": Kind("Active", "#c2410c", 1.0, line=True),
        "cop": Kind("Cops", "#141736", 0.9, disc=True),
        "jailed": Kind("Jailed", "#6b7280", 0.0, line=True),
    }
    words = "One run; prisoners are off the grid."
    return draw_agents(agents_of(table), pl.col("state"), kinds, title, subtitle=words)
