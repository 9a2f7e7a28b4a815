"""Let a period pass: everybody has a turn, groups remember, the regime responds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from worldclass.dynamics.civil_violence.turns import COP, OFF_DUTY
from worldclass.dynamics.class_unrest.turns import Climate, Streets, citizen_turn, cop_turn
from worldclass.dynamics.lattice.bits import put, take
from worldclass.dynamics.lattice.chance import shuffle
from worldclass.dynamics.lattice.crowd import STATE, X, Y, empty_site, lift, place
from worldclass.dynamics.lattice.lean import lean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.class_unrest.standing import Traits
    from worldclass.dynamics.lattice.vision import Vision


class Memory(NamedTuple):
    """What groups remember, as shares of the group that fade; arrays of shape (groups,)."""

    size: NDArray[np.int64]
    activity: NDArray[np.float64]
    arrests: NDArray[np.float64]


@lean
def pass_period(
    streets: Streets,
    traits: Traits,
    sight: Vision,
    climate: Climate,
    cops: int,
    order: NDArray[np.int32],
    random: NDArray[np.uint64],
) -> None:
    """Bring the number of cops to what is wanted, then give everybody a turn in random order."""
    citizens = len(traits.group)
    present = citizens + _post_cops(streets, citizens, cops, order, random)
    for group in range(len(streets.group_arrested)):
        streets.group_arrested[group] = 0
    shuffle(random, order, present)
    for turn in range(present):
        number = int(order[turn])
        if number < citizens:
            citizen_turn(streets, traits, sight, climate, number, random)
        else:
            cop_turn(streets, traits, sight, climate, number, random)


@lean
def _post_cops(
    streets: Streets,
    citizens: int,
    wanted: int,
    order: NDArray[np.int32],
    random: NDArray[np.uint64],
) -> int:
    person, width, on_duty = streets.person, streets.resident.shape[1], 0
    for number in range(citizens, len(person)):
        on_duty += person[number, STATE] == COP
    while on_duty > wanted:
        on_duty -= 1
        number = citizens + on_duty
        take(streets.cops, width, streets.halo, person[number, X], person[number, Y])
        lift(streets.occupied, streets.resident, person, streets.halo, number)
        person[number, STATE] = OFF_DUTY
    while on_duty < wanted:
        number = citizens + on_duty
        x, y = empty_site(streets.resident, random)
        place(streets.occupied, streets.resident, person, streets.halo, number, x, y)
        put(streets.cops, width, streets.halo, x, y)
        person[number, STATE] = COP
        on_duty += 1
    for one in range(citizens + on_duty):
        order[one] = one
    return on_duty


def remember(memory: Memory, streets: Streets, fades: float) -> None:
    """Let memory fade by a factor, and add the period.

    m ← f · m + (1 − f) · share, so that a steady share is remembered as itself.
    """
    size = np.maximum(memory.size, 1)
    for kept, numbers in (
        (memory.activity, streets.group_active),
        (memory.arrests, streets.group_arrested),
    ):
        kept *= fades
        kept += (1 - fades) * numbers / size
