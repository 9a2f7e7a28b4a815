"""Kernels draw the very numbers that NumPy's generator draws from the same seed."""

import numpy as np
from numpy.random import SFC64, Generator, SeedSequence
from scipy.stats import chisquare

from worldclass.dynamics.random_numbers import below, next_word, random_state, uniform


def test_words_and_doubles_are_those_of_numpy() -> None:
    seed = SeedSequence(2026, spawn_key=(4,))
    words, peer = random_state(seed), SFC64(seed)
    assert [int(next_word(words)) for _ in range(1000)] == peer.random_raw(1000).tolist()
    doubles, numpy = random_state(seed), Generator(SFC64(seed))
    assert [uniform(doubles) for _ in range(1000)] == numpy.random(1000).tolist()


def test_runs_of_one_root_have_streams_of_their_own() -> None:
    first, second = (random_state(SeedSequence(1, spawn_key=(k,))) for k in (0, 1))
    assert not np.intersect1d(
        [next_word(first) for _ in range(5000)], [next_word(second) for _ in range(5000)]
    ).size


def test_whole_numbers_are_equally_likely_and_stay_below() -> None:
    state = random_state(SeedSequence(3))
    drawn = np.array([below(state, 7) for _ in range(70_000)])
    assert (drawn.min(), drawn.max()) == (0, 6)
    assert chisquare(np.bincount(drawn)).pvalue > 0.001


def test_one_possibility_is_always_drawn() -> None:
    state = random_state(SeedSequence(3))
    assert {below(state, 1) for _ in range(100)} == {0}


def test_large_numbers_do_not_overflow() -> None:
    state = random_state(SeedSequence(3))
    most = 2**53
    assert all(0 <= below(state, most) < most for _ in range(10_000))
