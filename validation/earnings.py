"""Validation: survey earnings of countries that were left out, predicted from the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from validation.scores import HEADINGS, Quality, normal_quality
from validation.tables import Results, Section
from validation.world import SEED, Array, World
from worldclass.people.pay import SurveyMeans, SurveyPay, estimate_pay, read_means

NUMBER = 20


@dataclass(frozen=True)
class LeftOut:
    """One country whose survey earnings were left out; logs of PPP dollars of 2021 a month.

    Attributes
    ----------
    country, year
        The latest surveyed year.
    true, predicted, sd
        Log mean earnings of employees: measured; predicted without the country; its error.
    set_aside
        The pipeline itself refuses this country's survey.
    years
        All surveyed years of the country: positions.
    errors
        Predicted less measured in all those years.
    """

    country: str
    year: int
    true: float
    predicted: float
    sd: float
    set_aside: bool
    years: Array
    errors: Array


def pay_inputs(world: World) -> dict[str, Array]:
    """What the pipeline gives to the estimation of pay besides the surveys."""
    estimates, employed = world.estimates, world.estimates["employed"]
    both = employed / employed.sum(axis=0)
    return {
        "accounts_pay": estimates["labour_share"] * estimates["gdp_per_worker"],
        "accounts_sd": estimates["labour_share_sd"],
        "output": estimates["gdp_per_worker"],
        "income": estimates["gdp_per_head"],
        "self_employed": 1 - (estimates["status"][0] * both).sum(axis=0),
    }


def estimate_without(world: World, means: SurveyMeans, country: str) -> SurveyPay:
    """Pay everywhere when one country's surveys are left out."""
    row = world.grid.countries.index(country)
    kept = replace(means, total=means.total.copy(), women=means.women.copy(), men=means.men.copy())
    for values in (kept.total, kept.women, kept.men):
        values[row] = np.nan
    return estimate_pay(kept, **pay_inputs(world), groups=world.subregions)


def measured_countries(world: World, means: SurveyMeans) -> list[str]:
    """Countries with a survey of earnings."""
    return [world.grid.countries[i] for i in np.flatnonzero(np.isfinite(means.total).any(axis=1))]


def leave_out(world: World, means: SurveyMeans, chosen: Sequence[str]) -> list[LeftOut]:
    """Leave out each of some countries in turn."""
    full = estimate_pay(means, **pay_inputs(world), groups=world.subregions)
    refused = {world.grid.countries[i] for i, _ in full.set_aside}
    found: list[LeftOut] = []
    for country in chosen:
        row = world.grid.countries.index(country)
        years = np.flatnonzero(np.isfinite(means.total[row]))
        pay = estimate_without(world, means, country)
        last = years[-1]
        true = np.log(means.total[row])
        found.append(
            LeftOut(
                country,
                world.grid.years[last],
                float(true[last]),
                float(pay.log_mean[row, last]),
                float(pay.log_mean_sd[row, last]),
                country in refused,
                years,
                pay.log_mean[row, years] - true[years],
            )
        )
    return found


def choose_countries(everyone: Sequence[str], number: int = NUMBER) -> list[str]:
    """A seeded choice without replacement, in alphabetical order."""
    generator = np.random.default_rng(SEED)
    return sorted(generator.choice(sorted(everyone), number, replace=False).tolist())


def quality(left: Sequence[LeftOut]) -> Quality:
    """Quality in the latest surveyed year of each country."""
    return normal_quality(*(np.array([getattr(x, n) for x in left]) for n in _THREE))


_THREE = ("true", "predicted", "sd")


def baselines(
    world: World, everyone: Sequence[LeftOut], judged: Sequence[LeftOut]
) -> dict[str, Quality]:
    """Simple predictions, fitted to sound surveys, with the errors they have when left out."""
    inputs = pay_inputs(world)
    place = {
        x.country: (world.grid.countries.index(x.country), world.year(x.year)) for x in everyone
    }
    true = np.array([x.true for x in everyone])
    accounts = np.log(np.array([inputs["accounts_pay"][place[x.country]] for x in everyone]))
    income = np.log(np.array([inputs["income"][place[x.country]] for x in everyone]))
    usable = np.array([not x.set_aside for x in everyone])
    names = [x.country for x in everyone]
    rows = [names.index(x.country) for x in judged]
    found = {}
    for name, x, slope in (
        ("labour share × GDP per worker, taken as it is", accounts, None),
        ("labour share × GDP per worker, times the mean ratio", accounts, 1.0),
        ("regression of log earnings on log GDP per head", income, 0.0),
    ):
        centre, sd = _left_out_line(x, true, usable, slope)
        found[name] = normal_quality(true[rows], centre[rows], sd[rows])
    return found


def _left_out_line(x: Array, y: Array, usable: Array, slope: float | None) -> tuple[Array, Array]:
    """Predict each y from the other usable ones.

    `slope` None: y = x with the root mean square error of the others; 1: y = x + mean; 0: a line.
    """
    centre, sd = np.empty_like(y), np.empty_like(y)
    for k in range(len(y)):
        rest = usable & (np.arange(len(y)) != k)
        if slope is None:
            centre[k], sd[k] = x[k], np.sqrt(np.mean((y[rest] - x[rest]) ** 2))
            continue
        design = np.stack([np.ones_like(x), x if slope == 0 else np.zeros_like(x)], axis=1)
        goal = y - (x if slope == 1 else 0)
        solution = np.linalg.lstsq(design[rest], goal[rest], rcond=None)[0]
        centre[k] = design[k] @ solution + (x[k] if slope == 1 else 0)
        sd[k] = np.sqrt(np.mean((goal[rest] - design[rest] @ solution) ** 2))
    return centre, sd


def earnings(world: World) -> Section:
    """Coverage, width, CRPS and bias beside simple predictions."""
    means = read_means(world.grid, world.mirror.table("ilostat_surveys"))
    everyone = leave_out(world, means, measured_countries(world, means))
    chosen = choose_countries([x.country for x in everyone])
    twenty = [x for x in everyone if x.country in chosen]
    sound = [x for x in everyone if not x.set_aside]
    rows: list[tuple[str | float | int | None, ...]] = []
    for name, judged in (
        (f"{len(twenty)} countries chosen by seed", twenty),
        (f"all {len(everyone)} countries", everyone),
        (f"all but the {len(everyone) - len(sound)} whose surveys are set aside", sound),
    ):
        rows.append((f"{name}: this package", *quality(judged).cells()))
        rows += [
            (f"{name}: {n}", *q.cells()) for n, q in baselines(world, everyone, judged).items()
        ]
    table = Results(
        "Mean earnings of employees, each country left out in turn",
        ("prediction", *HEADINGS),
        rows,
        before="Natural logs of PPP dollars of 2021 a month, latest surveyed year of each country; "
        "a country's own surveys are left out, everything else is kept. Chosen by seed "
        f"{SEED}: {', '.join(chosen)}. Set aside by the pipeline, because mean pay of some year "
        "exceeds "
        f"what the country produces: {', '.join(x.country for x in everyone if x.set_aside)}.",
        digits=3,
    )  # fmt: skip
    lines, weak = _words(world, everyone, twenty, sound)
    worst = sorted(everyone, key=lambda x: -abs(x.predicted - x.true))[:10]
    listed = Results(
        "Largest misses among them",
        ("country", "year", "measured, PPP dollars of 2021 a month", "predicted without it",
         "predicted ÷ measured", "in the 90 % interval"),
        [
            (x.country + (" (set aside)" if x.set_aside else ""), str(x.year),
             round(np.exp(x.true)), round(np.exp(x.predicted)), float(np.exp(x.predicted - x.true)),
             "yes" if abs(x.predicted - x.true) <= 1.6449 * x.sd else "no")
            for x in worst
        ],
    )  # fmt: skip
    return Section(
        "Validation: survey earnings left out",
        "The central estimates rest on survey earnings, so they can only be judged where a "
        "country's surveys were not used.",
        [table, listed],
        lines,
        weak,
    )


def _words(
    world: World, everyone: list[LeftOut], twenty: list[LeftOut], sound: list[LeftOut]
) -> tuple[list[str], list[str]]:
    """The bottom line, and where simple predictions do as well."""
    mine, all_mine = quality(twenty), quality(everyone)
    lines = [
        f"Survey earnings of {len(twenty)} countries left out in turn: the 90 % interval holds "
        f"{100 * mine.coverage:.0f} % of them ({100 * all_mine.coverage:.0f} % over all "
        f"{len(everyone)}); bias {100 * mine.bias:+.0f} log points; the interval spans a factor of "
        f"{np.exp(mine.width):.1f}."
    ]
    weak = []
    for name, judged in (("the 20", twenty), (f"the {len(sound)} sound surveys", sound)):
        ours = quality(judged).crps
        best, q = min(baselines(world, everyone, judged).items(), key=lambda item: item[1].crps)
        if ours < 0.98 * q.crps:
            lines.append(
                f"On {name} the CRPS is {ours:.3f}, {100 * (1 - ours / q.crps):.0f} % below that "
                "of "
                f"the best simple prediction ({best}: {q.crps:.3f})."
            )
        else:
            weak.append(
                f"Survey earnings left out, {name}: CRPS {ours:.3f}, not better than {best} "
                f"({q.crps:.3f})."
            )
    return lines, weak
