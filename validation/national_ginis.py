"""Validation: national Gini indices, held against the brackets that they are read from.

Welfare is held against the Gini index of the very brackets that its shape is read from. Labour
income has no published index for all countries: its log spread is that of welfare between the 10th
and 90th percentile of persons with an income, and this is held against the spread that the same
brackets' Gini index means for a lognormal, σ = √2 Φ⁻¹((G + 1) / 2).
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

MOST_POINTS = 1.0
"""Points of the Gini index beyond which welfare departs from the brackets it is read from."""
MOST_RATIO = 1.2
"""The spread between percentiles is 0.94 of the Gini's in the median, and 1.15 at most in 99 of a
hundred country-years."""
MOST_WITHOUT = 5.0
"""Percent of persons without income beyond which it matters who is counted in a percentile."""


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
    spread, of_all, expected
        Log standard deviation between the 10th and 90th percentile of persons with an income, of
        all persons, and by the brackets' Gini.
    """

    country: Array
    year: Array
    gini: Array
    without: Array
    logs: Array
    ours: Array
    spread: Array
    of_all: Array
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
        spread=quantiles.spread(logs, world.estimates["welfare_without"][country, year]),
        of_all=quantiles.spread(logs),
        expected=quantiles.gini_to_spread(gini),
    )


def departing(found: Brackets) -> Array:
    """Rows in which welfare departs from its brackets by more than `MOST_POINTS`."""
    return np.flatnonzero(np.abs(found.ours - found.gini) > MOST_POINTS)


def too_wide(found: Brackets) -> Array:
    """Rows in which the spread of labour income exceeds the Gini's by more than `MOST_RATIO`."""
    return np.flatnonzero(found.spread / found.expected > MOST_RATIO)


def without_income(found: Brackets) -> Array:
    """Rows in which more than `MOST_WITHOUT` percent report no income."""
    return np.flatnonzero(found.without > MOST_WITHOUT)


def national_ginis(world: World) -> Section:
    """How far indices depart, where most, and what is done about persons without income."""
    found = brackets(world)
    error = found.ours - found.gini
    labour = ("country", "years", "without income, %", "spread", "of all persons", "by the Gini",
              "Gini of labour, %")  # fmt: skip
    line = (
        f"Over {len(error):,} country-years the Gini index of welfare departs from that of its "
        f"brackets by {np.abs(error).mean():.2f} points on average and "
        f"{np.abs(error).max():.1f} at most."
    )
    first = Results(
        "National Gini indices of welfare that depart from their own brackets",
        ("country", "years", "of the brackets, %", "ours, %", "million persons"),
        _by_country(world, found, departing(found), lambda r: _welfare_cells(world, found, r)),
        before=(f"{line} Country-years with more than {MOST_POINTS:g} point between them:"),
        after=(
            "The last of 17 points lies at the score 3, and the line beyond it is no steeper than "
            f"{quantiles.STEEPEST_SLOPE:g}: where a few households of a survey are far above all "
            "others, or brackets below the top are empty, this does not hold all that they have."
        ),
        digits=1,
        left=2,
    )
    second = Results(
        "Labour income where many report none",
        labour,
        _by_country(world, found, without_income(found), lambda r: _labour_cells(world, found, r)),
        before=(
            "The spread of labour income is read from the 10th and 90th percentile of welfare, of "
            "persons who report an income. Among all persons the 10th percentile would be none "
            f"that anybody measured where many have none; more than {MOST_WITHOUT:g} % in these "
            "country-years:"
        ),
        left=2,
    )
    third = Results(
        "Labour income that is spread more widely than the Gini index means",
        labour,
        _by_country(world, found, too_wide(found), lambda r: _labour_cells(world, found, r)),
        before=(
            f"By more than {MOST_RATIO:g} times. The surveys themselves have long lower tails that "
            "reach the 10th percentile:"
        ),
        left=2,
    )
    return Section(
        "Validation: national Gini indices",
        "Shapes of welfare beside the brackets that they are read from.",
        [first, second, third],
        lines=[line],
    )


def _welfare_cells(world: World, found: Brackets, rows: Array) -> tuple[Cell, ...]:
    persons = world.population[found.country[rows], found.year[rows]].mean() / 1e6
    return float(found.gini[rows].mean()), float(found.ours[rows].mean()), float(persons)


def _labour_cells(world: World, found: Brackets, rows: Array) -> tuple[Cell, ...]:
    index = [_labour_gini(world, found.country[row], found.year[row]) for row in rows]
    spreads = (found.spread[rows], found.of_all[rows], found.expected[rows])
    means = (found.without[rows], *spreads, index)
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
