"""Whatever the distribution: shares below rise, means lie inside, scale is only scale."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from worldclass.people.quantiles import SCORES, below, mean, spread

steady = settings(max_examples=60, deadline=None, derandomize=True)
STEP = SCORES[1] - SCORES[0]
distributions = st.tuples(
    st.floats(-2, 6), arrays(float, len(SCORES) - 1, elements=st.floats(0.05, 1.5))
).map(lambda given: given[0] + np.concatenate([[0.0], np.cumsum(given[1])]) * STEP)
cuts = st.floats(1e-3, 1e6)


@steady
@given(distributions, cuts, cuts)
def test_more_persons_are_below_a_higher_cut(logs: np.ndarray, a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert 0 <= below(logs, low) <= below(logs, high) <= 1


@steady
@given(distributions, cuts, st.floats(0.01, 100))
def test_scaling_incomes_and_cut_changes_nothing(logs: np.ndarray, cut: float, by: float) -> None:
    np.testing.assert_allclose(below(logs + np.log(by), cut * by), below(logs, cut), atol=1e-9)
    np.testing.assert_allclose(mean(logs + np.log(by)), mean(logs) * by, rtol=1e-9)


@steady
@given(distributions)
def test_the_mean_is_that_of_many_quantiles(logs: np.ndarray) -> None:
    """Between the outer scores the distribution is its quantiles; the tails add to the mean."""
    from scipy.special import ndtr

    edges = np.linspace(-3, 3, 3001)
    middle = (edges[1:] + edges[:-1]) / 2
    inner = (np.exp(np.interp(middle, SCORES, logs)) * np.diff(ndtr(edges))).sum()
    assert mean(logs) >= inner * (1 - 1e-5)
    assert mean(logs) > np.exp(logs[0])


@steady
@given(distributions, st.floats(0.2, 3))
def test_stretching_the_logs_stretches_the_spread(logs: np.ndarray, by: float) -> None:
    middle = logs[len(logs) // 2]
    wider = middle + (logs - middle) * by
    np.testing.assert_allclose(spread(wider[None]), by * spread(logs[None]), rtol=1e-9)
