"""Sums over groups of sectors in any order."""

import numpy as np

from worldclass.flows.labour.grouping import Grouping


def test_sums_and_shares_do_not_depend_on_the_order_of_sectors() -> None:
    random = np.random.default_rng(3)
    index, values = random.integers(0, 5, 40), random.random((2, 3, 40))
    groups = Grouping(index, 6)
    expected = np.stack([values[..., index == k].sum(axis=-1) for k in range(6)], axis=-1)
    np.testing.assert_allclose(groups.sum(values), expected)
    shuffle = random.permutation(40)
    np.testing.assert_allclose(
        Grouping(index[shuffle], 6).sum(values[..., shuffle]), expected, rtol=1e-12
    )


def test_a_group_without_weight_gets_nothing() -> None:
    groups = Grouping(np.array([0, 0, 1]), 2)
    assert groups.shares(np.array([1.0, 3.0, 0.0])).tolist() == [0.25, 0.75, 0.0]
