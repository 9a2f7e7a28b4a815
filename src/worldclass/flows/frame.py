"""The answer of the flows: a Polars frame that can draw itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from worldclass.core.result_frame import ResultFrame

if TYPE_CHECKING:
    import altair as alt

Kind = Literal["auto", "matrix", "sankey", "trends", "balance", "map"]


class FlowsFrame(ResultFrame):
    """Flows between countries or groups as a Polars frame, with `.plot()`.

    Every Polars method works. What chooses rows (filter, sort, head, tail, slice) gives such a
    frame again, all else a plain Polars frame; `worldclass.plot` draws that too.
    """

    def plot(self, kind: Kind = "auto", **options: Any) -> alt.VConcatChart:  # type: ignore[override]
        """Draw the table; see `worldclass.flows.pictures.draw`.

        Parameters
        ----------
        kind
            "matrix" and "sankey" of pairs; "balance" of areas in one year; "trends" through the
            years; "map" of countries. "auto" takes what the table holds.
        options
            As the chart takes them.
        """
        from worldclass.flows.pictures import draw

        return draw(self, kind, **options)
