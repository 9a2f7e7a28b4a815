"""Run a protest wave once: counts by day, or event by event."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.course import Course
from worldclass.dynamics.model import SimulationError, Trajectory
from worldclass.dynamics.protest_wave.branching import MOST_EVENTS, run_families
from worldclass.dynamics.protest_wave.contagion import activity
from worldclass.dynamics.protest_wave.counts import LINEAR, MOST, Recursion, draw_paths
from worldclass.dynamics.protest_wave.decay import KERNELS, lag_weights, spread
from worldclass.dynamics.protest_wave.draws import count
from worldclass.dynamics.protest_wave.parameters import WEEKDAYS, ProtestWave
from worldclass.dynamics.protest_wave.week import week_factors, weekdays
from worldclass.dynamics.random_numbers import random_state

if TYPE_CHECKING:
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

_MONDAY = date(2024, 1, 1)


def simulate(
    course: Course[ProtestWave], seed: SeedSequence, snapshots: Sequence[float]
) -> Trajectory:
    """Run a protest wave once.

    Raises
    ------
    SimulationError
        The wave passed 10¹² events a day, or 5 million single events.
    """
    parameters = course.parameters
    if parameters.resolution == "event":
        return _by_event(course, seed)
    contagious = parameters.process in ("sir", "seir")
    recursion, left = _contagion(course) if contagious else (_self_exciting(course), None)
    state, given = random_state(seed), np.empty(0)
    if not contagious:  # the events that begin the wave, and those of the first day's rate
        rate = float(recursion.week[0] * recursion.curve[0])
        given = np.array(
            [float(parameters.first_events + count(state, rate, parameters.dispersion))]
        )
    counts, means = np.empty((1, parameters.days)), np.empty((1, parameters.days))
    overflow = draw_paths(
        *recursion.arrays, given, parameters.dispersion, state, counts, means, True
    )
    if overflow >= 0:
        raise SimulationError(
            f"On day {overflow} the wave passes {MOST:.0e} events a day.",
            where="model 'protest-wave'",
            remedy="Lower branching_ratio, shorten the run, or use a process with a pool.",
        )
    days = np.arange(parameters.days)
    total = np.cumsum(counts[0])
    if left is None:
        before = np.concatenate([[0.0], total[:-1]])
        ratio = recursion.gain * _share_left(before, recursion.pool)
    else:
        ratio = course.path("reproduction", days) * left
    found = Trajectory()
    found.add("events", "all", days, counts[0])
    found.add("expected_events", "all", days, means[0])
    found.add("total_events", "all", days, total)
    found.add("ratio", "all", days, ratio)
    return found


def _week(parameters: ProtestWave) -> Values:
    """Factor of each day."""
    start = _MONDAY + timedelta(days=WEEKDAYS.index(parameters.first_day))
    factors = week_factors("weekend", np.array([parameters.weekend_ratio]))
    return factors[weekdays(start, parameters.days, 1.0)]


def _pool(parameters: ProtestWave) -> float:
    return parameters.pool if parameters.process == "self-exciting-pool" else math.inf


def _share_left(used: Values, pool: float) -> Values:
    return np.ones_like(used) if math.isinf(pool) else np.maximum(1 - used / pool, 0.0)


def _self_exciting(course: Course[ProtestWave]) -> Recursion:
    parameters, n = course.parameters, course.parameters.days
    days = np.arange(n)
    curve = course.path("background", days)
    if parameters.process == "self-exciting-shock":
        edges = np.arange(n + 1)
        curve = curve + parameters.shock * np.diff(
            spread("exponential", edges, parameters.shock_days, 1.0)
        )
    return Recursion(
        LINEAR,
        curve,
        course.path("branching_ratio", days),
        lag_weights(parameters.kernel, n, 1.0, parameters.delay, parameters.shape),
        _week(parameters),
        pool=_pool(parameters),
    )


def _contagion(course: Course[ProtestWave]) -> tuple[Recursion, Values]:
    """The recursion, and the share of the pool left at each day's end."""
    parameters, n = course.parameters, course.parameters.days
    days = np.arange(n)
    sums, left = activity(
        course.path("reproduction", days),
        1 / course.path("active_days", days),
        parameters.latent_days if parameters.process == "seir" else 0.0,
        parameters.first_activity,
        parameters.pool_rate,
        1.0,
    )
    curve = course.path("background", days) + sums
    return Recursion(LINEAR, curve, np.zeros(n), np.zeros(1), _week(parameters)), left


def _by_event(course: Course[ProtestWave], seed: SeedSequence) -> Trajectory:
    """Every event at its own time, then counted by day."""
    parameters, n = course.parameters, course.parameters.days
    days = np.arange(n)
    ratio = course.path("branching_ratio", days)
    shocked = parameters.process == "self-exciting-shock"
    times = run_families(
        KERNELS.index(parameters.kernel),
        parameters.delay,
        parameters.shape,
        course.path("background", days),
        np.maximum(ratio, 1e-12),
        _week(parameters),
        _pool(parameters),
        parameters.shock if shocked else 0.0,
        parameters.shock_days,
        parameters.first_events,
        random_state(seed),
        MOST_EVENTS,
    )
    if times.size >= MOST_EVENTS:
        raise SimulationError(
            f"On day {int(times[-1])} the wave passes {MOST_EVENTS:,} events.",
            where="model 'protest-wave'",
            remedy="Lower branching_ratio, shorten the run, or use resolution=day.",
        )
    counts = np.bincount(times.astype(np.int64), minlength=n).astype(np.float64)
    total = np.cumsum(counts)
    before = np.concatenate([[0.0], total[:-1]])
    found = Trajectory()
    found.add("events", "all", days, counts)
    found.add("total_events", "all", days, total)
    found.add("ratio", "all", days, ratio * _share_left(before, _pool(parameters)))
    return found
