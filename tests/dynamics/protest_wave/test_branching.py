"""Families of events have the intensity that they should, against theory and Ogata's thinning."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.random import SeedSequence
from scipy import stats

from worldclass.dynamics.protest_wave.branching import run_families
from worldclass.dynamics.protest_wave.decay import KERNELS
from worldclass.dynamics.random_numbers import random_state

DAYS = 40
EVEN = np.ones(DAYS)


def run(
    seed: int,
    *,
    kind: str = "exponential",
    background: float = 3.0,
    ratio: float = 0.6,
    delay: float = 1.5,
    week: np.ndarray = EVEN,
    pool: float = math.inf,
    shock: float = 0.0,
    first: int = 0,
    most: int = 10**6,
) -> np.ndarray:
    days = week.size
    state = random_state(SeedSequence(seed))
    return run_families(
        KERNELS.index(kind),
        delay,
        1.8,
        np.full(days, background),
        np.full(days, max(ratio, 1e-12)),
        week,
        pool,
        shock,
        2.0,
        first,
        state,
        most,
    )


def ogata(random: np.random.Generator, b: float, ratio: float, delay: float) -> int:
    """Number of events by Ogata's thinning, written on its own."""
    t, held, n = 0.0, 0.0, 0
    while True:
        bound = b + held
        gap = random.exponential(1 / bound)
        t += gap
        held *= math.exp(-gap / delay)
        if t > DAYS:
            return n
        if random.random() * bound < b + held:
            n += 1
            held += ratio / delay


def expected(b: float, ratio: float, delay: float, until: float) -> float:
    """E N(T) of a Hawkes process with an exponential kernel that begins empty."""
    rate = (1 - ratio) / delay
    level = b / (1 - ratio)
    return level * until - (level - b) * (1 - math.exp(-rate * until)) / rate


def test_the_mean_number_of_events_is_that_of_theory() -> None:
    sizes = np.array([run(seed).size for seed in range(800)])
    error = sizes.std() / math.sqrt(sizes.size)
    assert abs(sizes.mean() - expected(3, 0.6, 1.5, DAYS)) < 3.5 * error


def test_families_and_thinning_give_the_same_distribution() -> None:
    random = np.random.default_rng(3)
    thinned = [ogata(random, 3.0, 0.6, 1.5) for _ in range(600)]
    families = [run(seed).size for seed in range(5000, 5600)]
    assert stats.ks_2samp(thinned, families).pvalue > 0.01


@pytest.mark.parametrize("kind", KERNELS)
def test_times_ascend_within_the_days(kind: str) -> None:
    times = run(1, kind=kind, shock=50.0, first=7)
    assert (np.diff(times) > 0).all()
    assert times[0] >= 0
    assert times[-1] < DAYS
    assert (times == run(1, kind=kind, shock=50.0, first=7)).all()


def test_without_offspring_events_are_poisson() -> None:
    gaps = np.diff(run(2, background=200.0, ratio=0.0))
    assert stats.kstest(gaps, stats.expon(scale=1 / 200).cdf).pvalue > 0.01


def test_the_first_events_and_the_shock_are_there() -> None:
    assert run(3, background=0.0, ratio=0.0, first=9).size == 9
    drawn = [run(seed, background=0.0, ratio=0.0, shock=80.0).size for seed in range(200)]
    assert np.mean(drawn) == pytest.approx(80, rel=0.03)


def test_a_pool_is_used_up_and_not_more() -> None:
    times = run(4, background=1.0, ratio=4.0, delay=0.5, pool=300.0, first=5)
    assert 280 < times.size <= 300


def test_weekends_carry_their_factor() -> None:
    week = np.tile([0.7, 0.7, 0.7, 0.7, 0.7, 1.75, 1.75], 60)
    days = run(5, background=40.0, ratio=0.5, week=week).astype(int) % 7
    ratio = ((days >= 5).sum() / 2) / ((days < 5).sum() / 5)
    assert ratio == pytest.approx(2.5, rel=0.05)


def test_a_run_stops_at_the_most_events() -> None:
    assert run(6, ratio=3.0, most=5000).size == 5000
