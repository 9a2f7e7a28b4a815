"""What citizens decide, and how long they are jailed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dynamics.doors import door
from worldclass.dynamics.civil_violence import turns
from worldclass.dynamics.civil_violence.turns import (
    ALWAYS_MAXIMUM,
    BELOW_MAXIMUM,
    FLOOR,
    FOR_LIFE,
    ROUND,
    SMOOTH,
    TO_MAXIMUM,
)
from worldclass.dynamics.random_numbers import random_state

critical_ratio, perceived_ratio, sentence = map(
    door, (turns.critical_ratio, turns.perceived_ratio, turns.sentence)
)

unit = st.floats(0, 1, exclude_max=True)


@given(hardship=unit, aversion=unit, legitimacy=unit, cops=st.integers(0, 149))
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("rounding", [SMOOTH, FLOOR, ROUND])
def test_the_critical_ratio_is_epsteins_rule(
    rounding: int, hardship: float, aversion: float, legitimacy: float, cops: int
) -> None:
    """Active where H (1 − L) − R (1 − exp(−k C / A)) > T, apart from the last digits."""
    ratio = perceived_ratio(cops, 3, rounding)
    net = hardship * (1 - legitimacy) - aversion * -math.expm1(-2.3 * ratio)
    if abs(net - 0.1) > 1e-9:
        critical = critical_ratio(hardship, aversion, legitimacy, 0.1, 2.3)
        assert (ratio < critical) == (net > 0.1)


@given(hardship=unit, aversion=unit, legitimacy=st.floats(0.9, 1))
def test_nobody_is_active_where_legitimacy_reaches_one_less_the_threshold(
    hardship: float, aversion: float, legitimacy: float
) -> None:
    assert critical_ratio(hardship, aversion, legitimacy, 0.1, 2.3) == -1


def test_the_ratio_is_rounded_as_named() -> None:
    ratios = [[perceived_ratio(c, 2, rule) for c in (1, 3, 5)] for rule in (SMOOTH, FLOOR, ROUND)]
    assert ratios == [[0.5, 1.5, 2.5], [0, 1, 2], [0, 2, 2]]  # half to even, as in Python


def test_sentences_span_what_their_rule_says() -> None:
    random = random_state(np.random.SeedSequence(3))

    def drawn(rule: int, longest: float) -> set[int]:
        return {sentence(rule, longest, random) for _ in range(500)}

    assert drawn(BELOW_MAXIMUM, 5) == {0, 1, 2, 3, 4}
    assert drawn(TO_MAXIMUM, 5) == {0, 1, 2, 3, 4, 5}
    assert drawn(ALWAYS_MAXIMUM, 5) == {5}
    assert drawn(BELOW_MAXIMUM, 0) == {0}
    assert drawn(TO_MAXIMUM, math.inf) == {FOR_LIFE}
