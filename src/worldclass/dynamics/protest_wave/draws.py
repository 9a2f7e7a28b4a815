"""Random draws inside compiled kernels: exponential, normal, gamma, Poisson, negative binomial."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from worldclass.dynamics.compiled import kernel
from worldclass.dynamics.random_numbers import uniform

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    State = NDArray[np.uint64]


@kernel
def exponential(state: State) -> float:
    """A draw with density e^(−x)."""
    return -math.log1p(-uniform(state))


@kernel
def normal(state: State) -> float:
    """A standard normal draw, by Marsaglia's polar method (one of the pair)."""
    while True:
        x = 2.0 * uniform(state) - 1.0
        y = 2.0 * uniform(state) - 1.0
        square = x * x + y * y
        if 0.0 < square < 1.0:
            return x * math.sqrt(-2.0 * math.log(square) / square)


@kernel
def gamma(state: State, shape: float) -> float:
    """A gamma draw of mean `shape` and scale 1.

    Source: Marsaglia & Tsang (2000), ACM Trans. Math. Softw. 26(3), 363–372; shapes below 1 by
    their boost with a power of a uniform.
    """
    boost = 1.0
    if shape < 1.0:
        boost = (1.0 - uniform(state)) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal(state)
        v = (1.0 + c * x) ** 3
        if v <= 0.0:
            continue
        if math.log1p(-uniform(state)) < 0.5 * x * x + d - d * v + d * math.log(v):
            return boost * d * v


@kernel
def poisson(state: State, mean: float) -> int:
    """A Poisson draw.

    By inversion below a mean of 10; above, by transformed rejection with squeeze.

    Source: Hörmann (1993), Insurance: Math. Econ. 12, 39–45 (PTRS).
    """
    if mean <= 0.0:
        return 0
    if mean < 10.0:
        limit, product, count = math.exp(-mean), 1.0 - uniform(state), 0
        while product > limit:
            product *= 1.0 - uniform(state)
            count += 1
        return count
    root, log_mean = math.sqrt(mean), math.log(mean)
    b = 0.931 + 2.53 * root
    a = -0.059 + 0.02483 * b
    inverse = 1.1239 + 1.1328 / (b - 3.4)
    right = 0.9277 - 3.6224 / (b - 2.0)
    while True:
        u = uniform(state) - 0.5
        v = 1.0 - uniform(state)
        us = 0.5 - abs(u)
        if us <= 0.0:
            continue
        k = math.floor((2.0 * a / us + b) * u + mean + 0.43)
        if us >= 0.07 and v <= right:
            return int(k)
        if k < 0 or (us < 0.013 and v > us):
            continue
        bound = k * log_mean - mean - math.lgamma(k + 1.0)
        if math.log(v) + math.log(inverse) - math.log(a / (us * us) + b) <= bound:
            return int(k)


@kernel
def count(state: State, mean: float, dispersion: float) -> int:
    """A negative binomial draw of variance mean + dispersion · mean²; Poisson at dispersion 0."""
    if dispersion > 0.0 and mean > 0.0:
        mean = gamma(state, 1.0 / dispersion) * dispersion * mean
    return poisson(state, mean)
