"""Draw any result frame: what its columns say decides how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

ATLAS = frozenset({"theory", "class", "country", "year", "sex", "persons"})
FLOWS = frozenset({"year", "producer", "consumer", "sector", "sex", "measure", "value"})


def plot(frame: pl.DataFrame, kind: str = "auto", **options: Any) -> alt.VConcatChart:
    """Draw a frame of the atlas or of the flows, also after it was filtered.

    Parameters
    ----------
    frame
        From `worldclass.atlas` or `worldclass.flows`.
    kind, options
        As `worldclass.atlas.pictures.draw` and `worldclass.flows.pictures.draw` take them.

    Raises
    ------
    UsageError
        The frame has the columns of neither; or as the two raise it.

    Examples
    --------
    >>> import worldclass as wc
    >>> brazil = wc.atlas("ilo-status", country="BRA", year=2023, sex="total")
    >>> plot(brazil.filter(brazil["class"] != "outside")).to_dict()["title"]["text"]
    ['Classes: Brazil, 2023']
    """
    columns = set(frame.columns)
    if columns >= FLOWS:
        from worldclass.flows.pictures import draw as draw_flows

        return draw_flows(frame, kind, **options)
    if columns >= ATLAS:
        from worldclass.atlas.pictures import draw as draw_atlas

        return draw_atlas(frame, kind, **options)
    raise UsageError(
        f"A frame with the columns {', '.join(frame.columns)} has no picture.",
        where="plot",
        remedy="Draw a frame from wc.atlas or wc.flows, with all its columns.",
    )
