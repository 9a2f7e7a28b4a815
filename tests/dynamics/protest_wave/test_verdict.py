"""A wave that faded is told from one that has not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.dynamics.protest_wave.made import make, series_of
from worldclass.dynamics.protest_wave.baselines import growth_decay, log_quadratic
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.protest_wave.verdict import (
    specifications,
    wave_course,
    week_ratio,
)

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
