"""Survey earnings: one kind of survey, prices of 2021, the ratio of the sexes."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from worldclass.core.prices import to_base
from worldclass.people.grid import Grid
from worldclass.people.pay import (
    DRIFT,
    INDICATOR,
    MEASURED_SD,
    RATIO_DRIFT,
    RATIO_MEASURED_SD,
    SurveyMeans,
    estimate_pay,
    read_means,
)
from worldclass.people.regression import fit_robust

YEARS = tuple(range(2014, 2024))
GRID = Grid(tuple(f"C{k:02d}" for k in range(12)), YEARS)
SHAPE = GRID.shape
GROUPS = np.array(["a"] * 6 + ["b"] * 6)
RNG = np.random.default_rng(5)
INCOME = np.exp(RNG.normal(9.5, 1, (12, 1))) * np.ones(SHAPE)
OUTPUT = INCOME / 6
SELF = RNG.uniform(0.1, 0.8, (12, 1)) * np.ones(SHAPE)
ACCOUNTS = OUTPUT * 0.5
ACCOUNTS_SD = RNG.uniform(0.03, 0.12, SHAPE)
COUNTRY = np.exp(RNG.uniform(-0.5, 0.5, (12, 1)))
"""Countries differ in how far surveys lie from the accounts."""


def surveys(*rows: tuple[str, int, str, float, str]) -> pl.DataFrame:
    columns = ["iso3", "year", "sex", "value", "survey"]
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        indicator=pl.lit(INDICATOR)
    )


def means(total: np.ndarray, ratio: np.ndarray | float = 0.8) -> SurveyMeans:
    return SurveyMeans(total, total * ratio, total * np.ones(SHAPE))


def run(
    total: np.ndarray, ratio: np.ndarray | float = 0.8, *, accounts_sd: np.ndarray | None = None
):
    return estimate_pay(
        means(total, ratio),
        accounts_pay=ACCOUNTS,
        accounts_sd=ACCOUNTS_SD if accounts_sd is None else accounts_sd,
        output=OUTPUT,
        income=INCOME,
        self_employed=SELF,
        groups=GROUPS,
    )


def measured() -> np.ndarray:
    """Earnings a fifth above the accounts in odd years of the first ten countries."""
    total = ACCOUNTS * 1.2
    total[:, ::2] = np.nan
    total[10:] = np.nan
    return total


def test_means_are_brought_to_the_prices_of_2021_with_us_inflation() -> None:
    rows = surveys(
        ("C00", 2014, "total", 100.0, "LFS - x"), ("C00", 2021, "total", 100.0, "LFS - x")
    )
    found = read_means(GRID, rows).total[0]
    assert found[0] == pytest.approx(100 * to_base(2014))
    assert found[7] == 100


def test_a_mean_of_a_year_without_a_price_index_is_not_used() -> None:
    years = tuple(range(2004, 2006))
    rows = surveys(*(("C00", year, "total", 100.0, "LFS - x") for year in years))
    found = read_means(Grid(("C00",), years), rows).total[0]
    assert np.isnan(found[0])
    assert found[1] == pytest.approx(100 * to_base(2005))


def test_the_kind_of_survey_with_most_years_is_kept() -> None:
    rows = surveys(
        ("C00", 2015, "total", 1.0, "HIES - y"),
        ("C00", 2016, "total", 2.0, "LFS - x"),
        ("C00", 2017, "total", 2.0, "LFS - z"),
        ("C00", 2017, "female", 2.0, "LFS - z"),
        ("C00", 2015, "female", 1.0, "HIES - y"),
    )
    found = read_means(GRID, rows)
    assert np.isfinite(found.total[0]).nonzero()[0].tolist() == [2, 3]
    assert np.isfinite(found.women[0]).nonzero()[0].tolist() == [3]


def test_countries_can_be_left_out() -> None:
    rows = surveys(("C00", 2015, "total", 1.0, "LFS"), ("C01", 2015, "total", 1.0, "LFS"))
    assert np.isfinite(read_means(GRID, rows, ["C00"]).total).any(axis=1)[:2].tolist() == [
        False,
        True,
    ]


def test_a_surveyed_year_keeps_the_survey_s_mean() -> None:
    total = measured() * COUNTRY
    found = run(total)
    known = np.isfinite(total)
    np.testing.assert_allclose(np.exp(found.log_mean[known]), total[known])
    np.testing.assert_allclose(found.log_mean_sd[known], MEASURED_SD)
    np.testing.assert_array_equal(found.imputed, ~known)


def test_countries_without_a_survey_follow_the_others() -> None:
    found = run(measured())
    np.testing.assert_allclose(np.exp(found.log_mean[10:]), ACCOUNTS[10:] * 1.2, rtol=1e-6)


def test_years_between_surveys_return_towards_the_country_s_median() -> None:
    total = measured()
    total[0] = np.nan
    total[0, :3] = ACCOUNTS[0, :3] * [1.2, 1.2, 2.0]
    gap = run(total).log_mean[0] - np.log(ACCOUNTS[0])
    assert gap[2] == pytest.approx(np.log(2.0))
    assert (np.diff(gap[2:]) < 0).all()
    assert gap[-1] > np.log(1.2)
    assert gap[-1] == pytest.approx(np.log(1.2) + np.log(2 / 1.2) * np.exp(-7 / 5))


def test_the_error_grows_away_from_surveys() -> None:
    """By the accounts' own error, and by the ratio's changes from year to year."""
    total = measured() * COUNTRY
    total[0, 2:] = np.nan
    found = run(total)
    years = np.arange(-1, 9)
    drift = np.where(years != 0, ACCOUNTS_SD[0] ** 2 + DRIFT**2 * np.abs(years), 0)
    np.testing.assert_allclose(found.log_mean_sd[0], np.sqrt(MEASURED_SD**2 + drift))
    even = run(total, accounts_sd=np.full(SHAPE, 0.08)).log_mean_sd[0]
    assert (np.diff(even[1:]) > 0).all()
    assert even[1] == MEASURED_SD < even[0] == even[2]


def test_no_error_exceeds_that_of_a_prediction_without_a_survey() -> None:
    total = measured() * COUNTRY
    one = np.ones(10)
    x = np.stack([one, np.log(INCOME[:10, 0]) - 9.5, SELF[:10, 0]], axis=1)
    ratio = np.nanmedian(np.log(total[:10]) - np.log(ACCOUNTS[:10]), axis=1)
    spread = fit_robust(x, ratio).spread
    sd = run(total, accounts_sd=np.full(SHAPE, 2.0)).log_mean_sd
    np.testing.assert_allclose(sd[10:], spread)
    assert spread > MEASURED_SD
    np.testing.assert_allclose(sd[:10, ::2], spread)
    np.testing.assert_allclose(sd[:10, 1::2], MEASURED_SD)


def test_every_error_is_a_finite_number() -> None:
    found = run(measured() * COUNTRY, 0.6 + 0.04 * np.arange(12)[:, None] * np.ones(SHAPE))
    for sd in (found.log_mean_sd, found.log_ratio_sd):
        assert (np.isfinite(sd) & (sd > 0)).all()


def test_pay_above_what_the_country_produces_is_set_aside() -> None:
    total = measured()
    total[3, 1] = OUTPUT[3, 1] * 2
    found = run(total)
    assert found.set_aside == ((3, 1),)
    assert found.imputed[3, 1]


def test_the_ratio_of_the_sexes_is_measured_held_and_else_the_region_s() -> None:
    ratio = np.full(SHAPE, 0.8)
    ratio[6:] = 0.7
    found = run(measured(), ratio)
    np.testing.assert_allclose(found.log_ratio[:6], np.log(0.8))
    np.testing.assert_allclose(found.log_ratio[10:], np.log(0.7))


def test_the_error_of_the_ratio_grows_away_from_surveys_up_to_that_of_a_guess() -> None:
    ratio = (0.6 + 0.02 * np.arange(12)[:, None]) * np.ones(SHAPE)
    total = measured()
    total[0, 2:] = np.nan
    found = run(total, ratio)
    away = np.abs(np.arange(-1, 9))
    np.testing.assert_allclose(
        found.log_ratio_sd[0], np.hypot(RATIO_MEASURED_SD, RATIO_DRIFT * away)
    )
    np.testing.assert_allclose(found.log_ratio_sd[10:], np.std(np.log(ratio[:10, 0])))
    assert found.ratio_imputed[10:].all()


@pytest.mark.parametrize("ratio", [0.2, 1.6])
def test_a_ratio_from_a_handful_of_employees_is_not_used(ratio: float) -> None:
    given = np.full(SHAPE, 0.8)
    given[6:] = 0.7
    given[2] = ratio
    assert run(measured(), given).log_ratio[2, 1] == pytest.approx(np.log(0.8))
