"""Words, states and numbers of verdicts never contradict the cut-offs."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worldclass.charts.verdicts import (
    STATES,
    VERDICT_COLOURS,
    VERDICT_SIGNS,
    WORDS,
    Cutoffs,
    amount_text,
    holding_text,
    read_rule,
)
from worldclass.core.errors import UsageError


def test_states_change_exactly_at_the_cutoffs() -> None:
    table = pl.DataFrame({"share_holding": [0.0, 0.1, 0.1001, 0.8999, 0.9, 1.0]})
    states = Cutoffs(0.9, 0.1).states(table).to_list()
    assert states == ["fails", "fails", "some", "some", "holds", "holds"]


@given(st.floats(0, 1))
def test_a_share_in_words_is_on_the_side_of_the_cutoffs_on_which_it_lies(share: float) -> None:
    told = float(holding_text(share).removesuffix(" %")) / 100
    for cut in (0.0, 0.1, 0.9, 1.0):
        if abs(share - cut) > 1e-8:
            assert (told > cut) == (share > cut)


def test_no_share_and_no_amount_are_a_dash() -> None:
    assert holding_text(None) == amount_text(None) == amount_text(float("nan")) == "–"


@pytest.mark.parametrize(
    ("rule", "words", "number"),
    [("> 0", "above", 0), (">=1", "at or above", 1), ("< -2.5", "below", -2.5),
     ("<= 0.667", "at or below", 0.667)],
)  # fmt: skip
def test_rules_are_read(rule: str, words: str, number: float) -> None:
    assert read_rule(rule) == (words, number)


def test_what_is_no_rule_is_refused() -> None:
    with pytest.raises(UsageError, match="no decision rule"):
        read_rule("about 3")


def test_verdicts_and_states_are_told_apart_without_colour() -> None:
    assert len({VERDICT_SIGNS[word] for word in WORDS}) == len(set(VERDICT_COLOURS.values())) == 4
    assert len({state.shape for state in STATES}) == len({state.sign for state in STATES}) == 3
