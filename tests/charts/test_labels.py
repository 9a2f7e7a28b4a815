"""Direct labels keep their distance and their order, and move as little as possible."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldclass.charts.labels import spread

POSITIONS = st.lists(st.floats(0, 300), min_size=1, max_size=8).map(sorted)


@given(POSITIONS)
def test_neighbours_keep_the_gap_and_the_column(wanted: list[float]) -> None:
    placed = spread(wanted, 15, 0, 300)
    assert all(b - a >= 15 - 1e-6 for a, b in pairwise(placed))
    assert min(placed) >= 0
    assert max(placed) <= 300 + 1e-6


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([10, 50, 200], 15, 0, 300) == [10, 50, 200]


def test_a_crowd_is_centred_on_its_middle() -> None:
    assert spread([100, 100, 100], 15, 0, 300) == pytest.approx([85, 100, 115])
