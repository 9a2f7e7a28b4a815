"""The stopwatch itself: what a reported interval means."""

import pytest

from benchmarks.peer_fit import fitting
from benchmarks.peer_split import splitting
from benchmarks.timing import Timing, measure, ratio


def test_a_single_slow_run_does_not_move_the_median() -> None:
    calm, disturbed = Timing((1.0, 1.0, 1.0, 1.0, 1.0)), Timing((1.0, 1.0, 1.0, 1.0, 9.0))
    assert calm.median == disturbed.median == 1.0
    assert calm.interval == (1.0, 1.0)
    assert disturbed.interval[1] >= 1.0


def test_a_ratio_lies_in_its_interval_and_turns_over_with_its_sides() -> None:
    fast, slow = Timing((1.0, 1.1, 0.9)), Timing((4.0, 4.4, 3.6))
    found = ratio(slow, fast)
    assert found.value == pytest.approx(4.0)
    assert found.low <= found.value <= found.high
    assert ratio(fast, slow).value == pytest.approx(0.25)


def test_warm_runs_do_not_count() -> None:
    calls: list[None] = []
    timing = measure(lambda: calls.append(None), runs=3, warm=2)
    assert (len(calls), len(timing.runs)) == (5, 3)


@pytest.mark.parametrize("benchmark", [splitting, fitting])
def test_peers_arrive_at_our_results(benchmark: object) -> None:
    """Each benchmark refuses to time work whose results disagree."""
    assert benchmark(smoke=True)  # type: ignore[operator]
