"""Specifications in a row from the smallest estimate to the largest, or in columns of many.

A picture a few hundred pixels wide can show a few hundred specifications one by one. Beyond that,
neighbours are taken together in columns of equal number; a column tells the least, the middle and
the greatest of what it holds, so that nothing is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from worldclass.charts.picture import Rows
from worldclass.charts.verdicts import Cutoffs

LEAST_PIXELS = 2.2
"""A specification that is drawn by itself has at least this many pixels."""
COLUMN_PIXELS = 6
MOST_OPTIONS = 8
"""Options of a choice that get a row each; more are taken together in neighbouring groups."""


@dataclass(frozen=True)
class Columns:
    """Where specifications stand from left to right.

    Parameters
    ----------
    order
        Numbers of specifications, from left to right.
    edges
        Ends of the columns in `order`; one more than there are columns.
    """

    order: tuple[int, ...]
    edges: tuple[int, ...]

    @property
    def count(self) -> int:
        """Number of specifications."""
        return len(self.order)

    @property
    def together(self) -> bool:
        """Whether columns hold several specifications."""
        return self.count > len(self.edges) - 1

    @property
    def largest(self) -> int:
        """Specifications in the fullest column."""
        return int(np.diff(self.edges).max())

    def place(self, table: pl.DataFrame) -> pl.DataFrame:
        """The table in the order of the columns, with the number of the column as `_column`."""
        order = pl.DataFrame({"specification": list(self.order)}).with_columns(
            _column=pl.Series(np.repeat(np.arange(len(self.edges) - 1), np.diff(self.edges)))
        )
        typed = order.with_columns(pl.col("specification").cast(table["specification"].dtype))
        return typed.join(table, on="specification", how="left", maintain_order="left")

    def starts(self) -> pl.DataFrame:
        """Ends of every column: `_column`, `start`, `end`, `middle`."""
        edges = np.asarray(self.edges, dtype=np.float64)
        return pl.DataFrame(
            {
                "_column": np.arange(len(edges) - 1),
                "start": edges[:-1],
                "end": edges[1:],
                "middle": (edges[:-1] + edges[1:]) / 2,
            }
        )


def arrange(table: pl.DataFrame, plot: int) -> Columns:
    """Columns of the specifications sorted by `estimate`, for a plot of so many pixels."""
    order = table.sort("estimate", "specification")["specification"].to_list()
    count = len(order)
    if count <= plot / LEAST_PIXELS:
        return Columns(tuple(order), tuple(range(count + 1)))
    edges = np.round(np.linspace(0, count, plot // COLUMN_PIXELS + 1)).astype(int)
    return Columns(tuple(order), tuple(edges.tolist()))


def estimates(table: pl.DataFrame, columns: Columns, cutoffs: Cutoffs) -> Rows:
    """What every column shows of one condition.

    `low`, `high`: outermost ends of the 5–95 % intervals; `bottom`, `estimate`, `top`: least,
    median and greatest estimate; `state`: the most frequent one.
    """
    states = table.with_columns(cutoffs.states(table))
    told = (
        columns.place(states)
        .group_by("_column", maintain_order=True)
        .agg(
            low=pl.min_horizontal("p05", "estimate").min(),
            high=pl.max_horizontal("p95", "estimate").max(),
            bottom=pl.col("estimate").min(),
            top=pl.col("estimate").max(),
            estimate=pl.col("estimate").median(),
            state=pl.col("state").mode().sort().first(),
            share=pl.col("share_holding").mean(),
            count=pl.len(),
        )
    )
    return columns.starts().join(told, on="_column", how="left").drop("_column").to_dicts()


def stack(table: pl.DataFrame, columns: Columns, cutoffs: Cutoffs, states: Sequence[str]) -> Rows:
    """Share of every column's specifications in each state, stacked from 0 to 1."""
    told = columns.place(table.with_columns(cutoffs.states(table)))
    counts = told.group_by("_column", maintain_order=True).agg(
        *((pl.col("state") == state).mean().alias(state) for state in states)
    )
    rows: Rows = []
    told = columns.starts().join(counts, on="_column", how="left").to_dicts()
    # A last row at the right end closes the steps.
    for row in [*told, told[-1] | {"start": told[-1]["end"]}]:
        floor = 0.0
        for state in states:
            top = floor + row[state]
            rows.append({"start": row["start"], "state": state, "from": floor, "to": top})
            floor = top
    return rows


@dataclass(frozen=True)
class Options:
    """A choice of a claim and its options, in the order of the file.

    Parameters
    ----------
    id
        Column of the table.
    label
        Words for it.
    options
        All options, also those that a sample missed.
    """

    id: str
    label: str
    options: tuple[str, ...]

    def groups(self) -> list[tuple[str, tuple[str, ...]]]:
        """Options as rows of the picture: label, and which options it stands for."""
        if len(self.options) <= MOST_OPTIONS:
            return [(option, (option,)) for option in self.options]
        parts = np.array_split(np.arange(len(self.options)), MOST_OPTIONS - 2)
        own: list[tuple[str, ...]] = [tuple(self.options[i] for i in part) for part in parts]
        return [(_ends(part[0], part[-1]), part) for part in own]


def _ends(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def share_by_option(table: pl.DataFrame, choice: str, options: Sequence[str]) -> float | None:
    """Share of combinations that hold among the specifications with one of the options."""
    own = table.filter(pl.col(choice).is_in(list(options)))
    return None if own.is_empty() else float(own["share_holding"].mean())  # type: ignore[arg-type]


def ticks(
    table: pl.DataFrame, columns: Columns, cutoffs: Cutoffs, choice: str, options: Sequence[str]
) -> Rows:
    """Runs of neighbouring specifications that use the options and share a state."""
    told = table.select("specification").with_columns(cutoffs.states(table))
    states = columns.place(told)["state"].to_list()
    placed = columns.place(table.select("specification", choice))
    used = placed[choice].is_in(list(options)).to_numpy()
    runs: Rows = []
    for place, (own, state) in enumerate(zip(used, states, strict=True)):
        if not own:
            continue
        if runs and runs[-1]["end"] == place and runs[-1]["state"] == state:
            runs[-1]["end"] = place + 1
        else:
            runs.append({"start": place, "end": place + 1, "state": state})
    return runs


def shares_used(
    table: pl.DataFrame, columns: Columns, choice: str, options: Sequence[str]
) -> list[tuple[float, float]]:
    """Start of every column, and the share of its specifications that use the options."""
    placed = columns.place(table.select("specification", choice))
    told = placed.group_by("_column", maintain_order=True).agg(
        share=pl.col(choice).is_in(list(options)).mean()
    )
    joined = columns.starts().join(told, on="_column", how="left")
    return list(zip(joined["start"].to_list(), joined["share"].to_list(), strict=True))
