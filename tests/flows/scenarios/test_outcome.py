"""Scenarios: what moves, what is lost, and what must stay the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flows.conftest import random_raw
from worldclass.core.errors import UsageError
from worldclass.flows.economy import Economy, Satellite
from worldclass.flows.embodied import embodied
from worldclass.flows.production import produce
from worldclass.flows.scenarios.outcome import run_scenario
from worldclass.flows.scenarios.redirection import redirected
from worldclass.flows.scenarios.schema import Extract, Scenario, Shift
from worldclass.flows.validate import make_economy

WORDS = {"id": "test", "label": "Test", "source": "assumed here", "assumptions": "none needed"}


def shifting(**changes: object) -> Scenario:
    given = {"importers": ["*"], "exporters": ["*"], "industries": ["*"], "share": 0.5} | changes
    return Scenario(**WORDS, shift=[given])


def extracting(**changes: object) -> Scenario:
    return Scenario(**WORDS, extract=changes)


@settings(deadline=None, max_examples=30)
@given(
    st.integers(0, 10_000),
    st.floats(0, 1),
    st.sampled_from(["home", "others"]),
    st.sampled_from(["intermediate", "final", "both"]),
)
def test_a_redirection_moves_suppliers_and_nothing_else(
    seed: int, share: float, replacement: str, goods: str
) -> None:
    economy, _ = make_economy(random_raw(3, 3, seed=seed))
    shift = Shift(
        importers=("C00", "C01"), exporters=("C02",), industries=("i0", "i1"),
        share=share, replacement=replacement, goods=goods,
    )  # fmt: skip
    changed = redirected(economy, shift).economy
    industry = np.array([name for _, name in economy.sectors])
    for name in economy.industries:  # each buyer uses as much of each product as before
        rows = industry == name
        for use, before in (
            (changed.transactions, economy.transactions),
            (changed.final_demand, economy.final_demand),
        ):
            np.testing.assert_allclose(use[rows].sum(axis=0), before[rows].sum(axis=0))
    third = [at for at, (country, _) in enumerate(economy.sectors) if country == "C02"]
    np.testing.assert_array_equal(changed.transactions[:, third], economy.transactions[:, third])

    outcome = run_scenario(economy, Scenario(**WORDS, shift=(shift,)))
    after = outcome.after
    rows = after.transactions.sum(axis=1) + after.final_demand.sum(axis=1)
    np.testing.assert_allclose(rows, after.output)
    table = outcome.value_added()
    assert table["change"].sum() == pytest.approx(0, abs=1e-7 * table["before"].sum())
    assert (outcome.value_added().filter(producer="C02")["change"] <= 1e-9).all()


def test_moving_nothing_changes_nothing(economy: Economy) -> None:
    outcome = run_scenario(economy, shifting(share=0.0))
    np.testing.assert_allclose(outcome.after.output, economy.output)
    assert (outcome.moved, outcome.stuck) == (0, 0)


def test_all_imports_at_home_is_autarky(economy: Economy) -> None:
    outcome = run_scenario(economy, shifting(share=1.0))
    country = economy.country_of_sector
    abroad = country[:, None] != country
    assert outcome.after.transactions[abroad].sum() == 0
    after = outcome.after.value_added
    used = economy.demand_by_consumer().sum(axis=0)
    own = [after[country == place].sum() for place in range(3)]
    assert own == pytest.approx(used.tolist())


def test_labour_follows_output_by_sex(economy: Economy) -> None:
    hours = np.vstack([economy.output * 0.1, economy.output * 0.3])
    outcome = run_scenario(economy, shifting(exporters=["C02"], importers=["C00"]))
    table = outcome.labour(hours)
    for sex, rate in (("female", 0.1), ("male", 0.3), ("total", 0.4)):
        part = table.filter(sex=sex)
        change = outcome.after.output - economy.output
        by_country = [change[economy.country_of_sector == place].sum() for place in range(3)]
        assert part["change"].to_list() == pytest.approx([rate * one for one in by_country])
    assert table.filter(producer="C02")["share"].max() < 0
    assert table["unit"].unique().to_list() == ["million hours"]


def test_draws_of_hours_give_intervals_of_the_change(economy: Economy) -> None:
    hours = np.vstack([economy.output * 0.1, economy.output * 0.3])
    drawn = hours * np.linspace(0.5, 1.5, 101)[:, None, None]
    outcome = run_scenario(economy, shifting(exporters=["C02"], importers=["C00", "C01"]))
    each = outcome.labour(hours, drawn=drawn).filter(producer="C02", sex="total").row(0, named=True)
    assert each["p05"] == pytest.approx(1.45 * each["change"])
    assert each["p95"] == pytest.approx(0.55 * each["change"])
    assert outcome.labour(hours)["p05"].null_count() == 9


def test_the_economy_after_can_be_analysed_like_any_other(economy: Economy) -> None:
    """Its embodied hours are those that the scenario says are worked."""
    hours = np.vstack([economy.output * 0.1, economy.output * 0.3])
    outcome = run_scenario(economy, shifting(exporters=["C02"], importers=["C00"]))
    flows = embodied(produce(outcome.after), hours * outcome.growth)
    table = outcome.labour(hours)
    for place, sex in enumerate(("female", "male")):
        worked = table.filter(sex=sex)["after"].to_list()
        assert flows[place].sum(axis=1).tolist() == pytest.approx(worked)


def test_satellites_follow_output(economy: Economy) -> None:
    rich = replace(economy, satellites={"hours": Satellite("hours", "h", economy.output * 2)})
    after = run_scenario(rich, shifting()).after
    np.testing.assert_allclose(after.satellites["hours"].values, after.output * 2)


def test_other_suppliers_take_over_in_proportion() -> None:
    """C buys 60 from A, 30 from B and 10 at home; half of A's goes 3 : 1 to B and home."""
    sectors = tuple((name, "x") for name in "ABC")
    trade = Economy(
        "three", 2000, "USD", "current", sectors, (("C", "use"),), np.zeros((3, 3)),
        np.array([[60.0], [30.0], [10.0]]), np.array([60.0, 30.0, 10.0]),
    )  # fmt: skip
    shift = Shift(
        importers=("C",), exporters=("A",), industries=("*",), share=0.5, replacement="others"
    )
    found = redirected(trade, shift)
    assert found.economy.final_demand[:, 0].tolist() == [30.0, 52.5, 17.5]
    assert found.moved == 30.0


def test_what_nobody_can_supply_stays_and_is_reported() -> None:
    sectors = tuple((name, "x") for name in "AC")
    trade = Economy(
        "two", 2000, "USD", "current", sectors, (("C", "use"),), np.zeros((2, 2)),
        np.array([[60.0], [0.0]]), np.array([60.0, 0.0]),
    )  # fmt: skip
    found = redirected(
        trade, Shift(importers=("C",), exporters=("A",), industries=("*",), share=0.5)
    )
    assert (found.moved, found.stuck) == (0.0, 30.0)
    assert found.economy.final_demand[:, 0].tolist() == [60.0, 0.0]


def test_dearer_replacement_costs_more_and_is_paid_by_its_buyers(economy: Economy) -> None:
    same, dear = (
        run_scenario(economy, shifting(importers=["C00"], exporters=["C02"], price=price))
        for price in (1.0, 1.5)
    )
    assert dear.moved == same.moved
    hours = np.vstack([economy.output, economy.output])
    gain = [
        one.labour(hours).filter(producer="C00", sex="total")["change"].item()
        for one in (same, dear)
    ]
    assert gain[1] > gain[0] > 0
    paid = dear.after.final_demand.sum() - economy.final_demand.sum()
    assert paid > 0
    assert dear.value_added()["change"].sum() == pytest.approx(paid)


def test_falling_inventories_do_not_move() -> None:
    sectors = tuple((name, "x") for name in "AC")
    trade = Economy(
        "two", 2000, "USD", "current", sectors, (("C", "use"), ("C", "stocks")), np.zeros((2, 2)),
        np.array([[60.0, -10.0], [40.0, 0.0]]), np.array([50.0, 40.0]),
    )  # fmt: skip
    shift = Shift(importers=("C",), exporters=("A",), industries=("*",), share=0.5)
    assert redirected(trade, shift).economy.final_demand.tolist() == [[30.0, -10.0], [70.0, 0.0]]


@pytest.mark.parametrize("kind", ["complete", "backward", "forward", "trade"])
def test_an_extraction_only_loses(economy: Economy, kind: str) -> None:
    outcome = run_scenario(economy, extracting(countries=["C01"], kind=kind))
    assert (outcome.after.output <= economy.output * (1 + 1e-12)).all()
    assert outcome.value_added()["change"].sum() < 0


def test_a_complete_extraction_leaves_the_others_to_themselves(economy: Economy) -> None:
    """The output of the others is that of their own block (Miller and Lahr 2001)."""
    outcome = run_scenario(economy, extracting(countries=["C01"], kind="complete"))
    rest = np.array([country != "C01" for country, _ in economy.sectors])
    inputs = (economy.transactions / economy.output)[np.ix_(rest, rest)]
    demand = economy.final_demand[rest].sum(axis=1)
    expected = np.linalg.solve(np.eye(int(rest.sum())) - inputs, demand)
    np.testing.assert_allclose(outcome.after.output[rest], expected)
    assert outcome.after.output[~rest].tolist() == [0.0] * 4


def test_without_backward_links_only_suppliers_and_theirs_lose(economy: Economy) -> None:
    """The extracted country keeps making what others order from it, with its own inputs."""
    outcome = run_scenario(economy, extracting(countries=["C01"], kind="backward"))
    rest = np.array([country != "C01" for country, _ in economy.sectors])
    assert (outcome.after.output[rest] < economy.output[rest]).all()
    inputs = economy.transactions / economy.output
    inputs[np.ix_(rest, ~rest)] = 0
    expected = np.linalg.solve(np.eye(12) - inputs, economy.final_demand.sum(axis=1))
    np.testing.assert_allclose(outcome.after.output, expected)


def test_extracting_trade_needs_whole_countries(economy: Economy) -> None:
    with pytest.raises(UsageError, match="only some industries of C01"):
        run_scenario(economy, extracting(countries=["C01"], industries=["i0"], kind="trade"))
    with pytest.raises(UsageError, match="every sector"):
        run_scenario(economy, extracting(countries=["*"]))


@pytest.mark.parametrize(
    ("changes", "words"), [({"importers": ["XXX"]}, "XXX"), ({"industries": ["i9"]}, "i9")]
)
def test_unknown_names_are_refused(economy: Economy, changes: dict, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        run_scenario(economy, shifting(**changes))


def test_a_scenario_shifts_or_extracts() -> None:
    with pytest.raises(ValueError, match="either shifts or one extraction"):
        Scenario(**WORDS)
    with pytest.raises(ValueError, match="either shifts or one extraction"):
        Scenario(
            **WORDS,
            extract=Extract(countries=("C01",)),
            shift=(Shift(importers=("*",), exporters=("*",), industries=("*",), share=0.1),),
        )
