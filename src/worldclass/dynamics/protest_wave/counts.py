"""Counts by day (or finer bin): conditional means, likelihood and simulated paths, compiled.

Every model of counts is one recursion over bins t = 0, 1, …, with the effect w_t of the day of the
week (mean 1 over a week) and the counts y of earlier bins:

    linear    m_t = w_t (1 − N_t/K) [ c_t + γ_t Σ_{k≥1} a_k y_{t−k} / w_{t−k} ]
    local     m_t = w_t Σ_k a_k y_{t−k}/w_{t−k} / Σ_k a_k          (k as far as there are bins)
    log       m_t = w_t exp( c_t + φ log(1 + y_{t−1}/w_{t−1}) )

with N_t = Σ_{s<t} y_s and a pool K that may be infinite. Counts are negative binomial with mean m
and variance m + αm², Poisson at α = 0. A bin that was not observed counts nothing in the
likelihood; in the history its own conditional mean stands for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.compiled import kernel
from worldclass.dynamics.protest_wave.draws import count

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

LINEAR, LOCAL, LOG = range(3)
LEAST, MOST = 1e-9, 1e12
"""A mean is never below the first; a run whose mean passes the second is stopped as overflow."""


@dataclass(frozen=True)
class Recursion:
    """The arrays of a recursion over n bins.

    Parameters
    ----------
    kind
        LINEAR, LOCAL or LOG.
    curve
        c_t, events per bin (its logarithm for LOG), shape (n,).
    gain
        γ_t, shape (n,).
    weights
        a_k for k = 1 …, any length.
    week
        w_t, shape (n,).
    pool
        K, events; may be infinite.
    memory
        φ.
    """

    kind: int
    curve: Values
    gain: Values
    weights: Values
    week: Values
    pool: float = math.inf
    memory: float = 0.0

    @property
    def arrays(self) -> tuple[int, Values, Values, Values, Values, float, float]:
        """Arguments of the kernels, in their order."""
        return (
            self.kind,
            self.curve,
            self.gain,
            self.weights,
            self.week,
            self.pool,
            self.memory,
        )


@kernel
def next_mean(
    kind: int,
    curve: Values,
    gain: Values,
    weights: Values,
    week: Values,
    pool: float,
    memory: float,
    history: Values,
    so_far: float,
    t: int,
) -> float:
    """m_t from the counts `history[:t]` and their sum."""
    if kind == LOG:
        exponent = curve[t]
        if t > 0:
            exponent += memory * math.log1p(history[t - 1] / week[t - 1])
        return max(week[t] * math.exp(min(exponent, 60.0)), LEAST)
    total, mass = 0.0, 0.0
    for k in range(1, min(t, weights.size) + 1):
        if weights[k - 1] != 0.0:
            total += weights[k - 1] * history[t - k] / week[t - k]
            mass += weights[k - 1]
    if kind == LOCAL:
        return max(week[t] * total / mass, LEAST) if mass > 0.0 else LEAST
    left = 1.0 if math.isinf(pool) else max(1.0 - so_far / pool, 0.0)
    return max(week[t] * left * (curve[t] + gain[t] * total), LEAST)


@kernel
def conditional_means(
    kind: int,
    curve: Values,
    gain: Values,
    weights: Values,
    week: Values,
    pool: float,
    memory: float,
    counts: Values,
    observed: NDArray[np.bool_],
) -> Values:
    """m_t of every bin given the counts before it; shape (n,)."""
    n = counts.size
    history, means, so_far = counts.copy(), np.empty(n), 0.0
    for t in range(n):
        means[t] = next_mean(kind, curve, gain, weights, week, pool, memory, history, so_far, t)
        if not observed[t]:
            history[t] = means[t]
        so_far += history[t]
    return means


@kernel
def mean_path(
    kind: int,
    curve: Values,
    gain: Values,
    weights: Values,
    week: Values,
    pool: float,
    memory: float,
    first: float,
) -> Values:
    """The wave that the model alone makes from its first bin: means in place of counts."""
    n = curve.size
    path, so_far = np.empty(n), 0.0
    for t in range(n):
        mean = next_mean(kind, curve, gain, weights, week, pool, memory, path, so_far, t)
        path[t] = first if t == 0 else min(mean, MOST)
        so_far += path[t]
    return path


@kernel
def draw_paths(
    kind: int,
    curve: Values,
    gain: Values,
    weights: Values,
    week: Values,
    pool: float,
    memory: float,
    given: Values,
    dispersion: float,
    state: NDArray[np.uint64],
    drawn: Values,
    means: Values,
    stop: bool,
) -> int:
    """Fill `drawn` and `means`, shape (paths, n), from bin `given.size` on.

    Returns
    -------
    The bin at which a mean passed `MOST`, or −1; without `stop` such means are cut to it.
    """
    n = curve.size
    for path in range(drawn.shape[0]):
        so_far = 0.0
        for t in range(n):
            if t < given.size:
                drawn[path, t] = given[t]
                means[path, t] = given[t]
            else:
                mean = next_mean(
                    kind, curve, gain, weights, week, pool, memory, drawn[path], so_far, t
                )
                if mean > MOST:
                    if stop:
                        return t
                    mean = MOST
                means[path, t] = mean
                drawn[path, t] = count(state, mean, dispersion)
            so_far += drawn[path, t]
    return -1


@kernel
def log_probability(y: float, mean: float, dispersion: float) -> float:
    """log P(Y = y), negative binomial with variance mean + dispersion · mean²."""
    if dispersion < 1e-9:
        return y * math.log(mean) - mean - math.lgamma(y + 1.0)
    size = 1.0 / dispersion
    spread = math.log1p(dispersion * mean)
    return (
        math.lgamma(y + size)
        - math.lgamma(size)
        - math.lgamma(y + 1.0)
        + y * (math.log(dispersion * mean) - spread)
        - size * spread
    )


@kernel
def log_likelihood(
    counts: Values, observed: NDArray[np.bool_], means: Values, dispersion: float, first: int
) -> float:
    """Sum of log P over the observed bins from `first` on."""
    total = 0.0
    for t in range(first, counts.size):
        if observed[t]:
            total += log_probability(counts[t], means[t], dispersion)
    return total
