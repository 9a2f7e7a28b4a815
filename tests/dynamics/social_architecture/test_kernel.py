"""The compiled rules are the plain ones, at any size; money and people are conserved."""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.random import SeedSequence

from worldclass.core.errors import UsageError
from worldclass.dynamics.course import Intervention, make_course
from worldclass.dynamics.random_numbers import random_state
from worldclass.dynamics.run import run
from worldclass.dynamics.social_architecture.kernel import CAPITALISTS, MARKET, WORKERS, run_month
from worldclass.dynamics.social_architecture.parameters import SocialArchitecture
from worldclass.dynamics.social_architecture.simulate import make_economy, simulate


def plain_economy(*arguments: Any) -> Any:
    """The plain rules beside this file."""
    path = Path(__file__).with_name("plain_rules.py")
    spec = importlib.util.spec_from_file_location("plain_rules", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PlainEconomy(*arguments)


def advance(economy: Any, months: int, low: int = 10, high: int = 90, **options: Any) -> None:
    """Run some months of the kernel."""
    rest = (options.get("spending", 1.0), options.get("sampling", 1.0), False, False)
    for _ in range(months):
        run_month(
            economy.agents,
            economy.tree,
            economy.starts,
            economy.totals,
            economy.random,
            low,
            high,
            *rest,
        )


@pytest.mark.parametrize(("agents", "wages"), [(40, (10, 90)), (150, (0, 33)), (2, (10, 90))])
def test_the_kernel_does_what_the_plain_rules_do_coin_by_coin(
    agents: int, wages: tuple[int, int]
) -> None:
    economy = make_economy(SocialArchitecture(agents=agents), SeedSequence(5))
    plain = plain_economy(agents, 100, random_state(SeedSequence(5)))
    for _ in range(24):
        advance(economy, 1, *wages)
        plain.month(*wages)
        assert economy.agents["money"].tolist() == plain.money
        assert economy.agents["employer"].tolist() == plain.employer
        assert economy.totals[MARKET] == plain.market


@pytest.mark.parametrize("agents", [2, 33, 1000, 3000])
def test_counts_sums_and_lists_never_drift(agents: int) -> None:
    economy = make_economy(SocialArchitecture(agents=agents), SeedSequence(1))
    advance(economy, 36)
    held = economy.agents
    assert economy.coins == 100 * agents
    assert (held["money"] >= 0).all()
    assert economy.totals[WORKERS] == (held["employer"] >= 0).sum() == held["employees"].sum()
    assert economy.totals[CAPITALISTS] == (held["employees"] > 0).sum()
    assert not ((held["employer"] >= 0) & (held["employees"] > 0)).any()
    top = economy.tree[economy.starts[-2] :]
    assert top.sum() == held["money"][held["employer"] < 0].sum()
    crews = np.bincount(held["employer"][held["employer"] >= 0], minlength=agents)
    assert np.array_equal(crews, held["employees"])


def test_without_money_beyond_the_mean_wage_nobody_is_ever_hired() -> None:
    """R = 1: the absorbing state, in which all money ends in the market."""
    table = run("social-architecture", {"coins_each": 50, "years": 20}).table
    shares = table.filter(quantity="class_share", group="unemployed")
    assert set(shares["value"]) == {1.0}
    assert table.filter(quantity="market_pool")["value"][-1] == 50_000


def test_without_any_money_nothing_happens() -> None:
    table = run("social-architecture", {"coins_each": 0, "years": 2}).table
    assert table.filter(quantity="output")["value"].to_list() == [0.0, 0.0]
    assert "wage_share" not in set(table["quantity"])


def test_without_spending_there_is_no_market() -> None:
    table = run("social-architecture", {"spending": 0.0, "years": 2}).table
    assert set(table.filter(quantity="output")["value"]) == {0.0}


def test_an_intervention_changes_wages_from_its_month_on() -> None:
    """Wages that leave the interval of the start prove the change, before it there are none."""
    doubled = [Intervention(2, {"wage_low": 60, "wage_high": 90})]
    course = make_course(SocialArchitecture(years=4), doubled)
    plain = simulate(make_course(SocialArchitecture(years=4)), SeedSequence(2), ())
    changed = simulate(course, SeedSequence(2), ())
    first, second = plain.series[0].values, changed.series[0].values
    assert np.array_equal(first[:24], second[:24])
    assert not np.array_equal(first[24:], second[24:])


def test_snapshots_hold_every_agent_once_and_all_money() -> None:
    result = run("social-architecture", {"agents": 300, "years": 4}, snapshots=[2, 4])
    agents = result.snapshots
    assert agents is not None
    pool = result.table.filter(quantity="market_pool")["value"]
    for year in (2, 4):
        own = agents.filter(time=year)
        assert own["agent"].to_list() == list(range(300))
        assert own["money"].sum() + pool[year - 1] == 30_000
        assert own.filter(own["class"] == "workers")["employer"].min() >= 0


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"wage_low": 95}, "above the highest"),
        ({"agents": 1}, "outside its limits"),
        ({"agents": 20_000_000, "coins_each": 1_000_000_000}, "counted exactly"),
        ({"years": 0}, "outside its limits"),
    ],
)
def test_absurd_economies_are_refused(settings: dict[str, int], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        run("social-architecture", settings)


@pytest.mark.parametrize("time", [1.5, 0.0, 4.0, float("inf"), float("nan")])
def test_snapshots_at_times_that_do_not_come_are_refused(time: float) -> None:
    with pytest.raises(UsageError, match="no snapshot at"):
        run("social-architecture", {"years": 3}, snapshots=[time])


def test_wages_that_cross_are_refused() -> None:
    with pytest.raises(UsageError, match="above the highest"):
        run(
            "social-architecture",
            {"years": 5},
            interventions=[Intervention(1, {"wage_low": 60}), Intervention(2, {"wage_high": 50})],
        )
