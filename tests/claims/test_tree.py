"""Rules in words: where a claim holds."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from tests.claims.gauges import choice, claim
from worldclass.claims.specifications import Specifications, specify
from worldclass.claims.tree import in_order, rules


def made() -> Specifications:
    """A number of four options, and four words."""
    terms = {
        "high": {"level": "$level", "places": ["$word"]},
        "low": {"level": 2, "spread": "$spread"},
    }
    choices = [
        choice("level", [500, 1000, 2000, 4000]),
        choice("word", ["north", "south", "east", "west"]),
        choice("spread", [0, 1]),
    ]
    return specify(claim(terms, choices=choices), 100, 0)


def test_numbers_are_parted_at_a_number_and_words_by_kind() -> None:
    grid = made()
    level, word, _ = grid.options.T
    share = ((level >= 2) & np.isin(word, [0, 3])).astype(float)
    assert rules(grid, share) == (
        "The level: up to 1000: holds in 0 % (16 specifications)",
        "The level: 2000 and more; The word: south or east: holds in 0 % (8 specifications)",
        "The level: 2000 and more; The word: north or west: holds in 100 % (8 specifications)",
    )


def test_a_claim_that_holds_alike_everywhere_has_no_rules() -> None:
    assert rules(made(), np.full(32, 0.4)) == ()


def test_noise_makes_no_rule_deeper_than_three() -> None:
    found = rules(made(), np.random.default_rng(3).random(32))
    assert 1 < len(found) <= 8
    assert all(line.count(";") <= 2 for line in found)


def test_rules_leave_no_specification_out() -> None:
    found = rules(made(), np.random.default_rng(3).random(32))
    assert sum(int(line.split("(")[1].split()[0]) for line in found) == 32


def test_the_first_split_is_the_best_of_all_ways_to_part_the_words() -> None:
    """Against all subsets, by brute force."""
    chance = np.random.default_rng(8)
    terms = {"high": {"level": 3, "places": ["$word"]}, "low": {"level": 2, "spread": "$spread"}}
    words = ["a", "b", "c", "d", "e"]
    grid = specify(claim(terms, choices=[choice("word", words), choice("spread", [0, 1])]), 100, 0)
    for _ in range(20):
        share = np.repeat(chance.random(5), 2)
        word = grid.options[:, 0]
        errors = {}
        for size in range(1, 5):
            for left in combinations(range(5), size):
                inside = np.isin(word, left)
                parts = (share[inside], share[~inside])
                errors[left] = sum(float(((p - p.mean()) ** 2).sum()) for p in parts)
        best = min(errors, key=lambda left: errors[left])
        sides = [" or ".join(words[k] for k in best)]
        sides.append(" or ".join(words[k] for k in range(5) if k not in best))
        leaves = rules(grid, share)
        kept = [set(line.split("word: ")[1].split(": holds")[0].split(" or ")) for line in leaves]
        one = set(sides[0].split(" or "))
        assert all(leaf <= one or not leaf & one for leaf in kept)


def test_only_rising_numbers_are_in_order() -> None:
    terms = {"high": {"level": "$x"}, "low": {"level": 2}}
    for values, expected in (([1, 2, 4], True), ([4, 2], False), (["a", "b"], False)):
        assert in_order(claim(terms, choices=[choice("x", values)]).choices[0]) is expected
