"""Sweeps cover what was asked for."""

from typing import Any

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.designs import sweep_points


def test_a_grid_holds_every_combination_in_order() -> None:
    points = sweep_points(DebtCrisis, {"debt": [0.1, 0.5], "interest": [0.02, 0.03]}, "grid")
    assert [tuple(point.values()) for point in points] == [
        (0.1, 0.02),
        (0.1, 0.03),
        (0.5, 0.02),
        (0.5, 0.03),
    ]


def test_a_latin_hypercube_visits_each_slice_of_each_range_once() -> None:
    points = sweep_points(
        DebtCrisis, {"debt": (0, 1), "interest": None}, "latin-hypercube", points=16, seed=1
    )
    debts = np.array([point["debt"] for point in points], dtype=float)
    assert sorted((debts * 16).astype(int)) == list(range(16))
    rates = np.array([point["interest"] for point in points], dtype=float) / 0.06
    assert sorted((rates * 16).astype(int)) == list(range(16))


def test_a_sobol_sequence_is_balanced() -> None:
    points = sweep_points(DebtCrisis, {"debt": (0, 1)}, "sobol", points=64, seed=2)
    counts = np.histogram([float(point["debt"]) for point in points], bins=64, range=(0, 1))[0]
    assert counts.tolist() == [1] * 64


@pytest.mark.parametrize("design", ["latin-hypercube", "sobol"])
def test_samples_follow_the_seed(design: str) -> None:
    def draw(seed: int) -> list[Any]:
        return sweep_points(DebtCrisis, {"debt": None}, design, points=8, seed=seed)

    assert draw(1) == draw(1) != draw(2)


@pytest.mark.parametrize(
    ("sweep", "design", "points", "complaint"),
    [
        ({"dept": [1]}, "grid", 1, "Did you mean 'debt'"),
        ({"debt": []}, "grid", 1, "No values"),
        ({"debt": None}, "grid", 1, "No values"),
        ({"debt": (1, 0)}, "sobol", 8, "is not one"),
        ({"debt": (0, float("inf"))}, "sobol", 8, "is not one"),
        ({"variant": None}, "sobol", 8, "no range"),
        ({"debt": None}, "sobol", 10, "power of two"),
        ({"debt": None}, "latin-hypercube", 0, "not possible"),
        ({"debt": None}, "random", 8, "no design"),
        ({"debt": range(2000), "interest": range(2000)}, "grid", 1, "not possible"),
    ],
)
def test_what_is_no_sweep(sweep: Any, design: str, points: int, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        sweep_points(DebtCrisis, sweep, design, points=points)
