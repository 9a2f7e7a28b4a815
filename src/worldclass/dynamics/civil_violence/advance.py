"""Let periods pass: everybody has a turn in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from worldclass.dynamics.civil_violence.cops import change_cops
from worldclass.dynamics.civil_violence.turns import (
    ARRESTS,
    JAILED,
    NUMBER_ACTIVE,
    NUMBER_COPS,
    NUMBER_JAILED,
    Rules,
    Town,
    citizen_turn,
    cop_turn,
    critical_ratio,
)
from worldclass.dynamics.lattice.bits import signed
from worldclass.dynamics.lattice.chance import pick, shuffle
from worldclass.dynamics.lattice.crowd import STATE, X, Y
from worldclass.dynamics.lattice.fetch import fetch
from worldclass.dynamics.lean import inlined, inner, lean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.lattice.vision import Vision

SHUFFLED, WITH_REPLACEMENT, FIXED = range(3)
_FAR, _NEAR = 16, 6
"""Turns ahead for which persons and sites are fetched from memory."""
REPORTED = ("active", "jailed", "cops", "arrests", "tension")
"""Columns of what a period reports."""


class Traits(NamedTuple):
    """What citizens are like; arrays of shape (citizens,).

    Attributes
    ----------
    hardship, risk_aversion
        From 0 to 1, fixed.
    critical
        Ratio of cops to actives below which the citizen is active; follows legitimacy.
    """

    hardship: NDArray[np.float64]
    risk_aversion: NDArray[np.float64]
    critical: NDArray[np.float64]


class Paths(NamedTuple):
    """Inputs that may change from period to period; arrays of shape (periods,)."""

    legitimacy: NDArray[np.float64]
    threshold: NDArray[np.float64]
    longest_term: NDArray[np.float64]
    cops: NDArray[np.int64]


@lean
def advance(
    town: Town,
    traits: Traits,
    sight: Vision,
    cop_sight: Vision,
    rules: Rules,
    activation: int,
    constant: float,
    paths: Paths,
    start: int,
    stop: int,
    order: NDArray[np.int32],
    random: NDArray[np.uint64],
    reports: NDArray[np.float64],
) -> None:
    """Let the periods from start to stop - 1 pass.

    Parameters
    ----------
    order
        Shape (persons,): the order of turns, kept from period to period.
    reports
        Shape (periods, 5), columns as in `REPORTED`; rows start to stop - 1 are filled.
    """
    citizens, person, totals = len(traits.hardship), town.person, town.totals
    for period in range(start, stop):
        before = max(period - 1, 0)
        legitimacy, threshold = paths.legitimacy[period], paths.threshold[period]
        if (
            period == start
            or legitimacy != paths.legitimacy[before]
            or threshold != paths.threshold[before]
        ):
            _judge(traits, legitimacy, threshold, constant)
        if totals[NUMBER_COPS] != paths.cops[period]:
            post_cops(town, citizens, paths.cops[period], order, random)
        totals[ARRESTS] = 0
        present, longest = citizens + totals[NUMBER_COPS], paths.longest_term[period]
        if activation == SHUFFLED:
            shuffle(random, order, present)
        for turn in range(present):
            _fetch_ahead(town, traits, order, turn, present)
            position = pick(random, present) if activation == WITH_REPLACEMENT else turn
            number: int = signed(order[position])
            if number < citizens:
                citizen_turn(town, sight, rules, number, traits.critical[number], random)
            else:
                cop_turn(town, cop_sight, rules, number, longest, random)
        _report(person, traits, legitimacy, totals, reports[period])


@inlined
def _fetch_ahead(
    town: Town, traits: Traits, order: NDArray[np.int32], turn: int, present: int
) -> None:
    """Ask for the person of a later turn, and for the site of one somewhat nearer."""
    far = int(order[min(turn + _FAR, present - 1)])
    fetch(town.person, far * len(town.person[far]))
    if far < len(traits.critical):
        fetch(traits.critical, far)
    near = int(order[min(turn + _NEAR, present - 1)])
    x, y = town.person[near, X], town.person[near, Y]
    if x >= 0:
        fetch(town.resident, y * town.resident.shape[1] + x)


@inner
def _judge(traits: Traits, legitimacy: float, threshold: float, constant: float) -> None:
    for one in range(len(traits.hardship)):
        traits.critical[one] = critical_ratio(
            traits.hardship[one], traits.risk_aversion[one], legitimacy, threshold, constant
        )


@lean
def post_cops(
    town: Town,
    citizens: int,
    wanted: int,
    order: NDArray[np.int32],
    random: NDArray[np.uint64],
) -> None:
    """Bring the number of cops to what is wanted, and line everybody up."""
    totals = town.totals
    change_cops(
        town.occupied,
        town.cops,
        town.resident,
        town.person,
        town.halo,
        citizens,
        totals[NUMBER_COPS],
        wanted,
        random,
    )
    totals[NUMBER_COPS] = wanted
    for one in range(citizens + wanted):
        order[one] = one


@inner
def _report(
    person: NDArray[np.int32],
    traits: Traits,
    legitimacy: float,
    totals: NDArray[np.int64],
    row: NDArray[np.float64],
) -> None:
    """Totals and the index of tension among citizens who are free.

    Tension is mean grievance times the share that is quiet over mean risk aversion; 0 where
    nobody is free.
    """
    hardship, aversion, free = 0.0, 0.0, 0
    for one in range(len(traits.hardship)):
        if person[one, STATE] != JAILED:
            hardship += traits.hardship[one]
            aversion += traits.risk_aversion[one]
            free += 1
    row[0], row[1] = totals[NUMBER_ACTIVE], totals[NUMBER_JAILED]
    row[2], row[3] = totals[NUMBER_COPS], totals[ARRESTS]
    row[4] = 0.0
    if aversion > 0.0:
        quiet = (free - totals[NUMBER_ACTIVE]) / free
        row[4] = hardship * (1.0 - legitimacy) * quiet / aversion
