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


def later_half(table: pl.DataFrame) -> pl.DataFrame:
    """Rows of the second half of each run, by its own length: a run that ends early still counts.

    Examples
    --------
    >>> runs = pl.DataFrame({"run": [0, 0, 0, 1], "time": [0.0, 5.0, 9.0, 3.0]})
    >>> later_half(runs)["time"].to_list()
    [5.0, 9.0, 3.0]
    """
    one = [name for name in ("point", "run", "seed") if name in table.columns]
    time = pl.col("time")
    last = time.max().over(one)
    return table.filter((2 * time > last) | (time == last))
