"""Draws inside kernels follow their distributions."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.random import SeedSequence
from scipy import stats

from worldclass.dynamics.protest_wave import draws
from worldclass.dynamics.random_numbers import random_state

N = 20_000


@pytest.mark.parametrize("shape", [0.3, 1.0, 4.5])
def test_gamma_draws_are_gamma(shape: float) -> None:
    state = random_state(SeedSequence(1))
    drawn = [draws.gamma(state, shape) for _ in range(N)]
    assert stats.kstest(drawn, stats.gamma(shape).cdf).pvalue > 0.01


def test_exponential_and_normal_draws() -> None:
    state = random_state(SeedSequence(2))
    assert stats.kstest([draws.exponential(state) for _ in range(N)], "expon").pvalue > 0.01
    assert stats.kstest([draws.normal(state) for _ in range(N)], "norm").pvalue > 0.01


@pytest.mark.parametrize("mean", [0.2, 9.9, 10.1, 60.0, 2500.0])
@pytest.mark.parametrize("dispersion", [0.0, 0.4])
def test_counts_are_poisson_or_negative_binomial(mean: float, dispersion: float) -> None:
    state = random_state(SeedSequence(3))
    drawn = np.array([draws.count(state, mean, dispersion) for _ in range(N)])
    law = stats.poisson(mean)
    if dispersion:
        law = stats.nbinom(1 / dispersion, 1 / (1 + dispersion * mean))
    cuts = np.unique(law.ppf(np.linspace(0.05, 0.95, 13)))
    edges = np.concatenate([[-1], cuts, [np.inf]])
    expected = N * np.diff(law.cdf(edges))
    seen = np.histogram(drawn, edges + 0.5)[0]
    kept = expected > 5
    score = ((seen - expected)[kept] ** 2 / expected[kept]).sum()
    assert stats.chi2.sf(score, kept.sum() - 1) > 1e-4  # ten cases, one seed


def test_no_mean_no_events() -> None:
    assert draws.count(random_state(SeedSequence(4)), 0.0, 0.5) == 0
