"""Layers of sites packed in bits: count a neighbourhood with a few instructions.

Each layer says of every site whether something stands there. A row is a string of bits with a
halo of repeated sites at either end, so that a span of the torus is one shift of two words and
its count one instruction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numba import types
from numba.extending import intrinsic

from worldclass.core.errors import UsageError
from worldclass.dynamics.lean import inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Layer = NDArray[np.uint64]

_SIX, _LAST, _ONE = np.uint64(6), np.uint64(63), np.uint64(1)
signed: Any = np.int64
"""A whole number of 64 bits: int() would keep what it is given, and each kind is compiled anew."""


def make_layer(width: int, height: int, halo: int) -> NDArray[np.uint64]:
    """An empty layer of a torus, shape (height, words).

    Parameters
    ----------
    width, height
        Sites across and down.
    halo
        Sites repeated at either end of a row: the farthest that anybody sees.

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
    return np.zeros((height, (width + 2 * halo + 63) // 64 + 1), np.uint64)


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


@inlined
def put(layer: Layer, width: int, halo: int, x: int, y: int) -> None:
    """Mark a site."""
    _mark(layer, y, x + halo)
    if x < halo:
        _mark(layer, y, x + halo + width)
    if x >= width - halo:
        _mark(layer, y, x + halo - width)


@inlined
def take(layer: Layer, width: int, halo: int, x: int, y: int) -> None:
    """Unmark a site."""
    _unmark(layer, y, x + halo)
    if x < halo:
        _unmark(layer, y, x + halo + width)
    if x >= width - halo:
        _unmark(layer, y, x + halo - width)


@inlined
def has(layer: Layer, halo: int, x: int, y: int) -> bool:
    """Whether a site is marked; x may lie in the halo."""
    bit = np.uint64(x + halo)
    return (layer[np.uint64(y), bit >> _SIX] >> (bit & _LAST)) & _ONE == _ONE


@inlined
def span(layer: Layer, row: int, start: int, half: int) -> np.uint64:
    """The bits of a row from start to start + 2 half, lowest first."""
    first, down = np.uint64(start), np.uint64(row)
    word, shift = first >> _SIX, first & _LAST
    bits = (layer[down, word] >> shift) | ((layer[down, word + _ONE] << _ONE) << (_LAST - shift))
    return bits & ((_ONE << np.uint64(2 * half + 1)) - _ONE)


@inlined
def count(layer: Layer, halo: int, half: NDArray[np.int64], x: int, y: int) -> int:
    """Marked sites in a neighbourhood, the centre included."""
    height, total = len(layer), np.uint64(0)
    row = y - len(half) // 2
    if row < 0:
        row += height
    for wide in half:
        total += ones(span(layer, row, x + halo - wide, wide))
        row += 1
        if row == height:
            row = 0
    return signed(total)


@inlined
def find(
    layer: Layer,
    width: int,
    halo: int,
    half: NDArray[np.int64],
    x: int,
    y: int,
    number: int,
    marked: bool,
) -> tuple[int, int]:
    """The place of a neighbourhood's marked (or unmarked) site with a number, from 0.

    Sites are numbered row by row, the centre included where it is of the kind asked for; (-1, -1)
    where there are fewer.
    """
    height, left = len(layer), number
    row = y - len(half) // 2
    if row < 0:
        row += height
    for wide in half:
        bits = span(layer, row, x + halo - wide, wide)
        if not marked:
            bits = ~bits & ((_ONE << np.uint64(2 * wide + 1)) - _ONE)
        here = signed(ones(bits))
        if left < here:
            for _ in range(left):
                bits &= bits - _ONE
            column = x - wide + signed(zeros_below(bits))
            if column < 0:
                column += width
            elif column >= width:
                column -= width
            return column, row
        left -= here
        row += 1
        if row == height:
            row = 0
    return -1, -1


@inlined
def _mark(layer: Layer, row: int, position: int) -> None:
    bit = np.uint64(position)
    layer[np.uint64(row), bit >> _SIX] |= _ONE << (bit & _LAST)


@inlined
def _unmark(layer: Layer, row: int, position: int) -> None:
    bit = np.uint64(position)
    layer[np.uint64(row), bit >> _SIX] &= ~(_ONE << (bit & _LAST))
