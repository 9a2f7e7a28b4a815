"""Validation: hourly labour cost × hours worked beside employees' mean labour income."""

from __future__ import annotations

import numpy as np

from validation.tables import Results, Section
from validation.world import DRAWS, Array, World
from worldclass.core.prices import to_base, us_prices
from worldclass.people.assumptions import Scores
from worldclass.people.cells import EMPLOYEES
from worldclass.people.grid import fill_years
from worldclass.people.realise import realise

WEEKS = 365.25 / 7 / 12
"""Weeks a month."""
SUSPECT = ("HRV", "NIC")
"""Series that the data README marks as broken: failed currency conversion."""
TOO_FEW = 0.8
"""A 90 % interval that holds fewer is called too narrow."""
ANCHORS = ("earnings-survey", "national-accounts", "household-survey")


def employee_pay(world: World, scores: Scores) -> Array:
    """Mean labour income of employees, PPP dollars of 2021 a month, (countries, years)."""
    people = realise(world.basis, scores)
    persons = people.persons[EMPLOYEES]
    mass = persons * np.exp(people.income.log_mean()[EMPLOYEES])
    return (mass.sum(axis=(0, 1)) / persons.sum(axis=(0, 1))).reshape(world.grid.shape)


def monthly_cost(world: World) -> Array:
    """Labour cost a month, PPP dollars of 2021; NaN where a part or a price index is missing."""
    published = world.published
    hours = fill_years(published.series("working_hours_week"))[0]
    known = [year in us_prices() for year in world.grid.years]
    prices = np.array(
        [to_base(y) if k else np.nan for y, k in zip(world.grid.years, known, strict=True)]
    )
    cost = published.series("hourly_labour_cost") * hours * WEEKS * prices
    for code in SUSPECT:
        cost[world.grid.countries.index(code)] = np.nan
    return cost


def rank_correlation(first: Array, second: Array) -> float:
    """Spearman's correlation, which a few broken series do not decide."""
    ranks = [np.argsort(np.argsort(values)) for values in (first, second)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def latest(values: Array) -> list[tuple[int, int]]:
    """Positions of the latest known year of each country."""
    return [
        (i, int(np.flatnonzero(np.isfinite(row))[-1]))
        for i, row in enumerate(values)
        if np.isfinite(row).any()
    ]


def labour_cost(world: World) -> Section:
    """Ratio, spread and correlation under each anchor; coverage under the survey anchor."""
    cost = monthly_cost(world)
    index = tuple(np.array(latest(cost)).T)
    truth = np.log(cost[index])
    measured = world.estimates["survey_pay_imputed"].min(axis=1)[index[0]] == 0
    draws = world.snapshot.draws.take(DRAWS)
    rows: list[tuple[str | float | int | None, ...]] = []
    line, weak = "", list[str]()
    for anchor in ANCHORS:
        centre = np.log(employee_pay(world, Scores({}, anchor))[index])
        drawn = np.stack(
            [np.log(employee_pay(world, draws.one(k, anchor))[index]) for k in range(len(draws))]
        )
        gap = centre - truth
        offset = np.median(gap)
        low, high = np.quantile(drawn - offset, [0.05, 0.95], axis=0)
        inside = (low <= truth) & (truth <= high)
        for name, where in (
            ("all", np.ones(len(gap), bool)),
            ("without survey earnings here", ~measured),
        ):
            rows.append(
                (f"{anchor}: {name}", int(where.sum()), float(np.exp(np.median(gap[where]))),
                 1.4826 * float(np.median(np.abs(gap[where] - np.median(gap[where])))),
                 rank_correlation(centre[where], truth[where]),
                 100 * float(inside[where].mean()), float((high - low)[where].mean()))
            )  # fmt: skip
        if inside.mean() < TOO_FEW:
            weak.append(
                f"Hourly labour cost, anchor {anchor}: the interval, net of a common factor, holds "
                f"{100 * inside.mean():.0f} % of {len(gap)} countries."
            )
        if anchor == "earnings-survey":
            line = (
                f"Employees' mean labour income is {np.exp(offset):.2f} of hourly labour cost × "
                f"hours in the median of {len(gap)} countries (employers' contributions and taxes "
                "on labour are in the cost); net of that common factor the 90 % interval holds "
                f"{100 * inside.mean():.0f} %, rank correlation "
                f"{rank_correlation(centre, truth):.2f}."
            )
    table = Results(
        "Employees' mean labour income beside hourly labour cost × hours",
        ("anchor: countries", "countries", "ours ÷ labour cost, median",
         "robust spread of the log ratio",
         "rank correlation", "inside the 90 % interval, %", "width of the interval, log"),
        rows,
        before="Latest year of each country with US consumer prices at hand (2011 and 2014–2023). "
        "Cost is "
        "brought from current to 2021 "
        "dollars, since the US series moves with nominal pay. Coverage is net of the median ratio "
        "of the anchor over all countries, because labour cost includes social contributions that "
        "earnings do not. Not "
        f"used: {', '.join(SUSPECT)} (broken series). Hours are of all employed persons, nearest "
        "year.",
    )  # fmt: skip
    return Section(
        "Validation: hourly labour cost",
        "Reported by enterprises, in part the same countries as survey earnings; no estimate uses "
        "it.",
        [table, largest_departures(world, cost, index)],
        [line],
        weak,
    )


def largest_departures(world: World, cost: Array, index: tuple[Array, ...]) -> Results:
    """Countries where the survey anchor departs most from labour cost, net of the median."""
    pay = employee_pay(world, Scores({}))
    ratio = pay[index] / cost[index]
    net = np.log(ratio / np.median(ratio))
    rows = [
        (world.grid.countries[index[0][k]], str(world.years[index[1][k]]),
         round(float(cost[index][k])), round(float(pay[index][k])), float(ratio[k]))
        for k in np.argsort(-np.abs(net))[:8]
    ]  # fmt: skip
    return Results(
        "Largest departures under the survey anchor, PPP dollars of 2021 a month",
        ("country", "year", "labour cost", "ours", "ours ÷ labour cost"),
        rows,
        after="A ratio far above 1 means a broken series, since pay cannot exceed its cost; these "
        "stay in the counts above, because nothing but our own estimate tells them apart.",
    )
