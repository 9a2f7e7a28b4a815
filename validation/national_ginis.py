"""Validation: national Gini indices that cannot be right, and the rule that made them.

Welfare is held against the Gini index of the very brackets that its shape is read from. Labour
income has no published index for all countries: its log spread is that of welfare between the 10th
and 90th percentile, and this is held against the spread that the same brackets' Gini index means
for a lognormal, σ = √2 Φ⁻¹((G + 1) / 2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from validation.inequality import shares_of
from validation.tables import Cell, Results, Section
from validation.world import Array, World
from worldclass.claims.quantities.national_distributions import labour_income_distributions
from worldclass.core.countries import label
from worldclass.people import quantiles
from worldclass.people.assumptions import Scores
from worldclass.people.realise import make_basis, realise

MOST_POINTS = 5.0
"""Points of the Gini index beyond which welfare departs from the brackets it is read from."""
MOST_RATIO = 1.35
"""The spread between percentiles is 0.94 of the Gini's in the median, and 1.17 at most in 99 of a
hundred country-years; beyond this the 10th percentile is drawn down by persons without income."""
STEEPEST = 2.0
"""Slope of the last line that is tried for the next snapshot."""


@dataclass(frozen=True)
class Brackets:
    """Sound country-years of the published brackets, beside our distributions; arrays (n,).

    Attributes
    ----------
    country, year
        Positions on the grid.
    gini
        Of the brackets, percent.
    without
        Persons below the lowest bracket: without income, percent.
    logs
        Log quantiles of our welfare, shape (n, scores).
    ours
        Its Gini index, percent.
    spread, expected
        Log standard deviation between the 10th and 90th percentile, and by the brackets' Gini.
    """

    country: Array
    year: Array
    gini: Array
    without: Array
    logs: Array
    ours: Array
    spread: Array
    expected: Array


def brackets(world: World) -> Brackets:
    """National distributions of all sound country-years."""
    grid = world.grid
    found = (
        world.mirror.table("income_distribution_summary")
        .filter(
            pl.col("iso3").is_in(grid.countries)
            & pl.col("year").is_between(grid.years[0], grid.years[-1])
            & pl.col("coverage").is_in(["N", "A"])
            & (pl.col("quality") == "ok")
        )
        .sort("iso3", "year", "coverage", descending=[False, False, True])
        .unique(["iso3", "year"], keep="first", maintain_order=True)
    )
    country = np.array([grid.countries.index(code) for code in found["iso3"]])
    year = np.array([grid.years.index(one) for one in found["year"]])
    logs = world.estimates["welfare_log"][:, country, year].T
    gini = found["gini_from_brackets"].to_numpy()
    return Brackets(
        country=country,
        year=year,
        gini=100 * gini,
        without=100 * np.maximum(0.0, 1 - found["mass_in_brackets"].to_numpy()),
        logs=logs,
        ours=shares_of(logs)["gini"],
        spread=quantiles.spread(logs),
        expected=quantiles.gini_to_spread(gini),
    )


def departing(found: Brackets) -> Array:
    """Rows in which welfare departs from its brackets by more than `MOST_POINTS`."""
    return np.flatnonzero(np.abs(found.ours - found.gini) > MOST_POINTS)


def too_wide(found: Brackets) -> Array:
    """Rows in which the spread of labour income exceeds the Gini's by more than `MOST_RATIO`."""
    return np.flatnonzero(found.spread / found.expected > MOST_RATIO)


def national_ginis(world: World) -> Section:
    """The country-years that are flagged, and why."""
    found = brackets(world)
    welfare, labour = departing(found), too_wide(found)
    persons = world.population[found.country[welfare], found.year[welfare]]
    held = np.abs(shares_of(_held(found.logs))["gini"] - found.gini)
    first = Results(
        "National Gini indices of welfare that depart from their own brackets",
        ("country", "years", "of the brackets, %", "ours, %", "million persons"),
        _by_country(world, found, welfare, lambda rows: _welfare_cells(world, found, rows)),
        before=(
            f"All country-years with more than {MOST_POINTS:g} points between them: "
            f"{len(welfare)} of {len(found.gini):,}. They are artefacts of how the top is drawn: "
            "beyond the last of 17 points the last line goes on, and where some households in the "
            "survey are far above all others (Belize, São Tomé, Belgium 2001, Armenia), it is so "
            "steep that the mean rests on persons whom nobody observed; where the survey is cut "
            "at the top (Guinea-Bissau) or holds a few very rich (Malawi), a line of middling "
            "slope takes the place of what is there. A survey year is met with 0.6 points on "
            "average (above)."
        ),
        after=(
            f"The largest of them has {persons.max() / 1e6:.0f} million persons; what this "
            "moves in numbers of the world was not computed. To be mended with the next snapshot: "
            "with the last slope held to "
            f"{STEEPEST:g} at most, {int((held > MOST_POINTS).sum())} country-years remain, which "
            f"depart by {held.max():.1f} points at most."
        ),
        digits=1,
        left=2,
    )
    second = Results(
        "Labour income that is spread too widely",
        ("country", "years", "without income, %", "spread", "by the Gini", "Gini of labour, %"),
        _by_country(world, found, labour, lambda rows: _labour_cells(world, found, rows)),
        before=(
            "The spread of labour income is read from the 10th and 90th percentile of welfare. "
            "Where many report no income, the 10th percentile lies on a line that was drawn below "
            "the lowest income reported, or that leads down to it, and the spread is none that "
            f"anybody measured. It is more than {MOST_RATIO:g} times that which the Gini index "
            f"means in {len(labour)} of {len(found.gini):,} country-years:"
        ),
        after=(
            "Sierra Leone's years lie between its surveys of 1989, in which almost a fifth "
            "consume next to nothing, and 2003; the World Bank interpolated them. Read no class "
            "sizes that rest on labour income in these country-years. To be mended with the next "
            "snapshot: the Gini's spread in such country-years. Other high indices of labour "
            "income (Zambia 1991, 87 %; Bolivia 2000, 77 %) stand on surveys whose own long lower "
            "tails reach below the 10th percentile."
        ),
        left=2,
    )
    weak = (
        f"Of {len(found.gini):,} country-years of published distributions, {len(welfare)} have a "
        f"Gini index of welfare that departs by more than {MOST_POINTS:g} points, and "
        f"{len(labour)} a spread of labour income that is an artefact; both are listed."
    )
    return Section(
        "Validation: national Gini indices that cannot be right",
        "Each is traced to the rule that made it.",
        [first, second],
        weak=[weak],
    )


def _held(logs: Array) -> Array:
    """Log quantiles whose last line is at most `STEEPEST`."""
    held = logs.copy()
    step = quantiles.SCORES[-1] - quantiles.SCORES[-2]
    held[:, -1] = np.minimum(held[:, -1], held[:, -2] + STEEPEST * step)
    return held


def _welfare_cells(world: World, found: Brackets, rows: Array) -> tuple[Cell, ...]:
    persons = world.population[found.country[rows], found.year[rows]].mean() / 1e6
    return float(found.gini[rows].mean()), float(found.ours[rows].mean()), float(persons)


def _labour_cells(world: World, found: Brackets, rows: Array) -> tuple[Cell, ...]:
    index = [_labour_gini(world, found.country[row], found.year[row]) for row in rows]
    means = (found.without[rows], found.spread[rows], found.expected[rows], index)
    return tuple(float(np.mean(one)) for one in means)


def _labour_gini(world: World, country: int, year: int) -> float:
    """Gini index of a country's labour income at the centre, percent."""
    grid = world.grid
    code = (grid.countries[int(country)],)
    basis = make_basis(world.estimates.select(code, (grid.years[int(year)],)))
    found = labour_income_distributions(realise(basis, Scores({})))
    return 100 * float(found.index("gini", "within", [0], equal=False)[0])


def _by_country(
    world: World, found: Brackets, rows: Array, cells: Callable[[Array], tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """One row a country: its years, and means over them."""
    table: list[tuple[Cell, ...]] = []
    for country in dict.fromkeys(found.country[rows].tolist()):
        own = rows[found.country[rows] == country]
        years = [world.grid.years[int(k)] for k in found.year[own]]
        table.append((label(world.grid.countries[country]), years_text(years), *cells(own)))
    return table


def years_text(years: Sequence[int]) -> str:
    """Years in words.

    Examples
    --------
    >>> years_text([1991, 1992, 1993, 2001])
    '1991–1993, 2001'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
