"""Output, labour share, productivity of sectors and household consumption, on the grid.

All money is in PPP dollars of 2021. Where the World Bank has no GDP at PPP, growth comes from
output per worker (ILO) and the level from a second source (newer Penn World Table), else from a
regression of GDP at PPP on output per worker at exchange rates; each is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.people.grid import fill_from_group, fill_years, years_away
from worldclass.people.regression import fit_robust
from worldclass.people.status_sector import SECTORS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.people.grid import Array, PanelOnGrid

    Flags = NDArray[np.bool_]

LABOUR_SHARE_MEASURED_SD = 0.03
"""Standard deviation of a labour share read from the Penn World Table: the size of revisions
between its versions and of the choice among its adjustments for mixed income (Feenstra, Inklaar
& Timmer 2015, section V, report differences of this order)."""
LABOUR_SHARE_DRIFT = 0.026
"""Log standard deviation gained per square root of a year away from a published labour share: the
robust standard deviation of its changes from year to year (3,027 changes, Penn World Table)."""
SECOND_SOURCE_FACTOR = 5.0
"""A level of GDP at PPP from the second source that departs more from what output per worker at
exchange rates predicts (Venezuela's does) is not used."""
PRODUCTIVITY_RANGE = (-2.5, 2.0)
"""Log relative productivity is held within this range: mining enclaves and broken sector shares
would otherwise decide the pay of whole sectors."""


@dataclass(frozen=True)
class NationalAccounts:
    """Arrays of shape (countries, years) unless stated.

    Attributes
    ----------
    gdp_per_head
        PPP dollars of 2021 a year.
    gdp_per_worker
        PPP dollars of 2021 a month.
    labour_share, labour_share_sd
        Labour compensation with imputed income of the self-employed, share of GDP; and its
        standard deviation on the log scale.
    productivity
        Shape (3 sectors, countries, years): log of value added per worker relative to the whole.
    consumption_share
        Household consumption, share of GDP.
    gdp_imputed, labour_share_imputed, consumption_imputed
        Where the level is not a published one of that year.
    """

    gdp_per_head: Array
    gdp_per_worker: Array
    labour_share: Array
    labour_share_sd: Array
    productivity: Array
    consumption_share: Array
    gdp_imputed: Flags
    labour_share_imputed: Flags
    consumption_imputed: Flags


def estimate_accounts(
    panel: PanelOnGrid, employed: Array, sector: Array, groups: NDArray[np.str_]
) -> NationalAccounts:
    """Estimate the national accounts' side.

    Parameters
    ----------
    panel
        GDP, labour share, sector shares of GDP, consumption.
    employed
        Shape (countries, years): employed persons of both sexes.
    sector
        Shape (3, countries, years): shares of employment.
    groups
        A region label per country.
    """
    population = panel.series("population")
    per_head, gdp_imputed = _gdp_per_head(panel, employed / population)
    share, share_sd, share_imputed = _labour_share(panel, groups)
    consumption = _first(
        panel.series("household_consumption_share_gdp") / 100, panel.series("pwt_csh_c")
    )
    consumption_gap = ~np.isfinite(consumption)
    consumption = np.where((consumption > 0.15) & (consumption < 1.3), consumption, np.nan)
    consumption, _ = fill_from_group(fill_years(consumption)[0], groups)
    return NationalAccounts(
        gdp_per_head=per_head,
        gdp_per_worker=per_head * population / employed / 12,
        labour_share=share,
        labour_share_sd=share_sd,
        productivity=_productivity(panel, sector, groups),
        consumption_share=consumption,
        gdp_imputed=gdp_imputed,
        labour_share_imputed=share_imputed,
        consumption_imputed=consumption_gap,
    )


def _gdp_per_head(panel: PanelOnGrid, employment_ratio: Array) -> tuple[Array, Flags]:
    published = panel.series("gdp_pc_ppp2021")
    guide = fill_years(panel.series("gdp_per_employed_usd2015"))[0] * employment_ratio
    second = panel.series("gdp_pc_ppp_pwt11")
    known = np.isfinite(published) & np.isfinite(guide)
    x = np.stack([np.ones(known.sum()), np.log(guide[known])], axis=1)
    fitted = fit_robust(x, np.log(published[known]))
    predicted = np.exp(fitted.at(np.stack([np.ones_like(guide), np.log(guide)], axis=-1)))
    only_second = ~np.isfinite(published).any(axis=1) & _believable(second, predicted)
    level = np.where(only_second[:, None], second, published)
    level = _splice(_splice(level, second), guide)
    return np.where(np.isfinite(level), level, predicted), ~np.isfinite(published)


def _believable(second: Array, predicted: Array) -> Flags:
    """Countries whose second source never departs by a factor of five from what output predicts."""
    ratio = np.abs(np.log(second) - np.log(predicted))
    known = np.isfinite(ratio)
    return known.any(axis=1) & (
        np.where(known, ratio, 0.0).max(axis=1) <= np.log(SECOND_SOURCE_FACTOR)
    )


def _splice(level: Array, guide: Array) -> Array:
    """Extend `level` where it is missing by the movement of `guide` from the nearest joint year."""
    ratio = fill_years(np.log(level) - np.log(guide))[0]
    return np.where(np.isfinite(level), level, guide * np.exp(ratio))


def _labour_share(panel: PanelOnGrid, groups: NDArray[np.str_]) -> tuple[Array, Array, Flags]:
    published = _first(panel.series("labour_income_share") / 100, panel.series("pwt_labsh"))
    held, _ = fill_years(published)
    share, _ = fill_from_group(held, groups)
    residual = [float(np.nanstd(np.log(held[groups == g]).mean(axis=1))) for g in np.unique(groups)]
    between = float(np.nanmedian(residual))
    no_country = ~np.isfinite(held)
    gap = ~np.isfinite(published)
    drift = LABOUR_SHARE_DRIFT * np.sqrt(years_away(gap))
    spread = np.where(no_country, between, np.hypot(LABOUR_SHARE_MEASURED_SD, drift))
    return share, spread, gap


def _first(live: Array, mirrored: Array) -> Array:
    """A live series where it was fetched, else the mirror's."""
    return np.where(np.isfinite(live), live, mirrored)


def _productivity(panel: PanelOnGrid, sector: Array, groups: NDArray[np.str_]) -> Array:
    value_added = np.stack([panel.series(f"gdp_share_{name}") for name in SECTORS])
    total = value_added.sum(axis=0)
    believable = (total > 70) & (total < 115)
    value_added = np.where(believable, value_added / total, np.nan)
    relative = np.log(np.maximum(value_added, 1e-4)) - np.log(sector)
    relative = np.clip(relative, *PRODUCTIVITY_RANGE)
    return np.stack([fill_from_group(fill_years(one)[0], groups)[0] for one in relative])
