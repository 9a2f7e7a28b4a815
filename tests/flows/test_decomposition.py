"""Attribution of a change: exact, and the same as the mean over all orders."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldclass.core.errors import UsageError
from worldclass.flows.decomposition import decompose, decomposition_table


@given(st.integers(1, 4), st.integers(0, 1000))
def test_effects_are_the_mean_over_all_orders(k: int, seed: int) -> None:
    """Dietzenbacher and Los (1998) by hand: replace factors one by one in each of k! orders."""
    rng = np.random.default_rng(seed)
    table = {late: rng.normal(size=3) for late in product((False, True), repeat=k)}
    found = decompose([f"f{at}" for at in range(k)], table.__getitem__)
    by_order = []
    for order in permutations(range(k)):
        late, effects = [False] * k, np.zeros((k, 3))
        for factor in order:
            before = table[tuple(late)]
            late[factor] = True
            effects[factor] = table[tuple(late)] - before
        by_order.append(effects)
    np.testing.assert_allclose(found.effects, np.mean(by_order, axis=0), atol=1e-12)
    np.testing.assert_allclose(found.lowest, np.min(by_order, axis=0), atol=1e-12)
    np.testing.assert_allclose(found.highest, np.max(by_order, axis=0), atol=1e-12)
    np.testing.assert_allclose(found.effects.sum(axis=0), found.change, atol=1e-12)


def test_a_factor_that_does_not_change_explains_nothing() -> None:
    found = decompose(("a", "b"), lambda late: np.array(3.0 * (1 + late[1])))
    assert found.effects.tolist() == [0.0, 3.0]


def test_too_many_factors_are_refused() -> None:
    with pytest.raises(UsageError, match="11 factors"):
        decompose([str(one) for one in range(11)], lambda late: np.array(0.0))


def test_the_table_has_a_row_for_each_factor_and_cell() -> None:
    values = {False: np.array([[1.0, 2.0]]), True: np.array([[2.0, 5.0]])}
    found = decompose(("only",), lambda late: values[late[0]])
    table = decomposition_table(found, {"producer": ["AAA"]}, ["AAA", "BBB"], "hours")
    assert table.select("producer", "consumer", "factor", "effect", "end").rows() == [
        ("AAA", "AAA", "only", 1.0, 2.0),
        ("AAA", "BBB", "only", 3.0, 5.0),
    ]
