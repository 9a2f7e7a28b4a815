"""The atlas's answer: a Polars frame that can draw itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import polars as pl

if TYPE_CHECKING:
    import altair as alt

Kind = Literal["auto", "areas", "trends", "bars", "map", "ranking", "theories"]


class AtlasFrame(pl.DataFrame):
    """Class sizes as a Polars frame, with `.plot()`.

    Every Polars method works, and returns a plain Polars frame; `worldclass.plot` draws that too.
    """

    def plot(self, kind: Kind = "auto", **options: Any) -> alt.VConcatChart:  # type: ignore[override]
        """Draw the table; see `worldclass.atlas.pictures.draw`.

        Parameters
        ----------
        kind
            "areas": classes stacked over years; "trends": one panel per class with intervals;
            "bars": classes of one year; "map": one class on the world map; "ranking": countries
            in order; "theories": side by side in one year. "auto" takes what the table holds.
        options
            klass, country, year, sex, measure, theory.
        """
        from worldclass.atlas.pictures import draw

        return draw(self, kind, **options)
