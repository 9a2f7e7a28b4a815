"""Weighted totals of cells, and how they vary from sample to sample.

Every statistic of this package is a smooth function of weighted cell totals. So one covariance
serves them all. With units and strata (linearisation; Binder 1983), for the totals `t[u]` of the
units u of stratum h:

    V = Σ_h (1 − f_h) · n_h / (n_h − 1) · Σ_u (t[u] − t̄_h)(t[u] − t̄_h)ᵀ

and V(g) = J V Jᵀ for a function g with derivative J. With replicates r:

    V(g) = Σ_r c_r (g(T_r) − g(T))(g(T_r) − g(T))ᵀ

Source: Wolter, Introduction to Variance Estimation (2007), chapters 3, 4, 6; Judkins (1990) for
Fay's factor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.statistics.sample import Sample

_RANK_TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Totals:
    """Weighted totals of cells with their sampling variation.

    Attributes
    ----------
    value
        Weighted totals, shape (cells).
    rows
        Number of rows, shape (cells).
    covariance
        Shape (cells, cells).
    replicates
        Totals under each replicate, shape (replicates, cells); None with linearisation.
    factors
        Factor of each replicate.
    centred_on_mean
        Whether replicates spread about their mean.
    degrees
        Degrees of freedom.
    effective
        Effective number of rows, for shares of 0 and 1, which show no variance of their own.
        Without clusters Kish's (Σw)² / Σw². With clusters or replicates at most the rows over
        the average design effect of the shares of the cells; where all rows are in one cell,
        at most the number of primary units.
    """

    value: NDArray[np.float64]
    rows: NDArray[np.int64]
    covariance: NDArray[np.float64]
    replicates: NDArray[np.float64] | None
    factors: NDArray[np.float64]
    centred_on_mean: bool
    degrees: float
    effective: float

    def spread(
        self,
        function: Callable[[NDArray[np.float64]], NDArray[np.float64]],
        jacobian: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        """Covariance of a function of the totals.

        Parameters
        ----------
        function
            From totals, shape (cells), to statistics, shape (statistics).
        jacobian
            Its derivative at the totals, shape (statistics, cells); taken by central
            differences when not given.
        """
        if self.replicates is not None:
            values = np.array([function(row) for row in self.replicates])
            return _about(values, function(self.value), self.factors, self.centred_on_mean)
        slope = difference_quotient(function, self.value) if jacobian is None else jacobian
        return slope @ self.covariance @ slope.T


def cell_totals(sample: Sample, cells: NDArray[np.int64], number: int) -> Totals:
    """Weighted totals of the cells that rows fall into.

    Parameters
    ----------
    cells
        Cell of each row, shape (rows); −1 for rows outside. Rows outside stay in the design:
        a part of a sample varies with the whole (Cochran 1977, section 2.13).
    number
        Number of cells.
    """
    inside = cells >= 0
    weight = np.where(inside, sample.weight, 0.0)
    counted = inside & (sample.weight > 0)
    value = np.bincount(cells[inside], weight[inside], number).astype(np.float64)
    rows = np.bincount(cells[counted], minlength=number)
    on_mean = sample.design.centre == "mean"
    if sample.replicates is None:
        cover = _linearised(sample, cells, inside, number)
        degrees = _unit_degrees(sample, counted)
        replicates, factors = None, np.zeros(0)
    else:
        indicator = _indicator(cells, np.ones(cells.size), np.arange(cells.size), inside, number)
        replicates = np.asarray((indicator.T @ sample.replicates).T)
        factors = sample.factors
        cover = _about(replicates, value, factors, on_mean)
        degrees = replicate_degrees(sample, inside)
    effective = _effective(sample, counted, value, cover)
    return Totals(value, rows, cover, replicates, factors, on_mean, degrees, effective)


def difference_quotient(
    function: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    point: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Derivative by central differences, shape (statistics, cells)."""
    step = 1e-6 * max(float(np.abs(point).mean()), 1e-12)
    columns: list[NDArray[np.float64]] = []
    for at in range(point.size):
        up, down = point.copy(), point.copy()
        up[at] += step
        down[at] -= step
        columns.append((function(up) - function(down)) / (2 * step))
    return np.column_stack(columns)


def replicate_degrees(sample: Sample, inside: NDArray[np.bool_]) -> float:
    """Degrees of freedom of replicate weights: rank − 1, or as the design says."""
    design = sample.design
    if design.degrees_of_freedom is not None:
        return float(design.degrees_of_freedom)
    assert sample.replicates is not None
    if design.method == "jkn" and design.strata:
        return float(sample.replicates.shape[1] - len(sample.stratum_names))
    part = sample.replicates[inside]
    size = np.sqrt(np.sum(part**2, axis=0))
    part = part / np.where(size > 0, size, 1.0)
    roots = np.linalg.eigvalsh(part.T @ part)
    return float(np.sum(roots > _RANK_TOLERANCE * roots[-1]) - 1)


def _about(
    values: NDArray[np.float64],
    centre: NDArray[np.float64],
    factors: NDArray[np.float64],
    on_mean: bool,
) -> NDArray[np.float64]:
    """Weighted sum of squared deviations of replicates, shape (statistics, statistics)."""
    away = values - (values.mean(axis=0) if on_mean else centre)
    return (away * factors[:, None]).T @ away


def _indicator(
    cells: NDArray[np.int64],
    weight: NDArray[np.float64],
    rows: NDArray[np.int64],
    inside: NDArray[np.bool_],
    number: int,
) -> Any:
    """Sparse sums of weights by row label and cell."""
    from scipy.sparse import csr_array

    height = int(rows.max()) + 1
    return csr_array((weight[inside], (rows[inside], cells[inside])), shape=(height, number))


def _linearised(
    sample: Sample, cells: NDArray[np.int64], inside: NDArray[np.bool_], number: int
) -> NDArray[np.float64]:
    """Covariance of totals from units in strata."""
    drawn = np.bincount(sample.stratum, minlength=len(sample.stratum_names))
    single = drawn == 1
    factor = np.where(single, 0.0, (1 - sample.rate) * drawn / np.maximum(drawn - 1, 1))
    by_unit = _indicator(cells, sample.weight, sample.unit, inside, number)
    by_unit.resize((sample.stratum.size, number))
    weighted = by_unit.multiply(factor[sample.stratum][:, None]).tocsr()
    cover = np.asarray((by_unit.T @ weighted).todense())
    of_row = sample.stratum[sample.unit]
    by_stratum = _indicator(cells, sample.weight, of_row, inside, number)
    by_stratum.resize((drawn.size, number))
    share = (factor / np.maximum(drawn, 1))[:, None]
    cover -= np.asarray((by_stratum.T @ by_stratum.multiply(share).tocsr()).todense())
    if sample.design.single_psu == "centered" and single.any():
        mean = np.asarray(by_unit.sum(axis=0)) / sample.stratum.size
        alone = single[sample.stratum] & (sample.rate[sample.stratum] < 1)
        away = np.asarray(by_unit[np.flatnonzero(alone)].todense()) - mean
        cover += away.T @ away
    return cover


def _unit_degrees(sample: Sample, counted: NDArray[np.bool_]) -> float:
    """Units less strata, among those that hold a row of the part with a weight above 0."""
    if sample.design.degrees_of_freedom is not None:
        return float(sample.design.degrees_of_freedom)
    units = np.unique(sample.unit[counted])
    return float(units.size - np.unique(sample.stratum[units]).size)


def _effective(
    sample: Sample,
    counted: NDArray[np.bool_],
    value: NDArray[np.float64],
    cover: NDArray[np.float64],
) -> float:
    """Effective number of rows for shares of 0 and 1; see `Totals`.

    The average design effect is Σ V(p_c) / Σ p_c (1 − p_c) / (n − 1), over the cells c.
    """
    weight, rows = sample.weight[counted], int(counted.sum())
    if not rows:
        return 0.0
    kish = float(weight.sum()) ** 2 / float(np.sum(weight**2))
    if not sample.design.psu and sample.replicates is None:
        return kish
    share = value / value.sum()
    random = float(np.sum(share * (1 - share))) / max(rows - 1, 1)
    if np.count_nonzero(value) < 2 or rows < 2:
        alone = sample.replicates is not None
        return kish if alone else min(kish, float(np.unique(sample.unit[counted]).size))
    along = cover @ np.ones(value.size)
    spread = np.trace(cover) - 2 * share @ along + (share @ share) * along.sum()
    effect = float(spread) / value.sum() ** 2 / random
    return min(kish, rows / effect) if effect > 0 else kish
