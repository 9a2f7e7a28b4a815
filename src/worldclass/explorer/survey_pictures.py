"""Pictures of what `worldclass.statistics` finds in a survey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import altair as alt
    import polars as pl

CELLS = frozenset({"n", "total", "share", "outflow", "inflow", "missing"})
"""Columns of a mobility table's cells, beside its keys."""


def draw_result(result: Any, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    """Draw a result of a survey that is no frame: heat maps of tables, dots of a layer effect.

    Parameters
    ----------
    result
        From `worldclass.mobility`, its `unidiff`, or `worldclass.cross_table`.
    kind
        "auto": each has one picture.
    options
        `labels`, `title`, `source`, `width`, as the pictures take them; of cross-tabulations
        also `column_labels`.

    Raises
    ------
    UsageError
        For another result, or another kind.
    """
    from worldclass.statistics.mobility_table import Mobility
    from worldclass.statistics.tabulation import CrossTable
    from worldclass.statistics.unidiff import Unidiff

    if isinstance(result, Mobility):
        keys = [result.origin, result.destination, *([result.by] if result.by else [])]
        return _heat(result.table, keys, kind, options)
    if isinstance(result, CrossTable):
        return _crossed(result.table, kind, options)
    if isinstance(result, Unidiff):
        return _layer_effect(result.table, result.design, kind, options)
    raise UsageError(
        f"wc.plot draws no {type(result).__module__.split('.')[0]} {type(result).__name__}.",
        where="plot",
        remedy="Give a result of worldclass: a frame, or what wc.mobility and wc.cross_table give. "
        "Of classes in microdata first take wc.shares.",
    )


def draw_shares(frame: pl.DataFrame, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    """Draw the result of `worldclass.shares` as dots with intervals.

    Without `column` and `by` the last key is the class and the one before it the group, as
    `shares` writes them; more keys, or shares that do not sum to 1 over the last, have to be told.
    """
    from worldclass.charts.share_dots import share_dots

    one_picture(kind, "Shares")
    keys = frame.columns[: frame.columns.index("share")]
    if "column" not in options and len(keys) > 1:
        if len(keys) > 2 or not _sum_to_one(frame, keys[0]):
            raise UsageError(
                f"The frame has shares by {', '.join(keys)}.",
                where="plot",
                remedy=f"Say which is the class and which the group: column={keys[-1]!r}, "
                f"by={keys[0]!r}; and filter the others to one value.",
            )
        options = {"column": keys[1], "by": keys[0]} | options
    options = {"column": keys[0]} | options
    return share_dots(frame, **_with_words(options)).framed()


def draw_cells(frame: pl.DataFrame, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    """Draw the cells of a mobility table, also after they were filtered."""
    keys = frame.columns[: frame.columns.index("n")]
    return _heat(frame, [*keys[-2:], *keys[:-2]], kind, options)


def one_picture(kind: str, what: str) -> None:
    """Refuse a kind of picture where there is one."""
    if kind != "auto":
        raise UsageError(
            f"{what} have no picture {kind!r}.", where="kind", remedy="Leave it out: they have one."
        )


def _heat(
    table: pl.DataFrame, keys: list[str], kind: str, options: dict[str, Any]
) -> alt.VConcatChart:
    from worldclass.charts.mobility_table import mobility_heat

    one_picture(kind, "Mobility tables")
    return mobility_heat(table, *keys, **_with_words(options)).framed()


def _crossed(table: pl.DataFrame, kind: str, options: dict[str, Any]) -> alt.VConcatChart:
    from worldclass.charts.cross_heat import cross_heat

    one_picture(kind, "Cross-tabulations")
    keys = table.columns[: table.columns.index("share")]
    if len(keys) > 3:
        raise UsageError(
            f"The cross-tabulation has groups by {', '.join(keys[:-2])}.",
            where="plot",
            remedy="Cross it by one of them, or draw one group of its table with wc.plot.",
        )
    return cross_heat(table, *keys[-2:], *keys[:-2], **_with_words(options)).framed()


def _layer_effect(
    table: pl.DataFrame, design: str, kind: str, options: dict[str, Any]
) -> alt.VConcatChart:
    """φ of each layer: 1 is the strength of association in the first."""
    import polars as pl

    from worldclass.charts.estimate_dots import estimate_dots
    from worldclass.charts.share_dots import interval_of

    one_picture(kind, "Layer effects")
    layer = table.columns[0]
    low, high = interval_of(table, "plot")
    first = str(table[layer][0])
    panel = f"φ, {first} = 1"
    dots = table.select(
        panel=pl.lit(panel),
        label=pl.col(layer).cast(pl.String),
        value="phi",
        low=low,
        high=high,
    )
    words: dict[str, Any] = {
        "title": f"Association of origin and destination, by {layer}",
        "subtitle": "Log-multiplicative layer effect (unidiff): above 1, class depends more on "
        "origin; line: interval",
        "footnote": f"Intervals: {design}.",
    }
    return estimate_dots(dots, references={panel: 1.0}, **(words | options)).framed()


def _with_words(options: dict[str, Any]) -> dict[str, Any]:
    """The options with labels as words: those of a scheme where it is named."""
    named = {
        name: value
        for name, value in options.items()
        if name in ("labels", "column_labels") and value is not None
    }
    words = {name: value for name, value in named.items() if isinstance(value, Mapping)}
    if len(words) < len(named):
        from worldclass.schemes.coder import find_theory

        for name in named.keys() - words.keys():
            words[name] = {entry.id: entry.label for entry in find_theory(named[name]).classes}
    return options | words


def _sum_to_one(frame: pl.DataFrame, by: str) -> bool:
    """Whether the shares of some group are those of all its classes, and none are of more."""
    import polars as pl

    sums = frame.group_by(by).agg(pl.col("share").sum())["share"]
    return bool((sums < 1 + 1e-6).all() and ((sums - 1).abs() < 1e-6).any())
