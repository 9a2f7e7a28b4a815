"""What is measured of an economy of agents: shares, inequality, tails, profit rates."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[Any]


def gini(values: Values) -> float:
    """Gini coefficient of non-negative values, 0 when all are zero.

        G = 2 Σ_i i·x_(i) / (n Σ_i x_i) − (n + 1) / n,   x_(1) ≤ … ≤ x_(n)

    Examples
    --------
    >>> gini(np.array([1, 1, 1, 1])), gini(np.array([0, 0, 0, 1]))
    (0.0, 0.75)
    """
    ordered = np.sort(values).astype(np.float64)
    total, number = ordered.sum(), ordered.size
    if total == 0:
        return 0.0
    ranks = np.arange(1, number + 1)
    return float(2 * (ranks @ ordered) / (number * total) - (number + 1) / number)


def hill_exponent(values: Values, share: float = 0.01) -> float | None:
    """Exponent of a Pareto tail by Hill's estimator over the largest values.

        α = k / Σ_{i ≤ k} log(x_(n−i+1) / x_(n−k))

    Parameters
    ----------
    values
        Non-negative values.
    share
        Part of the values that belongs to the tail.

    Returns
    -------
    Null when fewer than two values are in the tail, or the tail is flat or reaches zero.

    Examples
    --------
    >>> exact = np.array([(1 - q) ** (-1 / 1.5) for q in np.linspace(0, 0.9999, 10_000)])
    >>> abs(hill_exponent(exact, 0.1) - 1.5) < 0.05
    True
    """
    count = int(share * values.size)
    if count < 2:
        return None
    tail = np.sort(np.partition(values, values.size - count - 1)[-count - 1 :]).astype(np.float64)
    if tail[0] <= 0 or tail[-1] == tail[0]:
        return None
    return float(count / np.log(tail[1:] / tail[0]).sum())


def profit_rates(revenue: Values, wages: Values) -> tuple[float, float] | None:
    """Mean and median of firms' profit rates, each firm weighted by its capital.

        rate = revenue / wages − 1

    Parameters
    ----------
    revenue, wages
        Coins that each firm received and paid in the year; wages are the capital advanced.

    Returns
    -------
    Null when no firm paid wages.

    Examples
    --------
    >>> profit_rates(np.array([30, 10]), np.array([10, 10]))
    (1.0, 0.0)
    """
    paid = wages > 0
    if not paid.any():
        return None
    rates, weights = revenue[paid] / wages[paid] - 1, wages[paid]
    order = np.argsort(rates)
    along = np.cumsum(weights[order])
    median = rates[order][np.searchsorted(along, along[-1] / 2)]
    return float(np.average(rates, weights=weights)), float(median)
