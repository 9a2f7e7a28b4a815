"""The logistic tilt: totals, odds ratios, extremes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logit

from worldclass.core.errors import MarginError
from worldclass.flows.labour.grouping import Grouping
from worldclass.flows.labour.tilt import tilt

ONE = Grouping(np.zeros(4, int), 1)


def test_differences_of_log_odds_are_kept() -> None:
    weights, delta = np.array([5.0, 1.0, 20.0, 3.0]), np.array([-2.0, 0.0, 0.5, 3.0])
    share = tilt(weights, delta, np.array([9.0]), ONE) / weights
    np.testing.assert_allclose(np.diff(logit(share)), np.diff(delta), rtol=1e-9)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.floats(1e-3, 1e6), min_size=4, max_size=4),
    st.lists(st.floats(-6, 6), min_size=4, max_size=4),
    st.floats(0, 1),
)
def test_totals_hold_and_no_industry_has_more_women_than_workers(
    weights: list[float], delta: list[float], part: float
) -> None:
    w = np.array(weights)
    total = np.array([part * w.sum()])
    women = tilt(w, np.array(delta), total, ONE)
    assert women.sum() == pytest.approx(total[0], rel=1e-9, abs=1e-12)
    assert (women >= 0).all() and (women <= w).all()


def test_industries_without_workers_and_groups_without_industries_are_left_empty() -> None:
    groups = Grouping(np.array([0, 0, 2]), 3)
    women = tilt(np.array([4.0, 0.0, 0.0]), np.zeros(3), np.array([1.0, 0.0, 0.0]), groups)
    assert women.tolist() == [1.0, 0.0, 0.0]


def test_a_total_beyond_the_group_is_refused() -> None:
    with pytest.raises(MarginError, match="a group of 4"):
        tilt(np.ones(4), np.zeros(4), np.array([5.0]), ONE)
    with pytest.raises(MarginError):
        tilt(np.ones(4), np.zeros(4), np.array([-1.0]), ONE)
