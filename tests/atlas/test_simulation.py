"""The engine against brute force: 200,000 simulated persons, each classified by the rules.

The simulation takes only the population table (cells, mean and spread of incomes) and the
lookup of `theories`; it knows nothing of plans, terms and cut points.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from scipy.special import ndtri

import worldclass as wc
from worldclass.people.estimates import Estimates
from worldclass.people.quantiles import SCORES, mean
from worldclass.theories import Theory, classify_frame, compile_theory, load_theory

YEAR = 2019
PERSONS = 200_000
LABOUR = "labour_income_earnings_survey"
CLOSE = 0.002
WORKED = pl.col("labour_income").is_not_null()
TWO_CUTS = """
[parameters.absolute]
default = 1000
unit = "ppp2021_month"
range = [10, 9000]
description = "d"
source = "s"
[parameters.relative]
default = 1.5
unit = "national_mean_labour_income"
range = [0.1, 9]
description = "d"
source = "s"
[[class]]
id = "without"
label = "Without work"
when = "labour_income is null"
[[class]]
id = "below-both"
label = "Below both"
when = "labour_income < absolute and labour_income < relative"
[[class]]
id = "above-both"
label = "Above both"
when = "labour_income >= absolute and labour_income >= relative"
[[class]]
id = "national-only"
label = "Above the nation's cut only"
when = "labour_income >= relative"
[[class]]
id = "absolute-only"
label = "Above the absolute cut only"
"""


def simulate(country: str, welfare: np.ndarray, long_term: np.ndarray) -> pl.DataFrame:
    """Persons of a country: cells in proportion, lognormal pay, welfare from its quantiles."""
    rng = np.random.default_rng(20)
    cells = wc.people(country, YEAR).with_row_index("cell")
    share = (cells["persons"] / cells["persons"].sum()).to_numpy()
    ends = np.round(np.cumsum(share) * PERSONS).astype(int)
    cell = np.repeat(np.arange(cells.height), np.diff(ends, prepend=0))
    rank = np.empty(len(cell))  # evenly spread within each cell, in random order
    for rows in np.split(np.arange(len(cell)), ends[:-1]):
        if len(rows):
            rank[rows] = rng.permutation((np.arange(len(rows)) + 0.5) / len(rows))
    z = ndtri(rank)
    person = cells[cell].with_columns(z=pl.Series(z))
    sigma, middle = pl.col("labour_income_log_sd"), pl.col(LABOUR).log()
    paid = (middle - sigma**2 / 2 + sigma * pl.col("z")).exp()
    person = person.with_columns(
        labour_income=pl.when(pl.col("status") == "family-worker").then(0.0).otherwise(paid)
    )
    scores = ndtri(rng.permutation((np.arange(len(cell)) + 0.5) / len(cell)))
    slope = np.diff(welfare)[[0, -1]] / (SCORES[1] - SCORES[0])
    logs = np.interp(scores, SCORES, welfare)
    logs += (
        np.minimum(scores - SCORES[0], 0) * slope[0] + np.maximum(scores - SCORES[-1], 0) * slope[1]
    )
    side = (person["sex"] == "male").cast(int).to_numpy()
    return person.with_columns(
        welfare=pl.Series(np.exp(logs)),
        chance=pl.Series(rng.permutation((np.arange(len(cell)) + 0.5) / len(cell))),
        long_term=pl.Series(long_term[side]),
    )


def with_splits(person: pl.DataFrame) -> pl.DataFrame:
    """What bromma and sakai say of persons whom the data do not tell apart."""
    prime = (pl.col("status") == "outside") & (pl.col("age") == "25-54")
    woman, jobless = pl.col("sex") == "female", pl.col("status") == "unemployed"
    fraction = (
        pl.when(jobless).then("long_term").when(prime & woman).then(0.05).when(prime).then(0.25)
    )
    widest = pl.when(jobless).then(1.0).when(prime & woman).then(0.2).when(prime).then(1.0)
    manager = pl.col("occupation").fill_null("") == "manager-professional"
    return person.with_columns(
        detached=(pl.col("chance") < fraction.otherwise(0.0)).cast(pl.Int8),
        fallen_out=(pl.col("chance") < widest.otherwise(0.0)).cast(pl.Int8),
        counts_as_manager=manager.cast(pl.Int8),
    )


def references(person: pl.DataFrame, estimates: Estimates) -> dict[str, float]:
    """Reference incomes from the persons themselves, and from the table of the whole world."""
    world = wc.people(year=YEAR).filter(pl.col(LABOUR).is_not_null())
    one = estimates.select(("BRA", "ITA"), (YEAR,))["welfare_log"][:, :, 0]
    return {
        "national_mean_labour_income": float(person.filter(WORKED)["labour_income"].mean()),  # type: ignore[arg-type]
        "world_mean_labour_income": float(
            (world[LABOUR] * world["persons"]).sum() / world["persons"].sum()
        ),
        "mean_welfare:BRA": float(mean(one[:, 0])),
        "mean_welfare:ITA": float(mean(one[:, 1])),
    }


def compare(theory: str | Theory, country: str, estimates: Estimates, parameters=None) -> None:
    """Shares of the atlas against shares among simulated persons."""
    here = estimates.select((country,), (YEAR,))
    loaded = load_theory(theory) if isinstance(theory, str) else theory
    logs = here["welfare_log"][:, 0, 0].copy()
    if "welfare" in loaded.incomes and loaded.incomes["welfare"].anchor == "national-accounts":
        logs += here["welfare_accounts_shift"].item()
    person = with_splits(simulate(country, logs, here["long_term"][:, 0, 0]))
    compiled = compile_theory(loaded, parameters)
    classified = classify_frame(person, compiled, references(person, estimates))
    counted = classified["class"].cast(pl.String).value_counts()
    simulated = dict(counted.with_columns(pl.col("count") / PERSONS).iter_rows())
    sizes = wc.atlas(
        loaded, country=country, year=YEAR, sex="total", draws=0, parameters=parameters
    )
    assert set(simulated) <= set(sizes["class"])
    for name, share in sizes.select("class", "share_population").iter_rows():
        assert simulated.get(name, 0.0) == pytest.approx(share, abs=CLOSE), name


@pytest.mark.parametrize("country", ["BRA", "ETH", "DEU"])
@pytest.mark.parametrize("theory", ["bromma", "sakai", "kharas", "pew", "milanovic"])
def test_shipped_theories_count_as_person_by_person(
    theory: str, country: str, estimates: Estimates
) -> None:
    compare(theory, country, estimates)


@pytest.mark.parametrize(
    "parameters",
    [
        {"threshold": "relative", "tau_relative": 1.3},
        {"poor_own_account": "lumpen", "tau": 900},
        {"poor_own_account": "middle-classes", "capitalist_income": 2.0},
    ],
)
def test_other_parameters_count_as_person_by_person(
    parameters: dict[str, float | str], estimates: Estimates
) -> None:
    compare("bromma", "BRA", estimates, parameters)


@pytest.mark.parametrize("country", ["ETH", "DEU"])
def test_cuts_may_stand_in_one_order_here_and_in_the_other_there(
    country: str, own: Callable[[str], Theory], estimates: Estimates
) -> None:
    """1.5 times the national mean is less than 1000 dollars in Ethiopia and more in Germany."""
    theory = own(TWO_CUTS)
    compare(theory, country, estimates)
    sizes = wc.atlas(theory, country=country, year=YEAR, sex="total", draws=0)
    empty = "absolute-only" if country == "ETH" else "national-only"
    assert sizes.filter(sizes["class"] == empty)["persons"].item() == 0
