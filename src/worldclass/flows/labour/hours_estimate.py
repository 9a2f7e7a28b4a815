"""From published hours to hours per worker of every country and year: the pipeline.

The level is that of the Penn World Table (PWT 10.01: annual hours actually worked per person
engaged). Two other series are brought to it by one ratio each, measured where both are given:

    weekly hours of national surveys (ILOSTAT) × 52,    ratio exp(−0.10)
    hours behind the ILO's output per hour,             ratio exp(−0.04)
        GDP at PPP ÷ (GDP per hour · employed)

Per country: PWT where it has the year; else its nearest year moved by the other series; countries
without PWT take survey years, moved between them by the ILO's; else the ILO's; else a prediction
from GDP per head. Every value carries a standard error of its logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import SourceError
from worldclass.people.grid import fill_years, row_median, years_away
from worldclass.people.regression import fit_robust

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.people.grid import Array, Flags, PanelOnGrid

INDICATORS = ("pwt_avh", "working_hours_week", "gdp_per_hour_ppp2021", "gdp_ppp2021")
WEEKS = 52
PWT_SD = 0.02
"""Log standard error of hours read from the Penn World Table, which states none: an allowance for
revisions (judgement)."""
DRIFT = 0.0126
"""Log standard deviation gained per square root of a year away from a published value: that of
the yearly changes of PWT's hours, 1991-2019 (1,700 changes of 69 countries)."""
PLAUSIBLE_WEEK = (20.0, 55.0)
"""National means outside are not used. The longest that ILOSTAT reports is 54 hours (Bhutan); the
ILO's output per hour implies 64 in Syria, because its GDP is of another vintage."""
BASES = ("pwt", "pwt_moved", "survey", "survey_moved", "ilo_modelled", "ilo_held", "predicted")
"""What a value rests on, best first."""


@dataclass(frozen=True)
class HoursEstimate:
    """Arrays of shape (countries, years).

    Attributes
    ----------
    hours
        Annual hours per employed person.
    log_sd
        Standard error of their logarithm.
    basis
        Index into `BASES`.
    survey_ratio, survey_spread
        Log ratio of PWT to survey hours, and the error of predicting a country by it.
    ilo_ratio, ilo_spread
        The same for the ILO's hours.
    """

    hours: Array
    log_sd: Array
    basis: NDArray[np.int_]
    survey_ratio: float
    survey_spread: float
    ilo_ratio: float
    ilo_spread: float


def estimate_hours(panel: PanelOnGrid, employed: Array, gdp_per_head: Array) -> HoursEstimate:
    """Estimate hours per worker on the grid.

    Parameters
    ----------
    panel
        The series of `INDICATORS`.
    employed
        Shape (countries, years): persons.
    gdp_per_head
        Shape (countries, years): PPP dollars.

    Raises
    ------
    SourceError
        One of the series is absent altogether.
    """
    table = np.log(_series(panel, "pwt_avh"))
    week = np.log(_plausible(_series(panel, "working_hours_week") * WEEKS))
    survey_ratio, survey_spread = _ratio(table, week)
    survey = week + survey_ratio
    per_hour = _series(panel, "gdp_per_hour_ppp2021")
    implied = np.log(_plausible(_series(panel, "gdp_ppp2021") / per_hour / employed))
    ilo_ratio, ilo_spread = _ratio(table, implied)
    modelled = implied + ilo_ratio

    mover, _ = fill_years(modelled)
    survey_level, survey_gap = _move(survey, mover)
    mover = np.where(np.isfinite(mover), mover, survey_level)
    table_level, table_gap = _move(table, mover)
    prediction, prediction_spread = _predict(table, np.log(gdp_per_head))

    steps: list[tuple[Array, Flags, float, int]] = [
        (prediction, np.zeros(table.shape, bool), prediction_spread, BASES.index("predicted")),
        (mover, ~np.isfinite(modelled), ilo_spread, BASES.index("ilo_modelled")),
        (survey_level, survey_gap, survey_spread, BASES.index("survey")),
        (table_level, table_gap, PWT_SD, BASES.index("pwt")),
    ]
    log_hours, log_sd = np.full(table.shape, np.nan), np.full(table.shape, np.nan)
    basis = np.full(table.shape, -1)
    for level, gap, spread, place in steps:
        known = np.isfinite(level)
        away = np.where(np.isfinite(years_away(gap)), years_away(gap), 0.0)
        log_hours = np.where(known, level, log_hours)
        log_sd = np.where(known, np.hypot(spread, DRIFT * np.sqrt(away)), log_sd)
        basis = np.where(known, place + gap, basis)
    return HoursEstimate(
        np.exp(log_hours), log_sd, basis, survey_ratio, survey_spread, ilo_ratio, ilo_spread
    )


def _series(panel: PanelOnGrid, name: str) -> Array:
    values = panel.series(name)
    if not np.isfinite(values).any():
        raise SourceError(
            f"The series {name!r} has no value.",
            where="hours per worker",
            remedy=f"Give a panel with {', '.join(INDICATORS)}.",
        )
    return values


def _plausible(hours: Array) -> Array:
    low, high = (WEEKS * bound for bound in PLAUSIBLE_WEEK)
    return np.where((hours > low) & (hours < high), hours, np.nan)


def _ratio(table: Array, other: Array) -> tuple[float, float]:
    """Log ratio of PWT to another series, one observation a country, and its spread."""
    difference = row_median(table - other)
    known = np.isfinite(difference)
    fitted = fit_robust(np.ones((int(known.sum()), 1)), difference[known])
    return float(fitted.coefficients[0]), fitted.spread


def _move(level: Array, mover: Array) -> tuple[Array, Flags]:
    """Fill gaps of a level by another series' movement, else by straight lines; and the gaps."""
    shift, _ = fill_years(level - mover)
    moved = np.where(np.isfinite(shift), mover + shift, fill_years(level)[0])
    return np.where(np.isfinite(level), level, moved), ~np.isfinite(level)


def _predict(table: Array, log_gdp: Array) -> tuple[Array, float]:
    """Log hours from log GDP per head, fitted on country medians."""
    known = np.isfinite(table)
    x = row_median(np.where(known, log_gdp, np.nan))
    y = row_median(table)
    use = np.isfinite(y)
    fitted = fit_robust(np.stack([np.ones(int(use.sum())), x[use]], axis=-1), y[use])
    design = np.stack([np.ones_like(log_gdp), log_gdp], axis=-1)
    return fitted.at(design), fitted.spread
