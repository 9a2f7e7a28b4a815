"""Wright (2005): the emergent class structure, over seeds, with the error stated.

Tolerances: the published values are from one run of 100 years. Ours are means over ten runs of
the same length, whose standard errors are far smaller than the spread of single runs; a
published value counts as reproduced when it lies within the spread of runs, widened by half a
unit of its last digit; exponents of tails hang on the range of the fit, which the paper does not
state, and get 0.15 and 0.2. Three do not, and are held to what we find, so that a change is
noticed: the wage share (0.55 published, 0.540 here), the mean length of recessions (1.22, 1.5)
and the profit rates (mean 80.5 %, 104 %; median 64 %, 78 %).
"""

import math
from functools import cache

import polars as pl
import pytest

from worldclass.dynamics.run import run
from worldclass.dynamics.simulate import simulate
from worldclass.dynamics.social_architecture.parameters import SocialArchitecture
from worldclass.dynamics.social_architecture.published import compare


@cache
def comparison() -> dict[str, dict[str, float]]:
    """Our ten runs beside the published values."""
    table = compare(SocialArchitecture(), runs=10)
    return {row["label"]: row for row in table.to_dicts()}


@pytest.mark.parametrize(
    ("label", "published", "tolerance"),
    [
        ("workers", 71.2, 1.1),
        ("capitalists", 12.3, 0.4),
        ("unemployed", 16.6, 0.8),
        ("firms alive", 123, 3),
        ("demises", 18, 0.5),
        ("firm sizes, log bins", 1.038, 0.08),
        ("fall of workers' money", 0.017, 0.0009),
        ("tail of wealth", 1.3, 0.15),
        ("tail of income", 1.3, 0.2),
    ],
)
def test_a_published_value_is_reproduced(label: str, published: float, tolerance: float) -> None:
    ours = comparison()[label]
    assert ours["published"] == published
    assert ours["value"] == pytest.approx(published, abs=tolerance)


def test_the_wage_share_is_one_point_lower_than_published() -> None:
    ours = comparison()["wage share"]
    assert ours["value"] == pytest.approx(54.0, abs=0.6)
    assert ours["high"] < ours["published"] == 55


def test_recessions_last_longer_than_published() -> None:
    ours = comparison()["mean recession"]
    assert 1.35 < ours["value"] < 1.75
    assert ours["low"] > ours["published"] == 1.22


def test_profit_rates_are_higher_than_published() -> None:
    assert comparison()["mean profit rate"]["value"] == pytest.approx(104, abs=5)
    assert comparison()["median profit rate"]["value"] == pytest.approx(78, abs=5)


def test_shapes_that_the_paper_shows_over_centuries() -> None:
    """Lower incomes are lognormal with Gibrat index 1.42, and a giant firm comes and goes."""
    result = run("social-architecture", {"years": 300}, seed=0, snapshots=range(1, 301))
    assert result.snapshots is not None
    incomes = result.snapshots["income"]
    low = incomes.filter((incomes > 0) & (incomes < incomes.quantile(0.9)))
    assert 1 / math.sqrt(2 * low.log().var()) == pytest.approx(1.42, abs=0.08)  # type: ignore[operator]
    largest = result.table.filter(quantity="largest_firm")["value"]
    workers = result.table.filter(quantity="class_share", group="workers")["value"].gather_every(
        12, 11
    )
    assert 0.01 < (largest / workers > 0.5).mean() < 0.15  # type: ignore[operator]


def mean(table: pl.DataFrame, quantity: str, group: str = "all") -> float:
    """Mean over time and runs, after a start of ten years."""
    own = table.filter((pl.col("time") > 10), quantity=quantity, group=group)
    return float(own["value"].mean())  # type: ignore[arg-type]


def test_money_is_split_almost_equally_between_the_two_classes() -> None:
    table = simulate("social-architecture", runs=5, seed=1)
    assert mean(table, "capitalists_money") == pytest.approx(0.5, abs=0.02)
    assert mean(table, "gini_wealth") == pytest.approx(0.698, abs=0.01)
    assert mean(table, "gini_income") == pytest.approx(0.616, abs=0.01)


def test_only_the_ratio_of_money_to_wages_matters() -> None:
    """Borba, Gonçalves & Anteneodo (2025): width of wages and scales of money do not."""
    base = simulate("social-architecture", runs=4, seed=2)
    narrow = simulate("social-architecture", {"wage_low": 40, "wage_high": 60}, runs=4, seed=2)
    double = simulate(
        "social-architecture",
        {"coins_each": 200, "wage_low": 20, "wage_high": 180},
        runs=4,
        seed=2,
    )
    for other in (narrow, double):
        for group in ("workers", "capitalists", "unemployed"):
            found = mean(other, "class_share", group)
            assert found == pytest.approx(mean(base, "class_share", group), abs=0.008)


def test_inequality_and_profits_rise_with_wealth_per_wage() -> None:
    """The sign that Borba et al. report; levels as in the tolerance guide's single runs."""
    sweep = {"coins_each": [75, 100, 200, 500]}
    table = simulate("social-architecture", sweep=sweep, runs=2, seed=3)
    ginis, wages = (
        [mean(own, quantity) for own in table.partition_by("point")]
        for quantity in ("gini_wealth", "wage_share")
    )
    assert ginis[1] < ginis[2] < ginis[3]
    assert wages[0] > wages[1] > wages[2] > wages[3]
    assert wages == pytest.approx([0.589, 0.541, 0.414, 0.219], abs=0.02)


def test_rounding_of_the_payable_crew_is_decisive() -> None:
    """With the ceiling in place of the floor firms hardly ever die."""
    table = simulate("social-architecture", {"rounding": "ceiling"}, runs=2, seed=4)
    assert mean(table, "class_share", "capitalists") == pytest.approx(0.409, abs=0.02)
    assert mean(table, "firm_demises") < 1
