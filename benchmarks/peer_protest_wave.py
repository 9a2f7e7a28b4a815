"""Self-excitation at exact times: our likelihood and fit against HawkesPyLib's."""

from __future__ import annotations

import numpy as np
from numpy.random import SeedSequence
from numpy.typing import NDArray

from benchmarks.comparison import Comparison, compare, named
from worldclass.dynamics.protest_wave.branching import run_families
from worldclass.dynamics.protest_wave.decay import EXPONENTIAL
from worldclass.dynamics.protest_wave.exact_times import fit_times, times_log_likelihood
from worldclass.dynamics.random_numbers import random_state

TRUTH = {"background": 5.0, "branching_ratio": 0.6, "delay": 0.5}
TOLERANCE = 1e-8
AS_GOOD = 1e-6


def waves(*, smoke: bool) -> list[Comparison]:
    """Ours against HawkesPyLib on the same times; none where it is not installed."""
    try:
        from HawkesPyLib.core.logll import uvhp_expo_logL
        from HawkesPyLib.inference import ExpHawkesProcessInference
    except ImportError:
        return []
    days, runs = (200, 1) if smoke else (8000, 5)
    times = made(days)
    point = np.array([TRUTH["background"], TRUTH["branching_ratio"], TRUTH["delay"]])

    def ours() -> float:
        return times_log_likelihood("exponential", times, float(days), TRUTH)

    def theirs() -> float:
        return -float(uvhp_expo_logL(point, times, float(days)))

    gap = abs(ours() / theirs() - 1)
    if gap > TOLERANCE:
        raise AssertionError(f"Likelihoods differ by {gap:.1g} of their size.")

    def our_fit() -> float:
        return fit_times(times, float(days)).log_likelihood

    def their_fit() -> float:
        peer = ExpHawkesProcessInference(rng=np.random.default_rng(1))
        peer.estimate(times, float(days))
        values = dict(zip(TRUTH, peer.get_params(), strict=True))
        return times_log_likelihood("exponential", times, float(days), values)

    best, peers = our_fit(), their_fit()
    if best < peers - AS_GOOD * abs(peers):
        raise AssertionError(f"The peer's fit is better: {peers:.6f} against {best:.6f}.")
    size, peer = f"{times.size:,} times", named("HawkesPyLib")
    return [
        compare(
            f"likelihood of a self-exciting process, {size}",
            peer,
            ours,
            theirs,
            runs=runs,
            difference=f"{gap:.0e} of their size",
        ),
        compare(
            f"its fit (ours: three starts and intervals), {size}",
            peer,
            our_fit,
            their_fit,
            runs=runs,
            difference=f"ours higher by {best - peers:.1g} in log likelihood",
        ),
    ]


def made(days: int) -> NDArray[np.float64]:
    """Times of a process with known parameters."""
    return run_families(
        EXPONENTIAL,
        TRUTH["delay"],
        1.0,
        np.full(days, TRUTH["background"]),
        np.full(days, TRUTH["branching_ratio"]),
        np.ones(days),
        np.inf,
        0.0,
        1.0,
        0,
        random_state(SeedSequence(1)),
        10**7,
    )
