"""Long runs with fewer recorded times, so that an answer has room for them."""

from __future__ import annotations

import polars as pl

SERIES = ("quantity", "group", "run")


def thinned(runs: pl.DataFrame, most: int, every: int | None = None) -> tuple[pl.DataFrame, int]:
    """Every so manieth recorded time of each series, and always its last.

    What is kept is as the run had it; nothing is averaged. A quantity with one value a run, such
    as the time of a collapse, is kept.

    Parameters
    ----------
    runs
        As `worldclass.simulate` gives them.
    most
        Rows that an answer has room for.
    every
        Which times to keep: 2 for every second. By default the least with which the rows fit.

    Returns
    -------
    The rows that are kept, and `every`.

    Examples
    --------
    >>> series = pl.DataFrame({"time": range(6), "value": [0.0] * 6}).with_columns(
    ...     quantity=pl.lit("active"), group=pl.lit("all"), run=pl.lit(0))
    >>> kept, every = thinned(series, 4)
    >>> kept["time"].to_list(), every
    ([0, 2, 4, 5], 2)
    """
    place = pl.int_range(pl.len()).over(SERIES)
    last = place == pl.len().over(SERIES) - 1
    marked = runs.with_columns(place.alias("_place"), last.alias("_last"))
    chosen = every or _least(marked, most)
    kept = marked.filter((pl.col("_place") % chosen == 0) | pl.col("_last"))
    return kept.drop("_place", "_last"), chosen


def _least(marked: pl.DataFrame, most: int) -> int:
    """The least step with which no more than `most` rows remain; where none does, the longest."""
    last = marked.filter("_last")["_place"].to_numpy()
    every, longest = max(1, -(-marked.height // most)), int(last.max(initial=0)) + 1
    while every < longest and int((last // every + 1 + (last % every > 0)).sum()) > most:
        every += 1
    return every
