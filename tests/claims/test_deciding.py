"""Shares of the variance: by hand on small grids, and near the truth on samples."""

from __future__ import annotations

import numpy as np
import pytest

from tests.claims.gauges import choice, claim
from worldclass.claims.deciding import deciding_choices
from worldclass.claims.specifications import Specifications, grid, specify


def three(sizes: tuple[int, int, int], most: int = 10**6) -> Specifications:
    """Choices a, b, c; what they do is decided by each test."""
    names = ("a", "b", "c")
    terms = {"high": {"level": "$a", "spread": "$b"}, "low": {"level": "$c"}}
    choices = [choice(name, range(size)) for name, size in zip(names, sizes, strict=True)]
    return specify(claim(terms, choices=choices), most, seed=5)


def test_a_choice_that_decides_alone_explains_everything() -> None:
    grid_ = three((4, 3, 2))
    holds = (grid_.options[:, 0] >= 1)[:, None]
    first, *others = deciding_choices(grid_, holds)
    assert (first.choice, first.main, first.total) == ("a", 1, 1)
    assert first.options == {"0": 0, "1": 1, "2": 1, "3": 1}
    assert all(one.main == one.total == 0 for one in others)


def test_an_exclusive_or_is_all_interaction() -> None:
    grid_ = three((2, 2, 2))
    holds = (grid_.options[:, 0] ^ grid_.options[:, 1]).astype(bool)[:, None]
    found = {one.choice: one for one in deciding_choices(grid_, holds)}
    assert (found["a"].main, found["a"].total) == (0, 1)
    assert (found["b"].main, found["b"].total) == (0, 1)
    assert (found["c"].main, found["c"].total) == (0, 0)


def test_main_effects_of_an_and_by_hand() -> None:
    """P = 1/4, V = 3/16; each of the two explains (1/4)² / V = 1/3 alone and 2/3 in all."""
    grid_ = three((2, 2, 3))
    holds = (grid_.options[:, 0] & grid_.options[:, 1]).astype(bool)[:, None]
    found = {one.choice: one for one in deciding_choices(grid_, holds)}
    for name in ("a", "b"):
        assert found[name].main == pytest.approx(1 / 3)
        assert found[name].total == pytest.approx(2 / 3)


def test_draws_are_a_factor_like_choices() -> None:
    grid_ = three((2, 2, 2))
    holds = np.tile(np.arange(8) < 4, (8, 1))
    first = deciding_choices(grid_, holds)[0]
    assert (first.choice, first.main, first.total) == ("draws", 1, 1)


def test_where_all_agree_nothing_decides() -> None:
    assert deciding_choices(three((2, 2, 2)), np.ones((8, 4), bool)) == ()


@pytest.mark.parametrize("rule", ["additive", "interaction", "draws"])
def test_a_sample_comes_near_the_exact_shares(rule: str) -> None:
    sizes = (20, 12, 15)
    chance = np.random.default_rng(1)
    score = chance.normal(size=32)

    def holds(options: np.ndarray) -> np.ndarray:
        a, b, c = (options[:, k] / size for k, size in enumerate(sizes))
        if rule == "additive":
            inside = a + 0.5 * b
        elif rule == "interaction":
            inside = 2 * (a - 0.5) * (b - 0.5) + 0.1 * c + 0.6
        else:
            inside = np.zeros_like(a)
            return (a[:, None] + 0.3 * score) > 0.6
        return (inside[:, None] + 0.1 * score) > 0.7

    whole = three(sizes)
    sample = Specifications(whole.claim, grid(sizes, 1500, seed=2), whole.possible)
    assert sample.sampled
    exact = {one.choice: one for one in deciding_choices(whole, holds(whole.options))}
    near = {one.choice: one for one in deciding_choices(sample, holds(sample.options))}
    for name, one in exact.items():
        assert near[name].main == pytest.approx(one.main, abs=0.04)
        assert near[name].total == pytest.approx(one.total, abs=0.05)
    ranked = sorted(exact, key=lambda name: -exact[name].total)
    assert sorted(near, key=lambda name: -near[name].total)[0] == ranked[0]


def test_a_choice_without_effect_has_none_in_a_sample_either() -> None:
    """Without the correction for chance, 500 options would explain a third of the variance."""
    sizes = (500, 2, 50)
    sample = Specifications(three(sizes).claim, grid(sizes, 1500, seed=2), 50_000)
    holds = np.random.default_rng(4).random((1500, 1)) < 0.5
    found = {one.choice: one for one in deciding_choices(sample, holds)}
    assert found["a"].main < 0.1
    assert found["b"].main < 0.02
