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
    sentence,
)
from worldclass.dynamics.lattice.bits import count, find, put, signed, span, take, zeros_below
from worldclass.dynamics.lattice.chance import pick
from worldclass.dynamics.lattice.crowd import STATE, TERM, X, Y, empty_site, lift, move, place
from worldclass.dynamics.lean import inlined, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.class_unrest.standing import Traits
    from worldclass.dynamics.lattice.vision import Vision

    Layer = NDArray[np.uint64]
    Chance = NDArray[np.uint64]

_NONE, _ONE = np.uint64(0), np.uint64(1)


class Streets(NamedTuple):
    """Who stands where, and how many of each group are active.

    Attributes
    ----------
    occupied, cops, actives, heads
        Layers of sites: anybody, cops, active citizens, active leaders.
    resident
        Shape (height, width): who stands on a site, or -1.
    person
        Shape (persons, 4). Citizens come first.
    group_active, group_jailed, group_arrested
        Shape (groups,): citizens active and in jail, and arrested in the period.
    halo
        Sites that layers repeat at either end of a row.
    """

    occupied: Layer
    cops: Layer
    actives: Layer
    heads: Layer
    resident: NDArray[np.int32]
    person: NDArray[np.int32]
    group_active: NDArray[np.int64]
    group_jailed: NDArray[np.int64]
    group_arrested: NDArray[np.int64]
    halo: int


class Climate(NamedTuple):
    """What holds in a period.

    Attributes
    ----------
    weight
        Shape (groups, groups): what an active citizen of the second counts for the first.
    legitimacy, threshold
        Shape (groups,): with nation, concessions and memory, before personal differences.
    relief, privilege_loss, constant, longest_term, network, leader_weight, fatigue, keep
        As in `parameters`; `keep` is the share of fatigue that is left after a period.
    held_back
        Whether the organised hold back.
    floor
        Whether cops over actives are rounded down (1), to the nearest (2), or not (0).
    target_leaders
        Whether cops arrest leaders first.
    """

    weight: NDArray[np.float64]
    legitimacy: NDArray[np.float64]
    threshold: NDArray[np.float64]
    relief: float
    privilege_loss: float
    constant: float
    longest_term: float
    network: float
    leader_weight: float
    fatigue: float
    keep: float
    held_back: bool
    rounding: int
    target_leaders: bool


@inner
def citizen_turn(
    streets: Streets, traits: Traits, sight: Vision, climate: Climate, number: int, random: Chance
) -> None:
    """Serve a period of the sentence; or else move, decide, and tire or recover."""
    person = streets.person
    traits.fatigue[number] *= climate.keep
    if person[number, STATE] == JAILED:
        if person[number, TERM] > 0:
            if person[number, TERM] != FOR_LIFE:
                person[number, TERM] -= 1
            return
        _release(streets, traits, number, random)
    _walk(streets, traits, sight, number, random)
    active = _decide(streets, traits, sight, climate, number)
    if active != (person[number, STATE] == ACTIVE):
        _mark(streets, traits, number, active)
    if active:
        traits.fatigue[number] += climate.fatigue


@inlined
def _decide(streets: Streets, traits: Traits, sight: Vision, climate: Climate, number: int) -> bool:
    group = traits.group[number]
    legitimacy = climate.legitimacy[group] + traits.legitimacy[number]
    hardship = traits.hardship[number] - climate.relief
    if traits.privileged[number] == 1:
        hardship += climate.privilege_loss
    critical = critical_ratio(
        min(max(hardship, 0.0), 1.0),
        traits.risk_aversion[number],
        min(max(legitimacy, 0.0), 1.0),
        climate.threshold[group] + traits.fatigue[number],
        climate.constant,
    )
    if critical <= 0.0 or (climate.held_back and traits.organised[number] == 1):
        return False
    if critical == np.inf:
        return True
    ratio = _perceived(streets, traits, sight, climate, number)
    if climate.rounding == 1:
        ratio = np.floor(ratio)
    elif climate.rounding == 2:
        ratio = np.rint(ratio)
    return ratio < critical


@inner
def _perceived(
    streets: Streets, traits: Traits, sight: Vision, climate: Climate, number: int
) -> float:
    """Cops and those who deter, over active allies, oneself included."""
    x, y, halo = signed(streets.person[number, X]), signed(streets.person[number, Y]), streets.halo
    group = traits.group[number]
    foes, friends = float(count(streets.cops, halo, sight.half, x, y)), 1.0
    height, width = streets.resident.shape
    row = y - len(sight.half) // 2
    if row < 0:
        row += height
    for wide in sight.half:
        bits = span(streets.actives, row, x + halo - wide, wide)
        while bits != _NONE:
            column = x - wide + signed(zeros_below(bits))
            bits &= bits - _ONE
            if column < 0:
                column += width
            elif column >= width:
                column -= width
            other: int = signed(streets.resident[row, column])
            if other != number:
                counted = climate.weight[group, traits.group[other]]
                if traits.leader[other] == 1:
                    counted *= climate.leader_weight
                friends += max(counted, 0.0)
                foes += max(-counted, 0.0)
        row += 1
        if row == height:
            row = 0
    if traits.organised[number] == 1 and climate.network > 0.0:
        area = (len(sight.offsets) + 1) / streets.resident.size
        for other in range(len(streets.group_active)):
            allied = max(climate.weight[group, other], 0.0) * streets.group_active[other]
            friends += climate.network * area * allied
    return float(foes / friends)


@inner
def _walk(streets: Streets, traits: Traits, sight: Vision, number: int, random: Chance) -> None:
    person, width, halo = streets.person, streets.resident.shape[1], streets.halo
    x, y = signed(person[number, X]), signed(person[number, Y])
    active = person[number, STATE] == ACTIVE
    move(
        streets.occupied,
        streets.resident,
        person,
        halo,
        sight.half,
        sight.offsets,
        number,
        streets.actives,
        active,
        random,
    )
    if active and traits.leader[number] == 1:
        take(streets.heads, width, halo, x, y)
        put(streets.heads, width, halo, signed(person[number, X]), signed(person[number, Y]))


@inner
def _mark(streets: Streets, traits: Traits, number: int, active: bool) -> None:
    """Write into all books that a citizen has become active, or quiet."""
    x, y = signed(streets.person[number, X]), signed(streets.person[number, Y])
    width, halo = streets.resident.shape[1], streets.halo
    streets.person[number, STATE] = ACTIVE if active else QUIET
    streets.group_active[traits.group[number]] += 1 if active else -1
    if active:
        put(streets.actives, width, halo, x, y)
        if traits.leader[number] == 1:
            put(streets.heads, width, halo, x, y)
    else:
        take(streets.actives, width, halo, x, y)
        if traits.leader[number] == 1:
            take(streets.heads, width, halo, x, y)


@inner
def _release(streets: Streets, traits: Traits, number: int, random: Chance) -> None:
    streets.person[number, STATE] = QUIET
    streets.group_jailed[traits.group[number]] -= 1
    x, y = empty_site(streets.resident, random)
    place(streets.occupied, streets.resident, streets.person, streets.halo, number, x, y)


@inner
def cop_turn(
    streets: Streets, traits: Traits, sight: Vision, climate: Climate, number: int, random: Chance
) -> None:
    """Move, then arrest one random active citizen within vision; leaders first, if so told."""
    move(
        streets.occupied,
        streets.resident,
        streets.person,
        streets.halo,
        sight.half,
        sight.offsets,
        number,
        streets.cops,
        True,
        random,
    )
    x, y = signed(streets.person[number, X]), signed(streets.person[number, Y])
    halo, half, width = streets.halo, sight.half, streets.resident.shape[1]
    layer = streets.heads if climate.target_leaders else streets.actives
    seen = count(layer, halo, half, x, y)
    if seen == 0 and climate.target_leaders:
        layer = streets.actives
        seen = count(layer, halo, half, x, y)
    if seen == 0:
        return
    column, row = find(layer, width, halo, half, x, y, pick(random, seen), True)
    arrested: int = signed(streets.resident[row, column])
    _mark(streets, traits, arrested, False)
    streets.person[arrested, STATE] = JAILED
    streets.person[arrested, TERM] = sentence(BELOW_MAXIMUM, climate.longest_term, random)
    lift(streets.occupied, streets.resident, streets.person, halo, arrested)
    group = traits.group[arrested]
    streets.group_jailed[group] += 1
    streets.group_arrested[group] += 1
