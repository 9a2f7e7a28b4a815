"""Persons by labour-force state, on a panel made for the test."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from worldclass.people.grid import SEXES, Grid, PanelOnGrid
from worldclass.people.labour_force import AGES, LONG_TERM_FALLBACK, estimate_labour_force

GROUPS = np.array(["north", "north", "south"])
BANDS = ("15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64")
SERIES = {
    "population_0_14": {"female": 300.0, "male": 310.0},
    "population_15_64": {"female": 600.0, "male": 620.0},
    "population_65plus": {"female": 100.0, "male": 80.0},
    "population_15plus": {"female": 700.0, "male": 700.0},
    "employment_rate_15plus": {"female": 45.0, "male": 60.0},
    "lfpr_15plus": {"female": 50.0, "male": 68.0},
    "lfpr_15_64": {"female": 57.0, "male": 75.0},
    "lfpr_25_54": {"female": 70.0, "male": 92.0},
    "lfpr_65plus": {"female": 8.0, "male": 20.0},
    "unemployment_rate_15plus": {"female": 12.0, "male": 10.0},
    "long_term_unemployment_rate": {"female": 3.0, "male": 4.0},
}


def ages(grid: Grid) -> pl.DataFrame:
    """Every five-year band equally large; participation of 40 % at the ends, 80 % between."""
    rows = []
    for code in grid.countries:
        for year in grid.years:
            for sex in SEXES:
                for band in BANDS:
                    rate = 0.4 if band in (*BANDS[:2], *BANDS[8:]) else 0.8
                    rows.append((code, year, sex, band, 62.0, 62.0 * rate))
    columns = ["iso3", "year", "sex", "age_group", "population_thousand", "labour_force_thousand"]
    return pl.DataFrame(rows, schema=columns, orient="row")


@pytest.fixture
def run(make_panel: Callable[..., PanelOnGrid], grid: Grid) -> Callable[..., object]:
    def estimate(**changes: object):
        panel = make_panel(**(SERIES | changes))
        return estimate_labour_force(panel, ages(grid), np.ones(grid.shape, bool), GROUPS)

    return estimate


def test_levels_are_rates_times_the_population_of_15_and_over(run) -> None:
    force = run()
    np.testing.assert_allclose(force.employed[0], 0.45 * 700)
    np.testing.assert_allclose(force.employed[1], 0.60 * 700)
    np.testing.assert_allclose(force.unemployed[0], 0.05 * 700)
    np.testing.assert_allclose(force.unemployed[1], 0.08 * 700)


def test_everybody_is_employed_unemployed_outside_or_a_child(run) -> None:
    force = run()
    everybody = force.employed + force.unemployed + force.outside.sum(axis=0) + force.children
    np.testing.assert_allclose(everybody[0], 1000)
    np.testing.assert_allclose(everybody[1], 1010)


def test_published_participation_by_age_is_kept(run) -> None:
    outside = run().outside
    prime = 600 * 6 / 10  # the bands are equally large
    np.testing.assert_allclose(outside[1, 0], prime * 0.30)
    np.testing.assert_allclose(outside[3, 0], 100 * 0.92)


def test_the_young_and_the_late_share_the_rest_as_their_last_age_profile_says(run) -> None:
    outside = run().outside
    rest = 0.5 * 700 - 360 * 0.7 - 100 * 0.08
    np.testing.assert_allclose(outside[0, 0], 120 - rest / 2)
    np.testing.assert_allclose(outside[2, 0], 120 - rest / 2)


def test_no_band_has_more_outside_than_persons_whatever_the_rates(run) -> None:
    """Rates by age that contradict the total are overruled by it."""
    force = run(lfpr_25_54=99.9, lfpr_65plus={"female": 60.0, "male": 60.0})
    force = run(
        lfpr_25_54={"female": 99.9, "male": 20.0}, lfpr_65plus={"female": 90.0, "male": 1.0}
    )
    sizes = np.array([[120, 124], [360, 372], [120, 124], [100, 80]])[:, :, None, None]
    assert force.outside.shape[0] == len(AGES)
    assert (force.outside >= 0).all()
    assert (force.outside <= sizes + 1e-9).all()
    everybody = force.employed + force.unemployed + force.outside.sum(axis=0)
    np.testing.assert_allclose(everybody, 700)


def test_nobody_is_unemployed_where_more_are_employed_than_take_part(run) -> None:
    force = run(lfpr_15plus={"female": 44.0, "male": 68.0})
    assert (force.unemployed[0] == 0).all()
    np.testing.assert_allclose(force.employed[0], 315)


def test_a_missing_rate_is_filled_from_the_years_beside_it_and_flagged(run, grid: Grid) -> None:
    rate = np.full(grid.shape, 45.0)
    rate[1] = [40.0, np.nan, 50.0, np.nan]
    force = run(employment_rate_15plus={"female": rate, "male": 60.0})
    np.testing.assert_allclose(force.employed[0, 1], [280, 315, 350, 350])
    assert force.imputed[0, 1].tolist() == [False, True, False, True]
    assert not force.imputed[0, 0].any()


def test_the_long_term_share_is_the_ratio_of_two_rates(run) -> None:
    force = run()
    np.testing.assert_allclose(force.long_term[0], 0.25)
    np.testing.assert_allclose(force.long_term[1], 0.40)
    assert not force.long_term_imputed.any()


def test_a_long_term_share_comes_from_the_region_where_nothing_is_reported(run, grid: Grid) -> None:
    reported = np.full(grid.shape, 3.0)
    reported[1] = np.nan
    force = run(long_term_unemployment_rate={"female": reported, "male": np.nan})
    np.testing.assert_allclose(force.long_term[0, 1], 0.25)
    assert force.long_term_imputed[0, 1].all()
    np.testing.assert_allclose(force.long_term[1], LONG_TERM_FALLBACK)


def test_more_long_term_unemployed_than_unemployed_is_not_believed(run) -> None:
    force = run(long_term_unemployment_rate={"female": 13.0, "male": 4.0})
    assert force.long_term_imputed[0].all()
    assert (force.long_term[0] <= 1).all()
