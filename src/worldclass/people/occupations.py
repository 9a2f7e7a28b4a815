"""Managers and professionals (ISCO major groups 1 and 2) as a share of employment.

Measured in the latest census sample of 31 countries, or in labour-force surveys where a live
source gives them; predicted elsewhere by a regression of the log odds on income, sector and
status of employment, each country keeping its own nearest residual:

    logit(share) = b·x + residual of the country (0 where nothing was measured)

Some censuses count own-account sellers as managers; the 12 of 43 in which managers outnumber
professionals are not used. Within a sector women and men have the same share: the sources here do
not cross occupation with sex.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit

from worldclass.people.grid import fill_years, years_away
from worldclass.people.regression import fit_robust

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.people.grid import Array, Grid

MEASURED_SD = 0.15
"""Standard deviation of the log odds in a measured year itself: coding differences."""
DRIFT_PER_YEAR = 0.02
"""Standard deviation gained per year away from the nearest measurement, on the same scale."""


@dataclass(frozen=True)
class ManagerShare:
    """Arrays of shape (countries, years).

    Attributes
    ----------
    log_odds, log_odds_sd
        Managers and professionals among all employed persons, and the standard deviation.
    imputed
        True where that country-year was not measured.
    spread
        Residual standard deviation of the regression.
    """

    log_odds: Array
    log_odds_sd: Array
    imputed: NDArray[np.bool_]
    spread: float

    @property
    def share(self) -> Array:
        """Central share of employment."""
        return expit(self.log_odds)


def estimate_managers(
    observed: Array, income: Array, services: Array, employees: Array
) -> ManagerShare:
    """Estimate the share of managers and professionals in employment.

    Parameters
    ----------
    observed
        Shape (countries, years): measured shares of employment; NaN where there is none.
    income
        GDP per head, PPP dollars of 2021.
    services, employees
        Shares of employment.
    """
    x = np.stack([np.ones_like(income), np.log(income) - 9.5, services, employees], axis=-1)
    known = np.isfinite(observed)
    measured = logit(np.where(known, observed, 0.5))
    one_each = np.flatnonzero(known.any(axis=1))
    last = known.shape[1] - 1 - np.argmax(known[one_each, ::-1], axis=1)
    fitted = fit_robust(x[one_each, last], measured[one_each, last])
    predicted = fitted.at(x)
    residual = fill_years(np.where(known, measured - predicted, np.nan))[0]
    own = np.isfinite(residual)
    drift = np.hypot(MEASURED_SD, DRIFT_PER_YEAR * years_away(~known))
    return ManagerShare(
        log_odds=predicted + np.where(own, residual, 0.0),
        log_odds_sd=np.where(own, np.minimum(drift, fitted.spread), fitted.spread),
        imputed=~known,
        spread=fitted.spread,
    )


def read_shares(grid: Grid, census: pl.DataFrame, reported: Array) -> Array:
    """Measured shares on the grid: labour-force surveys where given, else censuses.

    Parameters
    ----------
    grid
        Countries and years.
    census
        iso3, year, group (isco88_1 … isco88_9), share. Censuses in which managers outnumber
        professionals are left out: they count own-account sellers as managers.
    reported
        Shape (countries, years): shares from labour-force surveys (ISCO-08), NaN where none.

    Returns
    -------
    Shape (countries, years).
    """
    import polars as pl

    wide = (
        census.filter(pl.col("group").is_in(["isco88_1", "isco88_2"]))
        .pivot(on="group", index=["iso3", "year"], values="share")
        .filter(pl.col("isco88_1") <= pl.col("isco88_2"))
        .select(
            "iso3",
            pl.col("year").clip(grid.years[0], grid.years[-1]),
            value=pl.col("isco88_1") + pl.col("isco88_2"),
        )
        .sort("iso3", "year")
    )
    return np.where(np.isfinite(reported), reported, grid.place(wide))
