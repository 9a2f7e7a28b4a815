"""The draws: one sequence, the same for all countries, years and theories."""

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.people.assumptions import assumptions
from worldclass.people.draws import SPLITS, STORED, columns, make_draws
from worldclass.people.snapshot import Snapshot
from worldclass.theories.limits import MOST_SPLIT_IDS


def test_fewer_draws_are_the_first_of_more() -> None:
    many = make_draws(600)
    for number in (2, 100, 256, 257):
        np.testing.assert_array_equal(make_draws(number).scores, many.scores[:number])
        np.testing.assert_array_equal(many.take(number).scores, many.scores[:number])


def test_the_stored_draws_are_those_of_the_seed(snapshot: Snapshot) -> None:
    stored, fresh = snapshot.draws, make_draws(STORED)
    assert stored.names == fresh.names
    np.testing.assert_array_equal(stored.scores, fresh.scores)


def test_another_seed_gives_other_draws() -> None:
    assert not np.array_equal(make_draws(16).scores, make_draws(16, seed=1).scores)


def test_every_assumption_and_every_split_that_a_theory_may_have_has_a_column() -> None:
    assert columns()[: len(assumptions())] == tuple(assumptions())
    assert len(columns()) == len(assumptions()) + SPLITS
    assert MOST_SPLIT_IDS <= SPLITS


def test_scores_are_standard_normal() -> None:
    scores = make_draws(256).scores
    np.testing.assert_allclose(scores.mean(axis=0), 0, atol=0.03)
    np.testing.assert_allclose(scores.std(axis=0), 1, atol=0.05)
    inside = (np.abs(scores) < 1.6449).mean(axis=0)
    np.testing.assert_allclose(inside, 0.90, atol=0.02)


def test_assumptions_are_drawn_independently() -> None:
    scores = make_draws(256).scores
    correlation = np.corrcoef(scores.T) - np.eye(scores.shape[1])
    assert np.abs(correlation).max() < 0.2
    assert np.abs(correlation).mean() < 0.04


def test_each_anchor_is_drawn_as_often_as_its_weight_says() -> None:
    draws = make_draws(256)
    chosen = [draws.one(k).labour_income_anchor() for k in range(256)]
    for option in assumptions()["anchor"].options:
        assert chosen.count(option) == pytest.approx(256 / 3, abs=3)


def test_one_draw_names_its_scores() -> None:
    draws = make_draws(8)
    one = draws.one(3, "national-accounts")
    assert one.anchor == "national-accounts"
    assert one.scores["ppp"] == draws.column("ppp")[3]


@pytest.mark.parametrize("number", [-1, 0, 1])
def test_fewer_than_two_draws_are_refused(number: int) -> None:
    with pytest.raises(UsageError, match="cannot give an interval"):
        make_draws(number)
