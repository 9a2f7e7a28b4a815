"""Who counts for whom."""

from __future__ import annotations

import numpy as np
import pytest

from worldclass.dynamics.class_unrest.citizens import draw_pool
from worldclass.dynamics.class_unrest.coalition import weights_between
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.class_unrest.standing import Standing, place_citizens


@pytest.fixture(scope="module")
def standing() -> Standing:
    """Classes of the USA, of which three are privileged."""
    pool = draw_pool("bromma", "USA", 2023)
    return place_citizens(pool, ClassUnrest(), 10, np.random.default_rng(1))


def between(standing: Standing, first: str, second: str, *weights: float) -> float:
    """Weight between women of the dominant nation in one class and men of the other in another."""
    matrix = weights_between(standing, *weights)
    groups = standing.groups
    row = groups.index((standing.classes.index(first), 0, 0))
    column = groups.index((standing.classes.index(second), 1, 1))
    return float(matrix[row, column])


def test_lines_multiply(standing: Standing) -> None:
    assert between(standing, "lumpen", "proletariat", 0.5, 0.1, 0.4, 0.9) == pytest.approx(0.18)
    assert between(standing, "lumpen", "worker-elite", 0.5, 0.1, 0.4, 0.9) == pytest.approx(0.036)
    assert between(standing, "lumpen", "lumpen", 0.5, 0.1, 0.4, 0.9) == pytest.approx(0.36)


def test_the_enemy_of_an_enemy_is_no_friend(standing: Standing) -> None:
    assert between(standing, "lumpen", "worker-elite", 0.5, -0.5, -0.4, 1.0) == -0.5


def test_weights_are_mutual_and_everybody_counts_fully_for_their_own(standing: Standing) -> None:
    matrix = weights_between(standing, 0.3, -0.2, 0.6, 0.9)
    assert np.array_equal(matrix, matrix.T)
    assert (np.diag(matrix) == 1).all()
    assert (weights_between(standing, 1, 1, 1, 1) == 1).all()
