"""Supply-chain paths: all above the threshold, none twice."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flows.conftest import random_raw
from worldclass.core.errors import UsageError
from worldclass.flows.economy import Economy
from worldclass.flows.paths import path_search, supply_paths
from worldclass.flows.solve import multipliers
from worldclass.flows.validate import make_economy


def by_enumeration(
    economy: Economy, labour: np.ndarray, demand: np.ndarray, tiers: int
) -> dict[tuple[int, ...], float]:
    """Every path up to a length, without pruning."""
    inputs, direct = economy.transactions / economy.output, labour / economy.output
    found = {}
    for length in range(1, tiers + 2):
        for path in product(range(len(demand)), repeat=length):
            flow = demand[path[0]]
            for buyer, supplier in pairwise(path):
                flow *= inputs[supplier, buyer]
            found[path] = direct[path[-1]] * flow
    return found


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.02, 0.005]))
def test_no_path_above_the_threshold_is_missed(seed: int, share: float) -> None:
    economy, _ = make_economy(random_raw(2, 2, seed=seed))
    labour = np.random.default_rng(seed).uniform(0, 9, 4)
    demand = economy.demand_by_consumer()[:, 0]
    found = supply_paths(economy, labour, demand, share=share, tiers=5)
    every = by_enumeration(economy, labour, demand, 5)
    expected = {path: value for path, value in every.items() if value >= found.threshold}
    assert set(found.nodes) == set(expected)
    np.testing.assert_allclose(found.values, [expected[path] for path in found.nodes])
    assert (np.diff(found.values) <= 0).all()


def test_lower_thresholds_cover_more_and_all_tiers_the_total(economy: Economy) -> None:
    labour = economy.output * 0.1
    demand = economy.demand_by_consumer()[:, 1]
    few, many = (supply_paths(economy, labour, demand, share=s) for s in (1e-2, 1e-6))
    assert few.coverage < many.coverage < 1
    assert many.coverage > 0.95
    assert set(few.nodes) < set(many.nodes)
    held = multipliers(economy, labour[None]).values[0] @ demand
    assert many.total == pytest.approx(held)
    assert many.tier_totals.sum() == pytest.approx(many.total, rel=1e-2)


def test_a_path_reads_from_the_final_product_backwards(economy: Economy) -> None:
    found = supply_paths(economy, economy.output * 0.1, economy.demand_by_consumer()[:, 0])
    table = found.frame()
    row = table.filter(tier=2).row(0, named=True)
    steps = row["path"].split(" ← ")
    assert len(steps) == 3
    assert steps[-1] == f"{row['producer']} {row['sector']}"
    assert table["cumulative"][-1] == pytest.approx(found.coverage)


def test_one_search_serves_several_final_demands(economy: Economy) -> None:
    labour = economy.output * 0.1
    search = path_search(economy, labour)
    for demand in economy.demand_by_consumer().T:
        once, again = search.paths(demand), supply_paths(economy, labour, demand)
        assert once.nodes == again.nodes
        np.testing.assert_array_equal(once.values, again.values)


def test_falling_inventories_give_negative_paths(economy: Economy) -> None:
    demand = economy.demand_by_consumer()[:, 0].copy()
    demand[0] = -demand[0]
    found = supply_paths(economy, economy.output * 0.1, demand, share=1e-3)
    starts = {path[0] for path, value in zip(found.nodes, found.values, strict=True) if value < 0}
    assert starts == {0}


def test_nothing_used_has_no_paths(economy: Economy) -> None:
    found = supply_paths(economy, economy.output, np.zeros(len(economy.output)))
    assert (len(found.values), found.coverage, found.frame().height) == (0, 0.0, 0)


@pytest.mark.parametrize(
    ("share", "sign", "words"), [(0.0, 1, "share = 0"), (1e-3, -1, "negative")]
)
def test_what_cannot_be_meant_is_refused(
    economy: Economy, share: float, sign: int, words: str
) -> None:
    demand = economy.demand_by_consumer()[:, 0]
    with pytest.raises(UsageError, match=words):
        supply_paths(economy, sign * economy.output, demand, share=share)
