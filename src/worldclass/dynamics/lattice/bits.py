"""Layers of sites packed in bits: count a neighbourhood with a few instructions.

Each layer says of every site whether something stands there. A row is a string of bits with a
halo of repeated sites at either end, so that a span of the torus is one shift of two words and
its count one instruction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
from numba import types
from numba.extending import intrinsic

from worldclass.core.errors import UsageError
from worldclass.dynamics.lattice.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.lattice.vision import Vision

_SIX, _LAST, _ONE = np.uint64(6), np.uint64(63), np.uint64(1)


class Lattice(NamedTuple):
    """A torus of sites.

    Attributes
    ----------
    width, height
        Sites across and down.
    halo
        Sites repeated at either end of a row.
    layers
        Shape (layers, height, words), bits; site x of a row is bit x + halo.
    """

    width: int
    height: int
    halo: int
    layers: NDArray[np.uint64]


def make_lattice(width: int, height: int, halo: int, layers: int) -> Lattice:
    """An empty torus.

    Raises
    ------
    UsageError
        The torus is smaller than a neighbourhood, so that a site would be seen twice.
    """
    if min(width, height) < 2 * halo + 1:
        raise UsageError(
            f"A torus of {width} × {height} sites is smaller than what one sees of it "
            f"({2 * halo + 1} across).",
            where="width, height, vision",
            remedy="Enlarge the torus or shorten the vision.",
        )
    words = (width + 2 * halo + 63) // 64 + 1
    return Lattice(width, height, halo, np.zeros((layers, height, words), np.uint64))


def _ones(_context: Any, _word: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


def _zeros_below(_context: Any, _word: Any) -> Any:
    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], context.get_constant(types.boolean, False))

    return types.uint64(types.uint64), generate


ones = cast(Any, intrinsic(_ones))
"""Number of ones in a word."""
zeros_below = cast(Any, intrinsic(_zeros_below))
"""Position of the lowest one in a word."""


@compiled
def put(lattice: Lattice, layer: int, x: int, y: int) -> None:
    """Mark a site in a layer."""
    row = lattice.layers[layer, y]
    _mark(row, x + lattice.halo)
    if x < lattice.halo:
        _mark(row, x + lattice.halo + lattice.width)
    if x >= lattice.width - lattice.halo:
        _mark(row, x + lattice.halo - lattice.width)


@compiled
def take(lattice: Lattice, layer: int, x: int, y: int) -> None:
    """Unmark a site in a layer."""
    row = lattice.layers[layer, y]
    _unmark(row, x + lattice.halo)
    if x < lattice.halo:
        _unmark(row, x + lattice.halo + lattice.width)
    if x >= lattice.width - lattice.halo:
        _unmark(row, x + lattice.halo - lattice.width)


@compiled
def has(lattice: Lattice, layer: int, x: int, y: int) -> bool:
    """Whether a site is marked."""
    bit = np.uint64(x + lattice.halo)
    return (lattice.layers[layer, y, bit >> _SIX] >> (bit & _LAST)) & _ONE == _ONE


@compiled
def span(lattice: Lattice, layer: int, x: int, y: int, half: int) -> np.uint64:
    """The bits of a row from x - half to x + half, lowest first."""
    start = np.uint64(x + lattice.halo - half)
    word, shift = start >> _SIX, start & _LAST
    row = lattice.layers[layer, y]
    bits = (row[word] >> shift) | ((row[word + _ONE] << _ONE) << (_LAST - shift))
    return bits & ((_ONE << np.uint64(2 * half + 1)) - _ONE)


@compiled
def count(lattice: Lattice, vision: Vision, layer: int, x: int, y: int) -> int:
    """Marked sites in a neighbourhood, the centre included."""
    total = np.uint64(0)
    row = y - vision.reach
    if row < 0:
        row += lattice.height
    for half in vision.half:
        total += ones(span(lattice, layer, x, row, half))
        row += 1
        if row == lattice.height:
            row = 0
    return np.int64(total)


@compiled
def find(
    lattice: Lattice, vision: Vision, layer: int, x: int, y: int, number: int, marked: bool
) -> tuple[int, int]:
    """The place of a neighbourhood's marked (or unmarked) site with a number, from 0.

    Sites are numbered row by row, the centre included where it is of the kind asked for; (-1, -1)
    where there are fewer.
    """
    left = number
    row = y - vision.reach
    if row < 0:
        row += lattice.height
    for half in vision.half:
        bits = span(lattice, layer, x, row, half)
        if not marked:
            bits = ~bits & ((_ONE << np.uint64(2 * half + 1)) - _ONE)
        here = np.int64(ones(bits))
        if left < here:
            for _ in range(left):
                bits &= bits - _ONE
            column = x - half + np.int64(zeros_below(bits))
            if column < 0:
                column += lattice.width
            elif column >= lattice.width:
                column -= lattice.width
            return column, row
        left -= here
        row += 1
        if row == lattice.height:
            row = 0
    return -1, -1


@compiled
def _mark(row: NDArray[np.uint64], position: int) -> None:
    bit = np.uint64(position)
    row[bit >> _SIX] |= _ONE << (bit & _LAST)


@compiled
def _unmark(row: NDArray[np.uint64], position: int) -> None:
    bit = np.uint64(position)
    row[bit >> _SIX] &= ~(_ONE << (bit & _LAST))
