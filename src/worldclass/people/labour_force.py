"""Persons by sex, age and labour-force state: employed, unemployed, outside.

All levels rest on the United Nations population and ILO's modelled participation and
employment rates: employed = employment rate × population 15+, labour force = participation rate
× population 15+, unemployed = the difference (never the nationally reported unemployment rate,
which follows other definitions). Outside the labour force by age: the rates for 15-64, 25-54 and
65+ are published; what remains of the labour force, aged 15-24 and 55-64, is divided in the
proportions of the ILO's last age-specific estimates (EAPEP, 6th edition).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.people.grid import SEXES, Grid, PanelOnGrid, fill_from_group, fill_years

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.people.grid import Array

AGES = ("15-24", "25-54", "55-64", "65+")
_GROUPS = {
    "15-24": ("15-19", "20-24"),
    "25-54": ("25-29", "30-34", "35-39", "40-44", "45-49", "50-54"),
    "55-64": ("55-59", "60-64"),
}
LONG_TERM_FALLBACK = 0.30
"""Share of long-term among all unemployed where no country of the region reports one."""


@dataclass(frozen=True)
class LabourForce:
    """Persons, each of shape (sexes, countries, years) unless stated.

    Attributes
    ----------
    children
        Persons under 15.
    outside
        Shape (4 ages, sexes, countries, years): persons 15+ outside the labour force.
    unemployed, employed
        Persons 15+.
    long_term
        Share of the unemployed without work for 12 months or more.
    imputed
        True where no national labour-force survey is on record, so that the ILO's own model
        supplied the rates, or where a rate was missing altogether.
    long_term_imputed
        True where the long-term share was not reported for that year.
    """

    children: Array
    outside: Array
    unemployed: Array
    employed: Array
    long_term: Array
    imputed: NDArray[np.bool_]
    long_term_imputed: NDArray[np.bool_]


def estimate_labour_force(
    panel: PanelOnGrid,
    age_profile: pl.DataFrame,
    surveyed: NDArray[np.bool_],
    groups: NDArray[np.str_],
) -> LabourForce:
    """Estimate persons by labour-force state.

    Parameters
    ----------
    panel
        Must hold population, participation, employment and long-term unemployment.
    age_profile
        EAPEP table: iso3, year, sex, age_group, population_thousand, participation_rate.
    surveyed
        Shape (countries, years): True where a national labour-force survey is on record.
    groups
        A region label per country, for gaps.
    """
    adults = panel.by_sex("population_15plus")
    working_age = panel.by_sex("population_15_64")
    old = panel.by_sex("population_65plus")
    rates = {
        name: fill_years(panel.by_sex(name))
        for name in ("employment_rate_15plus", "lfpr_15plus", "lfpr_15_64", "lfpr_25_54")
    }
    old_rate, _ = fill_years(panel.by_sex("lfpr_65plus"))
    employed = adults * rates["employment_rate_15plus"][0] / 100
    labour_force = np.maximum(adults * rates["lfpr_15plus"][0] / 100, employed)
    pieces = _age_pieces(panel.grid, age_profile, groups)
    population = np.concatenate([working_age * pieces.population, old[None]])
    in_force = _labour_force_by_age(
        population,
        total=labour_force,
        prime=rates["lfpr_25_54"][0] / 100 * population[1],
        old=old_rate / 100 * old,
        profile=pieces.participation,
    )
    long_term, long_term_gap = _long_term_share(panel, groups)
    missing = np.any([gap for _, gap in rates.values()], axis=0)
    return LabourForce(
        children=panel.by_sex("population_0_14"),
        outside=population - in_force,
        unemployed=labour_force - employed,
        employed=employed,
        long_term=long_term,
        imputed=missing | ~surveyed,
        long_term_imputed=long_term_gap,
    )


def _labour_force_by_age(
    population: Array, *, total: Array, prime: Array, old: Array, profile: Array
) -> Array:
    """Labour force in each age band, shape (4, sexes, countries, years).

    The published total is met exactly; a band is never larger than its population. `profile`
    holds participation rates of 15-24 and 55-64, shape (2, sexes, countries, years).
    """
    ceiling = 0.999 * population
    force = np.empty_like(population)
    force[1] = np.minimum(prime, ceiling[1])
    force[3] = np.minimum(old, ceiling[3])
    young_and_late = np.stack([population[0] * profile[0], population[2] * profile[1]])
    rest = np.clip(total - force[1] - force[3], 0, None)
    share = young_and_late / young_and_late.sum(axis=0)
    force[0] = np.minimum(rest * share[0], ceiling[0])
    force[2] = np.minimum(rest - force[0], ceiling[2])
    # Whatever the caps kept out (or pushed in) is spread over all bands in proportion to room.
    for _ in range(4):
        gap = total - force.sum(axis=0)
        room = np.where(gap > 0, ceiling - force, force)
        force += gap * room / np.maximum(room.sum(axis=0), 1e-9)
        force = np.clip(force, 0, population)
    return force


@dataclass(frozen=True)
class _AgePieces:
    population: Array  # shares of 15-64 aged 15-24, 25-54, 55-64
    participation: Array  # participation rates of 15-24 and 55-64


def _age_pieces(grid: Grid, profile: pl.DataFrame, groups: NDArray[np.str_]) -> _AgePieces:
    import polars as pl

    band = {age: name for name, ages in _GROUPS.items() for age in ages}
    table = (
        profile.filter(pl.col("age_group").is_in(list(band)))
        .with_columns(
            band=pl.col("age_group").replace_strict(band, return_dtype=pl.String),
            force=pl.col("labour_force_thousand").fill_null(0.0),
        )
        .group_by("iso3", "year", "sex", "band")
        .agg(pl.col("population_thousand").sum(), pl.col("force").sum())
        .with_columns(rate=pl.col("force") / pl.col("population_thousand"))
        .sort("iso3", "year", "sex", "band")
    )
    population: list[Array] = []
    rate: list[Array] = []
    for name in _GROUPS:
        one = table.filter(pl.col("band") == name)
        for column, store in (("population_thousand", population), ("rate", rate)):
            placed = [grid.place(one.filter(pl.col("sex") == s), column) for s in SEXES]
            store.append(np.stack(placed))
    shares = np.stack(population)
    shares = shares / shares.sum(axis=0)
    shares = _complete(shares, groups)
    return _AgePieces(shares / shares.sum(axis=0), _complete(np.stack(rate), groups)[[0, 2]])


def _complete(values: Array, groups: NDArray[np.str_]) -> Array:
    """Fill years, then countries, for every leading index of an (..., countries, years) array."""
    filled, _ = fill_years(values)
    flat = filled.reshape(-1, *filled.shape[-2:])
    return np.stack([fill_from_group(one, groups)[0] for one in flat]).reshape(values.shape)


def _long_term_share(
    panel: PanelOnGrid, groups: NDArray[np.str_]
) -> tuple[Array, NDArray[np.bool_]]:
    """Long-term unemployment rate ÷ unemployment rate, both as nationally reported."""
    reported = panel.by_sex("long_term_unemployment_rate") / panel.by_sex(
        "unemployment_rate_15plus"
    )
    reported = np.where((reported >= 0) & (reported <= 1), reported, np.nan)
    shares = _complete(reported, groups)
    gap = ~np.isfinite(reported)
    return np.where(np.isfinite(shares), shares, LONG_TERM_FALLBACK), gap
