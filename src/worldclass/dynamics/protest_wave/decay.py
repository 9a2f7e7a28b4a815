"""How long the influence of an event lasts: densities of the delay from cause to consequence.

    exponential   F(t) = 1 − e^(−t/d)              mean d
    power         F(t) = 1 − (1 + t/d)^(−q)        Omori–Utsu, mean d/(q − 1) for q > 1
    gamma         F(t) = P(k, k t/d)               mean d, rises before it falls for k > 1

with delay d > 0 in days and shape q or k > 0. Every density has the integral 1, so that the
branching ratio stands apart from it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.dynamics.compiled import kernel
from worldclass.dynamics.protest_wave.draws import exponential, gamma
from worldclass.dynamics.random_numbers import uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

KERNELS = ("exponential", "power", "gamma")
EXPONENTIAL, POWER, GAMMA = range(3)


def spread(kind: str, times: Any, delay: float, shape: float) -> Values:
    """Share of an event's influence that has been spent after some time, F(t); 0 before it.

    Parameters
    ----------
    kind
        One of `KERNELS`.
    times
        Days since the event, any shape.
    delay, shape
        d in days; q or k (not used by the exponential kernel).

    Examples
    --------
    >>> round(float(spread("exponential", 2.0, 2.0, 1.0)), 4)
    0.6321
    """
    from scipy.special import gammainc

    t = np.maximum(np.asarray(times, dtype=np.float64), 0.0)
    if kind == "exponential":
        return -np.expm1(-t / delay)
    if kind == "power":
        return -np.expm1(-shape * np.log1p(t / delay))
    return gammainc(shape, shape * t / delay)


def lag_weights(kind: str, bins: int, width: float, delay: float, shape: float) -> Values:
    """Parts of the influence that fall into the 1st, 2nd … bin after an event's own.

        g_k = F(kΔ) − F((k − 1)Δ),   k = 1 … bins

    The delay counts from bin to bin: what an event causes within its own bin is part of that
    bin's count and shows as overdispersion.
    """
    return np.diff(spread(kind, width * np.arange(bins + 1), delay, shape))


@kernel
def density(kind: int, t: float, delay: float, shape: float) -> float:
    """f(t) per day at t > 0 days."""
    if kind == EXPONENTIAL:
        return math.exp(-t / delay) / delay
    if kind == POWER:
        return shape / delay * (1.0 + t / delay) ** (-shape - 1.0)
    rate = shape / delay
    if t <= 0.0:
        t = 1e-12
    return math.exp(
        shape * math.log(rate) + (shape - 1.0) * math.log(t) - rate * t - math.lgamma(shape)
    )


@kernel
def draw_delay(kind: int, delay: float, shape: float, state: NDArray[np.uint64]) -> float:
    """A random delay in days."""
    if kind == EXPONENTIAL:
        return delay * exponential(state)
    if kind == POWER:
        return delay * ((1.0 - uniform(state)) ** (-1.0 / shape) - 1.0)
    return gamma(state, shape) * delay / shape
