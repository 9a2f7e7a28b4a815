"""Prices at which all industries earn the same rate of profit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.core.errors import UsageError
from worldclass.flows.values.labour_values import labour_values
from worldclass.flows.values.production_prices import (
    maximum_profit_rate,
    new_interpretation,
    standard_interpretation,
)
from worldclass.flows.values.technique import Technique

SEEDS = st.integers(0, 10_000)


def random_technique(seed: int, *, fixed: bool, size: int = 4) -> Technique:
    """A productive technique with a wage that leaves a surplus."""
    rng = np.random.default_rng(seed)
    inputs = rng.uniform(0.01, 1, (size, size))
    inputs *= rng.uniform(0.3, 0.5, size) / inputs.sum(axis=0)
    labour, output = rng.uniform(0.1, 1, size), rng.uniform(1, 9, size)
    goods = rng.uniform(0, 1, size)
    bare = Technique(tuple("abcd"[:size]), inputs, labour, output)
    goods *= 0.5 / (labour_values(bare) @ goods)
    extra = {}
    if fixed:
        extra = {
            "depreciation": inputs * 0.05,
            "capital": rng.uniform(0, 1, (size, size)),
            "turnover": rng.uniform(0.1, 1, size),
            "taxes": np.diag(rng.uniform(0, 0.05, size)),
        }
    return replace(bare, wage_goods=goods, wage=0.7, value_of_labour_power=0.6, **extra)


def gap(technique: Technique, prices: np.ndarray, wage: float, rate: float) -> float:
    """How far the prices are from their own equation, relative."""
    years = 1.0 if technique.turnover is None else technique.turnover
    advanced = (prices @ technique.inputs + wage * technique.labour) * years
    if technique.capital is not None:
        advanced = advanced + prices @ technique.capital
    cost = prices @ (technique.used_up + technique.taxed) + wage * technique.labour
    return float(np.abs(cost + rate * advanced - prices).max() / np.abs(prices).max())


@settings(deadline=None)
@given(SEEDS, st.booleans())
def test_standard_prices_solve_their_equation(seed: int, fixed: bool) -> None:
    technique = random_technique(seed, fixed=fixed)
    found = standard_interpretation(technique)
    wage = found.prices @ technique.wage_goods
    assert gap(technique, found.prices, wage, found.profit_rate) < 1e-9
    assert (found.prices > 0).all()
    assert found.prices @ technique.output == pytest.approx(technique.output.sum())
    assert found.profit_rate < found.maximum_rate


@settings(deadline=None)
@given(SEEDS, st.booleans())
def test_new_prices_solve_their_equation(seed: int, fixed: bool) -> None:
    technique = random_technique(seed, fixed=fixed)
    found = new_interpretation(technique)
    assert technique.wage is not None
    assert gap(technique, found.prices, technique.wage, found.profit_rate) < 1e-9
    net = (np.eye(4) - technique.used_up) @ technique.output
    wages = technique.wage * technique.labour @ technique.output
    assert found.prices @ net == pytest.approx(wages / 0.6)
    assert 0 < found.profit_rate < found.maximum_rate


@settings(deadline=None)
@given(SEEDS)
def test_profit_and_surplus_value_have_the_same_sign(seed: int) -> None:
    """Morishima's fundamental Marxian theorem, with circulating capital."""
    technique = random_technique(seed, fixed=False)
    assert technique.wage_goods is not None
    for scale in (0.5, 1.9, 2.1, 3.0):  # the value of an hour's wage is half an hour, at scale 1
        found = standard_interpretation(replace(technique, wage_goods=technique.wage_goods * scale))
        assert (
            np.sign(found.profit_rate)
            == np.sign(found.rate_of_surplus_value)
            == (1 if scale < 2 else -1)
        )


def test_equal_composition_makes_prices_of_production_direct_prices() -> None:
    """Where every industry uses labour and inputs in the same proportion, prices are values."""
    even = Technique(("a", "b"), [[0.2, 0.2], [0.2, 0.2]], [1, 1], [3, 5], [0.2, 0.2], 1.0, 0.5)
    found = standard_interpretation(even)
    assert found.prices == pytest.approx(found.direct_prices)


def test_the_maximum_rate_needs_no_wage() -> None:
    technique = random_technique(1, fixed=True)
    free = replace(technique, wage_goods=np.zeros(4) + 1e-12)
    assert standard_interpretation(free).profit_rate == pytest.approx(
        maximum_profit_rate(technique), rel=1e-6
    )


def test_what_is_missing_is_named() -> None:
    bare = Technique(("a",), [[0.5]], [1], [1])
    with pytest.raises(UsageError, match="goods that an hour buys"):
        standard_interpretation(bare)
    with pytest.raises(UsageError, match="money wage"):
        new_interpretation(bare)


def test_wages_above_value_added_leave_no_profit() -> None:
    with pytest.raises(UsageError, match="leave no profit"):
        new_interpretation(
            Technique(("a",), [[0.5]], [1], [1], wage=1.0, value_of_labour_power=1.1)
        )


def test_an_economy_that_uses_up_more_than_it_makes_is_refused() -> None:
    greedy = Technique(("a", "b"), [[0.9, 0.3], [0.3, 0.9]], [1, 1], [1, 1])
    with pytest.raises(UsageError, match=r"largest root 1\.2"):
        maximum_profit_rate(greedy)
    with pytest.raises(UsageError, match="negative"):
        labour_values(greedy)


def test_industries_that_nobody_needs_are_reported() -> None:
    luxury = Technique(("bread", "jewels"), [[0.3, 0.3], [0, 0]], [1, 1], [1, 1], [0.3, 0])
    assert not standard_interpretation(luxury).irreducible
