"""Why a published total differs from ours, each cause computed from the data at hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from validation.inequality import shares_of
from validation.price_bases import back_to_2011, back_to_2017, bands, log_welfare, mean_welfare
from validation.published import Figure, published
from validation.quantities import MILLION, quantity
from validation.tables import text
from validation.welfare_shares import inequality_of
from validation.world import World
from worldclass.core.prices import to_base
from worldclass.people import quantiles
from worldclass.people.assumptions import CENTRAL

KHARAS = (11.0, 110.0)
PEW = (2.0, 10.0, 20.0, 50.0)


def explain(world: World, figure: Figure) -> str:
    """The cause of a difference in a sentence or two."""
    return CAUSES[figure.cause](world, figure)


def _edition(world: World, figure: Figure) -> str:
    return (
        "Edition: ours is the sum of today's ILO series of the same countries (see Reproduction)."
    )


def _rounding(world: World, figure: Figure) -> str:
    employed = world.employed[:, world.year(figure.year)].sum() / MILLION
    low, high = 0.105 * employed, 0.115 * employed
    return (
        f"Rounding: the source's 11 % of employment stands for {text(low, 0)}–{text(high, 0)} "
        "million; the rest is edition."
    )


def _national_rates(world: World, figure: Figure) -> str:
    j = world.year(figure.year)
    jobless = world.estimates["unemployed"].sum(axis=0)[:, j]
    force = jobless + world.employed[:, j]
    rate = world.published.series("unemployment_rate_15plus")[:, j] / 100
    known = np.isfinite(rate)
    ours, theirs = jobless[known].sum() / MILLION, (rate * force)[known].sum() / MILLION
    top = np.argsort(-jobless)[:2]
    names = " and ".join(f"{world.grid.countries[i]} {jobless[i] / MILLION:,.0f}" for i in top)
    whole = 100 * jobless.sum() / force.sum()
    return (
        f"Edition: ours is the labour force less employment of today's ILO series ({whole:.1f} % "
        "of "
        f"the labour force; largest {names} million). National reports of the time give "
        f"{theirs:,.0f} million in the {known.sum()} countries that reported, where ours is "
        f"{ours:,.0f}."
    )


def _later_rows(world: World, figure: Figure) -> str:
    rows = {
        f.year: f.value
        for f in published().figure
        if f.source == "World Bank, world row" and f.key == "status_share:employees"
    }
    value = float(np.interp(figure.year, sorted(rows), [rows[y] for y in sorted(rows)]))
    ours = quantity(world, "status_share:employees", figure.year, {})[0]
    return (
        f"Edition: the World Bank's later world rows, interpolated, give {value:.1f} % of "
        "employment "
        f"for {figure.year}; ours is {ours:.1f}."
    )


def _too_many(world: World, figure: Figure) -> str:
    employed = world.employed[:, world.year(figure.year)].sum() / MILLION
    employers = quantity(world, "status_count:employers", figure.year, {})[0]
    rest = employed - 1400 - employers
    return (
        "Inconsistent source: 1,400 employees and 1,700 vulnerable are more than all "
        f"{employed:,.0f} "
        f"million employed; employment less 1,400 and less employers leaves {rest:,.0f}."
    )


def old_inactive(world: World, year: int) -> float:
    """Persons of 25 to 54 outside the labour force by the ILO's edition of 2011, million."""
    ages = ["25-29", "30-34", "35-39", "40-44", "45-49", "50-54"]
    table = world.mirror.table("labour_force_by_age")
    rows = table.filter(
        pl.col("age_group").is_in(ages)
        & (pl.col("year") == year)
        & pl.col("sex").is_in(["female", "male"])
        & pl.col("labour_force_thousand").is_not_null()
    )
    outside = rows["population_thousand"] - rows["labour_force_thousand"]
    return float(outside.sum() or 0.0) / 1000


def _old_ages(world: World, figure: Figure) -> str:
    old = old_inactive(world, figure.year)
    return (
        f"Edition: the ILO's estimates of 2011 (EAPEP, 6th edition) give {old:,.0f} million; "
        "today's give ours."
    )


def _reserve(world: World, figure: Figure) -> str:
    old, new = (
        old_inactive(world, figure.year),
        quantity(world, "inactive_prime", figure.year, {})[0],
    )
    return (
        f"Sum of the parts above: inactive {new - old:+,.0f} million by edition, the vulnerable "
        "fewer because the source's parts exceed employment."
    )


def _india(world: World, figure: Figure) -> str:
    rows = [world.grid.countries.index(c) for c in world.ilo_regions["Southern Asia"]]
    i, j = world.grid.countries.index("IND"), world.year(figure.year)
    part = 100 * world.employed[i, j] / world.employed[rows, j].sum()
    both = world.estimates["employed"][:, i, j] / world.employed[i, j]
    share = 100 * float((world.estimates["sector"][0, :, i, j] * both).sum())
    return (
        f"Edition: India is {part:.0f} % of the region's employment and stands at {share:.1f} % in "
        "today's ILO series; the assignment of the source's columns is uncertain as well."
    )


def _kharas(world: World, figure: Figure) -> str:
    lower = figure.parameters.get("lower", KHARAS[0]) * to_base(2011)
    upper = figure.parameters.get("upper", KHARAS[1]) * to_base(2011)
    place = 1 if "middle" in figure.key else 2
    people = world.population[:, world.year(figure.year)].sum() / MILLION / 100
    args = (world, figure.year, "national-accounts", (lower, upper))
    ours, older = (
        people * float(bands(*args, shift)[place]) for shift in (0.0, back_to_2017(world))
    )
    survey = people * float(bands(world, figure.year, "household-survey", (lower, upper))[place])
    return (
        f"PPP base and anchor: {ours:,.0f} at PPPs of 2021, {older:,.0f} at those of 2017; the "
        "survey "
        f"anchor gives {survey:,.0f} million."
    )


def _pew(world: World, figure: Figure) -> str:
    cuts = tuple(cut * to_base(2011) for cut in PEW)
    older = bands(world, figure.year, "household-survey", cuts, back_to_2011(world))[2]
    ours = bands(world, figure.year, "household-survey", cuts)[2]
    share = next(
        f.value
        for f in published().figure
        if f.key == "class_share:pew:middle-income" and f.year == figure.year
    )
    covered = 100 * figure.value / share
    return (
        f"Coverage and PPP base: {figure.value:,.0f} million at {share:.0f} % means {covered:,.0f} "
        "million "
        f"people in 111 countries; our {ours:.1f} % of them are {ours * covered / 100:,.0f}, and "
        f"{older * covered / 100:,.0f} at PPPs of 2011 ({older:.1f} %)."
    )


def _milanovic(world: World, figure: Figure) -> str:
    found = []
    for shift in (0.0, back_to_2011(world)):
        cuts = tuple(
            mean_welfare(world, c, figure.year, "household-survey", shift) for c in ("BRA", "ITA")
        )
        found.append((float(bands(world, figure.year, "household-survey", cuts, shift)[1]), cuts))
    (ours, cuts), (older, _) = found
    return (
        f"Definition and PPP base: between Brazil's {cuts[0]:.1f} and Italy's {cuts[1]:.1f} "
        "dollars a "
        f"day lie {ours:.1f} % at PPPs of 2021 and {older:.1f} % at those of 2011, which explains "
        f"{ours - older:.1f} points. The source has PPPs of 1993, fewer countries and its own "
        "surveys, "
        "which are not at hand: the rest is not explained here."
    )


def _wid(world: World, figure: Figure) -> str:
    j = world.year(figure.year)
    logs = log_welfare(world, "national-accounts")[:, j]
    factor = float(CENTRAL.value("consumption_to_income_spread"))
    kind = world.estimates["welfare_consumption"][:, j, None]
    centre = logs[:, [8]]
    wide = centre + (logs - centre) * (1 + kind * (factor - 1))
    name = figure.key.rsplit(":", 1)[1]
    persons = world.population[:, j]
    value = inequality_of(wide, persons)[name]
    within = float((shares_of(logs)["income_share_d10"] * persons).sum() / persons.sum())
    return (
        "Definition: the source spreads all pre-tax national income over adults and adds tax "
        "data; "
        f"ours is household consumption per head. Income's wider spread than consumption's "
        f"(factor {factor:.2f}) brings ours to {value:.1f}; our mean top tenth within countries is "
        f"{within:.0f} %. The rest is what surveys miss at the top, which is not at hand here."
    )


def _gini(world: World, figure: Figure) -> str:
    j = world.year(figure.year)
    logs = log_welfare(world, "household-survey", back_to_2011(world))[:, j]
    old = inequality_of(logs, world.population[:, j])["gini"]
    spread, level = (
        float(CENTRAL.value(f"consumption_to_income{name}")) for name in ("_spread", "")
    )
    kind = world.estimates["welfare_consumption"][:, j, None]
    ours = log_welfare(world, "household-survey")[:, j]
    centre = ours[:, [8]]
    wide = centre + (ours - centre) * (1 + kind * (spread - 1))
    wide += np.log(quantiles.mean(ours) / quantiles.mean(wide))[:, None]
    persons = world.population[:, j]
    income = inequality_of(wide + kind * np.log(level), persons)["gini"]
    near = world.estimates["welfare_imputed"][:, j - 2 : j + 3].min(axis=1) == 0
    surveyed = inequality_of(ours[near], persons[near])["gini"]
    part = 100 * persons[near].sum() / persons.sum()
    return (
        "PPP round. The source has PPPs of 2005, whose round put the price levels of poor "
        "countries so high that the world's index rose from 65 to 70 (Milanovic 2012, J. Econ. "
        "Inequality 10); that of 2011 found them lower again (Deaton & Aten 2017, AEJ "
        "Macroeconomics 9). Later editions of the source's data, at PPPs of 2011, give 65 for 2008 "
        "and 62 for 2013 (IMF Fiscal Monitor, October 2017, after Lakner & Milanovic 2016 and "
        f"World Bank 2016); ours is {old:.1f} at these prices. PPPs of 2005 are not at hand: the "
        "step is cited, not computed. Not the cause: income in place of consumption "
        f"({income:.1f} with the assumed wider spread and higher level), countries without a "
        f"survey within two years ({surveyed:.1f} without them, {part:.0f} % of persons left). "
        "Both count persons, per head, without top incomes that surveys miss."
    )


def _none(world: World, figure: Figure) -> str:
    return "Definition: other sources of the labour share or of pay; see the sections on them."


CAUSES: dict[str, Callable[[World, Figure], str]] = {
    "edition": _edition,
    "rounding": _rounding,
    "national_rates": _national_rates,
    "later_rows": _later_rows,
    "too_many": _too_many,
    "old_ages": _old_ages,
    "reserve": _reserve,
    "india": _india,
    "groups": _edition,
    "labour_share": _none,
    "labour_income": _none,
    "kharas": _kharas,
    "pew": _pew,
    "milanovic": _milanovic,
    "wid": _wid,
    "gini": _gini,
}
