"""Household welfare per head: its distribution in every country and year, two anchors for its mean.

Shape and mean come from household surveys (PovcalNet, 2011 PPP, lined up to calendar years by
the World Bank). To PPP dollars of 2021 a country's own factor leads: the line in 2011 dollars
below which the survey leaves the share that PIP (Gapminder's edition) finds below 2.15 dollars of
2017, times US inflation from 2017 to 2021; where that share is too small to say, US inflation since
2011. After the last lined-up year the mean follows GDP per head (a named assumption says how
far) and the shape follows the Gini. The second anchor keeps the shape and takes household
consumption of the national accounts as the mean. Headcounts below 3 dollars of 2021 are not used
here; they validate the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.prices import DAYS_A_MONTH, to_base
from worldclass.people import quantiles
from worldclass.people.grid import Grid, PanelOnGrid, fill_from_group, fill_years, years_away
from worldclass.people.regression import fit_robust

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.people.grid import Array, Flags

LINE_2017 = 2.15
FACTOR_RANGE = (0.9, 1.65)
"""A factor outside this range shows that the two sources rest on different surveys."""
MEASURED_SD = 0.10
"""Log standard deviation of a survey mean at the prices of 2021: the 2017 to 2021 revision of
purchasing power moved GDP per head by about this much (robust standard deviation 0.10 over 166
countries), and within countries the factor from 2.15 dollars varies by as much."""
DRIFT = 0.05
"""Log standard deviation gained per square root of a year without survey: between surveys two to
seven years apart, means departed from the growth of GDP per head by 0.04 to 0.06 times it."""
MOSTLY_URBAN = 85.0
"""An urban survey stands for a country where at least this percentage of people is urban."""


@dataclass(frozen=True)
class Welfare:
    """Arrays of shape (countries, years) unless stated.

    Attributes
    ----------
    log_quantiles
        Shape (countries, years, scores): log of PPP dollars of 2021 a day, survey anchor.
    accounts_shift
        Added to the log for the national-accounts anchor.
    without
        Share of persons who report no income: those below the lowest bracket.
    consumption
        1 where the survey measures consumption, 0 income, between where imputed.
    growth_since_survey
        Log growth of GDP per head since the last lined-up year: what the assumption on
        pass-through acts upon.
    log_sd
        Standard deviation of the log mean: that of a survey, more with every year away from
        one, and the regression's where no survey of the country is at hand.
    imputed
        True where no survey of that country-year stands behind the distribution.
    price_factors_set_aside
        Positions of countries whose own price factor was implausible.
    """

    log_quantiles: Array
    accounts_shift: Array
    without: Array
    consumption: Array
    growth_since_survey: Array
    log_sd: Array
    imputed: Flags
    price_factors_set_aside: tuple[int, ...]


@dataclass(frozen=True)
class Surveys:
    """The published distribution files: shares by bracket, their bounds and their summary."""

    shares: pl.DataFrame
    bounds: pl.DataFrame
    summary: pl.DataFrame


def estimate_welfare(
    panel: PanelOnGrid,
    surveys: Surveys,
    *,
    income: Array,
    consumption_share: Array,
    pass_through: float,
    groups: NDArray[np.str_],
) -> Welfare:
    """Estimate the distribution of welfare per head on the grid.

    Parameters
    ----------
    panel
        Gini and the headcount below 2.15 dollars of 2017.
    surveys
        PovcalNet tables.
    income
        GDP per head a year, PPP dollars of 2021.
    consumption_share
        Household consumption as a share of GDP.
    pass_through
        Central share of growth in GDP per head that reaches survey means.
    groups
        Region label per country.
    """
    grid = panel.grid
    urban = fill_years(panel.series("urban_share"))[0].mean(axis=1)
    rural = [
        code for code, share in zip(grid.countries, urban, strict=True) if not share >= MOSTLY_URBAN
    ]
    measured = _measured(grid, surveys, rural)
    shape = measured.shape
    observed = np.isfinite(measured.mean)
    factor, set_aside = _price_factor(panel, shape + np.log(measured.mean)[..., None])
    mean = measured.mean * factor[:, None]

    log_mean, growth = _extend_mean(np.log(mean), np.log(income), pass_through)
    known: Flags = np.asarray(np.isfinite(log_mean).any(axis=1))
    x = np.stack([np.ones_like(income), np.log(income) - 9.5], axis=-1)
    fitted = fit_robust(x[observed], np.log(mean)[observed])
    log_mean = np.where(np.isfinite(log_mean), log_mean, fitted.at(x))
    drift = DRIFT * np.sqrt(years_away(~measured.surveyed))
    log_sd = np.where(known[:, None], np.hypot(MEASURED_SD, drift), fitted.spread)
    log_sd = np.minimum(log_sd, np.hypot(MEASURED_SD, fitted.spread))

    shape = np.stack([fill_years(shape[..., k])[0] for k in range(shape.shape[-1])], axis=-1)
    shape = np.stack(
        [fill_from_group(shape[..., k], groups)[0] for k in range(shape.shape[-1])], axis=-1
    )
    shape = _follow_gini(panel.series("gini") / 100, shape, observed)
    without, consumption = (
        fill_from_group(fill_years(values)[0], groups)[0]
        for values in (measured.without, measured.consumption)
    )
    shape = shape - np.log(quantiles.mean(shape))[..., None]
    accounts = np.log(income * consumption_share / 365)
    return Welfare(
        log_quantiles=shape + log_mean[..., None],
        accounts_shift=accounts - log_mean,
        without=without,
        consumption=consumption,
        growth_since_survey=growth,
        log_sd=log_sd,
        imputed=~measured.surveyed,
        price_factors_set_aside=set_aside,
    )


@dataclass(frozen=True)
class _Measured:
    """The surveys on the grid, of shape (countries, years), missing where there is none.

    Attributes
    ----------
    shape
        Log quantiles relative to the mean, shape (countries, years, scores).
    without
        Share of persons below the lowest bracket.
    mean
        A day, PPP dollars of 2011.
    consumption
        1 where consumption is measured, 0 income.
    surveyed
        True in the year of a survey of the whole country.
    """

    shape: Array
    without: Array
    mean: Array
    consumption: Array
    surveyed: Flags


def _measured(grid: Grid, surveys: Surveys, rural: list[str]) -> _Measured:
    import polars as pl

    codes = ["N", "A", "U"]
    chosen = (
        surveys.summary.filter(
            pl.col("coverage").is_in(codes)
            & pl.col("iso3").is_in(grid.countries)
            & ~((pl.col("coverage") == "U") & pl.col("iso3").is_in(rural))
        )
        .with_columns(
            order=pl.col("coverage").replace_strict(codes, [0, 1, 2], return_dtype=pl.Int8)
        )
        .sort("iso3", "year", "order")
        .unique(["iso3", "year"], keep="first", maintain_order=True)
        .with_columns(mean=pl.col("mean_month") / DAYS_A_MONTH)
    )
    mean = grid.place(chosen, "mean")
    consumption = grid.place(
        chosen.with_columns(kind=(pl.col("welfare_type") == "consumption").cast(pl.Float64)), "kind"
    )
    surveyed = (
        grid.place(
            chosen.with_columns(
                s=((pl.col("is_interpolated") == 0) & (pl.col("coverage") != "U")).cast(pl.Float64)
            ),
            "s",
        )
        == 1.0
    )
    sound = chosen.filter(pl.col("quality") == "ok").select("iso3", "year", "coverage")
    table = surveys.shares.join(sound, on=["iso3", "year", "coverage"]).sort(
        "iso3", "year", "bracket"
    )
    upper = surveys.bounds.sort("bracket")["upper"].to_numpy()
    shape = np.full((*grid.shape, len(quantiles.SCORES)), np.nan)
    without = np.full(grid.shape, np.nan)
    for (code, year), rows in table.partition_by(
        "iso3", "year", as_dict=True, maintain_order=True
    ).items():
        if grid.years[0] <= int(year) <= grid.years[-1]:
            shares = np.zeros(len(upper))
            shares[rows["bracket"].to_numpy()] = rows["share"].to_numpy()
            logs = quantiles.from_shares(upper, shares)
            i, j = grid.countries.index(str(code)), int(year) - grid.years[0]
            shape[i, j] = logs - np.log(quantiles.mean(logs))
            without[i, j] = quantiles.without(shares)
    return _Measured(shape, without, mean, consumption, surveyed & np.isfinite(shape[..., 0]))


def _price_factor(panel: PanelOnGrid, log_quantiles: Array) -> tuple[Array, tuple[int, ...]]:
    """Factor from PPP dollars of 2011 to those of 2021, shape (countries,), and those refused."""
    headcount = panel.series("poverty_rate_215_modelled") / 100
    usable = (headcount > 0.03) & (headcount < 0.9) & np.isfinite(log_quantiles[..., 0])
    factor = np.full(headcount.shape, np.nan)
    from scipy.special import ndtri

    for i, j in zip(*np.nonzero(usable), strict=True):
        line = np.exp(np.interp(ndtri(headcount[i, j]), quantiles.SCORES, log_quantiles[i, j]))
        factor[i, j] = LINE_2017 / line
    own = np.array([np.nanmedian(r) if np.isfinite(r).sum() >= 3 else np.nan for r in factor])
    own = own * to_base(2017)
    plausible = (own >= FACTOR_RANGE[0]) & (own <= FACTOR_RANGE[1])
    set_aside = tuple(int(i) for i in np.flatnonzero(np.isfinite(own) & ~plausible))
    return np.where(plausible, own, to_base(2011)), set_aside


def _extend_mean(log_mean: Array, log_income: Array, pass_through: float) -> tuple[Array, Array]:
    """Carry the mean beyond the lined-up years with GDP per head; interpolate inside."""
    inside = fill_years(log_mean)[0]
    growth = np.zeros_like(inside)
    for row, out, guide in zip(log_mean, growth, log_income, strict=True):
        known = np.flatnonzero(np.isfinite(row))
        if known.size:
            out[known[-1] + 1 :] = guide[known[-1] + 1 :] - guide[known[-1]]
            out[: known[0]] = guide[: known[0]] - guide[known[0]]
    return inside + pass_through * growth, growth


def _follow_gini(gini: Array, shape: Array, observed: Flags) -> Array:
    """After the last distribution, stretch the shape as the lognormal σ of the Gini moved."""
    spread = fill_years(quantiles.gini_to_spread(gini))[0]
    stretched = shape.copy()
    for i, row in enumerate(observed):
        known = np.flatnonzero(row)
        if known.size == 0 or not np.isfinite(spread[i]).all():
            continue
        last = known[-1]
        ratio = np.clip(spread[i, last + 1 :] / spread[i, last], 0.7, 1.4)
        centre = shape[i, last, len(quantiles.SCORES) // 2]
        stretched[i, last + 1 :] = centre + (shape[i, last] - centre) * ratio[:, None]
    return stretched
