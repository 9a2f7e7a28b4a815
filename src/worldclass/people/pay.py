"""Survey earnings of employees: their level, and women's pay relative to men's.

Level: the log ratio of mean earnings to labour share × GDP per worker. In a surveyed year it is
the survey's; away from surveys it moves from the nearest survey's value to the country's median,

    ratio(t) = median + (nearest − median) · exp(−distance / 5 years),

and a regression on income and the share of self-employment predicts it where there is no survey.

The published series is in current PPP dollars (its "2021 PPP" names the comparison round, not
the year of prices: the US series, where PPP is 1, follows nominal pay), and is brought to
dollars of 2021 with US consumer prices. Where a country reports from several kinds of survey,
the kind with most years is kept, because levels jump between kinds. Sex ratio: mean of women ÷
mean of men, held over the years of a measured country; elsewhere the median of its region.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.prices import to_base, us_prices
from worldclass.people.grid import SEXES, fill_from_group, fill_years, row_median, years_away
from worldclass.people.regression import fit_robust

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.people.grid import Array, Flags, Grid

INDICATOR = "mean_earnings_employees_ppp2021"
MEASURED_SD = 0.10
"""Log standard deviation of a survey mean in its own year: sampling, response, bonuses."""
MEMORY = 5.0
"""Years over which a survey's departure from its country's median fades."""
DRIFT = 0.058
"""Log standard deviation that the ratio gains per square root of a year away from a survey: between
surveys one to seven years apart it changed by 0.054 to 0.067 times it (robust, 1,371 pairs)."""
MOST_PAY = 1.5
"""Mean pay above this multiple of GDP per worker is an error of units and is set aside."""
RATIO_RANGE = (0.4, 1.25)
"""A pay ratio outside this range comes from a handful of employees and is not used."""
RATIO_MEASURED_SD = 0.03
"""Log standard deviation of a measured pay ratio."""
RATIO_DRIFT = 0.006
"""Log standard deviation that a pay ratio gains per year away from the nearest survey."""


@dataclass(frozen=True)
class SurveyMeans:
    """Survey means on the grid, PPP dollars of 2021 a month; NaN where there is none.

    Attributes
    ----------
    total, women, men
        Shape (countries, years).
    """

    total: Array
    women: Array
    men: Array


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
    set_aside
        (country, year) positions of means that exceed what the country produces.
    """

    log_mean: Array
    log_mean_sd: Array
    log_ratio: Array
    log_ratio_sd: Array
    imputed: Flags
    ratio_imputed: Flags
    set_aside: tuple[tuple[int, int], ...]


def read_means(grid: Grid, surveys: pl.DataFrame, without: Sequence[str] = ()) -> SurveyMeans:
    """Put survey means on the grid: one kind of survey per country, prices of 2021.

    Parameters
    ----------
    grid
        Countries and years.
    surveys
        iso3, year, indicator, sex, value, survey; the kind of survey is what precedes " - ".
    without
        Countries to leave out.
    """
    import polars as pl

    rows = surveys.filter(
        (pl.col("indicator") == INDICATOR) & ~pl.col("iso3").is_in(list(without))
    ).with_columns(kind=pl.col("survey").fill_null("").str.split(" - ").list.get(0))
    main = (
        rows.filter(pl.col("sex") == "total")
        .group_by("iso3", "kind")
        .agg(pl.len(), pl.col("year").max())
        .sort("iso3", "len", "year", "kind")
        .group_by("iso3", maintain_order=True)
        .last()
        .select("iso3", "kind")
    )
    rows = rows.join(main, on=["iso3", "kind"], how="semi")
    prices = np.array([to_base(year) if year in us_prices() else np.nan for year in grid.years])
    total, women, men = (
        grid.place(rows.filter(pl.col("sex") == sex)) * prices for sex in ("total", *SEXES)
    )
    return SurveyMeans(total, women, men)


def estimate_pay(
    means: SurveyMeans,
    *,
    accounts_pay: Array,
    accounts_sd: Array,
    output: Array,
    income: Array,
    self_employed: Array,
    groups: NDArray[np.str_],
) -> SurveyPay:
    """Estimate pay of employees in every country and year.

    Parameters
    ----------
    means
        Survey means.
    accounts_pay
        Labour share × GDP per worker a month.
    accounts_sd
        Log standard deviation of the labour share.
    output
        GDP per worker a month.
    income
        GDP per head.
    self_employed
        Share of employment.
    groups
        Region label per country.
    """
    implausible = means.total > MOST_PAY * output
    gap = np.where(implausible, np.nan, np.log(means.total) - np.log(accounts_pay))
    median = row_median(gap)
    x = np.stack([np.ones_like(income), np.log(income) - 9.5, self_employed], axis=-1)
    measured = np.flatnonzero(np.isfinite(median))
    middle = np.stack([np.median(x[i][np.isfinite(gap[i])], axis=0) for i in measured])
    fitted = fit_robust(middle, median[measured])

    away = years_away(~np.isfinite(gap))
    nearest = fill_years(gap)[0]
    own = median[:, None] + (nearest - median[:, None]) * np.exp(-away / MEMORY)
    drift = np.where(away > 0, accounts_sd**2 + DRIFT**2 * away, 0.0)
    own_sd = np.minimum(np.sqrt(MEASURED_SD**2 + drift), fitted.spread)
    no_survey = ~np.isfinite(own)
    ratio, ratio_sd, ratio_imputed = _sex_ratio(means.women, means.men, groups)
    return SurveyPay(
        log_mean=np.where(no_survey, fitted.at(x), own) + np.log(accounts_pay),
        log_mean_sd=np.where(no_survey, fitted.spread, own_sd),
        log_ratio=ratio,
        log_ratio_sd=ratio_sd,
        imputed=~np.isfinite(gap),
        ratio_imputed=ratio_imputed,
        set_aside=tuple((int(i), int(j)) for i, j in np.argwhere(implausible)),
    )


def _sex_ratio(women: Array, men: Array, groups: NDArray[np.str_]) -> tuple[Array, Array, Flags]:
    ratio = women / men
    believable = (ratio >= RATIO_RANGE[0]) & (ratio <= RATIO_RANGE[1])
    ratio = np.log(np.where(believable, ratio, np.nan))
    own = row_median(ratio)[:, None]
    spread = float(np.nanstd(own))
    filled, _ = fill_from_group(fill_years(ratio)[0], groups)
    drift = RATIO_DRIFT * years_away(~np.isfinite(ratio))
    sd = np.where(np.isfinite(own), np.hypot(RATIO_MEASURED_SD, drift), spread)
    return filled, np.minimum(sd, spread), ~np.isfinite(ratio)
