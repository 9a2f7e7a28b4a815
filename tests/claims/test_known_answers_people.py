"""Claims about the population table, on worlds made to make them hold and to make them fail.

Worlds stand still at their first year unless a change says otherwise, so that the change alone
decides. Every claim is tried in a sample of its specifications and a few draws.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.claims.worlds import (
    NORTH,
    SOUTH,
    Change,
    Draft,
    Where,
    held,
    incomes,
    moved,
    persons,
    put,
    scaled,
    several,
    spread,
    world,
)
from worldclass.claims.data import Data
from worldclass.claims.evaluate import evaluate
from worldclass.claims.evaluation import Evaluation
from worldclass.claims.library import load_claim
from worldclass.people import quantiles

LATE = tuple(range(2010, 2024))
EVERY = tuple(range(1991, 2024))


def at(*countries: str, years: tuple[int, ...] = LATE, sex: str | None = None) -> Where:
    return Where(countries=countries or None, years=years, sex=sex)


def later(*changes: Change) -> Change:
    """A world that stands still until the changes."""
    return several(held(1991), *changes)


def into_wage_work(part: float, where: Where) -> Change:
    """A part of the self-employed and of family workers become employees."""
    return several(
        moved("self_employed", "employee", part, where),
        moved("family_worker", "employee", part, where),
    )


def out_of_wage_work(part: float, where: Where) -> Change:
    return moved("employee", "self_employed", part, where)


def not_working(factor: float, where: Where) -> Change:
    return several(*(scaled(name, factor, where) for name in ("children", "outside", "unemployed")))


def long_unemployed(factor: float, where: Where) -> Change:
    return several(scaled("unemployed", factor, where), put("long_term", 1.0, where))


def crowded_middle(draft: Draft) -> None:
    """China and India between the means of Brazil and Italy, with hardly any inequality."""
    logs = draft.arrays["welfare_log"]
    draft.arrays["welfare_accounts_shift"][...] = 0.0
    place = draft.grid.countries.index
    ends = [np.log(quantiles.mean(np.moveaxis(logs[:, place(c)], 0, -1))) for c in ("BRA", "ITA")]
    for country in ("CHN", "IND"):
        logs[:, place(country)] = sum(ends) / 2 + 0.1 * quantiles.SCORES[:, None]


GLOBAL = at()
ALL = at(years=EVERY)
RICH_CHINA = several(incomes(6, at("CHN", years=EVERY)), incomes(0.1, at("USA", years=EVERY)))
WOMEN = at(sex="female")
CONVERGING = later(incomes(2.5, at(*SOUTH)))
DIVERGING = later(incomes(0.4, at(*SOUTH)))

HOLDS: dict[str, Change] = {
    "worker-elite-grew": later(persons(1.5, GLOBAL)),
    "worker-elite-share-held": later(not_working(0.3, GLOBAL), incomes(4, GLOBAL)),
    "china-elite-smaller-share": incomes(0.2, at("CHN", years=EVERY)),
    "china-elite-larger-number": RICH_CHINA,
    "worker-elite-moved-south": later(incomes(3, at(*SOUTH)), incomes(0.5, at(*NORTH))),
    "proletariat-overwhelming-majority": several(
        not_working(0.05, ALL),
        into_wage_work(0.97, ALL),
        incomes(0.05, ALL),
        incomes(2000, at("GBR", years=EVERY)),
    ),
    "women-into-waged-work": later(
        moved("agriculture", "services", 0.9, WOMEN), into_wage_work(0.9, WOMEN)
    ),
    "lumpen-grew": later(long_unemployed(3, GLOBAL)),
    "inequality-within-and-between": later(spread(1.3, GLOBAL), incomes(2.5, at(*SOUTH))),
    "industry-left-the-north": later(
        moved("industry", "services", 0.5, at(*NORTH)),
        moved("agriculture", "industry", 0.4, at(*SOUTH)),
    ),
    "wage-workers-are-the-majority": into_wage_work(0.95, ALL),
    "the-proletariat-grows": later(into_wage_work(0.9, GLOBAL)),
    "middle-layers-shrink": later(into_wage_work(0.8, GLOBAL)),
    "wage-work-converges": later(into_wage_work(0.8, at(*SOUTH))),
    "half-the-world-is-middle-class": incomes(10, ALL),
    "new-middle-class-in-asia": later(incomes(5, at("BGD", "CHN", "IND"))),
    "world-without-a-middle": several(
        incomes(0.1, at("BGD", "CHN", "IND", "NGA", years=EVERY)),
        incomes(9, at("DEU", "FRA", "GBR", "JPN", "USA", years=EVERY)),
    ),
    "global-inequality-fell": several(CONVERGING, spread(0.8, GLOBAL)),
    "most-live-on-low-incomes": incomes(0.1, ALL),
    "aristocracy-majority-in-the-north": incomes(4, at(*NORTH, years=EVERY)),
    "lumpen-at-its-widest-grew": later(scaled("unemployed", 4, GLOBAL)),
}
FAILS: dict[str, Change] = {
    "worker-elite-grew": later(persons(0.5, GLOBAL)),
    "worker-elite-share-held": later(not_working(3, GLOBAL), incomes(0.25, GLOBAL)),
    "china-elite-smaller-share": RICH_CHINA,
    "china-elite-larger-number": persons(0.02, at("CHN", years=EVERY)),
    "worker-elite-moved-south": later(incomes(0.5, at(*SOUTH)), incomes(2, at(*NORTH))),
    "proletariat-overwhelming-majority": long_unemployed(100, ALL),
    "women-into-waged-work": later(
        moved("agriculture", "services", 0.9, at(sex="male")), into_wage_work(0.9, at(sex="male"))
    ),
    "lumpen-grew": later(scaled("unemployed", 0.3, GLOBAL)),
    "inequality-within-and-between": later(spread(0.8, GLOBAL), incomes(0.4, at(*SOUTH))),
    "industry-left-the-north": later(
        moved("services", "industry", 0.3, at(*NORTH)),
        moved("industry", "services", 0.6, at(*SOUTH)),
    ),
    "wage-workers-are-the-majority": out_of_wage_work(0.9, ALL),
    "the-proletariat-grows": later(out_of_wage_work(0.5, GLOBAL)),
    "middle-layers-shrink": later(out_of_wage_work(0.5, GLOBAL)),
    "wage-work-converges": later(
        out_of_wage_work(0.6, at(*SOUTH)), into_wage_work(0.9, at(*NORTH))
    ),
    "half-the-world-is-middle-class": incomes(0.1, ALL),
    "new-middle-class-in-asia": later(incomes(10, at("BRA", "NGA"))),
    "world-without-a-middle": crowded_middle,
    "global-inequality-fell": several(DIVERGING, spread(1.3, GLOBAL)),
    "most-live-on-low-incomes": incomes(20, ALL),
    "aristocracy-majority-in-the-north": incomes(0.05, at(*NORTH, years=EVERY)),
    "lumpen-at-its-widest-grew": later(scaled("unemployed", 0.2, GLOBAL)),
}


def tried(claim: str, data: Data) -> Evaluation:
    return evaluate(load_claim(claim), data, draws=2, most=10, cache=False)


@pytest.mark.parametrize("claim", HOLDS)
def test_a_claim_holds_where_it_is_true(claim: str, tmp_path: Path) -> None:
    found = tried(claim, world(tmp_path, HOLDS[claim], draws=8))
    assert found.verdict.word == "holds", found.specifications


@pytest.mark.parametrize("claim", FAILS)
def test_a_claim_fails_where_it_is_false(claim: str, tmp_path: Path) -> None:
    found = tried(claim, world(tmp_path, FAILS[claim], draws=8))
    assert found.verdict.word == "fails", found.specifications


def openness(folder: Path, peak: int) -> Data:
    """Trade that rises to a peak and falls after it, in two countries."""
    rows = [
        (code, year, name, level)
        for code in ("BRA", "USA", "DEU")
        for year in range(1991, 2024)
        for name, level in (
            ("exports_share_gdp", 30.0 - abs(year - peak)),
            ("imports_share_gdp", 31.0 - abs(year - peak)),
            ("gdp_usd2015", 1e12),
        )
    ]
    file = folder / "indicators.parquet"
    names = ["iso3", "year", "indicator", "value"]
    pl.DataFrame(rows, schema=names, orient="row").write_parquet(file)
    return Data(indicators=file)


@pytest.mark.parametrize(("peak", "word"), [(2008, "holds"), (2018, "fails"), (1995, "fails")])
def test_openness_peaks_where_it_was_made_to(peak: int, word: str, tmp_path: Path) -> None:
    assert tried("trade-openness-peaked", openness(tmp_path, peak)).verdict.word == word


def test_pay_is_below_thresholds_that_rise_with_the_world_and_above_those_that_fall(
    tmp_path: Path,
) -> None:
    """Absolute thresholds stay where they are; relative ones follow the world's mean."""
    rich = tried("pay-below-every-threshold", world(tmp_path / "rich", incomes(4, ALL)))
    poor = tried("pay-below-every-threshold", world(tmp_path / "poor", incomes(0.05, ALL)))
    assert rich.verdict.word == "holds"
    assert poor.verdict.share_holding is not None and poor.verdict.share_holding < 0.75


@pytest.mark.parametrize("claim", ["lumpen-mostly-male", "falling-from-the-elite"])
def test_what_is_assumed_is_not_testable_in_any_world(claim: str, tmp_path: Path) -> None:
    men = several(scaled("unemployed", 5, at(years=EVERY, sex="male")))
    assert tried(claim, world(tmp_path, men)).verdict.word == "not testable here"
