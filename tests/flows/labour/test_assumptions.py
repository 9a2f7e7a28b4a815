"""Draws of the labour accounts, and values under them."""

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.labour.assumptions import (
    BY_CLASS,
    CENTRAL,
    STORED,
    LabourDraws,
    Scores,
    assumptions,
    columns,
    make_labour_draws,
    sobol_scores,
    value_at,
)
from worldclass.flows.labour.classes import industry_classes


def test_fewer_draws_are_the_first_of_more_and_equal_seeds_give_equal_draws() -> None:
    many = make_labour_draws(150).scores
    np.testing.assert_array_equal(make_labour_draws(40).scores, many[:40])
    assert not np.array_equal(make_labour_draws(40, seed=1).scores, many[:40])


def test_every_assumption_and_every_class_has_a_column() -> None:
    names = columns()
    assert len(names) == len(set(names))
    assert set(assumptions()) - set(names) == set(BY_CLASS)
    for name in industry_classes():
        assert f"error:{name}" in names and f"women:{name}" in names


@pytest.mark.parametrize("name", [n for n, a in assumptions().items() if a.kind != "choice"])
def test_many_scores_give_what_the_assumption_gives_for_each(name: str) -> None:
    assumption = assumptions()[name]
    scores = np.array([-3.0, -1.0, 0.0, 0.4, 1.7])
    expected = np.stack([assumption.at(float(score)) for score in scores])
    np.testing.assert_allclose(value_at(assumption, scores), expected, rtol=1e-12)


def test_choices_come_in_their_weights_and_the_centre_is_the_stated_one() -> None:
    assumption = assumptions()["spread"]
    chosen = make_labour_draws(512).choice("spread")
    found = np.bincount(chosen, minlength=len(assumption.options)) / 512
    wanted = np.array(assumption.weights) / sum(assumption.weights)
    np.testing.assert_allclose(found, wanted, atol=0.02)
    assert assumption.options[CENTRAL.as_draws().choice("spread")[0]] == assumption.central


def test_a_score_of_no_assumption_is_refused() -> None:
    with pytest.raises(UsageError, match="'womens_hours'"):
        Scores({"womens_hours": 1.0}).as_draws()
    with pytest.raises(UsageError, match="1 draws"):
        make_labour_draws(1)


def test_missing_scores_stand_for_the_centre() -> None:
    empty = LabourDraws(np.full((2, len(columns())), np.nan))
    np.testing.assert_array_equal(empty.value("women_hours"), [0.88, 0.88])


def test_the_shipped_draws_are_those_of_the_sequence() -> None:
    """Otherwise run `python scripts/build_labour_draws.py`."""
    made = sobol_scores(STORED)
    assert (make_labour_draws(STORED).scores == made).all()
    assert (make_labour_draws(10).scores == made[:10]).all()
