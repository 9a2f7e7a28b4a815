"""Distributions as quantiles at normal scores: a lognormal that may bend.

A distribution of a positive quantity is the log of its quantiles at fixed standard-normal
scores z_1 < … < z_K, joined by straight lines: ln Q(Φ(z)). One straight line is a lognormal with
mean μ and standard deviation σ; bends follow the published shape. Beyond the outer scores the
outer lines go on. The mean has a closed form: over a piece ln Q = a + b·z between z₁ and z₂ it
is exp(a + b²/2)·[Φ(z₂ − b) − Φ(z₁ − b)].
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import ndtr, ndtri

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]

SCORES: NDArray[np.float64] = np.linspace(-3.0, 3.0, 17)
"""The normal scores at which quantiles are kept."""
SMALLEST_SLOPE = 0.02
STEEPEST_SLOPE = float(SCORES[-1])
"""Of the last line: on a line of slope b incomes lie around the score b, and beyond the last score
nothing was observed."""


def from_shares(upper: Array, shares: Array) -> Array:
    """Quantiles from bracket shares.

    Parameters
    ----------
    upper
        Shape (brackets,): upper bounds, increasing.
    shares
        Shape (brackets,): fraction of persons in each; the sum may fall short of 1 by persons
        below the first bracket.

    Returns
    -------
    Shape (scores,): log quantiles, strictly increasing. Beyond the last bracket that is observed
    one line goes on, as steep as gives persons above it what the brackets give them.
    """
    missing = without(shares)
    below = np.cumsum(shares) + missing
    inside = (below > 5e-4) & (below < 1 - 5e-4) & (shares > 0)
    scores, logs = ndtri(below[inside]), np.log(upper[inside])
    values = np.interp(SCORES, scores, logs)
    slope = float(np.clip(np.polyfit(scores[:8], logs[:8], 1)[0], 0.2, 1.6))
    values = np.where(scores[0] > SCORES, logs[0] + slope * (SCORES - scores[0]), values)
    steps = np.maximum(np.diff(values), SMALLEST_SLOPE * (SCORES[1] - SCORES[0]))
    middle = len(SCORES) // 2
    rising = np.concatenate([[0.0], np.cumsum(steps)])
    values = rising - rising[middle] + values[middle]

    last = min(int(np.searchsorted(SCORES, scores[-1], side="right")), len(SCORES) - 1) - 1
    lower = np.concatenate([upper[:1] ** 2 / upper[1], upper[:-1]])
    total = float(shares @ np.sqrt(lower * upper))
    rest = total - float(_total_between(values, ndtri(missing), SCORES[last]))
    slope = _slope_of_total(values[last], SCORES[last], rest)
    values[last:] = values[last] + slope * (SCORES[last:] - SCORES[last])
    return values


def without(shares: Array) -> float:
    """Share of persons below the first bracket: those who report nothing."""
    return max(0.0, 1.0 - float(shares.sum()))


def _total_between(logs: Array, first: float, last: float) -> Array:
    """What persons between two scores have, per person of all, shape (..., scores) → (...)."""
    slope, start, left, right = _pieces(logs)
    left, right = np.clip(left, first, last), np.clip(right, first, last)
    parts = np.exp(start + slope**2 / 2) * (ndtr(right - slope) - ndtr(left - slope))
    return parts.sum(axis=-1)


def _slope_of_total(log: float, score: float, total: float) -> float:
    """Slope b of the line from (z, ln Q) on which exp(ln Q − bz + b²/2)·Φ(b − z) is the total."""
    from scipy.optimize import root_scalar  # takes 0.3 s, and only snapshots are built with it

    def excess(slope: float) -> float:
        return float(np.exp(log - slope * score + slope**2 / 2) * ndtr(slope - score)) - total

    if excess(SMALLEST_SLOPE) >= 0:
        return SMALLEST_SLOPE
    if excess(STEEPEST_SLOPE) <= 0:
        return STEEPEST_SLOPE
    return float(root_scalar(excess, bracket=(SMALLEST_SLOPE, STEEPEST_SLOPE)).root)


def _pieces(logs: Array) -> tuple[Array, Array, Array, Array]:
    """Slopes and intercepts of the lines, shape (..., pieces), and their ends, shape (pieces,)."""
    slope = np.diff(logs, axis=-1) / np.diff(SCORES)
    left, right = SCORES[:-1].copy(), SCORES[1:].copy()
    left[0], right[-1] = -np.inf, np.inf
    return slope, logs[..., :-1] - slope * SCORES[:-1], left, right


def mean(logs: Array) -> Array:
    """Mean of distributions given as log quantiles, shape (..., scores) → (...)."""
    return _total_between(logs, -np.inf, np.inf)


def log_means(logs: Array) -> tuple[Array, Array]:
    """Mean of the logarithm, over persons and over what they have, shapes (...).

    Over a piece ln Q = a + b·z from l to r, with Φ and φ the normal distribution and density,

        ∫ ln Q dΦ   = a·[Φ(r) − Φ(l)] − b·[φ(r) − φ(l)]
        ∫ Q ln Q dΦ = exp(a + b²/2)·{(a + b²)·[Φ(r − b) − Φ(l − b)] − b·[φ(r − b) − φ(l − b)]}

    The second, divided by the mean, is the mean logarithm of a unit of the total.

    Parameters
    ----------
    logs
        Shape (..., scores).

    Examples
    --------
    >>> persons, units = log_means(0.8 * SCORES)
    >>> round(float(persons), 6) == 0.0, round(float(units), 6)
    (True, 0.64)
    """
    slope, start, left, right = _pieces(logs)
    persons = start * (ndtr(right) - ndtr(left)) - slope * (_density(right) - _density(left))
    inside = ndtr(right - slope) - ndtr(left - slope)
    edge = _density(right - slope) - _density(left - slope)
    size = np.exp(start + slope**2 / 2)
    units = size * ((start + slope**2) * inside - slope * edge)
    return persons.sum(axis=-1), units.sum(axis=-1) / (size * inside).sum(axis=-1)


def _density(score: Array) -> Array:
    return np.exp(-(score**2) / 2) / np.sqrt(2 * np.pi)


def below(logs: Array, cut: Array | float) -> Array:
    """Share of persons below a cut.

    Parameters
    ----------
    logs
        Shape (..., scores).
    cut
        Shape (...) or a number, in the unit of the quantity; not above 0 gives 0.

    Returns
    -------
    Shape (...), between 0 and 1.
    """
    target = np.log(np.maximum(cut, 1e-12))
    inner = logs[..., 1:-1] <= np.asarray(target)[..., None]
    piece = inner.sum(axis=-1)
    first = np.take_along_axis(logs, piece[..., None], axis=-1)[..., 0]
    second = np.take_along_axis(logs, piece[..., None] + 1, axis=-1)[..., 0]
    step = SCORES[1] - SCORES[0]
    scores = SCORES[piece] + step * (target - first) / (second - first)
    return np.where(np.asarray(cut) <= 0, 0.0, ndtr(scores))


def mean_below(logs: Array, cut: Array | float) -> Array:
    """Share of the total that persons below a cut have: the Lorenz curve at the share below.

    Over a piece ln Q = a + b·z from z₁ to z₂, persons below the score z* of the cut have
    exp(a + b²/2)·[Φ(min(z₂, z*) − b) − Φ(z₁ − b)].

    Parameters
    ----------
    logs
        Shape (..., scores).
    cut
        Shape (...) or a number, in the unit of the quantity; not above 0 gives 0.

    Returns
    -------
    Shape (...), between 0 and 1.

    Examples
    --------
    >>> round(float(mean_below(0.5 * SCORES, 1.0)), 6) == round(float(ndtr(-0.5)), 6)
    True
    """
    slope, start, left, right = _pieces(logs)
    target = np.log(np.maximum(cut, 1e-12))
    end = np.clip((np.asarray(target)[..., None] - start) / slope, left, right)
    size = np.exp(start + slope**2 / 2)
    below_cut = (size * (ndtr(end - slope) - ndtr(left - slope))).sum(axis=-1)
    whole = (size * (ndtr(right - slope) - ndtr(left - slope))).sum(axis=-1)
    return np.where(np.asarray(cut) <= 0, 0.0, below_cut / whole)


def spread(logs: Array, without: Array | float = 0.0) -> Array:
    """Log standard deviation, read from the 10th and 90th percentiles of those who have anything.

    Parameters
    ----------
    logs
        Shape (..., scores).
    without
        Shape (...) or a number: share of all persons who have nothing. They lie lowest, and no
        percentile among them is an observation.

    Returns
    -------
    Shape (...).

    Examples
    --------
    >>> round(float(spread(0.8 * SCORES)), 6)
    0.8
    """
    low, high = (_at(logs, ndtri(without + tenth * (1 - without))) for tenth in (0.1, 0.9))
    return (high - low) / (2 * ndtri(0.9))


def _at(logs: Array, score: Array) -> Array:
    """Log quantiles at scores within the outer ones, shape (...)."""
    step = SCORES[1] - SCORES[0]
    score = np.broadcast_to(score, logs.shape[:-1])
    piece = ((score - SCORES[0]) / step).astype(int)
    left, right = (np.take_along_axis(logs, piece[..., None] + k, axis=-1)[..., 0] for k in (0, 1))
    return left + (right - left) * (score - SCORES[piece]) / step


def gini_to_spread(gini: Array) -> Array:
    """σ of the lognormal with a given Gini: G = 2Φ(σ/√2) − 1 (Aitchison & Brown 1957)."""
    return np.sqrt(2.0) * ndtri((np.clip(gini, 0.01, 0.95) + 1) / 2)
