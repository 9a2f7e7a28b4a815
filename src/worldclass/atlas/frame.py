"""The atlas's answer: a Polars frame that can draw itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from worldclass.core.result_frame import ResultFrame

if TYPE_CHECKING:
    import altair as alt

Kind = Literal["auto", "areas", "trends", "bars", "places", "map", "ranking", "theories"]


class AtlasFrame(ResultFrame):
    """Class sizes as a Polars frame, with `.plot()`.

    Every Polars method works. What chooses rows (filter, sort, head, tail, slice) gives such a
    frame again, all else a plain Polars frame; `worldclass.plot` draws that too.

    Attributes
    ----------
    deviations
        How the run differs from the theory's own settings, in words; pictures say it. A plain
        frame that Polars makes of this one does not keep it.
    """

    known = ("deviations",)
    deviations: str = ""

    def plot(self, kind: Kind = "auto", **options: Any) -> alt.VConcatChart:  # type: ignore[override]
        """Draw the table; see `worldclass.atlas.pictures.draw`.

        Parameters
        ----------
        kind
            "areas": classes stacked over years; "trends": one panel per class with intervals;
            "bars": classes of one year; "places": two to eight side by side; "map": one class on
            the world map; "ranking": countries in order; "theories": side by side in one year.
            "auto" takes what the table holds.
        options
            klass, country, year, sex, measure, theory.
        """
        from worldclass.atlas.pictures import draw

        options.setdefault("deviations", self.deviations)
        return draw(self, kind, **options)


def deviating(frame: pl.DataFrame, words: str) -> AtlasFrame:
    """An atlas frame that says how its run differs from the theory's own settings."""
    told = AtlasFrame(frame)
    told.deviations = words
    return told
