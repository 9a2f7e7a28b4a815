"""One piece of work done by us and by a named peer, in turn, with equal results."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.timing import Ratio, Timing, measure_pair, ratio


@dataclass(frozen=True)
class Comparison:
    """Our time and a peer's on the same work.

    Attributes
    ----------
    task
        What was done, with its size.
    peer
        Who else did it, with version.
    ours, theirs
        Seconds.
    ratio
        Theirs over ours: above 1 we are faster.
    difference
        How far the results differ, as text; checked before the clock is believed.
    """

    task: str
    peer: str
    ours: Timing
    theirs: Timing
    ratio: Ratio
    difference: str


def compare(
    task: str,
    peer: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    *,
    runs: int,
    difference: str,
) -> Comparison:
    """Time both in turn."""
    first, second = measure_pair(ours, theirs, runs)
    return Comparison(task, peer, first, second, ratio(second, first), difference)


def named(package: str, how: str = "") -> str:
    """A peer's name with its version."""
    return f"{package} {version(package)}{f', {how}' if how else ''}"
