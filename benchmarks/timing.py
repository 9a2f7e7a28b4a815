"""Time a piece of work several times, and say how far the median can be trusted."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000
PERCENTILES = (5.0, 95.0)


@dataclass(frozen=True)
class Timing:
    """Seconds of repeated runs.

    Attributes
    ----------
    runs
        Seconds of each run, in order.
    """

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run, in seconds."""
        return float(np.median(self.runs))

    @property
    def interval(self) -> tuple[float, float]:
        """5th and 95th percentile of the median over bootstrap resamples of the runs."""
        low, high = np.percentile(_resampled_medians(self, seed=1), PERCENTILES)
        return float(low), float(high)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{seconds_text(self.median)} [{seconds_text(low)}–{seconds_text(high)}]"


@dataclass(frozen=True)
class Ratio:
    """How many times longer a peer takes: ratio of medians, with its bootstrap interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3g} × [{self.low:.3g}–{self.high:.3g}]"


def measure(work: Callable[[], object], runs: int, *, warm: int = 1) -> Timing:
    """Seconds of `work`, after `warm` runs that do not count."""
    for _ in range(warm):
        work()
    return Timing(tuple(_once(work) for _ in range(runs)))


def measure_pair(
    ours: Callable[[], object], peer: Callable[[], object], runs: int
) -> tuple[Timing, Timing]:
    """Seconds of both, in turn, so that a busy moment of the machine hits both alike."""
    ours()
    peer()
    pairs = [(_once(ours), _once(peer)) for _ in range(runs)]
    return Timing(tuple(a for a, _ in pairs)), Timing(tuple(b for _, b in pairs))


def ratio(peer: Timing, ours: Timing) -> Ratio:
    """Peer's median over ours."""
    spread = _resampled_medians(peer, seed=1) / _resampled_medians(ours, seed=2)
    low, high = np.percentile(spread, PERCENTILES)
    return Ratio(peer.median / ours.median, float(low), float(high))


def seconds_text(seconds: float) -> str:
    """A duration in the unit that suits it.

    Examples
    --------
    >>> seconds_text(0.0123), seconds_text(1.5), seconds_text(125)
    ('12 ms', '1.50 s', '125 s')
    """
    if seconds < 0.1:
        return f"{seconds * 1000:.3g} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"
    return f"{seconds:.2f} s" if seconds < 60 else f"{seconds:.0f} s"


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _resampled_medians(timing: Timing, seed: int) -> np.ndarray:
    picks = np.random.default_rng(seed).integers(
        len(timing.runs), size=(RESAMPLES, len(timing.runs))
    )
    return np.median(np.asarray(timing.runs)[picks], axis=1)
