"""The answer of a simulation: a Polars frame that can draw itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.core.result_frame import ResultFrame

if TYPE_CHECKING:
    import altair as alt
    import polars as pl


class SimulationFrame(ResultFrame):
    """Runs as a Polars frame, with `.plot()` and `.snapshots`.

    Every Polars method works. What chooses rows (filter, sort, head, tail, slice) gives such a
    frame again, all else a plain Polars frame; `worldclass.plot` draws that too.

    Attributes
    ----------
    title
        Model and scenario in words.
    marks
        Times and words of the interventions of the runs.
    """

    known = ("title", "marks", "snapshots")
    title: str = ""
    marks: tuple[tuple[float, str], ...] = ()

    snapshots: pl.DataFrame | None = None
    """Agents at the times asked for: `model, run, seed, time, agent` and the model's columns."""

    def plot(self, kind: str = "auto", **options: Any) -> alt.VConcatChart:  # type: ignore[override]
        """Draw the runs, with scenario and interventions; see
        `worldclass.dynamics.pictures.draw_runs`."""
        from worldclass.dynamics.pictures import draw_runs

        options = {"title": self.title, "marks": self.marks, **options}
        return draw_runs(self, kind, **options).framed()
