"""The likelihood of exact times, against quadrature; estimates, against known parameters."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from numpy.random import SeedSequence
from scipy import stats
from scipy.integrate import quad

from tests.dynamics.protest_wave.test_branching import run
from worldclass.core.errors import SourceError
from worldclass.dynamics.protest_wave.decay import KERNELS, density
from worldclass.dynamics.protest_wave.exact_times import (
    fit_times,
    rescaling_test,
    times_log_likelihood,
)

FEW = np.array([0.31, 0.9, 1.4, 1.45, 2.2])


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("shock", [False, True])
def test_the_likelihood_is_that_of_quadrature(kernel: str, shock: bool) -> None:
    values = {"background": 0.8, "branching_ratio": 0.5, "delay": 0.6, "shape": 1.7}
    values |= {"shock": 3.0, "shock_days": 1.2} if shock else {}
    end = 3.5

    def rate(t: float) -> float:
        found = 0.8 + (3.0 / 1.2 * math.exp(-t / 1.2) if shock else 0.0)
        kind = KERNELS.index(kernel)
        return found + 0.5 * sum(density(kind, t - s, 0.6, 1.7) for s in FEW if s < t)

    edges = [0.0, *FEW, end]
    area = sum(quad(rate, a, b)[0] for a, b in pairwise(edges))
    expected = sum(math.log(rate(t)) for t in FEW) - area
    assert times_log_likelihood(kernel, FEW, end, values) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("kernel", ["exponential", "gamma"])
def test_known_parameters_are_found_again(kernel: str) -> None:
    """Mean error of the branching ratio below 0.07 (three short series: 0.12), and coverage."""
    days, seeds = (250, 6) if kernel == "exponential" else (40, 3)
    week = np.ones(days)
    found, covered = [], 0
    for seed in range(seeds):
        times = run(seed, kind=kernel, week=week, background=3.0, ratio=0.6, delay=1.5)
        fit = fit_times(times, float(days), kernel=kernel)
        place = fit.names.index("branching_ratio")
        found.append(fit.values[place])
        covered += fit.low[place] < 0.6 < fit.high[place]
    assert np.mean(found) == pytest.approx(0.6, abs=0.07 if seeds == 6 else 0.12)
    assert covered >= seeds - 2


def test_rescaled_times_of_the_right_model_are_a_poisson_process() -> None:
    times = run(1, week=np.ones(300), background=3.0, ratio=0.6, delay=1.5)
    fit = fit_times(times, 300.0)
    assert rescaling_test(fit)[1] > 0.05
    assert fit.rescaled[-1] == pytest.approx(times.size, rel=0.01)
    assert stats.kstest(fit.rescaled / fit.rescaled[-1], "uniform").pvalue > 0.01


def test_a_model_without_the_shock_fails_the_rescaling() -> None:
    random = np.random.default_rng(SeedSequence(1))
    times = np.sort(np.concatenate([random.exponential(1.0, 400), random.uniform(0, 60, 300)]))
    times = times[times < 60]
    with_shock = fit_times(times, 60.0, shock=True)
    assert with_shock.values[with_shock.names.index("shock")] == pytest.approx(400, rel=0.15)
    assert rescaling_test(with_shock)[1] > 0.05
    even = 60 * np.arange(1, times.size + 1) / (times.size + 1)
    assert rescaling_test(fit_times(even, 60.0))[1] < 1e-6


def test_the_unit_of_time_does_not_matter() -> None:
    times = run(2, week=np.ones(100), background=3.0, ratio=0.5, delay=1.0)
    days, hours = fit_times(times, 100.0), fit_times(24 * times, 2400.0)
    ratio = days.names.index("branching_ratio")
    assert hours.values[ratio] == pytest.approx(days.values[ratio], rel=1e-3)
    assert hours.log_likelihood == pytest.approx(
        days.log_likelihood - times.size * math.log(24), abs=1e-3
    )


@pytest.mark.parametrize(
    ("times", "end", "words"),
    [
        (np.arange(5.0), 9.0, "5 times are not between 20"),
        (np.arange(30.0)[::-1], 40.0, "not ascending"),
        (np.arange(30.0), 20.0, "outside 0 to 20"),
        (np.repeat(np.arange(15.0), 2), 20.0, "15 of 30 events share their time"),
    ],
)
def test_times_that_cannot_be_meant_are_refused(times: np.ndarray, end: float, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        fit_times(times, end)
