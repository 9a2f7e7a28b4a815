"""The recursion of counts and its likelihood, against plain calculations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.random import SeedSequence
from scipy import stats

from worldclass.dynamics.protest_wave.counts import (
    LINEAR,
    LOCAL,
    LOG,
    Recursion,
    conditional_means,
    draw_paths,
    log_likelihood,
    log_probability,
    mean_path,
)
from worldclass.dynamics.random_numbers import random_state

WEEK = np.array([0.8, 0.8, 1.4, 1.4, 0.8, 0.8])
Y = np.array([3.0, 0.0, 7.0, 12.0, 5.0, 2.0])
SEEN = np.ones(6, dtype=bool)


@pytest.mark.parametrize("dispersion", [0.0, 1e-12, 0.05, 3.0])
def test_probabilities_are_those_of_scipy(dispersion: float) -> None:
    for y, mean in ((0.0, 0.5), (7.0, 3.0), (500.0, 620.0)):
        law = stats.poisson(mean)
        if dispersion > 1e-9:
            law = stats.nbinom(1 / dispersion, 1 / (1 + dispersion * mean))
        assert log_probability(y, mean, dispersion) == pytest.approx(float(law.logpmf(y)), abs=1e-8)


def test_the_linear_recursion_by_hand() -> None:
    curve, gain = np.full(6, 2.0), np.full(6, 0.5)
    weights = np.array([0.6, 0.3])
    found = conditional_means(
        *Recursion(LINEAR, curve, gain, weights, WEEK, pool=50.0).arrays, Y, SEEN
    )
    # third day: 1.4 (1 - 3/50) [2 + 0.5 (0.6 * 0/0.8 + 0.3 * 3/0.8)]
    assert found[0] == pytest.approx(0.8 * 2)
    assert found[2] == pytest.approx(1.4 * (1 - 3 / 50) * (2 + 0.5 * 0.3 * 3 / 0.8))
    # sixth day: 0.8 (1 - 27/50) [2 + 0.5 (0.6 * 5/0.8 + 0.3 * 12/1.4)]
    expected = 0.8 * (1 - 27 / 50) * (2 + 0.5 * (0.6 * 5 / 0.8 + 0.3 * 12 / 1.4))
    assert found[5] == pytest.approx(expected)


def test_local_means_and_logarithmic_memory_by_hand() -> None:
    nothing = np.zeros(6)
    local = conditional_means(*Recursion(LOCAL, nothing, nothing, np.ones(3), WEEK).arrays, Y, SEEN)
    assert local[1] == pytest.approx(3.0)
    assert local[5] == pytest.approx(0.8 * (5 / 0.8 + 12 / 1.4 + 7 / 1.4) / 3)
    logs = conditional_means(
        *Recursion(LOG, np.full(6, 0.7), nothing, np.zeros(1), WEEK, memory=0.4).arrays, Y, SEEN
    )
    assert logs[3] == pytest.approx(1.4 * math.exp(0.7 + 0.4 * math.log1p(7 / 1.4)))


def test_an_unobserved_day_is_replaced_by_its_mean_and_not_scored() -> None:
    arrays = Recursion(LINEAR, np.full(6, 2.0), np.ones(6), np.array([0.5]), np.ones(6)).arrays
    hidden, filled = SEEN.copy(), Y.copy()
    hidden[3] = False
    means = conditional_means(*arrays, Y, hidden)
    filled[3] = means[3]
    assert means == pytest.approx(conditional_means(*arrays, filled, SEEN))
    whole = log_likelihood(Y, SEEN, means, 0.2, 1)
    part = log_likelihood(Y, hidden, means, 0.2, 1)
    assert whole - part == pytest.approx(log_probability(Y[3], means[3], 0.2))


def test_linear_paths_have_the_mean_path_as_their_mean() -> None:
    n, first = 30, 20.0
    recursion = Recursion(
        LINEAR, np.full(n, 3.0), np.full(n, 0.8), np.array([0.7, 0.3]), np.ones(n)
    )
    drawn, means = np.empty((4000, n)), np.empty((4000, n))
    given = np.array([first])
    state = random_state(SeedSequence(6))
    assert draw_paths(*recursion.arrays, given, 0.1, state, drawn, means, True) == -1
    error = drawn.std(axis=0) / math.sqrt(4000)
    expected = mean_path(*recursion.arrays, first)
    assert (np.abs(drawn.mean(axis=0) - expected)[1:] < 4.5 * error[1:]).all()
    assert expected[-1] == pytest.approx(3 / (1 - 0.8), rel=0.05)


def test_a_path_that_overflows_is_stopped_or_cut() -> None:
    n = 60
    arrays = Recursion(LINEAR, np.ones(n), np.full(n, 9.0), np.ones(1), np.ones(n)).arrays
    drawn, means = np.empty((1, n)), np.empty((1, n))
    given = np.array([5.0])
    at = draw_paths(*arrays, given, 0.0, random_state(SeedSequence(7)), drawn, means, True)
    assert 10 < at < 15  # 5 · 9^t passes 10¹² on day 12
    draw_paths(*arrays, given, 0.0, random_state(SeedSequence(7)), drawn, means, False)
    assert np.isfinite(drawn).all()
    assert means.max() == 1e12


def test_a_pool_is_never_overdrawn_in_the_mean() -> None:
    n = 80
    recursion = Recursion(
        LINEAR, np.zeros(n), np.full(n, 2.0), np.array([1.0]), np.ones(n), pool=500.0
    )
    path = mean_path(*recursion.arrays, 5.0)
    assert path.sum() <= 500.0
    assert path.argmax() > 3
    assert path[-1] < 1
