"""Managers and professionals (ISCO major groups 1 and 2) as a share of employment.

Measured in the latest census sample of 43 countries; predicted elsewhere by a regression of the
log odds on income, sector and status of employment, each country keeping its own residual:

    logit(share) = b·x + residual of the country (0 where no census is at hand)

Some censuses count own-account sellers as managers; a country whose managers outnumber its
professionals is treated as measured with the error of a prediction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit

from worldclass.people.regression import fit_robust

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.people.grid import Array, Grid

MEASURED_SD = 0.15
"""Standard deviation of the log odds in the census year itself: coding differences."""
DRIFT_PER_YEAR = 0.02
"""Standard deviation gained per year away from the census, on the log-odds scale."""


@dataclass(frozen=True)
class ManagerShare:
    """Arrays of shape (countries, years).

    Attributes
    ----------
    log_odds, log_odds_sd
        Managers and professionals among all employed persons, and the standard deviation.
    imputed
        True except in the census year.
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
    grid: Grid, census: pl.DataFrame, income: Array, services: Array, employees: Array
) -> ManagerShare:
    """Estimate the share of managers and professionals in employment.

    Parameters
    ----------
    grid
        Countries and years.
    census
        iso3, year, group (isco88_1 … isco88_9), share.
    income
        GDP per head, PPP dollars of 2021.
    services, employees
        Shares of employment.
    """
    x = np.stack([np.ones(grid.shape), np.log(income) - 9.5, services, employees], axis=-1)
    observed, doubtful = _census_shares(grid, census)
    rows = [(i, j) for i, j, _ in observed]
    index = tuple(np.array(rows).T)
    y = logit(np.array([share for *_, share in observed]))
    fitted = fit_robust(x[index], y)
    log_odds = fitted.at(x)
    spread = np.full(grid.shape, fitted.spread)
    imputed = np.ones(grid.shape, dtype=bool)
    for (i, j), value, weak in zip(rows, y, doubtful, strict=True):
        if weak:
            continue
        log_odds[i] += value - log_odds[i, j]
        distance = np.abs(np.arange(grid.shape[1]) - j)
        spread[i] = np.minimum(np.hypot(MEASURED_SD, DRIFT_PER_YEAR * distance), fitted.spread)
        imputed[i, j] = False
    return ManagerShare(log_odds, spread, imputed, fitted.spread)


def _census_shares(
    grid: Grid, census: pl.DataFrame
) -> tuple[list[tuple[int, int, float]], list[bool]]:
    import polars as pl

    wide = (
        census.filter(pl.col("group").is_in(["isco88_1", "isco88_2"]))
        .pivot(on="group", index=["iso3", "year"], values="share")
        .sort("iso3", "year")
    )
    rows, doubtful = [], []
    for code, year, managers, professionals in wide.select(
        "iso3", "year", "isco88_1", "isco88_2"
    ).iter_rows():
        if code in grid.countries:
            j = min(max(year, grid.years[0]), grid.years[-1]) - grid.years[0]
            rows.append((grid.countries.index(code), j, managers + professionals))
            doubtful.append(managers > professionals)
    return rows, doubtful
