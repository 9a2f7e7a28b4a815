"""Rao and Scott's test of independence in a table from a complex sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.statistics.variance import Totals

_NO_SPREAD = 1e-12
"""A sum of design effects below this is 0, but for rounding."""


@dataclass(frozen=True)
class IndependenceTest:
    """Pearson's statistic with Rao and Scott's second-order correction.

    Attributes
    ----------
    pearson
        X² of the weighted shares, times the number of rows.
    f
        The corrected statistic, to be held against F(`df1`, `df2`).
    df1, df2
        Degrees of freedom, not whole numbers.
    p
        Probability of a greater F under independence.
    mean_deff
        Mean generalised design effect: `pearson` would be too large by this factor.
    note
        Why there is no test, all else being NaN; None when there is one.
    """

    pearson: float
    f: float
    df1: float
    df2: float
    p: float
    mean_deff: float
    note: str | None = None


def independence_test(totals: Totals, rows: int, columns: int) -> IndependenceTest:
    """Test that rows and columns of a weighted table are independent.

    With p the shares of the cells, π the products of their margins, V the covariance of p, and C
    a basis of the interactions,

        X² = n Σ (p − π)² / π
        Δ = (Cᵀ D C / n)⁻¹ (Cᵀ D V D C),  D = diag(1/p), 0 for empty cells
        F = X² / tr Δ,  df1 = (tr Δ)² / tr Δ²,  df2 = df1 · degrees

    where C is made orthogonal to the main effects. Rows and columns without persons are left out.
    There is no test, but a note, when fewer than two rows or columns are left, when units give no
    degrees of freedom, or when tr Δ is 0: then the association does not vary from sample to
    sample, as where each row has a column to itself, or every unit was drawn.

    Parameters
    ----------
    totals
        Weighted totals of the cells, row by row.
    rows, columns
        Size of the table.

    Source
    ------
    Rao and Scott (1984), Annals of Statistics 12; Thomas and Rao (1990) for F.
    """
    from scipy.stats import f as f_distribution

    table = totals.value.reshape(rows, columns)
    keep_rows, keep_columns = table.sum(axis=1) > 0, table.sum(axis=0) > 0
    kept = np.flatnonzero(np.outer(keep_rows, keep_columns).ravel())
    shape = (int(keep_rows.sum()), int(keep_columns.sum()))
    if min(shape) < 2:
        return _no_test("fewer than two rows or columns with persons")
    if totals.degrees < 1:
        return _no_test("no degrees of freedom: all persons are in one unit of each stratum")
    number = int(totals.rows.sum())
    share = totals.value[kept] / totals.value.sum()
    under = np.outer(*_margins(share.reshape(shape))).ravel()
    pearson = float(number * np.sum((share - under) ** 2 / under))

    def shares_of(value: NDArray[np.float64]) -> NDArray[np.float64]:
        return value[kept] / value.sum()

    slope = np.zeros((kept.size, totals.value.size))
    slope[np.arange(kept.size), kept] = 1.0
    cover = totals.spread(shares_of, (slope - share[:, None]) / totals.value.sum())
    inverse = np.where(share > 0, 1 / np.where(share > 0, share, 1.0), 0.0)
    weighted = _interactions(*shape) * inverse[:, None]
    plain = _interactions(*shape).T @ weighted / number
    delta = np.linalg.lstsq(plain, weighted.T @ cover @ weighted, rcond=None)[0]
    trace, squares = float(np.trace(delta)), float(np.trace(delta @ delta))
    if not (trace > _NO_SPREAD and squares > 0):
        return _no_test("the association has no sampling variance: the test is not defined")
    df1 = trace**2 / squares
    df2 = df1 * totals.degrees
    statistic = pearson / trace
    p = float(f_distribution.sf(statistic, df1, df2))
    return IndependenceTest(pearson, statistic, df1, df2, p, trace / plain.shape[0])


def _no_test(note: str) -> IndependenceTest:
    nothing = float("nan")
    return IndependenceTest(nothing, nothing, nothing, nothing, nothing, nothing, note)


def _margins(share: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return share.sum(axis=1), share.sum(axis=0)


def _interactions(rows: int, columns: int) -> NDArray[np.float64]:
    """Basis of interactions orthogonal to the main effects, shape (cells, (r − 1)(c − 1))."""
    return np.kron(_contrasts(rows), _contrasts(columns)).astype(np.float64)


def _contrasts(number: int) -> NDArray[np.float64]:
    """Columns that sum to 0, shape (number, number − 1)."""
    return np.vstack([np.eye(number - 1), -np.ones((1, number - 1))])
