"""Pictures of a frame of flows, chosen by what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worldclass.charts.flow_balance import flow_balance
from worldclass.charts.flow_frame import EMBODIED, FlowSetting, check_columns, kinds_of, places_of
from worldclass.charts.flow_map import flow_map
from worldclass.charts.flow_matrix import GROUPS, flow_matrix
from worldclass.charts.flow_sankey import flow_sankey
from worldclass.charts.flow_trends import flow_trends
from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt
    import polars as pl

    from worldclass.charts.picture import Picture

KINDS = ("matrix", "sankey", "trends", "balance", "map")
SOURCE = "worldclass, from input-output tables and public labour statistics (see DATA_SOURCES.md)"
_PAIRS = ("matrix", "sankey")


def draw(frame: pl.DataFrame, kind: str = "auto", **options: Any) -> alt.VConcatChart:
    """Draw a frame of flows; the chart's `save` writes .png, .svg, .pdf, .html and .json.

    Parameters
    ----------
    frame
        Result of `worldclass.flows`.
    kind
        "matrix" and "sankey" of pairs of places; "balance" of what places command less what they
        work, in one year; "trends" through the years; "map" of countries. "auto" takes trends of
        several years; else ribbons between at most eight places, a matrix of more, and balances
        of single places.
    options
        year, sex, sector, account, width, setting, as the charts take them; and diagonal and most
        (matrix), by_sex, own and most (sankey), kind_of_trend ("net" or "gross"), places and
        pairs (trends), per and count (balance).

    Raises
    ------
    UsageError
        An unknown kind, or a frame that does not hold what the picture needs.

    Examples
    --------
    >>> from worldclass.flows.query import flows
    >>> chart = draw(flows(2008, by="pair", group=["NORTH", "SOUTH"], draws=0))
    >>> sorted(chart.to_dict()["datasets"])
    ['bar_labels', 'bars', 'headings', 'ribbon_labels', 'ribbons']
    """
    return picture(frame, kind, **options).framed()


def picture(frame: pl.DataFrame, kind: str = "auto", **options: Any) -> Picture:
    """The same, as a picture that a page can set: chart, caption and data apart."""
    check_columns(frame)
    if frame.is_empty():
        raise UsageError(
            "The frame of flows has no row, so that there is nothing to draw.",
            where="plot",
            remedy="Look at what it was filtered by: a value may be misspelt, or not in it.",
        )
    pairs = EMBODIED in kinds_of(frame)
    if kind == "auto":
        kind = _fitting(frame, pairs)
    if kind not in KINDS:
        raise UsageError(
            f"There is no picture {kind!r}.", where="kind", remedy=f"Use {', '.join(KINDS)}."
        )
    if kind in _PAIRS and not pairs:
        raise UsageError(
            f"A {kind} needs pairs of places.",
            where="kind",
            remedy='Ask for flows(..., by="pair"), or draw a balance, trends or a map.',
        )
    options.setdefault("setting", FlowSetting(SOURCE))
    if kind == "trends":
        options["kind"] = options.pop("kind_of_trend", "net")
    builders: dict[str, Callable[..., Picture]] = {
        "matrix": flow_matrix,
        "sankey": flow_sankey,
        "trends": flow_trends,
        "balance": flow_balance,
        "map": flow_map,
    }
    return builders[kind](frame, **options)


def _fitting(frame: pl.DataFrame, pairs: bool) -> str:
    """The picture that shows most of what the frame holds."""
    if frame["year"].n_unique() > 1:
        return "trends"
    if not pairs:
        return "balance"
    return "sankey" if len(places_of(frame)) <= GROUPS else "matrix"
