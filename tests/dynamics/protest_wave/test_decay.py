"""Kernels are probability densities of a delay."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import SeedSequence
from scipy import stats
from scipy.integrate import quad

from worldclass.dynamics.protest_wave.decay import (
    KERNELS,
    density,
    draw_delay,
    lag_weights,
    spread,
)
from worldclass.dynamics.random_numbers import random_state

CASES = [(kind, delay, shape) for kind in KERNELS for delay, shape in ((0.7, 1.6), (3.0, 2.5))]


@pytest.mark.parametrize(("kind", "delay", "shape"), CASES)
def test_the_density_integrates_to_the_spread(kind: str, delay: float, shape: float) -> None:
    for t in (0.3, 2.0, 9.0):
        area, _ = quad(lambda s: density(KERNELS.index(kind), s, delay, shape), 0, t)
        assert area == pytest.approx(float(spread(kind, t, delay, shape)), abs=1e-7)


@pytest.mark.parametrize(("kind", "delay", "shape"), CASES)
def test_drawn_delays_follow_the_spread(kind: str, delay: float, shape: float) -> None:
    state = random_state(SeedSequence(5))
    drawn = [draw_delay(KERNELS.index(kind), delay, shape, state) for _ in range(5000)]
    assert stats.kstest(drawn, lambda t: spread(kind, t, delay, shape)).pvalue > 0.01


@pytest.mark.parametrize(("kind", "delay", "shape"), CASES)
def test_weights_of_bins_add_up_whatever_their_width(kind: str, delay: float, shape: float) -> None:
    days = lag_weights(kind, 10, 1.0, delay, shape)
    hours = lag_weights(kind, 240, 1 / 24, delay, shape)
    assert hours.reshape(10, 24).sum(axis=1) == pytest.approx(days)
    assert days.sum() == pytest.approx(float(spread(kind, 10.0, delay, shape)))


def test_nothing_is_spent_before_the_event() -> None:
    assert all(float(spread(kind, -1.0, 1.0, 2.0)) == 0 for kind in KERNELS)


def test_a_gamma_kernel_of_shape_one_is_exponential() -> None:
    t = np.array([0.1, 1.0, 5.0])
    assert spread("gamma", t, 2.0, 1.0) == pytest.approx(spread("exponential", t, 2.0, 1.0))
