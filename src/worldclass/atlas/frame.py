"""The atlas's answer: a Polars frame that can draw itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import polars as pl

if TYPE_CHECKING:
    import altair as alt

Kind = Literal["auto", "areas", "trends", "map", "ranking"]


class AtlasFrame(pl.DataFrame):
    """Class sizes as a Polars frame, with `.plot()`.

    Every Polars method works; those that return a frame return an `AtlasFrame`.
    """

    def plot(self, kind: Kind = "auto", **options: Any) -> alt.Chart:  # type: ignore[override]
        """Draw the table.

        Parameters
        ----------
        kind
            "areas": classes stacked over years; "trends": one panel per class with intervals;
            "map": one class on the world map in one year; "ranking": countries in order.
            "auto" takes trends for one area, the map for many.
        options
            Passed to the chart: area, year, sex, measure, klass.
        """
        from worldclass.atlas.pictures import draw

        return draw(self, kind, **options)
