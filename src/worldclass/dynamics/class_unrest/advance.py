"""Let a period pass: everybody has a turn, groups remember, the regime responds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from worldclass.dynamics.civil_violence.cops import change_cops, on_duty
from worldclass.dynamics.class_unrest.turns import Climate, Streets, citizen_turn, cop_turn
from worldclass.dynamics.lattice.bits import signed
from worldclass.dynamics.lattice.chance import shuffle
from worldclass.dynamics.lean import inner, lean

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
    _post_cops(streets, citizens, cops, order, random)
    present = citizens + cops
    for group in range(len(streets.group_arrested)):
        streets.group_arrested[group] = 0
    shuffle(random, order, present)
    for turn in range(present):
        number: int = signed(order[turn])
        if number < citizens:
            citizen_turn(streets, traits, sight, climate, number, random)
        else:
            cop_turn(streets, traits, sight, climate, number, random)


@inner
def _post_cops(
    streets: Streets,
    citizens: int,
    wanted: int,
    order: NDArray[np.int32],
    random: NDArray[np.uint64],
) -> None:
    """Bring the number of cops to what is wanted, and line everybody up."""
    posted = on_duty(streets.person, citizens, len(streets.person))
    change_cops(
        streets.occupied,
        streets.cops,
        streets.resident,
        streets.person,
        streets.halo,
        citizens,
        posted,
        wanted,
        random,
    )
    for one in range(citizens + wanted):
        order[one] = one


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
