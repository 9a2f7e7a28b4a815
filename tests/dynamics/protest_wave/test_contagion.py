"""The contagion of one site solves its equations."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from worldclass.dynamics.protest_wave.contagion import activity


def constant(n: int, value: float) -> np.ndarray:
    return np.full(n, value)


@pytest.mark.parametrize("latent", [0.0, 0.8])
@pytest.mark.parametrize("width", [1.0, 0.25])
def test_sums_and_pool_agree_with_an_adaptive_solver(latent: float, width: float) -> None:
    ratio, rest, start, pool, n = 3.2, 0.4, 5.0, 800.0, 40

    def slope(_: float, y: np.ndarray) -> list[float]:
        s, e, a, _total = y
        drawn = ratio * rest / pool * s * a
        moved = e / latent if latent else drawn
        return [-drawn, drawn - moved, moved - rest * a, a]

    times = width * np.arange(n + 1)
    exact = solve_ivp(
        slope, (0, times[-1]), [pool, 0, start, 0], t_eval=times, rtol=1e-11, atol=1e-9
    ).y
    sums, left = activity(constant(n, ratio), constant(n, rest), latent, start, pool, width)
    assert sums == pytest.approx(np.diff(exact[3]), rel=2e-5)
    assert left == pytest.approx(exact[0][1:] / pool, rel=1e-5)


def test_the_pool_left_solves_the_final_size_equation() -> None:
    ratio, start, pool = 2.5, 1.0, 1000.0
    _, left = activity(constant(400, ratio), constant(400, 0.5), 0.0, start, pool, 1.0)
    expected = brentq(lambda s: np.log(s) + ratio * (1 - s + start / pool), 1e-9, 0.9)
    assert left[-1] == pytest.approx(expected, rel=1e-6)


def test_a_short_latency_is_none() -> None:
    none, _ = activity(constant(30, 3.0), constant(30, 0.5), 0.0, 2.0, 500.0, 1.0)
    short, _ = activity(constant(30, 3.0), constant(30, 0.5), 0.002, 2.0, 500.0, 1.0)
    assert short == pytest.approx(none, rel=0.02)


def test_early_growth_is_rest_times_ratio_less_one() -> None:
    sums, _ = activity(constant(8, 3.0), constant(8, 0.25), 0.0, 1.0, 1e9, 1.0)
    assert np.diff(np.log(sums)) == pytest.approx(0.25 * 2.0, rel=1e-5)


def test_without_contagion_activity_dies_out_exponentially() -> None:
    sums, left = activity(constant(6, 0.0), constant(6, 0.5), 0.0, 10.0, 100.0, 1.0)
    assert sums == pytest.approx(
        20 * (np.exp(-0.5 * np.arange(6)) - np.exp(-0.5 * np.arange(1, 7)))
    )
    assert (left == 1).all()
