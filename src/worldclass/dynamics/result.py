"""The answer of a simulation: a Polars frame that can draw itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    import altair as alt


class SimulationFrame(pl.DataFrame):
    """Runs as a Polars frame, with `.plot()` and `.snapshots`.

    Every Polars method works, and returns a plain Polars frame.
    """

    snapshots: pl.DataFrame | None = None
    """Agents at the times asked for: `model, run, seed, time, agent` and the model's columns."""

    def plot(self, kind: str = "auto", **options: Any) -> alt.VConcatChart:  # type: ignore[override]
        """Draw the runs; see `worldclass.dynamics.pictures.draw_runs`."""
        from worldclass.dynamics.pictures import draw_runs

        return draw_runs(self, kind, **options).framed()
