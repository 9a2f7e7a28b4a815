"""Shares that differ by given log odds and meet a given total: the logistic tilt.

Within a group g, sector i with weight w_i gets the share

    s_i = logistic(α_g + δ_i),   α_g such that   Σ_{i in g} w_i s_i = T_g.

It spreads women over the industries of a broad sector (w workers, δ log odds of women by class)
and labour compensation over the industries of a country (w value added, δ log odds of the labour
share). Differences of log odds between two industries are then the same in every country, however
many women work there; no share leaves 0 to 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit

from worldclass.core.errors import MarginError

if TYPE_CHECKING:
    from worldclass.flows.labour.grouping import Grouping
    from worldclass.people.grid import Array

ROUNDS = 60
TOLERANCE = 1e-11
SMALLEST = 1e-9
"""Group shares are held this far from 0 and 1 while α is sought; the total is met all the same."""
LONGEST_STEP = 2.0


def tilt(weights: Array, delta: Array, total: Array, groups: Grouping) -> Array:
    """Amounts w_i s_i of each sector, summing to the total of its group exactly.

    Parameters
    ----------
    weights
        Shape (..., n), not negative.
    delta
        Shape (..., n): log odds.
    total
        Shape (..., groups): between 0 and the group's sum of weights.
    groups
        The groups.

    Raises
    ------
    MarginError
        A total below 0 or above the group's sum of weights.

    Examples
    --------
    Half of the workers of two equal industries are women, at odds of 9 to 1:

    >>> from worldclass.flows.labour.grouping import Grouping
    >>> one = Grouping(np.array([0, 0]), 1)
    >>> tilt(np.array([10.0, 10.0]), np.log([9.0, 1.0]), np.array([10.0]), one)
    array([7.5, 2.5])
    """
    weights, delta, total = (np.asarray(v, dtype=float) for v in (weights, delta, total))
    whole = groups.sum(weights)
    slack = 1e-9 * np.maximum(whole, 1e-300)
    if (total < -slack).any() or (total > whole + slack).any():
        worst = np.argwhere((total < -slack) | (total > whole + slack))[0]
        raise MarginError(
            f"A total of {total[tuple(worst)]:.6g} does not fit a group "
            f"of {whole[tuple(worst)]:.6g}.",
            where=f"group {int(worst[-1])}",
            remedy="Give a total between 0 and the group's sum.",
        )
    safe = np.where(whole > 0, whole, 1.0)
    wanted = np.clip(np.where(whole > 0, total / safe, 0.5), SMALLEST, 1 - SMALLEST)
    part = weights / groups.give(safe)
    alpha = logit(wanted) - groups.sum(part * delta)
    share = expit(groups.give(alpha) + delta)
    for _ in range(ROUNDS):
        gap = groups.sum(part * share) - wanted
        gap = np.where(whole > 0, gap, 0.0)
        if np.abs(gap / wanted).max(initial=0.0) < TOLERANCE:
            break
        slope = np.maximum(groups.sum(part * share * (1 - share)), 1e-300)
        alpha = alpha - np.clip(gap / slope, -LONGEST_STEP, LONGEST_STEP)
        share = expit(groups.give(alpha) + delta)
    amounts = weights * share
    reached = groups.sum(amounts)
    factor = np.divide(total, reached, out=np.zeros_like(total), where=reached > 0)
    return np.minimum(amounts * groups.give(factor), weights)
