"""Managers and professionals: measured in surveys and censuses, predicted elsewhere."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.special import expit

from worldclass.people.grid import Grid
from worldclass.people.occupations import (
    DRIFT_PER_YEAR,
    MEASURED_SD,
    estimate_managers,
    read_shares,
)

SHAPE = (30, 3)
RNG = np.random.default_rng(3)
INCOME = np.exp(RNG.normal(9.5, 1, SHAPE))
SERVICES, EMPLOYEES = RNG.uniform(0.2, 0.8, (2, *SHAPE))
LOG_ODDS = -2 + 0.4 * (np.log(INCOME) - 9.5) + 0.5 * SERVICES + 0.3 * EMPLOYEES


def observed(shift: float = 0.0) -> np.ndarray:
    """Twenty countries measured in the second year; the first is `shift` above the rest."""
    shares = np.full(SHAPE, np.nan)
    shares[:20, 1] = expit(LOG_ODDS[:20, 1])
    shares[0, 1] = expit(LOG_ODDS[0, 1] + shift)
    return shares


def run(shift: float = 0.0):
    return estimate_managers(observed(shift), INCOME, SERVICES, EMPLOYEES)


def test_a_relation_without_error_is_found_and_predicts_the_rest() -> None:
    np.testing.assert_allclose(run().log_odds, LOG_ODDS, atol=1e-6)


def test_a_measured_year_has_its_share_and_the_others_its_residual() -> None:
    found = run(shift=0.8)
    assert found.share[0, 1] == pytest.approx(expit(LOG_ODDS[0, 1] + 0.8))
    np.testing.assert_allclose(found.log_odds[0] - LOG_ODDS[0], 0.8, atol=0.05)


def test_only_measured_years_count_as_measured() -> None:
    imputed = run().imputed
    assert imputed[0].tolist() == [True, False, True]
    assert imputed[20:].all()


def test_the_error_grows_with_the_distance_up_to_that_of_a_prediction() -> None:
    found = run(shift=3.0)
    assert found.spread > MEASURED_SD * 2
    expected = np.hypot(MEASURED_SD, DRIFT_PER_YEAR * np.array([1, 0, 1]))
    np.testing.assert_allclose(found.log_odds_sd[0], expected)
    np.testing.assert_allclose(found.log_odds_sd[20:], found.spread)


def census(*rows: tuple[str, int, float, float]) -> pl.DataFrame:
    long = [
        (code, year, f"isco88_{group}", share)
        for code, year, *shares in rows
        for group, share in enumerate(shares, start=1)
    ]
    return pl.DataFrame(long, schema=["iso3", "year", "group", "share"], orient="row")


def test_shares_of_both_groups_are_added_where_a_census_gives_them(grid: Grid) -> None:
    found = read_shares(grid, census(("AAA", 2001, 0.04, 0.08)), np.full(grid.shape, np.nan))
    assert found[0, 1] == pytest.approx(0.12)
    assert np.isfinite(found).sum() == 1


def test_a_census_with_more_managers_than_professionals_is_left_out(grid: Grid) -> None:
    """It has counted own-account sellers as managers."""
    found = read_shares(grid, census(("AAA", 2001, 0.09, 0.08)), np.full(grid.shape, np.nan))
    assert np.isnan(found).all()


def test_a_labour_force_survey_comes_before_a_census(grid: Grid) -> None:
    reported = np.full(grid.shape, np.nan)
    reported[0, 1] = 0.2
    table = census(("AAA", 2001, 0.04, 0.08), ("AAA", 2002, 0.04, 0.08))
    assert read_shares(grid, table, reported)[0].tolist()[1:3] == pytest.approx([0.2, 0.12])
