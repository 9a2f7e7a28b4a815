"""Survey earnings of employees: their level, and women's pay relative to men's.

Level: ln(survey mean ÷ (labour share × GDP per worker)) is measured in some country-years; a
country's own median ratio carries over its other years, and a regression on income and the
share of self-employment predicts it elsewhere. Sex ratio: mean of women ÷ mean of men, held
over the years of a measured country; elsewhere the median of its region.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.people.grid import fill_from_group, fill_years
from worldclass.people.regression import fit_robust

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.people.grid import Array, Flags

MEASURED_SD = 0.08
"""Log standard deviation of a survey mean in its own year: sampling, response, bonuses."""
DRIFT_PER_YEAR = 0.015
"""Log standard deviation gained per year away from the nearest survey."""
RATIO_RANGE = (0.4, 1.25)
"""A pay ratio outside this range comes from a handful of employees and is not used."""
RATIO_MEASURED_SD = 0.03
"""Log standard deviation of a measured pay ratio."""


@dataclass(frozen=True)
class SurveyPay:
    """Arrays of shape (countries, years).

    Attributes
    ----------
    log_mean, log_mean_sd
        Log of mean pay of employees, PPP dollars of 2021 a month, and standard deviation.
    log_ratio, log_ratio_sd
        Log of women's mean pay ÷ men's, and standard deviation.
    imputed, ratio_imputed
        True where that country-year was not measured.
    outliers
        Country codes' positions whose level was set aside as implausible.
    """

    log_mean: Array
    log_mean_sd: Array
    log_ratio: Array
    log_ratio_sd: Array
    imputed: Flags
    ratio_imputed: Flags
    outliers: tuple[int, ...]


def estimate_pay(
    mean: Array,
    women: Array,
    men: Array,
    *,
    accounts_pay: Array,
    income: Array,
    self_employed: Array,
    groups: NDArray[np.str_],
) -> SurveyPay:
    """Estimate pay of employees from survey means on the grid.

    Parameters
    ----------
    mean, women, men
        Survey means (NaN where none), PPP dollars of 2021 a month.
    accounts_pay
        Labour share × GDP per worker a month.
    income
        GDP per head.
    self_employed
        Share of employment.
    groups
        Region label per country.
    """
    gap = np.log(mean) - np.log(accounts_pay)
    country = _row_median(gap)
    x = np.stack([np.ones_like(income), np.log(income) - 9.5, self_employed], axis=-1)
    measured = np.flatnonzero(np.isfinite(country))
    centre = np.array([_row_median(x[i].T * (gap[i] * 0 + 1))[:, None] for i in measured])[..., 0]
    fitted = fit_robust(centre, country[measured])
    outliers = tuple(int(i) for i in measured[~fitted.used])
    gap[list(outliers)] = np.nan
    imputed = ~np.isfinite(gap)

    own, _ = fill_years(gap)
    predicted = fitted.at(x)
    no_survey = ~np.isfinite(own)
    level = np.where(no_survey, predicted, own)
    spread = np.where(
        no_survey, fitted.spread, np.hypot(MEASURED_SD, DRIFT_PER_YEAR * _years_away(imputed))
    )
    ratio, ratio_sd, ratio_imputed = _sex_ratio(women, men, groups)
    return SurveyPay(
        log_mean=level + np.log(accounts_pay),
        log_mean_sd=np.minimum(spread, np.where(no_survey, np.inf, fitted.spread)),
        log_ratio=ratio,
        log_ratio_sd=ratio_sd,
        imputed=imputed,
        ratio_imputed=ratio_imputed,
        outliers=outliers,
    )


def _row_median(values: Array) -> Array:
    return np.array(
        [np.nanmedian(row) if np.isfinite(row).any() else np.nan for row in values]
    )


def _years_away(gap: Flags) -> Array:
    """Years to the nearest position that is not a gap, per row; 0 where the row has none."""
    years = np.arange(gap.shape[1])
    away = np.zeros(gap.shape)
    for row, out in zip(gap, away, strict=True):
        known = years[~row]
        if known.size:
            out[:] = np.abs(years[:, None] - known[None]).min(axis=1)
    return away


def _sex_ratio(
    women: Array, men: Array, groups: NDArray[np.str_]
) -> tuple[Array, Array, Flags]:
    ratio = women / men
    believable = (ratio >= RATIO_RANGE[0]) & (ratio <= RATIO_RANGE[1])
    ratio = np.log(np.where(believable, ratio, np.nan))
    own = _row_median(ratio)[:, None]
    spread = float(np.nanstd(own))
    held = np.where(np.isfinite(ratio), ratio, fill_years(ratio)[0])
    country = np.isfinite(own)
    filled, _ = fill_from_group(held, groups)
    sd = np.where(
        country, np.hypot(RATIO_MEASURED_SD, 0.006 * _years_away(~np.isfinite(ratio))), spread
    )
    return filled, np.minimum(sd, spread), ~np.isfinite(ratio)
