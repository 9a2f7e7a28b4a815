"""The mechanisms that can be fitted: self-excitation, with and without a pool, and contagion."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.protest_wave.contagion import activity
from worldclass.dynamics.protest_wave.counts import LINEAR, Recursion
from worldclass.dynamics.protest_wave.decay import lag_weights, spread
from worldclass.dynamics.protest_wave.family import Family, Free, Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.protest_wave.events import EventSeries

    Values = NDArray[np.float64]

BACKGROUND = Free("background", "events per day", 1e-3, 1e7)
DELAY = Free("delay", "days", 0.05, 60.0)
RATIO = Free("branching_ratio", "events per event", 1e-3, 20.0)
SHAPES = {
    "exponential": (),
    "power": (Free("shape", "1", 0.05, 20.0),),
    "gamma": (Free("shape", "1", 0.2, 30.0),),
}
SHOCK = (Free("shock", "events", 1e-3, 1e8), Free("shock_days", "days", 0.05, 60.0))


def self_exciting(kernel: str = "exponential", *, shock: bool = True) -> Family:
    """A Hawkes process of counts, with a background and an outside shock on the first day.

        m_t = w_t [ b Δ + A (S(tΔ + Δ) − S(tΔ)) + η Σ_k g_k y_{t−k}/w_{t−k} ],  S(t) = 1 − e^(−t/τ)

    Source: Hawkes (1971), Biometrika 58(1), 83–90; counts in bins as in Kirchner (2016),
    Stoch. Process. Appl. 126(8), 2494–2525.
    """
    own = (BACKGROUND, RATIO, DELAY, *SHAPES[kernel])

    def build(values: Values, grid: Grid) -> Recursion:
        shape = float(values[3]) if SHAPES[kernel] else 1.0
        curve = np.full(grid.bins, values[0] * grid.width)
        if shock:
            size, days = values[-2:]
            edges = grid.width * np.arange(grid.bins + 1)
            curve = curve + size * np.diff(spread("exponential", edges, days, 1.0))
        gain = np.full(grid.bins, values[1])
        weights = lag_weights(kernel, grid.bins, grid.width, values[2], shape)
        return Recursion(LINEAR, curve, gain, weights, grid.week)

    def starts(series: EventSeries) -> list[list[float]]:
        shape = [1.5] if SHAPES[kernel] else []
        level, total = _level(series), float(series.counts.sum())
        impulses = [[0.5 * total, 7.0], [0.1 * total, 3.0]] if shock else [[]]
        return [
            [0.1 * level, ratio, delay, *shape, *impulse]
            for ratio, delay in ((0.9, 1.0), (0.5, 2.0), (1.2, 0.6))
            for impulse in impulses
        ]

    free = (*own, *(SHOCK if shock else ()))
    name = "self-exciting-shock" if shock else "self-exciting"
    words = "self-exciting, outside shock" if shock else "self-exciting"
    return Family(name, f"{words}, {kernel} kernel", False, free, build, starts)


def self_exciting_pool(kernel: str = "exponential") -> Family:
    """A Hawkes process that uses up a pool of possible events.

        m_t = w_t (1 − N_t/K) [ b Δ + η Σ_k g_k y_{t−k}/w_{t−k} ]

    Source: Rizoiu, Mishra, Kong, Carman & Xie (2018), WWW '18, 419–428 (HawkesN), which with an
    exponential kernel is the SIR process seen from its infections.
    """
    free = (BACKGROUND, RATIO, DELAY, *SHAPES[kernel], Free("pool", "events", 10.0, 1e9))

    def build(values: Values, grid: Grid) -> Recursion:
        shape = float(values[3]) if SHAPES[kernel] else 1.0
        weights = lag_weights(kernel, grid.bins, grid.width, values[2], shape)
        return Recursion(
            LINEAR,
            np.full(grid.bins, values[0] * grid.width),
            np.full(grid.bins, values[1]),
            weights,
            grid.week,
            pool=float(values[-1]),
        )

    def starts(series: EventSeries) -> list[list[float]]:
        shape = [1.5] if SHAPES[kernel] else []
        level, total = _level(series), float(series.counts.sum())
        return [
            [0.1 * level, ratio, delay, *shape, share * total]
            for ratio, delay in ((1.5, 1.0), (3.0, 1.0), (2.0, 3.0))
            for share in (1.1, 2.0)
        ]

    label = f"self-exciting with a pool, {kernel} kernel"
    return Family("self-exciting-pool", label, False, free, build, starts)


def contagion(*, latent: bool = False) -> Family:
    """SIR, or SEIR, of one site, with a background: see `contagion`."""
    free = (
        BACKGROUND,
        Free("reproduction", "events per event", 1.0001, 60.0),
        Free("active_days", "days", 0.1, 60.0),
        Free("first_activity", "events per day", 1e-3, 1e7),
        Free("pool_rate", "events per day", 1.0, 1e9),
        *((Free("latent_days", "days", 0.05, 20.0),) if latent else ()),
    )

    def build(values: Values, grid: Grid) -> Recursion:
        n = grid.bins
        sums, _ = activity(
            np.full(n, values[1]),
            np.full(n, 1 / values[2]),
            float(values[5]) if latent else 0.0,
            float(values[3]),
            float(values[4]),
            grid.width,
        )
        curve = values[0] * grid.width + sums
        return Recursion(LINEAR, curve, np.zeros(n), np.zeros(1), grid.week)

    def starts(series: EventSeries) -> list[list[float]]:
        level = _level(series)
        first = max(float(series.counts[0]) / series.width, 0.5)
        peak = float(series.counts.max()) / series.width
        extra = [0.5] if latent else []
        return [
            [0.05 * level, ratio, days, first, factor * peak, *extra]
            for ratio, days in ((3.0, 4.0), (6.0, 4.0), (2.0, 1.5), (10.0, 6.0))
            for factor in (1.5, 3.0)
        ]

    words = (
        ("seir", "contagion with a latent stage (SEIR)") if latent else ("sir", "contagion (SIR)")
    )
    return Family(*words, False, free, build, starts)


def _level(series: EventSeries) -> float:
    """Mean events a day, at least a little."""
    found = series.counts[series.observed]
    return max(float(found.mean()) / series.width if found.size else 0.0, 0.1)


def mechanism(process: str, kernel: str = "exponential") -> Family:
    """A mechanism by its name."""
    if process == "sir" or process == "seir":
        return contagion(latent=process == "seir")
    if process == "self-exciting-pool":
        return self_exciting_pool(kernel)
    return self_exciting(kernel, shock=process == "self-exciting-shock")


MECHANISMS = ("self-exciting", "self-exciting-shock", "self-exciting-pool", "sir", "seir")


def pool_of(values: Values, family: Family) -> float:
    """Pool of a fitted mechanism; infinite where it has none."""
    names = [one.name for one in family.free]
    return float(values[names.index("pool")]) if "pool" in names else math.inf
