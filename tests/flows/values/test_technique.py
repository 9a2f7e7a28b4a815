"""What a technique may hold."""

from __future__ import annotations

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.values.technique import Technique


def test_shapes_are_checked_by_name() -> None:
    with pytest.raises(UsageError, match=r"labour has shape \(3,\); 2 industries ask for \(2,\)"):
        Technique(("a", "b"), np.eye(2) / 2, [1, 2, 3], [1, 1])


def test_negative_and_infinite_numbers_are_named() -> None:
    with pytest.raises(UsageError, match=r"inputs is negative .* a × b = -0.1"):
        Technique(("a", "b"), [[0.1, -0.1], [0, 0]], [1, 1], [1, 1])
    with pytest.raises(UsageError, match=r"labour is .* b = nan"):
        Technique(("a", "b"), [[0.1, 0.1], [0, 0]], [1, np.nan], [1, 1])


def test_subsidies_are_negative_taxes() -> None:
    made = Technique(("a",), [[0.1]], [1], [1], taxes=[[-0.05]])
    assert made.taxed.tolist() == [[-0.05]]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({}, True),
        ({"turnover": [1.0]}, True),
        ({"turnover": [0.5]}, False),
        ({"capital": [[0.0]]}, True),
        ({"capital": [[0.1]]}, False),
    ],
)
def test_capital_circulates_when_nothing_is_fixed(extra: dict, expected: bool) -> None:
    assert Technique(("a",), [[0.1]], [1], [1], **extra).circulating is expected
