"""Persons on a lattice: who stands where, and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.lattice.bits import count, find, has, put, signed, take
from worldclass.dynamics.lattice.chance import pick
from worldclass.dynamics.lean import inlined, inner, lean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Layer = NDArray[np.uint64]
    Sites = NDArray[np.int32]
    Persons = NDArray[np.int32]
    Chance = NDArray[np.uint64]

X, Y, STATE, TERM = range(4)
"""Columns of the table of persons, shape (persons, 4): site across and down, state, term."""
NOBODY = -1
_TRIES = 12


@inlined
def place(
    occupied: Layer, resident: Sites, person: Persons, halo: int, number: int, x: int, y: int
) -> None:
    """Let a person stand on an empty site.

    Parameters
    ----------
    occupied
        The layer of the sites on which somebody stands.
    resident
        Shape (height, width): who stands on a site, or -1.
    """
    put(occupied, resident.shape[1], halo, x, y)
    resident[y, x] = number
    person[number, X] = x
    person[number, Y] = y


@lean
def settle(
    occupied: Layer, resident: Sites, person: Persons, halo: int, sites: NDArray[np.int64]
) -> None:
    """Let person k stand on site number sites[k], counted row by row."""
    width = resident.shape[1]
    for number in range(len(sites)):
        site = sites[number]
        place(occupied, resident, person, halo, number, site % width, site // width)


@inlined
def lift(occupied: Layer, resident: Sites, person: Persons, halo: int, number: int) -> None:
    """Take a person off the torus."""
    x, y = signed(person[number, X]), signed(person[number, Y])
    take(occupied, resident.shape[1], halo, x, y)
    resident[y, x] = NOBODY
    person[number, X] = NOBODY
    person[number, Y] = NOBODY


@inner
def empty_site(resident: Sites, random: Chance) -> tuple[int, int]:
    """A random empty site of the whole torus; there must be one."""
    height, width = resident.shape
    for _ in range(64):
        site = pick(random, width * height)
        y, x = site // width, site % width
        if resident[y, x] == NOBODY:
            return x, y
    empty: int = signed(0)  # a bare 0 is a type of its own
    for y in range(height):
        for x in range(width):
            empty += resident[y, x] == NOBODY
    left = pick(random, empty)
    for y in range(height):
        for x in range(width):
            if resident[y, x] == NOBODY:
                if left == 0:
                    return x, y
                left -= 1
    return NOBODY, NOBODY


@inlined
def empty_neighbour(
    occupied: Layer,
    width: int,
    halo: int,
    half: NDArray[np.int64],
    offsets: NDArray[np.int64],
    x: int,
    y: int,
    random: Chance,
) -> tuple[int, int]:
    """A random empty site of a neighbourhood whose centre is occupied; (-1, -1) if there is none.

    Guesses first: where a quarter of the sites is empty, four guesses do on average. Each empty
    site is equally likely either way.
    """
    height = len(occupied)
    for _ in range(_TRIES):
        guess = np.uint64(pick(random, len(offsets)))
        column, row = x + offsets[guess, 0], y + offsets[guess, 1]
        if row < 0:
            row += height
        elif row >= height:
            row -= height
        if not has(occupied, halo, column, row):
            if column < 0:
                column += width
            elif column >= width:
                column -= width
            return column, row
    return _counted_neighbour(occupied, width, halo, half, x, y, random)


@inner  # apart, so that the guesses above keep the processor's registers
def _counted_neighbour(
    occupied: Layer, width: int, halo: int, half: NDArray[np.int64], x: int, y: int, random: Chance
) -> tuple[int, int]:
    """As `empty_neighbour`, by counting."""
    seen = 0
    for wide in half:
        seen += 2 * wide + 1
    empty = seen - count(occupied, halo, half, x, y)
    if empty == 0:
        return NOBODY, NOBODY
    return find(occupied, width, halo, half, x, y, pick(random, empty), False)


@inlined
def move(
    occupied: Layer,
    resident: Sites,
    person: Persons,
    halo: int,
    half: NDArray[np.int64],
    offsets: NDArray[np.int64],
    number: int,
    marks: Layer,
    marked: bool,
    random: Chance,
) -> None:
    """Move a person to a random empty site within vision, if there is one.

    Parameters
    ----------
    marks
        Another layer, which goes with the person where `marked`.
    """
    x, y = signed(person[number, X]), signed(person[number, Y])
    width = resident.shape[1]
    column, row = empty_neighbour(occupied, width, halo, half, offsets, x, y, random)
    if column == NOBODY:
        return
    take(occupied, width, halo, x, y)
    put(occupied, width, halo, column, row)
    if marked:
        take(marks, width, halo, x, y)
        put(marks, width, halo, column, row)
    resident[y, x] = NOBODY
    resident[row, column] = number
    person[number, X] = column
    person[number, Y] = row
