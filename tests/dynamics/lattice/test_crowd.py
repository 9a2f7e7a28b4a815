"""Persons stand on one site each, and go where there is room."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chisquare

from tests.dynamics.doors import door
from worldclass.dynamics.lattice import bits, chance, crowd
from worldclass.dynamics.lattice.bits import make_layer
from worldclass.dynamics.lattice.crowd import X, Y, settle
from worldclass.dynamics.lattice.vision import make_vision
from worldclass.dynamics.random_numbers import random_state

count, has, pick, shuffle = map(door, (bits.count, bits.has, chance.pick, chance.shuffle))
empty_neighbour, empty_site, move = map(door, (crowd.empty_neighbour, crowd.empty_site, crowd.move))

HALO = 2


def people(persons: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Layer, residents and persons on random sites of an 8 × 8 torus, and chance."""
    layer, resident = make_layer(8, 8, HALO), np.full((8, 8), -1, np.int32)
    person = np.zeros((persons, 4), np.int32)
    sites = np.random.default_rng(seed).permutation(64)[:persons]
    settle(layer, resident, person, HALO, sites)
    return layer, resident, person, random_state(np.random.SeedSequence(seed))


@pytest.mark.parametrize("persons", [30, 56, 63, 64])
def test_moves_keep_everybody_on_a_site_of_their_own(persons: int) -> None:
    layer, resident, person, random = people(persons)
    marks = layer.copy()
    vision = make_vision("euclidean", 2)
    for turn in range(2_000):
        number = turn % persons
        move(
            layer, resident, person, HALO, vision.half, vision.offsets, number, marks, True, random
        )
    places = {(int(x), int(y)) for x, y in person[:, [X, Y]]}
    assert len(places) == persons
    assert (resident >= 0).sum() == persons
    assert all(resident[y, x] == k for k, (x, y) in enumerate(person[:, [X, Y]]))
    assert {(x, y) for x in range(8) for y in range(8) if has(layer, HALO, x, y)} == places
    assert np.array_equal(layer, marks)


@pytest.mark.parametrize("persons", [20, 50])
def test_every_empty_site_within_vision_is_equally_likely(persons: int) -> None:
    layer, resident, person, random = people(persons, seed=4)
    vision = make_vision("moore", 2)
    x, y = int(person[0, X]), int(person[0, Y])
    room = 25 - count(layer, HALO, vision.half, x, y)
    tally: dict[tuple[int, int], int] = {}
    for _ in range(20_000):
        place = empty_neighbour(layer, 8, HALO, vision.half, vision.offsets, x, y, random)
        tally[place] = tally.get(place, 0) + 1
    assert all(resident[b, a] == -1 for a, b in tally)
    assert len(tally) == room > 1
    assert chisquare(list(tally.values())).pvalue > 1e-4


def test_nobody_moves_where_there_is_no_room() -> None:
    layer, _, person, random = people(64)
    vision = make_vision("moore", 1)
    x, y = int(person[0, X]), int(person[0, Y])
    assert empty_neighbour(layer, 8, HALO, vision.half, vision.offsets, x, y, random) == (-1, -1)


def test_the_last_empty_site_of_the_torus_is_found() -> None:
    _, resident, _, random = people(63)
    x, y = empty_site(resident, random)
    assert resident[y, x] == -1


def test_whole_numbers_are_equally_likely_and_orders_are_permutations() -> None:
    random = random_state(np.random.SeedSequence(9))
    tally = np.bincount([pick(random, 7) for _ in range(70_000)], minlength=7)
    assert chisquare(tally).pvalue > 1e-4
    order = np.arange(50, dtype=np.int32)
    shuffle(random, order, 40)
    assert sorted(order[:40].tolist()) == list(range(40))
    assert order[40:].tolist() == list(range(40, 50))
    assert order[:40].tolist() != list(range(40))
