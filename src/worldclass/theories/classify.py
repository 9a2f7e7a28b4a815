"""Classify persons in a frame: one lookup in the decision table for all of them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.theories.encode import code_states, cut_states, reference_values, split_states
from worldclass.theories.splits import Estimate, SplitEntry

if TYPE_CHECKING:
    import polars as pl

    from worldclass.theories.compile import CompiledTheory

References = Mapping[str, float | str]


def classify_frame(
    frame: pl.DataFrame,
    compiled: CompiledTheory,
    references: References | None = None,
    *,
    column: str = "class",
) -> pl.DataFrame:
    """The frame with each person's class in a new column.

    Parameters
    ----------
    frame
        One row a person, with the columns that the theory uses (see `people/columns.toml`), and
        one column of 0 and 1 for each of its splits. An income that is NULL or NaN is missing.
    compiled
        The compiled theory.
    references
        For each reference income that the theory uses, a number or the name of a column that
        holds it. A column named like `reference_column` says need not be given.
    column
        Name of the new column, of type Enum over the theory's classes.

    Raises
    ------
    TheoryError
        A column is missing, a code unknown, an income infinite, a reference income missing or
        not positive, or a split neither 0 nor 1.

    Example
    -------
    >>> import polars as pl
    >>> from worldclass.theories import compile_theory, load_theory
    >>> people = pl.DataFrame({"status": ["employee", "outside"]})
    >>> theory = compile_theory(load_theory("classical-marxist"))
    >>> classify_frame(people, theory)["class"].to_list()
    ['proletariat', 'dependants']
    """
    import polars as pl  # takes 0.2 s to import

    states = [
        *(code_states(frame, axis) for axis in compiled.categories),
        *_income_states(frame, compiled, references or {}),
        *(split_states(frame, split) for split in compiled.splits),
    ]
    found = _look_up(compiled, states, frame.height)
    kind = pl.Enum(compiled.classes)
    physical = pl.Series(column, np.where(found < 0, 0, found).astype(np.uint32))
    words = pl.Series(list(compiled.classes), dtype=kind).gather(physical).alias(column)
    if np.any(found < 0):
        words = pl.select(
            pl.when(pl.Series(found >= 0)).then(words).otherwise(None).alias(column)
        ).to_series()
    return frame.with_columns(words)


def class_shares(
    frame: pl.DataFrame,
    compiled: CompiledTheory,
    references: References | None = None,
    *,
    estimate: Estimate = "central",
) -> pl.DataFrame:
    """The frame with each class's expected share of each row, in columns `share_…`.

    A row's share of a class is the sum, over all ways of being inside or outside the splits, of
    the way's probability, where that way leads to the class:

        share_c = Σ_s [class(s) = c] Π_i f_i^{s_i} (1 − f_i)^{1 − s_i}.

    Parameters
    ----------
    frame
        As for `classify_frame`, but without columns for the splits; with a column for each share
        that the splits use.
    compiled
        The compiled theory.
    references
        As for `classify_frame`.
    estimate
        Which fraction of the splits to use.

    Raises
    ------
    TheoryError
        As for `classify_frame`; or a share is missing or outside 0 to 1 where it is needed.

    Example
    -------
    >>> import polars as pl
    >>> from worldclass.theories import compile_theory, load_theory
    >>> row = {"status": "unemployed", "sex": "male", "age": "15+", "sector": None,
    ...        "occupation": None, "labour_income": None, "long_term_unemployed": 0.4,
    ...        "national_mean_labour_income": 900.0}
    >>> theory = compile_theory(load_theory("bromma"))
    >>> out = class_shares(pl.DataFrame([row]), theory)
    >>> out["share_lumpen"].item(), out["share_proletariat"].item()
    (0.4, 0.6)
    """
    import polars as pl  # takes 0.2 s to import

    codes = [code_states(frame, axis) for axis in compiled.categories]
    incomes = _income_states(frame, compiled, references or {})
    fractions = [_fraction(frame, compiled, split, codes, estimate) for split in compiled.splits]
    shares = np.zeros((frame.height, len(compiled.classes)))
    rows = np.arange(frame.height)
    for way in itertools.product((0, 1), repeat=len(fractions)):
        weight = np.ones(frame.height)
        for state, fraction in zip(way, fractions, strict=True):
            weight = weight * (fraction if state else 1 - fraction)
        splits = [np.full(frame.height, state, dtype=np.intp) for state in way]
        found = _look_up(compiled, [*codes, *incomes, *splits], frame.height)
        given = found >= 0
        np.add.at(shares, (rows[given], found[given]), weight[given])
    return frame.with_columns(
        pl.Series(share_column(name), shares[:, index])
        for index, name in enumerate(compiled.classes)
    )


def share_column(class_id: str) -> str:
    """Name of the column that holds a class's expected share.

    Example
    -------
    >>> share_column("worker-elite")
    'share_worker_elite'
    """
    return "share_" + class_id.replace("-", "_")


def _look_up(
    compiled: CompiledTheory, states: list[NDArray[np.intp]], height: int
) -> NDArray[np.int16]:
    """Class indices, shape (height,), from the states on each axis."""
    if not states:
        return np.full(height, compiled.table[()], dtype=np.int16)
    flat = np.zeros(height, dtype=np.intp)
    for state, size in zip(states, compiled.table.shape, strict=True):
        flat *= size
        flat += state
    return compiled.table.ravel().take(flat)


def _income_states(
    frame: pl.DataFrame, compiled: CompiledTheory, references: References
) -> list[NDArray[np.intp]]:
    """The states on each cut axis."""
    values = {name: reference_values(frame, name, references) for name in compiled.references}
    return [cut_states(frame, cut, values) for cut in compiled.cuts]


def _fraction(
    frame: pl.DataFrame,
    compiled: CompiledTheory,
    split: str,
    codes: list[NDArray[np.intp]],
    estimate: Estimate,
) -> NDArray[np.float64]:
    """The fraction of each row that is inside a split, shape (height,)."""
    fraction = np.zeros(frame.height)
    for entry in compiled.split_fraction(split):
        covered = entry.cells[tuple(codes)] if codes else np.full(frame.height, entry.cells[()])
        share = None
        if entry.share is not None:
            share = _share(frame, entry, covered)
        value = entry.fraction(estimate, compiled.parameters, share)
        fraction = np.where(covered, value, fraction)
    return fraction


def _share(
    frame: pl.DataFrame, entry: SplitEntry, covered: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """A share's values; those of rows that the entry does not cover are 0."""
    name = str(entry.share)
    if name not in frame.columns:
        raise TheoryError(
            f"The frame has no column '{name}', which split '{entry.split}' needs.",
            where=f"columns: {', '.join(frame.columns)}",
            remedy="Add the share, 0 to 1.",
        )
    values = frame[name].cast(float).to_numpy()
    bad = covered & ~((values >= 0) & (values <= 1))
    if np.any(bad):
        row = int(np.argmax(bad))
        raise TheoryError(
            f"Share '{name}' is {values[row]} in row {row}.",
            where=f"split '{entry.split}'",
            remedy="A share is a number from 0 to 1.",
        )
    return np.where(covered, values, 0.0)
