"""Let periods pass between two groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from worldclass.dynamics.civil_violence.cops import change_cops, on_duty
from worldclass.dynamics.civil_violence.turns import COP, critical_ratio
from worldclass.dynamics.ethnic_violence.turns import (
    DEAD,
    KILLS,
    ON_TORUS,
    PEOPLE,
    Land,
    Terms,
    citizen_turn,
    cop_turn,
)
from worldclass.dynamics.lattice.bits import signed
from worldclass.dynamics.lattice.chance import shuffle
from worldclass.dynamics.lattice.crowd import STATE
from worldclass.dynamics.lean import inner, lean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.lattice.vision import Vision

    Chance = NDArray[np.uint64]


class Paths(NamedTuple):
    """Inputs that may change from period to period; arrays of shape (periods,)."""

    legitimacy: NDArray[np.float64]
    threshold: NDArray[np.float64]
    longest_term: NDArray[np.float64]
    cloning: NDArray[np.float64]
    cops: NDArray[np.int64]


class Fixed(NamedTuple):
    """What holds for a whole run."""

    constant: float
    oldest: int
    rounding: int
    needs_victim: bool
    stop_when_one_left: bool


@lean
def advance(
    land: Land,
    sight: Vision,
    cop_sight: Vision,
    near: Vision,
    fixed: Fixed,
    paths: Paths,
    start: int,
    stop: int,
    order: NDArray[np.int32],
    random: Chance,
    reports: NDArray[np.int64],
) -> int:
    """Let the periods from start to stop - 1 pass, or fewer where a group dies out.

    Parameters
    ----------
    order
        Shape (places,): space for the order of turns.
    reports
        Shape (periods, 13): cops, then the totals of both groups (`turns.PEOPLE` and so on);
        births, deaths and kills are of the period.

    Returns
    -------
    The number of periods that have passed since the beginning of the run.
    """
    posts = _posts(paths)
    for period in range(start, stop):
        legitimacy, threshold = paths.legitimacy[period], paths.threshold[period]
        terms = Terms(
            period,
            legitimacy,
            threshold,
            fixed.constant,
            paths.longest_term[period],
            paths.cloning[period],
            fixed.oldest,
            fixed.rounding,
            fixed.needs_victim,
        )
        before = max(period - 1, 0)
        if (
            period == start
            or legitimacy != paths.legitimacy[before]
            or threshold != paths.threshold[before]
        ):
            judge(land, legitimacy, threshold, fixed.constant)
        cops = post_cops(land, posts, paths.cops[period], random)
        for entry in range(KILLS, ON_TORUS):
            land.totals[entry] = 0
        present = _line_up(land, posts, order)
        shuffle(random, order, present)
        for turn in range(present):
            number: int = signed(order[turn])
            if number < posts:
                cop_turn(land, cop_sight, terms, number, random)
            else:
                citizen_turn(land, sight, near, terms, number, random)
        reports[period, 0] = cops
        for entry in range(ON_TORUS):
            reports[period, entry + 1] = land.totals[entry]
        if fixed.stop_when_one_left and (land.totals[PEOPLE] == 0 or land.totals[PEOPLE + 1] == 0):
            return period + 1
    return stop


@inner
def _posts(paths: Paths) -> int:
    most = 0
    for cops in paths.cops:
        most = max(most, int(cops))
    return most


@lean
def judge(land: Land, legitimacy: float, threshold: float, constant: float) -> None:
    """The ratio of cops to actives below which each citizen is active."""
    for one in range(len(land.person)):
        land.critical[one] = critical_ratio(
            land.hardship[one], land.risk_aversion[one], legitimacy, threshold, constant
        )


@inner
def _line_up(land: Land, posts: int, order: NDArray[np.int32]) -> int:
    """Everybody with a turn; the places of the dead become vacant."""
    present, vacant = 0, 0
    for one in range(len(land.person)):
        state = land.person[one, STATE]
        if state == DEAD:
            land.vacant[vacant] = one
            vacant += 1
        elif one >= posts or state == COP:
            order[present] = one
            present += 1
    land.vacant[-1] = vacant
    return present


@lean
def post_cops(land: Land, posts: int, wanted: int, random: Chance) -> int:
    """Bring the number of cops to what is wanted, or to as many as there is room for."""
    before = on_duty(land.person, 0, posts)
    after = min(wanted, before + signed(land.resident.size - land.totals[ON_TORUS]))
    change_cops(
        land.occupied,
        land.cops,
        land.resident,
        land.person,
        land.halo,
        0,
        before,
        after,
        random,
    )
    land.totals[ON_TORUS] += after - before
    return after
