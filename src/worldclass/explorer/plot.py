"""Draw any result frame: what its columns say decides how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

ATLAS = frozenset({"theory", "class", "country", "year", "sex", "persons"})
CLAIMS = frozenset({"claim", "number", "label", "kind", "origin", "verdict", "share_holding"})
FLOWS = frozenset({"year", "producer", "consumer", "sector", "sex", "measure", "value"})


def plot(frame: pl.DataFrame, kind: str = "auto", **options: Any) -> alt.VConcatChart:
    """Draw a frame of the atlas, the flows or the claims, also after it was filtered.

    Parameters
    ----------
    frame
        From `worldclass.atlas`, `worldclass.flows` or `worldclass.claims`.
    kind, options
        As `worldclass.atlas.pictures.draw` and `worldclass.flows.pictures.draw` take them. Verdicts
        have one picture, a board; `title`, `subtitle` and `width` may be given.

    Raises
    ------
    UsageError
        The frame has the columns of none; or as these raise it.

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
    if columns >= CLAIMS:
        from worldclass.charts.verdict_board import verdict_board
        from worldclass.claims.pictures import limits

        if kind not in ("auto", "board"):
            raise UsageError(
                f"Verdicts have no picture {kind!r}.",
                where="kind",
                remedy='Leave it out for the board; draw a curve with wc.claims(…).plot("CLAIM").',
            )
        words: dict[str, Any] = {"title": "Verdicts", "cutoffs": limits()} | options
        return verdict_board(frame, **words).framed()
    raise UsageError(
        f"A frame with the columns {', '.join(frame.columns)} has no picture.",
        where="plot",
        remedy="Draw a frame from wc.atlas, wc.flows or wc.claims, with all its columns.",
    )
