"""What a citizen of a group and a cop do when it is their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from worldclass.dynamics.civil_violence.turns import (
    ACTIVE,
    BELOW_MAXIMUM,
    FOR_LIFE,
    JAILED,
    QUIET,
    critical_ratio,
    perceived_ratio,
    sentence,
)
from worldclass.dynamics.lattice.bits import count, find, put, signed, take
from worldclass.dynamics.lattice.chance import pick
from worldclass.dynamics.lattice.crowd import (
    NOBODY,
    STATE,
    TERM,
    X,
    Y,
    empty_neighbour,
    empty_site,
    lift,
    move,
    place,
)
from worldclass.dynamics.lean import inlined, inner, lean
from worldclass.dynamics.random_numbers import uniform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.lattice.vision import Vision

    Layer = NDArray[np.uint64]
    Chance = NDArray[np.uint64]

DEAD = 5
"""A state besides those of civil violence: the place in the table is free."""
PEOPLE, ACTIVES, PRISONERS, KILLS, BIRTHS, DEATHS = range(0, 12, 2)
"""Entries of `Land.totals` for the first group; the second's come next."""
ON_TORUS = 12
"""Entry of `Land.totals`: persons on the torus, cops included."""


class Land(NamedTuple):
    """Who stands where.

    Attributes
    ----------
    occupied, cops, actives, first, second
        Layers of sites: anybody, cops, active citizens, citizens of either group.
    resident
        Shape (height, width): who stands on a site, or -1.
    person
        Shape (places, 4): site across and down, state, term. Cops have the first places.
    group
        Shape (places,): 0 or 1.
    hardship, risk_aversion, critical
        Shape (places,); see `civil_violence.advance.Traits`.
    death
        Shape (places,): period in which the citizen dies of age.
    vacant
        Shape (places + 1,): free places, their number in the last entry.
    totals
        Shape (13,); see the entries above. Kills count by the killer's group.
    halo
        Sites that layers repeat at either end of a row.
    """

    occupied: Layer
    cops: Layer
    actives: Layer
    first: Layer
    second: Layer
    resident: NDArray[np.int32]
    person: NDArray[np.int32]
    group: NDArray[np.int8]
    hardship: NDArray[np.float64]
    risk_aversion: NDArray[np.float64]
    critical: NDArray[np.float64]
    death: NDArray[np.int64]
    vacant: NDArray[np.int32]
    totals: NDArray[np.int64]
    halo: int


class Terms(NamedTuple):
    """What holds in a period: inputs in time, and rules."""

    period: int
    legitimacy: float
    threshold: float
    constant: float
    longest_term: float
    cloning: float
    oldest: int
    rounding: int
    needs_victim: bool


@inner
def citizen_turn(
    land: Land, sight: Vision, near: Vision, terms: Terms, number: int, random: Chance
) -> None:
    """Die of age, or serve the sentence; or else move, kill where active, and clone."""
    state = land.person[number, STATE]
    if state == DEAD:
        return
    group = land.group[number]
    if terms.period >= land.death[number]:
        leave(land, number)
        land.totals[DEATHS + group] += 1
        return
    if state == JAILED:
        if land.person[number, TERM] > 0:
            if land.person[number, TERM] != FOR_LIFE:
                land.person[number, TERM] -= 1
            return
        if land.totals[ON_TORUS] == land.resident.size:
            return  # no room to be released to
        _release(land, number, random)
    own = land.first if group == 0 else land.second
    _walk(land, sight, number, own, random)
    _decide(land, sight, terms, number, random)
    if uniform(random) < terms.cloning:
        _clone(land, near, terms, number, random)


@inlined
def _walk(land: Land, sight: Vision, number: int, own: Layer, random: Chance) -> None:
    x, y = signed(land.person[number, X]), signed(land.person[number, Y])
    move(
        land.occupied,
        land.resident,
        land.person,
        land.halo,
        sight.half,
        sight.offsets,
        number,
        own,
        True,
        random,
    )
    if land.person[number, STATE] == ACTIVE:
        take(land.actives, land.resident.shape[1], land.halo, x, y)
        column, row = signed(land.person[number, X]), signed(land.person[number, Y])
        put(land.actives, land.resident.shape[1], land.halo, column, row)


@inner
def _decide(land: Land, sight: Vision, terms: Terms, number: int, random: Chance) -> None:
    x, y, halo = signed(land.person[number, X]), signed(land.person[number, Y]), land.halo
    was, critical = land.person[number, STATE], land.critical[number]
    kills = critical > 0.0
    if kills and critical != np.inf:
        cops = count(land.cops, halo, sight.half, x, y)
        actives = count(land.actives, halo, sight.half, x, y) + (1 if was == QUIET else 0)
        kills = perceived_ratio(cops, actives, terms.rounding) < critical
    victim = NOBODY
    if kills:
        victim = _seen_of_other_group(land, sight, number, random)
        if terms.needs_victim and victim == NOBODY:
            kills = False
    if kills != (was == ACTIVE):
        width, group = land.resident.shape[1], land.group[number]
        land.person[number, STATE] = ACTIVE if kills else QUIET
        land.totals[ACTIVES + group] += 1 if kills else -1
        if kills:
            put(land.actives, width, halo, x, y)
        else:
            take(land.actives, width, halo, x, y)
    if victim != NOBODY:
        leave(land, victim)
        land.totals[KILLS + land.group[number]] += 1


@inner
def _seen_of_other_group(land: Land, sight: Vision, number: int, random: Chance) -> int:
    other = land.second if land.group[number] == 0 else land.first
    x, y = signed(land.person[number, X]), signed(land.person[number, Y])
    seen = count(other, land.halo, sight.half, x, y)
    if seen == 0:
        return NOBODY
    width, which = land.resident.shape[1], pick(random, seen)
    column, row = find(other, width, land.halo, sight.half, x, y, which, True)
    return signed(land.resident[row, column])


@inner
def leave(land: Land, number: int) -> None:
    """Take a dead citizen out of all books."""
    group, state = land.group[number], land.person[number, STATE]
    if state == JAILED:
        land.totals[PRISONERS + group] -= 1
    else:
        _off_torus(land, number)
    land.person[number, STATE] = DEAD
    land.totals[PEOPLE + group] -= 1


@inner
def _off_torus(land: Land, number: int) -> None:
    x, y, width = (
        signed(land.person[number, X]),
        signed(land.person[number, Y]),
        land.resident.shape[1],
    )
    group = land.group[number]
    take(land.first if group == 0 else land.second, width, land.halo, x, y)
    if land.person[number, STATE] == ACTIVE:
        take(land.actives, width, land.halo, x, y)
        land.totals[ACTIVES + group] -= 1
    lift(land.occupied, land.resident, land.person, land.halo, number)
    land.totals[ON_TORUS] -= 1


@lean
def enter(land: Land, number: int, x: int, y: int) -> None:
    """Let a quiet citizen stand on an empty site."""
    own = land.first if land.group[number] == 0 else land.second
    land.person[number, STATE] = QUIET
    place(land.occupied, land.resident, land.person, land.halo, number, x, y)
    put(own, land.resident.shape[1], land.halo, x, y)
    land.totals[ON_TORUS] += 1


@inner
def _release(land: Land, number: int, random: Chance) -> None:
    x, y = empty_site(land.resident, random)
    enter(land, number, x, y)
    land.totals[PRISONERS + land.group[number]] -= 1


@inner
def _clone(land: Land, near: Vision, terms: Terms, parent: int, random: Chance) -> None:
    """A child of the parent's group and hardship, with a risk aversion of its own."""
    x, y, width = (
        signed(land.person[parent, X]),
        signed(land.person[parent, Y]),
        land.resident.shape[1],
    )
    column, row = empty_neighbour(
        land.occupied, width, land.halo, near.half, near.offsets, x, y, random
    )
    left = land.vacant[-1]
    if column == NOBODY or left == 0:
        return
    child: int = signed(land.vacant[left - 1])
    land.vacant[-1] = left - 1
    group = land.group[parent]
    land.group[child], land.hardship[child] = group, land.hardship[parent]
    land.risk_aversion[child] = uniform(random)
    land.critical[child] = critical_ratio(
        land.hardship[child],
        land.risk_aversion[child],
        terms.legitimacy,
        terms.threshold,
        terms.constant,
    )
    land.death[child] = terms.period + 1 + pick(random, terms.oldest)
    enter(land, child, column, row)
    land.totals[PEOPLE + group] += 1
    land.totals[BIRTHS + group] += 1


@inner
def cop_turn(land: Land, sight: Vision, terms: Terms, number: int, random: Chance) -> None:
    """Move, then arrest one random active citizen of either group within vision."""
    move(
        land.occupied,
        land.resident,
        land.person,
        land.halo,
        sight.half,
        sight.offsets,
        number,
        land.cops,
        True,
        random,
    )
    x, y = signed(land.person[number, X]), signed(land.person[number, Y])
    seen = count(land.actives, land.halo, sight.half, x, y)
    if seen == 0:
        return
    width, which = land.resident.shape[1], pick(random, seen)
    column, row = find(land.actives, width, land.halo, sight.half, x, y, which, True)
    arrested: int = signed(land.resident[row, column])
    _off_torus(land, arrested)
    land.person[arrested, STATE] = JAILED
    land.person[arrested, TERM] = sentence(BELOW_MAXIMUM, terms.longest_term, random)
    land.totals[PRISONERS + land.group[arrested]] += 1
