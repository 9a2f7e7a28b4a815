"""Follow the equations in time: an embedded Runge–Kutta pair with a controlled error, compiled.

Dormand & Prince (1980), orders 5 and 4: a step is accepted when the two results agree to the
tolerance, and its length follows their difference. Employment can spike within days and
then rest for years, so that a fixed step is either slow or wrong.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.dynamics.compiled import kernel
from worldclass.dynamics.debt_crisis.equations import (
    ALPHA,
    BETA,
    DELTA,
    INTEREST,
    PURCHASES,
    STATE,
    SUPPORT,
    slope,
    to_shares,
)
from worldclass.dynamics.random_numbers import uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

CONVERGED, COLLAPSED, RUNNING, LOST = range(4)
"""How a path ended: near the good equilibrium; beyond the debt of no return; when time was up;
or where it could not be followed: numbers that overflow, or steps without end."""

TOLERANCE = 1e-9
"""Relative error of a step."""
FIRST_STEP = 0.01
SHORTEST_STEP = 1e-40
MOST_STEPS = 100_000
"""Steps between two records; a path that needs more does not end in any sensible time."""

_A = np.array(
    [
        [0, 0, 0, 0, 0, 0],
        [1 / 5, 0, 0, 0, 0, 0],
        [3 / 40, 9 / 40, 0, 0, 0, 0],
        [44 / 45, -56 / 15, 32 / 9, 0, 0, 0],
        [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729, 0, 0],
        [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656, 0],
        [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
    ]
)
"""Weights of earlier slopes in each stage; the last row is the result of order 5."""
_ERROR = np.array([71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40])
"""Weights of the slopes in the difference of the two orders."""


@kernel
def crossing(before: float, after: float, limit: float) -> float:
    """Part of a stretch after which debt passes a limit, if it grows at a steady rate."""
    if before <= 0.0:
        return (limit - before) / (after - before)
    return math.log(limit / before) / math.log(after / before)


@kernel
def advance(
    y: NDArray[np.float64],
    c: NDArray[np.float64],
    years: float,
    step: float,
    collapse: float,
    work: NDArray[np.float64],
) -> Any:
    """Follow the equations for some years, or until debt passes `collapse`.

    Parameters
    ----------
    y
        State in the coordinates of `slope`, shape (5,); changed in place.
    c
        Constants, shape (16,).
    step
        Length of the first trial step.
    work
        Room for slopes and a trial, shape (8, 5).

    Returns
    -------
    A good length for the next step; the time followed; RUNNING, COLLAPSED or LOST.
    """
    left = years
    for _ in range(MOST_STEPS):
        if left <= 0.0:
            return step, years, RUNNING
        part = min(step, left)
        error = _try(y, c, part, work)
        if error <= 1.0:
            debt, passed = y[2], years - left
            left = left - part if part < left else 0.0
            for i in range(STATE):
                y[i] = work[7, i]
            if y[2] > collapse:
                return step, passed + part * crossing(debt, y[2], collapse), COLLAPSED
        elif part < SHORTEST_STEP:
            return step, years - left, LOST
        factor = 0.9 * max(error, 1e-10) ** -0.2
        # A step cut short by the end of the stretch says little about the next one.
        if part == step or error > 1.0:
            step = part * min(5.0, max(0.2, factor))
    return step, years - left, LOST


@kernel
def _try(
    y: NDArray[np.float64], c: NDArray[np.float64], step: float, work: NDArray[np.float64]
) -> float:
    """Put the state after a step into `work[7]`; its error over the tolerance, or 10⁹."""
    trial = work[7]
    slope(y, c, work[0])
    for stage in range(1, 7):
        for i in range(STATE):
            total = 0.0
            for k in range(stage):
                total += _A[stage, k] * work[k, i]
            trial[i] = y[i] + step * total
        slope(trial, c, work[stage])
    largest = 0.0
    for i in range(STATE):
        total = 0.0
        for k in range(7):
            total += _ERROR[k] * work[k, i]
        # The first two are logarithms: an absolute error there is a relative one of the share.
        size = TOLERANCE * (max(abs(y[i]), abs(trial[i])) + (1.0 if i < 2 else 1e-6))
        error = abs(step * total) / size
        if not math.isfinite(error):
            return 1e9
        largest = max(largest, error)
    return largest


@kernel
def normal(random: NDArray[np.uint64]) -> float:
    """A standard normal number by the method of Box and Muller."""
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(random)))
    return radius * math.cos(2.0 * math.pi * uniform(random))


@kernel
def run_path(
    y: NDArray[np.float64],
    c: NDArray[np.float64],
    steering: NDArray[np.float64],
    interval: float,
    shocks: NDArray[np.float64],
    random: NDArray[np.uint64],
    collapse: float,
    out: NDArray[np.float64],
) -> Any:
    """Run from a state, with constants that change and shocks, and record it.

    Parameters
    ----------
    y
        State at the start in the coordinates of `slope`, shape (5,); changed.
    c
        Constants; the six that may change are overwritten.
    steering
        Values of α, β, δ, r, support and purchases at each record, shape (records, 6).
    interval
        Years between two records, in which constants and shocks stay as they are.
    shocks
        Standard deviations of productivity growth and of interest, and 1/persistence.
    random
        State of the generator.
    collapse
        Debt at which the run ends.
    out
        Filled with states in shares and the shocked α and r, shape (records, 7).

    Returns
    -------
    Number of records filled, how the run ended, and when.
    """
    work = np.empty((8, STATE))
    keep = math.exp(-interval * shocks[2])
    fresh = math.sqrt(1.0 - keep * keep)
    off = np.zeros(2)
    step = FIRST_STEP
    for record in range(out.shape[0]):
        row = steering[record]
        for k in range(2):
            if shocks[k] > 0.0:
                off[k] = keep * off[k] + fresh * shocks[k] * normal(random)
        c[ALPHA], c[INTEREST] = row[0] + off[0], row[3] + off[1]
        c[BETA], c[DELTA], c[SUPPORT], c[PURCHASES] = row[1], row[2], row[4], row[5]
        to_shares(y, out[record])
        out[record, 5], out[record, 6] = c[ALPHA], c[INTEREST]
        step, followed, ended = advance(y, c, interval, step, collapse, work)
        if ended != RUNNING:
            return record + 1, ended, record * interval + followed
    return out.shape[0], RUNNING, (out.shape[0] - 1) * interval


@kernel
def outcome(
    y: NDArray[np.float64],
    c: NDArray[np.float64],
    goal: NDArray[np.float64],
    years: float,
    collapse: float,
    near: float,
) -> Any:
    """Where a path without shocks ends, and when.

    Parameters
    ----------
    goal
        The good equilibrium (ω, λ, d).
    near
        A path within this distance of it, in each of the three, has converged.

    Returns
    -------
    CONVERGED, COLLAPSED, RUNNING or LOST, and the time.
    """
    work, shares = np.empty((8, STATE)), np.empty(STATE)
    step, interval = FIRST_STEP, 0.5
    for k in range(int(years / interval)):
        step, followed, ended = advance(y, c, interval, step, collapse, work)
        if ended != RUNNING:
            return ended, k * interval + followed
        to_shares(y, shares)
        off = max(abs(shares[0] - goal[0]), abs(shares[1] - goal[1]))
        if max(off, abs(shares[2] - goal[2])) < near:
            return CONVERGED, (k + 1) * interval
    return RUNNING, years
