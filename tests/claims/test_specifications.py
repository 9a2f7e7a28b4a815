"""The grid of choices: whole, or a sample that treats all options alike."""

from __future__ import annotations

import numpy as np
import pytest

from tests.claims.gauges import choice, claim
from worldclass.claims.specifications import grid, specify
from worldclass.core.errors import ClaimError


def test_a_whole_grid_holds_each_combination_once_in_order() -> None:
    rows = grid((3, 2, 4), most=24, seed=0)
    assert rows.shape == (24, 3)
    assert len(np.unique(rows, axis=0)) == 24
    assert rows.tolist() == sorted(rows.tolist())


@pytest.mark.parametrize("lengths", [(10, 10, 10), (500, 500), (7, 5, 3, 2, 9), (2,) * 12])
@pytest.mark.parametrize("most", [90, 150])
def test_a_sample_is_balanced_and_holds_no_combination_twice(
    lengths: tuple[int, ...], most: int
) -> None:
    rows = grid(lengths, most, seed=3)
    assert rows.shape == (most, len(lengths))
    assert len(np.unique(rows, axis=0)) == most
    for column, length in zip(rows.T, lengths, strict=True):
        counts = np.bincount(column, minlength=length)
        assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("most", [59, 31, 30, 29])
def test_a_sample_of_most_of_the_grid_is_balanced_too(most: int) -> None:
    rows = grid((3, 4, 5), most, seed=1)
    assert len(np.unique(rows, axis=0)) == most
    for column, length in zip(rows.T, (3, 4, 5), strict=True):
        counts = np.bincount(column, minlength=length)
        assert counts.max() - counts.min() <= 1


def test_the_seed_decides_the_sample() -> None:
    assert (grid((50, 50), 100, 1) == grid((50, 50), 100, 1)).all()
    assert (grid((50, 50), 100, 1) != grid((50, 50), 100, 2)).any()


def test_a_grid_beyond_all_bounds_is_sampled_all_the_same() -> None:
    rows = grid((500,) * 12, 1000, seed=1)
    assert np.bincount(rows[:, 0]).tolist() == [2] * 500


def test_a_claim_without_choices_has_one_specification() -> None:
    only = specify(claim({"high": {"level": 2}, "low": {"level": 1}}), most=10, seed=0)
    assert (len(only), only.possible, only.sampled) == (1, 1, False)
    assert only.words(0) == "the only one"


def test_a_choice_cannot_take_the_name_of_a_column() -> None:
    terms = {"high": {"level": "$estimate"}, "low": {"level": 1}}
    with pytest.raises(ClaimError, match="column of that name"):
        specify(claim(terms, choices=[choice("estimate", [1, 2])]), most=10, seed=0)
