"""What a citizen and a cop do when it is their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from worldclass.dynamics.lattice.bits import count, find, put, signed, take
from worldclass.dynamics.lattice.chance import pick
from worldclass.dynamics.lattice.crowd import STATE, TERM, X, Y, empty_site, lift, move, place
from worldclass.dynamics.lean import inlined, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.lattice.vision import Vision

    Layer = NDArray[np.uint64]
    Chance = NDArray[np.uint64]

QUIET, ACTIVE, JAILED, COP, OFF_DUTY = range(5)
"""States of a person."""
STATES = ("quiet", "active", "jailed", "cop", "off-duty")
FOR_LIFE = 2**31 - 1
"""A jail term that never ends."""
SMOOTH, FLOOR, ROUND = range(3)
BELOW_MAXIMUM, TO_MAXIMUM, ALWAYS_MAXIMUM = range(3)
NUMBER_ACTIVE, NUMBER_JAILED, NUMBER_COPS, ARRESTS = range(4)
"""Entries of `Town.totals`."""


class Town(NamedTuple):
    """Who stands where.

    Attributes
    ----------
    occupied, cops, actives
        Layers of sites: where anybody, a cop, an active citizen stands.
    resident
        Shape (height, width): who stands on a site, or -1.
    person
        Shape (persons, 4): site across and down, state, term. Citizens come first.
    totals
        Shape (4,): citizens active and jailed, cops on duty, arrests of the period.
    halo
        Sites that layers repeat at either end of a row.
    """

    occupied: Layer
    cops: Layer
    actives: Layer
    resident: NDArray[np.int32]
    person: NDArray[np.int32]
    totals: NDArray[np.int64]
    halo: int


class Rules(NamedTuple):
    """Choices that hold for a whole run.

    Attributes
    ----------
    citizens_move, cops_move
        Whether they move at all.
    move_first
        Whether a turn begins with the move or ends with it.
    in_place
        Whether prisoners keep their site, or are taken off the torus.
    rounding
        What becomes of cops over actives: `SMOOTH`, `FLOOR` or `ROUND`.
    term
        How long a sentence is: `BELOW_MAXIMUM`, `TO_MAXIMUM` or `ALWAYS_MAXIMUM`.
    """

    citizens_move: bool
    cops_move: bool
    move_first: bool
    in_place: bool
    rounding: int
    term: int


@inlined
def perceived_ratio(cops: int, actives: int, rounding: int) -> float:
    """Cops over actives as citizens see it: smooth, rounded down, or rounded half to even."""
    if rounding == FLOOR:
        return float(cops // actives)
    ratio = cops / actives
    return float(np.rint(ratio)) if rounding == ROUND else ratio


@inner
def critical_ratio(
    hardship: float, risk_aversion: float, legitimacy: float, threshold: float, constant: float
) -> float:
    """The ratio of cops to actives below which a citizen is active.

    H (1 − L) − R (1 − exp(−k ρ)) > T holds where ρ < −ln(1 − (H (1 − L) − T) / R) / k; never
    where H (1 − L) ≤ T (returned as -1), always where the fraction reaches 1 (infinity).
    """
    surplus = hardship * (1.0 - legitimacy) - threshold
    if surplus <= 0.0:
        return -1.0
    if surplus >= risk_aversion:
        return np.inf
    return -np.log1p(-surplus / risk_aversion) / constant


@inlined
def citizen_turn(
    town: Town, sight: Vision, rules: Rules, number: int, critical: float, random: Chance
) -> None:
    """Serve a period of the sentence; or else move, then decide (or decide, then move)."""
    person = town.person
    if person[number, STATE] == JAILED:
        if person[number, TERM] > 0:
            if person[number, TERM] != FOR_LIFE:
                person[number, TERM] -= 1
            return
        _release(town, rules.in_place, number, random)
    if rules.citizens_move and rules.move_first:
        _walk(town, sight, number, town.actives, person[number, STATE] == ACTIVE, random)
    _decide(town, sight, rules.rounding, number, critical)
    if rules.citizens_move and not rules.move_first:
        _walk(town, sight, number, town.actives, person[number, STATE] == ACTIVE, random)


@inner  # not inlined: there are few cops, and compiling takes longer the larger a loop is
def cop_turn(
    town: Town, sight: Vision, rules: Rules, number: int, longest: float, random: Chance
) -> None:
    """Move, then arrest one random active citizen within vision (or arrest, then move)."""
    marked = town.person[number, STATE] == COP  # always; a constant would compile moves twice
    if rules.cops_move and rules.move_first:
        _walk(town, sight, number, town.cops, marked, random)
    if town.totals[NUMBER_ACTIVE] > 0:
        _arrest(town, sight, rules, number, longest, random)
    if rules.cops_move and not rules.move_first:
        _walk(town, sight, number, town.cops, marked, random)


@inner
def _walk(
    town: Town, sight: Vision, number: int, marks: Layer, marked: bool, random: Chance
) -> None:
    move(
        town.occupied,
        town.resident,
        town.person,
        town.halo,
        sight.half,
        sight.offsets,
        number,
        marks,
        marked,
        random,
    )


@inner
def _decide(town: Town, sight: Vision, rounding: int, number: int, critical: float) -> None:
    x, y = signed(town.person[number, X]), signed(town.person[number, Y])
    was = town.person[number, STATE]
    rebels = critical > 0.0
    if rebels and critical != np.inf:
        cops = count(town.cops, town.halo, sight.half, x, y)
        if cops >= critical:  # otherwise no number of actives makes the ratio critical
            actives = 1 if was == QUIET else 0
            if town.totals[NUMBER_ACTIVE] > 0:
                actives += count(town.actives, town.halo, sight.half, x, y)
            rebels = perceived_ratio(cops, actives, rounding) < critical
    if rebels != (was == ACTIVE):
        _turn_over(town, number, rebels)


@inner
def _turn_over(town: Town, number: int, active: bool) -> None:
    x, y = signed(town.person[number, X]), signed(town.person[number, Y])
    width = town.resident.shape[1]
    if active:
        town.person[number, STATE] = ACTIVE
        put(town.actives, width, town.halo, x, y)
        town.totals[NUMBER_ACTIVE] += 1
    else:
        town.person[number, STATE] = QUIET
        take(town.actives, width, town.halo, x, y)
        town.totals[NUMBER_ACTIVE] -= 1


@inner
def _release(town: Town, in_place: bool, number: int, random: Chance) -> None:
    town.person[number, STATE] = QUIET
    town.totals[NUMBER_JAILED] -= 1
    if not in_place:
        x, y = empty_site(town.resident, random)
        place(town.occupied, town.resident, town.person, town.halo, number, x, y)


@inner
def _arrest(
    town: Town, sight: Vision, rules: Rules, number: int, longest: float, random: Chance
) -> None:
    x, y = signed(town.person[number, X]), signed(town.person[number, Y])
    width = town.resident.shape[1]
    seen = count(town.actives, town.halo, sight.half, x, y)
    if seen == 0:
        return
    which = pick(random, seen)
    column, row = find(town.actives, width, town.halo, sight.half, x, y, which, True)
    arrested = signed(town.resident[row, column])
    take(town.actives, width, town.halo, column, row)
    town.person[arrested, STATE] = JAILED
    town.person[arrested, TERM] = sentence(rules.term, longest, random)
    if not rules.in_place:
        lift(town.occupied, town.resident, town.person, town.halo, arrested)
    town.totals[NUMBER_ACTIVE] -= 1
    town.totals[NUMBER_JAILED] += 1
    town.totals[ARRESTS] += 1


@inner
def sentence(rule: int, longest: float, random: Chance) -> int:
    """Turns that a prisoner misses."""
    if not longest < FOR_LIFE:
        return FOR_LIFE
    whole = int(longest)
    if rule == ALWAYS_MAXIMUM or whole == 0:
        return whole
    return pick(random, whole + 1 if rule == TO_MAXIMUM else whole)
