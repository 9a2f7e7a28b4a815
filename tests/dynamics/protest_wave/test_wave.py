"""The shape of a wave is read off its path."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.random import SeedSequence

from tests.dynamics.protest_wave.made import make, series_of
from worldclass.dynamics.protest_wave.baselines import growth_decay, log_quadratic
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.protest_wave.fit import Fit, fit_counts
from worldclass.dynamics.protest_wave.mechanisms import (
    contagion,
    self_exciting,
    self_exciting_pool,
)
from worldclass.dynamics.protest_wave.wave import (
    asymptotic_draws,
    bootstrap_draws,
    shape_intervals,
    wave_path,
    wave_shape,
)


def fixed(setting: Setting, values: list[float], days: int = 40, first: float = 10.0) -> Fit:
    """A fit whose estimates are given."""
    counts = np.full(days, first)
    return Fit(setting, series_of(counts), np.array(values), 0.0)


def test_exponential_growth_and_decay_give_their_rates_back() -> None:
    fit = fixed(Setting(growth_decay(), "none", "poisson"), [400.0, 10.5, 0.5, 0.1], first=2.1)
    shape = wave_shape(fit, fit.values)
    assert shape["growth_rate"] == pytest.approx(0.5, rel=0.02)
    assert shape["doubling_time"] == pytest.approx(math.log(2) / 0.5, rel=0.02)
    assert shape["half_life"] == pytest.approx(math.log(2) / 0.1, rel=0.02)
    assert shape["trend_at_end"] == pytest.approx(-0.1)
    assert shape["peak_day"] == pytest.approx(10.5, abs=0.1)


def test_a_gaussian_bump_has_a_known_peak_and_half_life() -> None:
    fit = fixed(Setting(log_quadratic(), "none", "poisson"), [300.0, 15.3, 5.0])
    shape = wave_shape(fit, fit.values)
    assert shape["peak_day"] == pytest.approx(15.3, abs=1e-6)
    assert shape["peak_level"] == pytest.approx(300.0, rel=1e-9)
    assert shape["half_life"] == pytest.approx(5 * math.sqrt(2 * math.log(2)), abs=0.05)


def test_contagion_peaks_when_an_event_brings_about_one() -> None:
    fit = fixed(Setting(contagion(), "none", "poisson"), [1e-3, 4.0, 3.0, 1.0, 900.0], days=60)
    shape = wave_shape(fit, fit.values)
    s = 1 / 4  # at the peak R σ/σ₀ = 1, and activity is σ₀ (1 − 1/R + log(1/R)/R) + λ₀
    assert shape["peak_level"] == pytest.approx(900 * (1 - s + s * math.log(s)) + 1, rel=1e-3)
    assert shape["ratio_at_start"] == 4.0
    assert shape["ratio_at_end"] < 1


@pytest.mark.parametrize("ratio", [0.5, 0.9, 1.2])
def test_constant_self_excitation_makes_no_wave(ratio: float) -> None:
    fit = fixed(Setting(self_exciting(shock=False), "none", "poisson"), [9.0, ratio, 1.0])
    shape = wave_shape(fit, fit.values)
    assert math.isnan(shape["peak_day"])
    assert math.isnan(shape["half_life"])
    assert shape["ratio_at_end"] == ratio
    path, _ = wave_path(fit, fit.values)
    if ratio < 1:
        assert path[-1] == pytest.approx(9 / (1 - ratio), rel=0.01)
    else:
        assert path[-1] > 100 * path[0]


def test_a_pool_lowers_the_ratio_by_what_it_has_lost() -> None:
    setting = Setting(self_exciting_pool(), "none", "poisson")
    fit = fixed(setting, [1.0, 2.0, 1.0, 1000.0], days=40, first=10.0)
    assert wave_shape(fit, fit.values)["ratio_at_end"] == pytest.approx(2 * (1 - 400 / 1000))


def test_days_of_the_week_do_not_move_the_wave() -> None:
    plain = fixed(Setting(growth_decay(), "none", "poisson"), [400.0, 10.5, 0.5, 0.1])
    weekly = fixed(Setting(growth_decay(), "weekend", "poisson"), [400.0, 10.5, 0.5, 0.1, 3.0])
    first, second = (wave_path(one, one.values)[0] for one in (plain, weekly))
    assert second == pytest.approx(first)


def test_bootstrap_and_information_agree_where_the_wave_is_clear() -> None:
    setting = Setting(growth_decay(), "none")
    fit = fit_counts(setting, make(setting, [500.0, 12.0, 0.4, 0.15, 0.02], 60, 3, first=5.0))
    drawn = bootstrap_draws(fit, 80, SeedSequence(1))
    ends = [
        shape_intervals(fit, draws)["half_life"]
        for draws in (drawn, asymptotic_draws(fit, 400, SeedSequence(2)))
    ]
    for low, high in ends:
        assert low is not None and high is not None
        assert low < math.log(2) / 0.15 < high
    widths = [high - low for low, high in ends]  # type: ignore[operator]
    assert widths[0] == pytest.approx(widths[1], rel=0.4)
