"""The Perron root is found among others of the same modulus."""

from __future__ import annotations

import numpy as np
import pytest

from worldclass.flows.values.eigen import left_root, spectral_radius


@pytest.mark.parametrize("size", [2, 3, 4, 6])
def test_a_ring_of_industries_has_one_positive_root(size: int) -> None:
    """Each feeds the next alone: all roots have modulus one half, one is positive."""
    root, prices = left_root(np.roll(np.eye(size), 1, axis=0) / 2)
    assert root == pytest.approx(0.5)
    np.testing.assert_allclose(prices, 1 / size)


def test_the_left_vector_belongs_to_the_root() -> None:
    matrix = np.random.default_rng(3).random((7, 7))
    root, prices = left_root(matrix)
    assert root == pytest.approx(spectral_radius(matrix))
    np.testing.assert_allclose(prices @ matrix, root * prices)
    assert (prices > 0).all()
