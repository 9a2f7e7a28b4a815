"""Distances between price systems."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldclass.core.errors import UsageError
from worldclass.flows.values.distances import price_distances


@given(st.lists(st.floats(0.1, 10), min_size=2, max_size=9), st.floats(0.01, 100))
def test_angle_and_d_distance_do_not_depend_on_the_unit(prices: list[float], unit: float) -> None:
    """Steedman and Tomkins (1998): a change of numeraire changes nothing."""
    ones, first = np.ones(len(prices)), np.array(prices)
    one, other = (price_distances(first * scale, ones, ones) for scale in (1.0, unit))
    assert one.angle == pytest.approx(other.angle, abs=1e-5)
    assert one.d_distance == pytest.approx(other.d_distance, abs=1e-6)


def test_levels_matter_to_the_other_measures() -> None:
    found = price_distances(np.array([2.0, 2.0]), np.ones(2), np.array([1.0, 3.0]))
    assert (found.rmse, found.mad, found.mawd, found.d_distance) == (1, 1, 1, 0)


def test_weights_are_shares_of_output() -> None:
    found = price_distances(np.array([1.0, 2.0]), np.ones(2), np.array([1.0, 3.0]))
    assert (found.mad, found.mawd) == (0.5, 0.75)


def test_a_price_of_zero_has_no_ratio() -> None:
    with pytest.raises(UsageError, match="1 prices are not positive"):
        price_distances(np.ones(2), np.array([0.0, 1.0]), np.ones(2))


def test_a_single_price_has_no_angle() -> None:
    one = np.array([2.0])
    found = price_distances(one, np.ones(1), np.ones(1))
    assert (found.angle, found.d_distance, found.mad) == (0.0, 0.0, 1.0)
