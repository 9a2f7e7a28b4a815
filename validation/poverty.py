"""Validation: headcounts below 3 dollars of 2021 a day, which the estimates did not use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from validation.scores import HEADINGS, Quality, draws_quality
from validation.tables import Results, Section
from validation.world import DRAWS, Array, World
from worldclass.core.countries import label
from worldclass.people import quantiles
from worldclass.people.assumptions import CENTRAL, Scores
from worldclass.people.labour_income import ppp_shift, welfare_mean_shift

LINE = 3.0
"""PPP dollars of 2021 a day."""
CLEAR = (2.0, 98.0)
"""Percent: rates outside are nearly 0 or 100 whatever one assumes."""
TOO_FEW = 0.8
"""A 90 % interval that holds fewer is called too narrow."""
LARGE_BIAS = 3.0
"""Percentage points."""


@dataclass(frozen=True)
class Headcounts:
    """Percent of persons below the line where a headcount is published; all of shape (n,).

    Attributes
    ----------
    country, year
        Positions on the grid.
    published, central
        Percent.
    drawn
        Shape (draws, n).
    surveyed
        A survey of that country-year stands behind our distribution.
    """

    country: Array
    year: Array
    published: Array
    central: Array
    drawn: Array
    surveyed: Array


def headcounts(world: World) -> Headcounts:
    """Our headcounts beside the published ones."""
    published = world.published.series("poverty_rate_300")
    i, j = np.nonzero(np.isfinite(published))
    estimates = world.estimates
    logs = estimates["welfare_log"][:, i, j].T
    names = ("welfare_growth", "welfare_log_sd", "us_distance")
    arrays = {name: estimates[name][i, j] for name in names}

    def below(scores: Scores) -> Array:
        shift = welfare_mean_shift(arrays, scores) + ppp_shift(arrays["us_distance"], scores)
        return 100 * quantiles.below(logs + shift[:, None], LINE)

    draws = world.snapshot.draws.take(DRAWS)
    return Headcounts(
        i,
        j,
        published[i, j],
        below(CENTRAL),
        np.stack([below(draws.one(k)) for k in range(len(draws))]),
        estimates["welfare_imputed"][i, j] == 0,
    )


def quality(found: Headcounts, where: Array) -> Quality:
    """Quality of the headcounts of some rows."""
    return draws_quality(found.published[where], found.central[where], found.drawn[:, where])


def poverty(world: World) -> Section:
    """Error, bias and coverage, by period and by region, and the worst countries."""
    found = headcounts(world)
    years = world.years[found.year]
    regions = world.regions[found.country]
    clear = (found.published >= CLEAR[0]) & (found.published <= CLEAR[1])
    recent = years >= 2020
    parts = {
        "all country-years": np.ones(len(years), dtype=bool),
        "in a survey year of ours": found.surveyed,
        "other years to 2019": ~found.surveyed & ~recent,
        "2020–2023, beyond the last distribution": recent,
        "published rate from 2 to 98 %": clear,
        "… of these in a survey year of ours": clear & found.surveyed,
        "… of these 2020–2023": clear & recent,
    }
    parts |= {label(region): regions == region for region in np.unique(regions)}
    rows = [(name, *quality(found, where).cells()) for name, where in parts.items()]
    table = Results(
        "Share of persons below 3 PPP dollars of 2021 a day, percentage points",
        ("part", *HEADINGS),
        rows,
        before="Survey anchor; published headcounts of the World Bank's Poverty and Inequality "
        "Platform. Not used in the estimates, but not fully independent of them: most come from "
        "the same national surveys in a later edition, and the headcount below 2.15 dollars of "
        "2017 fixes our price factors. So this judges prices, growth since the last survey and "
        "our reading of distributions, not the surveys.",
    )
    whole, clear_recent = quality(found, parts["all country-years"]), quality(found, clear & recent)
    clear_all = quality(found, clear)
    lines = [
        f"Headcounts below 3 dollars a day: mean absolute error {whole.mean_error:.1f} points, "
        f"bias {whole.bias:+.1f} over {whole.number:,} country-years; where the rate is between 2 "
        f"and 98 % the 90 % interval holds {100 * clear_all.coverage:.0f} % of them "
        f"({100 * clear_recent.coverage:.0f} % in 2020–2023)."
    ]
    return Section(
        "Validation: poverty lines that were not used",
        "Household welfare decides the classes of kharas, pew and milanovic and one anchor of "
        "labour income.",
        [table, worst_countries(world, found)],
        lines,
        _weak(world, found, clear),
    )


def _weak(world: World, found: Headcounts, clear: Array) -> list[str]:
    """Parts where the interval holds too few, or the bias is large."""
    said: list[str] = []
    recent = clear & (world.years[found.year] >= 2020)
    parts = {"2020–2023": recent} | {
        label(r): clear & (world.regions[found.country] == r) for r in np.unique(world.regions)
    }
    for name, where in parts.items():
        q = quality(found, where)
        if q.coverage < TOO_FEW or abs(q.bias) > LARGE_BIAS:
            said.append(
                f"Poverty below 3 dollars, {name}, rates from 2 to 98 %: the 90 % interval holds "
                f"{100 * q.coverage:.0f} % of {q.number}, bias {q.bias:+.1f} points."
            )
    return said


def worst_countries(world: World, found: Headcounts) -> Results:
    """Countries with the largest mean absolute error."""
    error = found.central - found.published
    low, high = np.quantile(found.drawn, [0.05, 0.95], axis=0)
    inside = (low <= found.published) & (found.published <= high)
    rows = []
    for i in np.unique(found.country):
        own = found.country == i
        rows.append(
            (label(world.grid.countries[i]), int(own.sum()), float(found.published[own].mean()),
             float(found.central[own].mean()), float(np.abs(error[own]).mean()),
             100 * float(inside[own].mean()))
        )  # fmt: skip
    rows.sort(key=lambda row: -row[4])
    return Results(
        "The twelve countries with the largest errors",
        ("country", "country-years", "published, %", "ours, %", "mean absolute error, points",
         "inside the 90 % interval, %"),
        rows[:12],
        digits=1,
    )  # fmt: skip
