"""Reproduction: what was put in comes out again, in the central values and in every stored draw."""

from __future__ import annotations

import numpy as np
import polars as pl

from validation.tables import Results, Section
from validation.world import Array, World
from worldclass.people.assumptions import CENTRAL, Scores
from worldclass.people.employment import employed_cells
from worldclass.people.grid import SEXES
from worldclass.people.status_sector import SECTORS

ALLOWED_TOTAL = 1.0
"""Percent: world totals agree with the sources' own in every year."""
ALLOWED_MARGIN = 0.1
"""Percentage points: margins that were not imputed."""


def reproduction(world: World) -> Section:
    """All checks of this kind."""
    totals, total_lines = world_totals(world)
    margins, margin_lines = all_margins(world)
    return Section(
        "Reproduction: what was put in comes out again",
        "These checks share all their input with the estimates. They show that no step lost or "
        "invented anybody, and do not show that the estimates are right.",
        [totals, margins],
        [*total_lines, *margin_lines],
    )


def ratio_by_year(ours: Array, theirs: Array) -> Array:
    """Percent by which our total departs from theirs, shape (years,)."""
    return 100 * (ours / theirs - 1)


def ratio_where_published(ours: Array, theirs: Array) -> Array:
    """Departure of sums over the country-years that are published, shape (years,)."""
    known = np.isfinite(theirs)
    return ratio_by_year(
        np.where(known, ours, 0).sum(axis=0), np.where(known, theirs, 0).sum(axis=0)
    )


def unpublished(world: World) -> list[str]:
    """Country-years without a published employment rate, which the estimates fill."""
    gaps = np.argwhere(~np.isfinite(world.published.series("employment_rate_15plus")))
    return [f"{world.grid.countries[i]} {world.grid.years[j]}" for i, j in gaps]


def population_departure(world: World) -> tuple[Array, int]:
    """Departure from the sum over every territory of the source, and their number."""
    rows = world.panel.filter((pl.col("indicator") == "population") & (pl.col("sex") == "total"))
    by_year = rows.group_by("year").agg(pl.col("value").sum()).sort("year")
    theirs = by_year["value"].to_numpy()
    return ratio_by_year(world.population.sum(axis=0), theirs), rows["iso3"].n_unique()


def employment_departure(world: World) -> Array:
    """Departure from employment rate × population of 15 and over, per year."""
    published = world.published
    rate = published.series("employment_rate_15plus")
    theirs = rate / 100 * published.series("population_15plus")
    return ratio_where_published(world.employed, theirs)


def labour_force_departure(world: World) -> Array:
    """Departure from participation rate × population of 15 and over, per year."""
    published = world.published
    theirs = published.series("lfpr_15plus") / 100 * published.series("population_15plus")
    ours = world.employed + world.estimates["unemployed"].sum(axis=0)
    return ratio_where_published(ours, theirs)


def workforce_table_departure(world: World) -> Array:
    """Departure from a second compilation of ILO employment, in countries that both cover."""
    rows = world.mirror.table("workforce_by_sector").filter(
        (pl.col("sector") == "total") & (pl.col("sex") == "total")
    )
    theirs = 1000 * world.grid.place(rows, "persons_thousand")
    return ratio_where_published(world.employed, theirs)


def world_totals(world: World) -> tuple[Results, list[str]]:
    """World totals beside the sources' own, every year."""
    population, territories = population_departure(world)
    series = {
        f"Population, all {territories} territories of the UN": population,
        "Employed, countries with ILO estimates": employment_departure(world),
        "Employed, EXIOBASE extension (ILO, November 2024)": workforce_table_departure(world),
        "Labour force, countries with ILO estimates": labour_force_departure(world),
    }
    rows = []
    for name, departure in series.items():
        worst = int(np.argmax(np.abs(departure)))
        kept = bool((np.abs(departure) <= ALLOWED_TOTAL).all())
        rows.append(
            (name, float(departure.min()), float(departure.max()),
             str(world.grid.years[worst]), "yes" if kept else "NO")
        )  # fmt: skip
    table = Results(
        "World totals, departure from the source in percent",
        ("total", "lowest year, %", "highest year, %", "worst year", "within 1 % in every year"),
        rows,
        before=f"{len(world.grid.countries)} countries, {world.years[0]}–{world.years[-1]}. "
        "Territories without ILO labour-force estimates are left out of ours and kept in the "
        "first total, which is why we are lower.",
        digits=3,
    )
    kept = all(row[-1] == "yes" for row in rows)
    words = "stay within" if kept else "DO NOT stay within"
    worst = max(abs(float(v)) for row in rows for v in row[1:3])
    return table, [
        f"World population, employment and labour force {words} 1 % of the sources' own totals in "
        f"every year (largest departure {worst:.2f} %)."
    ]


def published_margins(world: World) -> dict[str, Array]:
    """Published shares of employment by sex in percent, NaN where absent or not usable.

    Sector shares are rescaled to 100 (they sum to 100 ± 0.02 as published).
    """
    published = world.published
    sectors = np.stack([published.by_sex(f"employment_share_{name}") for name in SECTORS])
    sectors = 100 * sectors / sectors.sum(axis=0)
    own = published.by_sex("self_employed_share")
    return {
        "employees": 100 - own,
        "self-employed": own,
        "contributing family workers": published.by_sex("family_worker_share"),
        **dict(zip(SECTORS, sectors, strict=True)),
    }


def margins_of(cells: Array) -> dict[str, Array]:
    """Shares of employment by sex in percent from persons in the 15 employed cells."""
    total = cells.sum(axis=0)
    family = cells[12:15].sum(axis=0)
    employees = cells[6:12].sum(axis=0)
    parts = {
        "employees": employees,
        "self-employed": total - employees,
        "contributing family workers": family,
        **{name: cells[k::3].sum(axis=0) for k, name in enumerate(SECTORS)},
    }
    return {name: 100 * part / total for name, part in parts.items()}


def largest_gaps(world: World, scores: Scores) -> dict[str, Array]:
    """Absolute gap of each margin, shape (sexes, countries, years), NaN where not published."""
    cells = employed_cells(world.basis.arrays, world.basis.income_group, scores)
    ours = margins_of(cells.reshape(15, len(SEXES), *world.grid.shape))
    return {name: np.abs(ours[name] - them) for name, them in published_margins(world).items()}


def bounds_departure(world: World) -> float:
    """Largest amount, in points, by which a cell of the joint table leaves its Fréchet bounds."""
    estimates = world.estimates
    joint = estimates["joint"].reshape(3, 3, 2, *world.grid.shape)
    rows, columns = estimates["status"][:, None], estimates["sector"][None]
    low = np.maximum(0, rows + columns - 1)
    outside = np.maximum(low - joint, joint - np.minimum(rows, columns))
    return 100 * max(float(outside.max()), 0.0)


def bounded_world_cell(world: World, year: int) -> tuple[float, float, float]:
    """Employees outside agriculture in the world: lower bound, ours, upper bound, persons."""
    estimates, j = world.estimates, world.year(year)
    persons = estimates["employed"][..., j]
    employee, outside = estimates["status"][0, ..., j], 1 - estimates["sector"][0, ..., j]
    joint = estimates["joint"].reshape(3, 3, 2, *world.grid.shape)[0, 1:, ..., j].sum(axis=0)
    low = np.maximum(0, employee + outside - 1)
    high = np.minimum(employee, outside)
    low_total, ours, high_total = (float((share * persons).sum()) for share in (low, joint, high))
    return low_total, ours, high_total


def all_margins(world: World) -> tuple[Results, list[str]]:
    """Margins in the central values and in all stored draws, and the Fréchet bounds."""
    draws = world.snapshot.draws
    central = largest_gaps(world, CENTRAL)
    worst = dict.fromkeys(central, 0.0)
    above = dict.fromkeys(central, 0)
    for index in range(len(draws)):
        for name, gap in largest_gaps(world, draws.one(index)).items():
            worst[name] = max(worst[name], float(np.nanmax(gap)))
            above[name] += int((gap > ALLOWED_MARGIN).sum())
    rows = [
        (name, int(np.isfinite(gap).sum()), float(np.nanmax(gap)), worst[name], above[name])
        for name, gap in central.items()
    ]
    adults = world.published.by_sex("population_15plus")
    rates = {
        "employment rate": world.estimates["employed"],
        "participation rate": world.estimates["employed"] + world.estimates["unemployed"],
    }
    for (name, persons), indicator in zip(
        rates.items(), ("employment_rate_15plus", "lfpr_15plus"), strict=True
    ):
        gap = np.abs(100 * persons / adults - world.published.by_sex(indicator))
        rows.append(
            (name, int(np.isfinite(gap).sum()), float(np.nanmax(gap)), float(np.nanmax(gap)),
             int((gap > ALLOWED_MARGIN).sum()))
        )  # fmt: skip
    low, ours, high = bounded_world_cell(world, 2019)
    table = Results(
        "Margins, largest gap in percentage points",
        ("share (of employment, or of persons of 15 and over), by sex",
         "country-years × sexes published",
         "central values", f"worst of {len(draws)} draws", "cells above 0.1 points in any draw"),
        rows,
        before="Only published values count. Filled, and therefore not checked: "
        f"{', '.join(unpublished(world))}.",
        after="The joint table of status and sector is not published; it is bounded by its margins "
        f"(Fréchet). Its cells leave the bounds by at most {bounds_departure(world):.4f} points. "
        "The bounds are wide: employees outside agriculture in 2019 lie anywhere between "
        f"{low / 1e6:,.0f} and {high / 1e6:,.0f} million by the margins alone; our central value "
        f"is {ours / 1e6:,.0f} million.",
        digits=4,
    )  # fmt: skip
    largest = max(float(row[3] or 0) for row in rows)
    verdict = "are met" if largest <= ALLOWED_MARGIN else "are NOT met"
    return table, [
        f"Published margins {verdict} within 0.1 points in the central values and in all "
        f"{len(draws)} stored draws (largest gap {largest:.3f} points)."
    ]
