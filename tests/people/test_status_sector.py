"""What the margins leave open about status and sector, and what reports add."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from worldclass.people.grid import Grid, PanelOnGrid
from worldclass.people.ipf import bounds, fit_margins
from worldclass.people.status_sector import (
    NOISE,
    estimate_margins,
    measured_log_odds,
    predict_log_odds,
    seed_from_odds,
)


def one(employees: float, agriculture: float, nonagricultural: float) -> tuple[float, bool]:
    odds, rejected = measured_log_odds(
        *(np.array([v]) for v in (employees, agriculture, nonagricultural))
    )
    return float(odds[0]), bool(rejected[0])


def test_the_log_odds_of_a_table_made_by_hand() -> None:
    """Of 100 employed: 50 employees outside agriculture, 10 inside; 15 and 25 others."""
    odds, rejected = one(0.60, 0.35, 0.50)
    assert odds == pytest.approx(np.log((50 * 25) / (10 * 15)))
    assert not rejected


def test_independence_has_log_odds_zero() -> None:
    assert one(0.6, 0.3, 0.42)[0] == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("beyond", [-0.01, 0.01])
def test_a_report_outside_the_frechet_bounds_is_rejected(beyond: float) -> None:
    low, high = bounds(0.5, 0.7, 1.0)
    odds, rejected = one(0.5, 0.3, low + beyond if beyond < 0 else high + beyond)
    assert np.isnan(odds)
    assert rejected


def test_nothing_reported_is_unknown_but_not_rejected() -> None:
    odds, rejected = one(0.5, 0.3, np.nan)
    assert np.isnan(odds)
    assert not rejected


def test_the_measured_odds_survive_the_fitting() -> None:
    measured, _ = one(0.60, 0.35, 0.50)
    table = fit_margins(
        seed_from_odds(measured, 0.0, 0.0),
        np.array([0.6, 0.4 - 1e-9, 1e-9]),
        np.array([0.35, 0.25, 0.40]),
    )
    assert table[0, 1:].sum() == pytest.approx(0.50, abs=1e-6)


def test_a_seed_has_the_log_odds_ratios_it_was_asked_for() -> None:
    seed = np.log(seed_from_odds(1.2, 0.7, 0.4))
    assert seed[0, 2] - seed[0, 0] - (seed[1, 2] - seed[1, 0]) == pytest.approx(1.2)
    assert seed[2, 0] - seed[2, 2] - (seed[1, 0] - seed[1, 2]) == pytest.approx(0.7)
    assert seed[0, 1] - seed[0, 2] - (seed[1, 1] - seed[1, 2]) == pytest.approx(0.4)


def test_a_country_without_reports_lies_between_its_region_and_the_world() -> None:
    measured = np.full((1, 5, 3), np.nan)
    measured[0, :4] = np.array([1.0, 1.2, 3.0, 3.2])[:, None] + np.array([-0.1, 0.0, 0.1])
    groups = np.array(["low", "low", "high", "high", "low"])
    odds, spread = predict_log_odds(measured, groups)
    assert odds[0, 4] == pytest.approx(0.5 * (1.1 + 2.1))
    assert (spread[0, 4] > spread[0, 0]).all()


def test_a_measured_country_keeps_its_level_and_the_error_of_a_report() -> None:
    measured = np.full((1, 5, 30), np.nan)
    wave = 0.1 * np.sin(np.arange(30))
    measured[0] = np.array([0.0, 1.0, 2.0, 3.0, 4.0])[:, None] + wave
    odds, spread = predict_log_odds(measured, np.array(["x"] * 5))
    np.testing.assert_allclose(odds, measured, atol=0.02)
    assert (spread <= NOISE + 1e-12).all()


def test_margins_are_shares_that_add_up_in_every_country_year(
    make_panel: Callable[..., PanelOnGrid], grid: Grid
) -> None:
    reported = np.add.outer([70.0, 75.0, 68.0], [0.0, 0.5, -0.5, 1.0])
    panel = make_panel(
        self_employed_share={"female": 40.0, "male": 30.0},
        family_worker_share={"female": 15.0, "male": 5.0},
        employment_share_agriculture={"female": 30.0, "male": 20.0},
        employment_share_industry={"female": 10.1, "male": 30.0},
        employment_share_services={"female": 60.0, "male": 50.0},
        salaried_share_nonagri={"female": reported, "male": reported + 2},
    )
    margins = estimate_margins(panel, np.array(["x", "x", "y"]))
    np.testing.assert_allclose(margins.status.sum(axis=0), 1)
    np.testing.assert_allclose(margins.sector.sum(axis=0), 1)
    np.testing.assert_allclose(margins.status[:, 0, 0, 0], [0.60, 0.25, 0.15], atol=1e-4)
    assert margins.status.shape == (3, 2, *grid.shape)
    assert not margins.rejected.any()
