"""A wave that faded is told from one that has not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.dynamics.protest_wave.made import make, series_of
from worldclass.dynamics.protest_wave.baselines import growth_decay, log_quadratic
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.protest_wave.fit import fit_counts
from worldclass.dynamics.protest_wave.mechanisms import self_exciting
from worldclass.dynamics.protest_wave.verdict import (
    specifications,
    wave_course,
    week_ratio,
    without_last_day,
)
from worldclass.dynamics.protest_wave.wave import AFTER_DAYS, bootstrap_draw

FAMILIES = (growth_decay(), log_quadratic())
BUMP = Setting(growth_decay(), "none")


def test_a_clear_wave_holds_under_the_curves() -> None:
    series = make(BUMP, [600.0, 12.0, 0.5, 0.25, 0.02], 36, 1, first=2.0)
    table = specifications(series, draws=20, weeks=("none",), families=FAMILIES)
    assert table["holds"].all()
    own = table.filter(table["model"] == "growth-decay")
    assert own["peak_day"].to_list() == pytest.approx([12.0, 12.0], abs=0.5)
    assert table["share_holding"][0] == pytest.approx(table["holds"].mean())


def test_a_growing_wave_fails_under_every_choice() -> None:
    days = np.arange(30)
    counts = np.random.default_rng(2).poisson(5 * np.exp(0.12 * days))
    table = specifications(series_of(counts), draws=20, weeks=("none",), families=FAMILIES)
    assert not table["holds"].any()
    assert table["share_holding"][0] == 0


def test_the_course_of_a_wave_is_told_in_numbers_that_every_wave_has() -> None:
    faded = fit_counts(BUMP, make(BUMP, [600.0, 12.0, 0.5, 0.25, 0.02], 36, 1, first=2.0))
    found = wave_course(faded, faded.values)
    assert found["peak_day"] == pytest.approx(12, abs=0.5)
    assert found["peak_day"] + found["days_after_peak"] == pytest.approx(36)
    assert found["growth"] > 100
    assert found["level_at_end"] < 0.01
    assert found["trend_at_end"] == pytest.approx(-0.25, abs=0.05)
    days = np.arange(30)
    rising = series_of(np.random.default_rng(2).poisson(5 * np.exp(0.12 * days)))
    fit = fit_counts(BUMP, rising)
    found = wave_course(fit, fit.values)
    assert all(map(math.isfinite, found.values()))
    assert found["days_after_peak"] < 1


def test_a_wave_without_a_peak_has_its_highest_point_at_the_end_of_what_is_looked_at() -> None:
    series = series_of([10, 12, 9, 11, 10, 8, 13, 10, 11, 12, 9, 10])
    fit = fit_counts(Setting(self_exciting(shock=False), "none"), series)
    found = wave_course(fit, np.array([10.0, 0.5, 1.0, *fit.values[3:]]))
    assert found["days_after_peak"] == pytest.approx(-AFTER_DAYS)
    assert found["level_at_end"] <= 1


def test_a_bootstrap_draw_depends_on_its_seed_alone() -> None:
    fit = fit_counts(BUMP, make(BUMP, [600.0, 12.0, 0.5, 0.25, 0.02], 36, 1, first=2.0))
    one, again, other = (bootstrap_draw(fit, np.random.SeedSequence((7, k))) for k in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()


def test_the_last_day_is_left_out_of_a_copy() -> None:
    series = series_of([5, 6, 7])
    assert without_last_day(series).observed.tolist() == [True, True, False]
    assert series.observed.all()


def test_weeks_are_compared_by_their_sums() -> None:
    counts = [1] * 5 + [100, 120, 90, 110, 105, 95, 80] + [30] * 3 + [10, 12, 9, 11, 8, 10, 10]
    ratio, low, high, top = week_ratio(series_of(counts))
    assert top == 5
    assert ratio == pytest.approx(70 / 700)
    assert low < ratio < high
    assert high < 0.15


def test_weeks_that_overlap_or_are_not_observed_are_not_compared() -> None:
    assert math.isnan(week_ratio(series_of(np.arange(1, 13)))[0])
    series = series_of(np.full(30, 5))
    series.observed[-2] = False
    assert math.isnan(week_ratio(series)[0])
