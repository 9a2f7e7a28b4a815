"""The tree draws holders in proportion to their money, whatever its size."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.random import SeedSequence, default_rng
from scipy.stats import chisquare

from tests.dynamics.doors import door
from worldclass.dynamics.random_numbers import random_state
from worldclass.dynamics.social_architecture import wealth_tree
from worldclass.dynamics.social_architecture.kernel import AGENT
from worldclass.dynamics.social_architecture.wealth_tree import make_tree

add, draw = door(wealth_tree.add), door(wealth_tree.draw)


@pytest.mark.parametrize("number", [2, 31, 32, 33, 1024, 1025, 40_000])
def test_every_level_sums_the_one_below(number: int) -> None:
    money = default_rng(number).integers(0, 1000, number)
    tree, starts = make_tree(money)
    assert starts[-1] == tree.size
    assert all(tree[low:high].sum() == money.sum() for low, high in pairwise(starts))
    assert starts[-1] - starts[-2] <= 32


@pytest.mark.parametrize("number", [5, 100, 2000])
def test_draws_are_in_proportion_to_money(number: int) -> None:
    generator = default_rng(7)
    agents = np.zeros(number, dtype=AGENT).view(np.recarray)
    agents["money"] = generator.integers(1, 100, number)
    agents["employer"] = np.where(generator.random(number) < 0.5, 0, -1)
    agents["employer"][0] = -1
    weights = np.where(agents["employer"] < 0, agents["money"], 0)
    tree, starts = make_tree(weights)
    add(tree, starts, 0, -int(agents["money"][0]))
    weights[0] = 0
    state = random_state(SeedSequence(1))
    draws = np.array([draw(agents, tree, starts, state, 0) for _ in range(40 * number)])
    counts = np.bincount(draws, minlength=number)
    assert counts[weights == 0].sum() == 0
    held = weights > 0
    expected = weights[held] / weights.sum() * counts.sum()
    assert chisquare(counts[held], expected).pvalue > 0.001


def test_nobody_is_drawn_where_nobody_holds_money() -> None:
    agents = np.zeros(10, dtype=AGENT).view(np.recarray)
    agents["employer"] = -1
    tree, starts = make_tree(agents["money"])
    assert draw(agents, tree, starts, random_state(SeedSequence(1)), 3) == -1
