"""Cops on the torus: as many as are wanted, on random sites. All models of violence share this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.dynamics.civil_violence.turns import COP, OFF_DUTY
from worldclass.dynamics.lattice.bits import put, signed, take
from worldclass.dynamics.lattice.crowd import STATE, X, Y, empty_site, lift, place
from worldclass.dynamics.lean import inner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Layer = NDArray[np.uint64]


@inner
def on_duty(person: NDArray[np.int32], first: int, stop: int) -> int:
    """How many of the persons from `first` to `stop` - 1 are cops on the torus."""
    found = 0
    for number in range(first, stop):
        found += person[number, STATE] == COP
    return found


@inner
def change_cops(
    occupied: Layer,
    cops: Layer,
    resident: NDArray[np.int32],
    person: NDArray[np.int32],
    halo: int,
    first: int,
    posted: int,
    wanted: int,
    random: NDArray[np.uint64],
) -> None:
    """Bring cops to random empty sites, or take some off the torus, until there are enough.

    Cops differ in nothing but their site, so the last in the list are as good as random ones.

    Parameters
    ----------
    occupied, cops
        Layers of sites on which anybody, a cop stands.
    resident, person
        See `lattice.crowd`.
    first
        Number of the first cop in the table of persons; the others follow.
    posted, wanted
        Cops on the torus now, and afterwards. There must be empty sites for them.
    """
    width = resident.shape[1]
    for number in range(first + posted - 1, first + wanted - 1, -1):
        x, y = signed(person[number, X]), signed(person[number, Y])
        take(cops, width, halo, x, y)
        lift(occupied, resident, person, halo, number)
        person[number, STATE] = OFF_DUTY
    for number in range(first + posted, first + wanted):
        x, y = empty_site(resident, random)
        place(occupied, resident, person, halo, number, x, y)
        put(cops, width, halo, x, y)
        person[number, STATE] = COP
