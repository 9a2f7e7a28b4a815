"""Validation: census occupations and reports of status by sector, each country left out in turn."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, logit

from validation.scores import HEADINGS, normal_quality
from validation.tables import Results, Section
from validation.world import Array, World
from worldclass.people.occupations import estimate_managers
from worldclass.people.status_sector import estimate_margins, predict_log_odds


def left_out(world: World) -> Section:
    """Both checks."""
    managers, line = manager_shares(world)
    odds, other = status_by_sector(world)
    return Section(
        "Validation: occupations and status by sector left out",
        "Managers and professionals are known from censuses of 43 countries, of which those that "
        "count sellers as managers are set aside; the association of "
        "status and sector from national reports that agree with the margins.",
        [managers, odds],
        [line, other],
    )


def census_shares(world: World) -> tuple[Array, NDArray[np.bool_]]:
    """Managers and professionals in employment by census, and whether the build sets it aside.

    Returns
    -------
    Both of shape (countries, years); NaN where there is no census. A census in which managers
    outnumber professionals is set aside.
    """
    census = world.mirror.table("census_occupations")
    wide = census.filter(pl.col("group").is_in(["isco88_1", "isco88_2"])).pivot(
        on="group", index=["iso3", "year"], values="share"
    )
    first, last = world.grid.years[0], world.grid.years[-1]
    wide = wide.with_columns(
        pl.col("year").clip(first, last),
        value=pl.col("isco88_1") + pl.col("isco88_2"),
        doubt=(pl.col("isco88_1") > pl.col("isco88_2")).cast(pl.Float64),
    )
    return world.grid.place(wide), world.grid.place(wide, "doubt") == 1.0


def manager_shares(world: World) -> tuple[Results, str]:
    """Managers and professionals in employment, log odds, left-out countries."""
    estimates = world.estimates
    both = estimates["employed"] / estimates["employed"].sum(axis=0)
    services = (estimates["sector"][2] * both).sum(axis=0)
    employees = (estimates["status"][0] * both).sum(axis=0)
    shares, doubtful = census_shares(world)
    sound = np.where(doubtful, np.nan, shares)
    i, j = np.nonzero(np.isfinite(shares))
    centre, sd = np.empty(len(i)), np.empty(len(i))
    for k in range(len(i)):
        rest = sound.copy()
        rest[i[k]] = np.nan
        found = estimate_managers(rest, estimates["gdp_per_head"], services, employees)
        centre[k], sd[k] = found.log_odds[i[k], j[k]], found.log_odds_sd[i[k], j[k]]
    truth, weak = logit(shares[i, j]), doubtful[i, j]
    rows: list[tuple[str | float | int | None, ...]] = []
    for name, where in (
        ("censuses that the estimates use", ~weak),
        ("censuses set aside: managers outnumber professionals", weak),
    ):
        points = 100 * np.abs(expit(centre[where]) - expit(truth[where])).mean()
        q = normal_quality(truth[where], centre[where], sd[where])
        rows.append((name, *q.cells(), float(points)))
    quality = normal_quality(truth[~weak], centre[~weak], sd[~weak])
    table = Results(
        "Managers and professionals in employment, log odds",
        ("censuses", *HEADINGS, "mean absolute error, points of employment"),
        rows,
    )
    return table, (
        f"Managers and professionals, {quality.number} censuses left out in turn: the 90 % "
        f"interval holds {100 * quality.coverage:.0f} %; mean absolute error {rows[0][-1]:.1f} "
        "points of employment."
    )


def status_by_sector(world: World) -> tuple[Results, str]:
    """Log odds of employee against self-employed, outside agriculture against inside."""
    margins = estimate_margins(world.published, world.subregions)
    measured = np.where(margins.odds_imputed, np.nan, margins.log_odds)
    raw = _measured(world)
    known = np.isfinite(raw)
    assert (known == np.isfinite(measured)).all()
    true, centre, sd = [], [], []
    for i in np.flatnonzero(known.any(axis=(0, 2))):
        rest = raw.copy()
        rest[:, i] = np.nan
        predicted, spread = predict_log_odds(rest, world.subregions)
        for sex in (0, 1):
            own = known[sex, i]
            if own.any():
                true.append(np.median(raw[sex, i, own]))
                centre.append(np.median(predicted[sex, i, own]))
                sd.append(np.median(spread[sex, i, own]))
    quality = normal_quality(*(np.array(v) for v in (true, centre, sd)))
    rejected = int(margins.rejected.sum())
    reports = int(known.sum()) + rejected
    table = Results(
        "Association of status and sector, log odds ratio, median of each country and sex",
        ("left out", *HEADINGS),
        [("all reports of a country", *quality.cells())],
        after=f"{rejected:,} of {reports:,} reports (country, year, sex) contradict the margins or "
        "lie within 0.1 points of their bounds and are rejected.",
    )
    return table, (
        f"Status by sector, {quality.number} countries and sexes left out in turn: the 90 % "
        f"interval holds {100 * quality.coverage:.0f} %."
    )


def _measured(world: World) -> Array:
    """Measured log odds ratios, NaN where none."""
    from worldclass.people.status_sector import measured_log_odds

    published = world.published
    margins = estimate_margins(published, world.subregions)
    reported = published.by_sex("salaried_share_nonagri") / 100 * (1 - margins.sector[0])
    return measured_log_odds(margins.status[0], margins.sector[0], reported)[0]
