"""Why embodied labour changed between two years."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flows.conftest import random_raw
from worldclass.core.errors import UsageError
from worldclass.flows.economy import Economy
from worldclass.flows.embodied_change import (
    FACTORS,
    decompose_embodied,
    deflated,
    hours_change,
)
from worldclass.flows.solve import requirements
from worldclass.flows.validate import make_economy


def made(seed: int) -> tuple[Economy, np.ndarray]:
    """A random economy with hours of women and men."""
    economy, _ = make_economy(random_raw(3, 3, seed=seed))
    return economy, np.random.default_rng(seed).uniform(1, 9, (2, len(economy.output)))


def embodied(economy: Economy, labour: np.ndarray) -> np.ndarray:
    demand = economy.demand_by_consumer()
    return labour / economy.output @ requirements(economy, demand).values


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 5_000), st.integers(5_001, 9_999))
def test_effects_add_up_to_the_change(first: int, second: int) -> None:
    (old, hours), (new, later) = made(first), made(second)
    found = decompose_embodied(old, new, hours, later)
    np.testing.assert_allclose(found.start, embodied(old, hours), rtol=1e-9)
    np.testing.assert_allclose(found.end, embodied(new, later), rtol=1e-9)
    np.testing.assert_allclose(found.effects.sum(axis=0), found.change, atol=1e-9 * hours.sum())


@pytest.mark.parametrize("factor", FACTORS)
def test_one_changed_factor_explains_all(factor: str) -> None:
    old, hours = made(1)
    new, later = old, hours
    other, _ = made(2)
    if factor == "labour":
        later = hours * 0.8
    elif factor == "level":
        new = scaled(old, 1.5)
        later = hours * new.output / old.output
    elif factor in ("products", "origins"):
        new = with_demand(old, mixed(old, other, factor))
        later = hours / old.output * new.output
    else:
        new = with_inputs(old, other, factor)
        later = hours / old.output * new.output
    found = decompose_embodied(old, new, hours, later)
    rest = [at for at, name in enumerate(FACTORS) if name != factor]
    scale = np.abs(found.change).max()
    assert scale > 0
    np.testing.assert_allclose(
        found.effects[FACTORS.index(factor)], found.change, atol=1e-9 * scale
    )
    np.testing.assert_allclose(found.effects[rest], 0, atol=1e-9 * scale)


def scaled(economy: Economy, factor: float) -> Economy:
    return replace(
        economy,
        transactions=economy.transactions * factor,
        final_demand=economy.final_demand * factor,
        output=economy.output * factor,
    )


def industry(economy: Economy) -> np.ndarray:
    return np.array([economy.industries.index(name) for _, name in economy.sectors])


def parts(use: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    total = np.zeros((group.max() + 1, use.shape[1]))
    np.add.at(total, group, use)
    return total, use / total[group]


def mixed(one: Economy, other: Economy, factor: str) -> np.ndarray:
    """Demand with the products or the origins of another economy, at the same level."""
    group = industry(one)
    mine, theirs = one.demand_by_consumer(), other.demand_by_consumer()
    (total, origins), (their_total, their_origins) = parts(mine, group), parts(theirs, group)
    if factor == "origins":
        return total[group] * their_origins
    share = their_total / their_total.sum(axis=0)
    return (share * total.sum(axis=0))[group] * origins


def with_demand(economy: Economy, demand: np.ndarray) -> Economy:
    """Same coefficients, other final demand in one category."""
    output = requirements(economy, demand.sum(axis=1, keepdims=True)).values[:, 0]
    return replace(
        economy,
        demands=tuple((country, "all") for country in economy.consumers),
        final_demand=demand,
        transactions=economy.transactions / economy.output * output,
        output=output,
    )


def with_inputs(economy: Economy, other: Economy, factor: str) -> Economy:
    """Same final demand, coefficients with technology or sourcing of another economy."""
    group = industry(economy)
    total, origins = parts(economy.transactions / economy.output, group)
    their_total, their_origins = parts(other.transactions / other.output, group)
    if factor == "technology":
        inputs = their_total[group] * origins
    else:
        inputs = total[group] * their_origins
    unsettled = replace(economy, transactions=inputs * economy.output)
    return with_demand(unsettled, economy.demand_by_consumer())


def test_pure_inflation_is_labour_against_level_until_it_is_taken_out() -> None:
    old, hours = made(3)
    dear = scaled(old, 2.0)
    nominal = decompose_embodied(old, dear, hours, hours)
    labour, level = (nominal.effects[FACTORS.index(name)] for name in ("labour", "level"))
    np.testing.assert_allclose(labour, -level)
    assert (level > 0).all()
    real = decompose_embodied(old, deflated(dear, 2.0), hours, hours)
    np.testing.assert_allclose(real.effects, 0, atol=1e-9)


def test_a_sector_that_appears_explains_through_trade_not_through_labour() -> None:
    """Its coefficients do not exist before, so the later ones stand in for them."""
    new, later = made(4)
    keep = np.array([label != ("C00", "i0") for label in new.sectors])
    old = replace(
        new,
        transactions=new.transactions * np.outer(keep, keep),
        final_demand=new.final_demand * keep[:, None],
    )
    old = replace(old, output=old.transactions.sum(axis=1) + old.final_demand.sum(axis=1))
    hours = later * np.where(new.output > 0, old.output / new.output, 0)
    found = decompose_embodied(old, new, hours, later)
    np.testing.assert_allclose(found.effects.sum(axis=0), found.change, atol=1e-9 * later.sum())
    np.testing.assert_allclose(found.effects[0], 0, atol=1e-9 * later.sum())


def test_inventories_that_cancel_purchases_are_decomposed_too() -> None:
    """C00 buys 5 of a product abroad and takes 5 of it from stocks at home: a net use of zero."""
    (old, hours), (new, later) = made(9), made(10)
    group = industry(old)
    demand = np.where(group[:, None] == 1, 0.0, new.demand_by_consumer())
    demand[:, 0] += np.where([label == ("C01", "i1") for label in new.sectors], 5.0, 0.0)
    demand[:, 0] -= np.where([label == ("C00", "i1") for label in new.sectors], 5.0, 0.0)
    demand[group == 1, 1] = 50.0
    cancelled = with_demand(new, demand)
    rates = later / new.output
    found = decompose_embodied(old, cancelled, hours, rates * cancelled.output)
    np.testing.assert_allclose(found.end, embodied(cancelled, rates * cancelled.output), rtol=1e-9)
    np.testing.assert_allclose(found.effects.sum(axis=0), found.change, atol=1e-9 * hours.sum())


def test_economies_must_have_the_same_sectors() -> None:
    (old, hours), _ = made(5), None
    new = replace(old, sectors=tuple(("X" + c, i) for c, i in old.sectors))
    with pytest.raises(UsageError, match="different sectors"):
        decompose_embodied(old, new, hours, hours)


def test_a_price_index_must_be_positive() -> None:
    economy, _ = made(6)
    index = np.ones(len(economy.output))
    index[2] = 0.0
    with pytest.raises(UsageError, match="C00 i2 is 0"):
        deflated(economy, index)


def test_hours_change_is_tidy_and_complete() -> None:
    (old, hours), (new, later) = made(7), made(8)
    table = hours_change(old, new, hours, later)
    keys = ["producer", "sex", "consumer"]
    sums = table.group_by(keys).agg(
        pl.col("effect").sum(), (pl.col("end") - pl.col("start")).first().alias("change")
    )
    assert table.height == 3 * 2 * 3 * len(FACTORS)
    assert sums["effect"].to_list() == pytest.approx(sums["change"].to_list(), abs=1e-9)
    women = table.filter(sex="female", factor="labour")
    assert women["end"].sum() == pytest.approx(later[0].sum())


def test_the_spread_of_a_sum_is_decomposed_as_a_sum() -> None:
    (old, hours), (new, later) = made(7), made(8)
    each = decompose_embodied(old, new, hours, later)
    world = decompose_embodied(old, new, hours, later, consumers=np.ones((3, 1)))
    np.testing.assert_allclose(world.effects[..., 0], each.effects.sum(axis=-1))
    assert (world.lowest[..., 0] >= each.lowest.sum(axis=-1) - 1e-9).all()
    assert (world.highest[..., 0] <= each.highest.sum(axis=-1) + 1e-9).all()


def test_a_group_may_hold_a_country_that_only_consumes() -> None:
    """Switzerland buys and has no sector: its group is given what it takes."""

    def year(when: int, growth: float) -> Economy:
        demand = np.array([[50.0, 5.0, 5.0], [10.0, 60.0 * growth, 20.0]])
        inputs = np.array([[20.0, 20.0], [10.0, 20.0]])
        return Economy(
            "small", when, "million USD", "current", (("USA", "all"), ("IND", "all")),
            tuple((code, "all") for code in ("USA", "IND", "CHE")), inputs, demand,
            inputs.sum(axis=1) + demand.sum(axis=1),
        )  # fmt: skip

    before, after = year(2000, 1.0), year(2010, 1.2)
    hours = np.array([[10.0, 30.0], [20.0, 30.0]])
    groups = {"rich": ["USA", "CHE"], "poor": ["IND"]}
    frame = hours_change(before, after, hours, 1.1 * hours, groups)
    assert set(frame["consumer"]) == set(frame["producer"]) == {"rich", "poor"}
    once = frame.filter(factor="labour")
    assert once["start"].sum() == pytest.approx(90.0)
    assert once["end"].sum() == pytest.approx(99.0)
