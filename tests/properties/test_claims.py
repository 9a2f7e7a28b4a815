"""What holds for every formula, every grid and every claim."""

from __future__ import annotations

import math
from contextlib import suppress
from math import prod

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.claims.gauges import choice, claim
from worldclass.claims.deciding import deciding_choices
from worldclass.claims.expression import parse_expression
from worldclass.claims.specifications import Specifications, grid, specify
from worldclass.claims.tree import rules
from worldclass.core.errors import ClaimError

steady = settings(max_examples=60, deadline=None, derandomize=True)
TERMS = {"a": 2.0, "b": -3.5, "c": 0.25}
LENGTHS = st.lists(st.integers(2, 9), min_size=1, max_size=5)

formulas = st.recursive(
    st.sampled_from([*TERMS, "1", "2.5", "1e3"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda t: f"-{t}"),
        inner.map(lambda t: f"abs({t})"),
        st.tuples(inner, inner).map(lambda t: f"min({t[0]}, {t[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"max({t[0]}, {t[1]}, {t[2]})"),
    ),
    max_leaves=12,
)


@steady
@given(formulas)
def test_a_formula_means_what_it_means_in_python(text: str) -> None:
    try:
        expected = eval(text, {"abs": abs, "min": min, "max": max}, TERMS)
    except ZeroDivisionError:
        return
    found = parse_expression(text).evaluate({k: np.array([v]) for k, v in TERMS.items()})
    value = float(np.broadcast_to(found, (1,))[0])
    assert value == expected or math.isclose(value, expected, rel_tol=1e-12)


@steady
@given(st.text(alphabet="ab01.+-*/()[]{}<>=!,:'\"\\ \n\tlogmaxinf_#@", max_size=60))
def test_a_text_is_a_formula_or_is_refused_in_words(text: str) -> None:
    with suppress(ClaimError):
        parse_expression(text, TERMS).evaluate({k: np.array([v]) for k, v in TERMS.items()})


@steady
@given(LENGTHS, st.integers(2, 400), st.integers(0, 5))
def test_a_grid_is_whole_or_a_balanced_part_without_doubles(
    lengths: list[int], most: int, seed: int
) -> None:
    rows = grid(lengths, most, seed)
    assert len(rows) == min(most, prod(lengths))
    assert len(np.unique(rows, axis=0)) == len(rows)
    for column, length in zip(rows.T, lengths, strict=True):
        counts = np.bincount(column, minlength=length)
        assert len(counts) == length
        assert counts.max() - counts.min() <= 1


def specified(lengths: list[int]) -> Specifications:
    """A claim with a choice for each length."""
    names = [f"c{k}" for k in range(len(lengths))]
    terms = {"high": {"level": 1, "options": {name: f"${name}" for name in names}}}
    choices = [choice(name, range(size)) for name, size in zip(names, lengths, strict=True)]
    made = claim({**terms, "low": {"level": 2}}, choices=choices)
    return specify(made, 10_000, 0)


@steady
@given(st.lists(st.integers(2, 4), min_size=1, max_size=4), st.integers(1, 5), st.integers(0, 99))
def test_shares_of_the_variance_are_shares(lengths: list[int], draws: int, seed: int) -> None:
    grid_ = specified(lengths)
    holds = np.random.default_rng(seed).random((len(grid_), draws)) < 0.4
    found = deciding_choices(grid_, holds)
    assert sum(one.main for one in found) <= 1 + 1e-9
    for one in found:
        assert 0 <= one.main <= one.total + 1e-9 <= 1 + 2e-9
        shares = list(one.options.values())
        assert not shares or math.isclose(np.mean(shares), holds.mean(), abs_tol=1e-9)
    if found:
        assert sum(one.total for one in found) >= 1 - 1e-9


@steady
@given(st.lists(st.integers(2, 4), min_size=1, max_size=4), st.integers(0, 99))
def test_rules_part_the_specifications(lengths: list[int], seed: int) -> None:
    grid_ = specified(lengths)
    lines = rules(grid_, np.random.default_rng(seed).random(len(grid_)).round(1))
    sizes = [int(line.rsplit("(", 1)[1].split()[0].replace(",", "")) for line in lines]
    assert not lines or sum(sizes) == len(grid_)
    assert len(set(lines)) == len(lines) <= 8
