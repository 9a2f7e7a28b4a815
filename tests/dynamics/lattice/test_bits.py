"""Bits count the torus as a plain array would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dynamics.doors import door
from worldclass.core.errors import UsageError
from worldclass.dynamics.lattice import bits
from worldclass.dynamics.lattice.bits import make_layer
from worldclass.dynamics.lattice.vision import SHAPES, make_vision

count, find, has, put, take = map(door, (bits.count, bits.find, bits.has, bits.put, bits.take))


@given(
    width=st.integers(15, 140),
    height=st.integers(15, 40),
    shape=st.sampled_from(SHAPES),
    radius=st.floats(1, 7),
    extra=st.integers(0, 3),
    seed=st.integers(0, 2**32 - 1),
)
@settings(max_examples=60, deadline=None)
def test_counts_and_places_agree_with_a_plain_torus(
    width: int, height: int, shape: str, radius: float, extra: int, seed: int
) -> None:
    vision = make_vision(shape, radius)
    halo = min(vision.reach + extra, (min(width, height) - 1) // 2)
    chance = np.random.default_rng(seed)
    plain = np.zeros((height, width), bool)
    layer = make_layer(width, height, halo)
    for x, y in zip(
        chance.integers(width, size=400), chance.integers(height, size=400), strict=True
    ):
        plain[y, x] ^= True
        (put if plain[y, x] else take)(layer, width, halo, int(x), int(y))
    x, y = int(chance.integers(width)), int(chance.integers(height))
    around = [(x, y), *((x + a, y + b) for a, b in vision.offsets.tolist())]
    sites = {(a % width, b % height) for a, b in around}
    marked = {(a, b) for a, b in sites if plain[b, a]}
    assert count(layer, halo, vision.half, x, y) == len(marked)
    assert has(layer, halo, x, y) == plain[y, x]
    for kind, there in ((True, marked), (False, sites - marked)):
        found = [
            find(layer, width, halo, vision.half, x, y, number, kind)
            for number in range(len(there))
        ]
        assert len(set(found)) == len(found)
        assert set(found) == there
        beyond = find(layer, width, halo, vision.half, x, y, len(there), kind)
        assert beyond == (-1, -1)


def test_a_torus_smaller_than_what_one_sees_is_refused() -> None:
    with pytest.raises(UsageError, match="15 across"):
        make_layer(14, 40, 7)
