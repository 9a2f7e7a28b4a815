"""Output, labour share and productivity from what is published of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from worldclass.people.grid import Grid, PanelOnGrid
from worldclass.people.national_accounts import (
    LABOUR_SHARE_MEASURED_SD,
    PRODUCTIVITY_RANGE,
    estimate_accounts,
)

GROUPS = np.array(["x", "x", "y"])
HEADS = np.array([[12_000.0], [3_000.0], [40_000.0]]) * np.ones((3, 4))
EMPLOYED = np.full((3, 4), 400.0)
SECTOR = np.array([0.5, 0.2, 0.3])[:, None, None] * np.ones((3, 3, 4))
SERIES = {
    "population": 1000.0,
    "gdp_pc_ppp2021": HEADS,
    "gdp_pc_ppp_pwt11": HEADS * 1.1,
    "gdp_per_employed_usd2015": HEADS * 1.5,
    "pwt_labsh": 0.55,
    "pwt_csh_c": 0.6,
    "gdp_share_agriculture": 20.0,
    "gdp_share_industry": 30.0,
    "gdp_share_services": 50.0,
}


@pytest.fixture
def run(make_panel: Callable[..., PanelOnGrid]) -> Callable[..., object]:
    return lambda **changes: estimate_accounts(
        make_panel(**(SERIES | changes)), EMPLOYED, SECTOR, GROUPS
    )


def test_gdp_per_worker_a_month_is_gdp_by_employed_persons(run) -> None:
    found = run()
    np.testing.assert_allclose(found.gdp_per_worker, HEADS * 1000 / 400 / 12)
    assert not found.gdp_imputed.any()


def test_missing_years_follow_the_second_source_and_are_flagged(run) -> None:
    level = HEADS.copy()
    level[0, 2:] = np.nan
    second = HEADS * 1.1
    second[0, 3] *= 2
    found = run(gdp_pc_ppp2021=level, gdp_pc_ppp_pwt11=second)
    np.testing.assert_allclose(found.gdp_per_head[0], [12_000, 12_000, 12_000, 24_000])
    assert found.gdp_imputed[0].tolist() == [False, False, True, True]


def test_a_country_without_any_level_is_predicted_from_output_per_worker(run) -> None:
    level = HEADS.copy()
    level[2] = np.nan
    second = HEADS.copy()
    second[2] = np.nan
    found = run(gdp_pc_ppp2021=level, gdp_pc_ppp_pwt11=second)
    np.testing.assert_allclose(found.gdp_per_head[2], 40_000, rtol=1e-6)


def test_the_labour_share_is_held_and_then_the_region_s_median(run, grid: Grid) -> None:
    share = np.full(grid.shape, np.nan)
    share[0, :2] = [0.5, 0.6]
    share[2] = 0.4
    found = run(pwt_labsh=share)
    np.testing.assert_allclose(found.labour_share[0], [0.5, 0.6, 0.6, 0.6])
    np.testing.assert_allclose(found.labour_share[1], found.labour_share[0])
    assert found.labour_share_imputed[0].tolist() == [False, False, True, True]
    np.testing.assert_allclose(found.labour_share_sd[2], LABOUR_SHARE_MEASURED_SD)


def test_the_error_of_a_labour_share_grows_with_the_years_from_a_published_one(
    run, grid: Grid
) -> None:
    """On either side: the year next to a published one is surer than the year after it."""
    share = np.full(grid.shape, 0.5)
    share[0] = [np.nan, np.nan, np.nan, 0.5]
    share[1] = [0.5, np.nan, np.nan, np.nan]
    sd = run(pwt_labsh=share).labour_share_sd
    assert (np.diff(sd[1]) > 0).all()
    assert (np.diff(sd[0]) < 0).all()


def test_relative_productivity_is_value_added_by_employment(run) -> None:
    expected = np.log([0.2 / 0.5, 0.3 / 0.2, 0.5 / 0.3])
    np.testing.assert_allclose(run().productivity[:, 0, 0], expected)


def test_sector_shares_that_do_not_add_up_are_not_believed(run) -> None:
    wrong = np.full((3, 4), 20.0)
    wrong[0, 1] = 70.0
    found = run(gdp_share_agriculture=wrong)
    np.testing.assert_allclose(found.productivity[:, 0, 1], found.productivity[:, 0, 0])


def test_enclaves_do_not_decide_the_pay_of_a_sector(run) -> None:
    found = run(gdp_share_agriculture=0.1, gdp_share_industry=95.0, gdp_share_services=4.9)
    assert found.productivity.min() >= PRODUCTIVITY_RANGE[0]
    assert found.productivity.max() <= PRODUCTIVITY_RANGE[1]


def test_an_impossible_consumption_share_is_replaced(run, grid: Grid) -> None:
    share = np.full(grid.shape, 0.6)
    share[0, 1] = 2.5
    np.testing.assert_allclose(run(pwt_csh_c=share).consumption_share, 0.6)
