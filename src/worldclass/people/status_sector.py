"""Employment by status and sector: the margins, and what is known of their association.

Margins (ILO modelled, shares of employment of each sex): employees, self-employed who are not
family workers, contributing family workers; agriculture, industry, services. The margins only
bound the joint table; the association comes from national reports of the share of employees in
non-agricultural employment, where they agree with the margins, and is predicted elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.people.grid import fill_years, row_median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.people.grid import Array, PanelOnGrid

    Flags = NDArray[np.bool_]

STATUSES = ("employee", "self-employed", "family-worker")
SECTORS = ("agriculture", "industry", "services")
NOISE = 0.30
"""Standard deviation of a measured log odds ratio: the median within-country one is 0.57 from
year to year, sampling and revision included; about half of it is not real change."""
EMPLOYEE, SELF, FAMILY = range(3)
SMALLEST = 1e-5


@dataclass(frozen=True)
class EmploymentMargins:
    """Margins and association; arrays of shape (..., sexes, countries, years).

    Attributes
    ----------
    status, sector
        Shape (3, sexes, countries, years): shares of employment of that sex.
    log_odds
        Shape (sexes, countries, years): log odds ratio of being an employee rather than
        self-employed, outside agriculture against inside.
    log_odds_sd
        Its standard deviation: small where measured.
    imputed
        A margin was missing and filled.
    odds_imputed
        The association was not measured in that year and country.
    rejected
        Shape (sexes, countries, years): a report that contradicts the margins.
    """

    status: Array
    sector: Array
    log_odds: Array
    log_odds_sd: Array
    imputed: Flags
    odds_imputed: Flags
    rejected: Flags


def estimate_margins(panel: PanelOnGrid, groups: NDArray[np.str_]) -> EmploymentMargins:
    """Read the margins, measure the association where reports allow, predict it elsewhere."""
    self_employed, gap_status = fill_years(panel.by_sex("self_employed_share"))
    family, _ = fill_years(panel.by_sex("family_worker_share"))
    sectors = [fill_years(panel.by_sex(f"employment_share_{name}")) for name in SECTORS]
    sector = np.maximum(np.stack([filled for filled, _ in sectors]) / 100, SMALLEST)
    sector = sector / sector.sum(axis=0)
    family = np.minimum(family, self_employed)
    status = np.stack([100 - self_employed, self_employed - family, family]) / 100
    status = np.maximum(status, SMALLEST)
    status = status / status.sum(axis=0)

    reported = panel.by_sex("salaried_share_nonagri") / 100 * (1 - sector[0])
    measured, rejected = measured_log_odds(status[EMPLOYEE], sector[0], reported)
    log_odds, spread = predict_log_odds(measured, groups)
    return EmploymentMargins(
        status=status,
        sector=sector,
        log_odds=log_odds,
        log_odds_sd=spread,
        imputed=gap_status | sectors[0][1],
        odds_imputed=~np.isfinite(measured),
        rejected=rejected,
    )


def measured_log_odds(
    employees: Array, agriculture: Array, nonagricultural_employees: Array
) -> tuple[Array, Flags]:
    """Log odds ratio employee × non-agriculture from three shares of employment.

    Returns
    -------
    log_odds, rejected
        NaN where nothing is reported or where the report is outside the Fréchet bounds
        (or within 0.1 points of them, where the ratio is 0 or infinite); the latter is rejected.
    """
    inside = employees - nonagricultural_employees
    rest_outside = 1 - agriculture - nonagricultural_employees
    rest_inside = agriculture - inside
    cells = np.stack([inside, nonagricultural_employees, rest_inside, rest_outside])
    possible = (cells > 0.001).all(axis=0)
    rejected = np.isfinite(nonagricultural_employees) & ~possible
    safe = np.where(possible, cells, 0.25)
    log_odds = np.log(safe[1] * safe[2] / (safe[0] * safe[3]))
    return np.where(possible, log_odds, np.nan), rejected


def predict_log_odds(measured: Array, groups: NDArray[np.str_]) -> tuple[Array, Array]:
    """Complete the association: a country's own years first, then its region, then the world.

    A country's level is shrunk towards the mean of the world's median and that of the other
    countries of its region by the reliability of its years, n·between² / (n·between² + within²):
    an empirical-Bayes mean.

    Returns
    -------
    log_odds, sd
        Both of shape (sexes, countries, years).
    """
    filled = np.empty_like(measured)
    spread = np.empty_like(measured)
    for index, one in enumerate(measured):
        years = np.isfinite(one).sum(axis=1)
        level = row_median(one)
        centre = float(np.nanmedian(level))
        between = 1.4826 * float(np.nanmedian(np.abs(level - centre)))
        within = 1.4826 * float(np.nanmedian(np.abs(one - level[:, None])))
        signal = years * between**2
        weight = signal / np.maximum(signal + within**2, 1e-12)
        prior = 0.5 * (_others_in_region(level, groups, centre) + centre)
        known = np.where(np.isfinite(level), level, prior)
        country = weight * known + (1 - weight) * prior
        track, _ = fill_years(one)
        track = np.where(np.isfinite(track), track, known[:, None])
        departure = np.clip(track - known[:, None], -2 * within, 2 * within)
        filled[index] = country[:, None] + weight[:, None] * departure
        unmeasured = np.sqrt(NOISE**2 + (1 - weight) * between**2)[:, None]
        own_year = np.isfinite(one)
        other_year = np.sqrt(unmeasured**2 + within**2 / 4)
        spread[index] = np.where(own_year, NOISE, other_year)
    return filled, spread


def _others_in_region(level: Array, groups: NDArray[np.str_], centre: float) -> Array:
    """Median of the other countries of each country's region; the centre where there is none."""
    out = np.full(level.shape, centre)
    for row in range(len(level)):
        others = (groups == groups[row]) & np.isfinite(level)
        others[row] = False
        if others.any():
            out[row] = np.median(level[others])
    return out


def seed_from_odds(
    employee_outside_agriculture: Array | float,
    family_in_agriculture: Array | float,
    employee_in_industry: Array | float,
) -> Array:
    """A 3 × 3 seed (status × sector) with the given log odds ratios.

    Parameters
    ----------
    employee_outside_agriculture
        Employee against self-employed, non-agriculture against agriculture.
    family_in_agriculture
        Family worker against self-employed, agriculture against non-agriculture.
    employee_in_industry
        Employee against self-employed, industry against services.

    Returns
    -------
    Shape (3, 3, ...), statuses by sectors.
    """
    first = np.asarray(employee_outside_agriculture, dtype=float)
    log_seed = np.zeros((3, 3, *first.shape))
    log_seed[EMPLOYEE, 1:] = first
    log_seed[EMPLOYEE, 1] += employee_in_industry
    log_seed[FAMILY, 0] = family_in_agriculture
    return np.exp(log_seed)
