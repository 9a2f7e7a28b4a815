"""Compiled loops for large frames: read a code and look up its cell in one pass.

NumPy needs five passes for what is one multiplication, one addition and two reads. The loops are
compiled by numba, which is not among the package's own needs: the extra `fast` brings it. To
import it takes a second, longer than NumPy needs for one frame of ten million rows; so it is
taken where the process has imported it already, or goes on coding long frames.
"""

from __future__ import annotations

import importlib
import math
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.occupations.reading import read_codes
from worldclass.schemes.buffers import Memory, memory_of
from worldclass.schemes.codes import is_text, odd_codes
from worldclass.schemes.status import States, with_missing

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.axes import StatusAxis

Find = Callable[[int, int, NDArray[Any] | None, NDArray[Any]], None]
"""Writes the outcomes of rows start to stop, whose flat states are given, into an array."""

LONG = 200_000
"""Frames of fewer rows are not worth the loops."""

PAYS_AFTER = 20_000_000
"""Rows of long frames coded by this process from which on numba is imported."""

NUMPY_ONLY = "WORLDCLASS_NUMPY_ONLY"
"""Environment variable that, where set, keeps numba out."""

_DIGITS = 4
_MALFORMED, _MISSING = np.uint64(10_000), np.uint64(10_001)
_ZEROS, _ABOVE_NINE = np.uint32(0x30303030), np.uint32(0x76767676)
_HIGH_BITS, _PAIRS, _LOW = np.uint32(0x80808080), np.uint32(0x00FF00FF), np.uint32(0xFF)
_FOUR, _EIGHT, _TEN = np.uint32(4), np.uint32(8), np.uint32(10)
_HALF, _HUNDRED = np.uint32(16), np.uint32(100)
_NONE = np.zeros(1, np.uint8)
_POINTS = 4  # of an axis of counts

_lock = threading.Lock()
_coded = 0  # rows coded by this process in long frames


@dataclass(frozen=True, eq=False)
class Loops:
    """The compiled loops; see the functions at the end of this file, in their order."""

    counts: Any
    numbers: Any
    texts: Any


def loops_for(rows: int) -> Loops | None:
    """The loops, where a frame of so many rows should use them.

    Example
    -------
    >>> loops_for(1_000) is None
    True
    """
    global _coded
    if rows < LONG or os.environ.get(NUMPY_ONLY):
        return None
    with _lock:
        _coded += rows
        return compiled() if "numba" in sys.modules or _coded >= PAYS_AFTER else None


@cache
def compiled() -> Loops | None:
    """The loops, or None where numba is not installed."""
    try:
        numba: Any = importlib.import_module("numba")
    except ImportError:
        return None

    def compile_loop(loop: Callable[..., Any]) -> Any:
        try:
            return numba.njit(nogil=True, cache=True)(loop)
        except RuntimeError:  # no folder in which the compiled loop could be kept
            return numba.njit(nogil=True)(loop)

    loops = (_count_states, _look_up_numbers, _look_up_texts)
    return Loops(*map(compile_loop, loops))


def finder(series: pl.Series, digits: int, cells: NDArray[Any], loops: Loops) -> Find:
    """A function that looks up a column's codes.

    Parameters
    ----------
    series
        The column of codes as it stands in the frame, in one chunk.
    digits
        How many digits the column's codes have.
    cells
        A row for each code, shape (10002, states).
    loops
        The compiled loops.
    """
    memory = memory_of(series) if series.dtype.is_integer() or is_text(series) else None
    flat, width = cells.ravel(), np.uint64(cells.shape[1])
    if memory is not None and memory.kind == "text" and digits == _DIGITS:
        return _text_finder(series, memory, cells, loops)
    most, factor = 10**digits - 1, 10 ** (_DIGITS - digits)
    if memory is None or memory.kind != "numbers":
        read = read_codes(series, digits=digits).codes
        memory = Memory("numbers", read, None, 0, len(read))
        most, factor = int(_MISSING), 1
    values = memory.values
    if values.dtype == np.int8:
        values = values.astype(np.int16)  # a negative byte would become a number of three digits
    natural: NDArray[Any] = values.view(f"u{values.dtype.itemsize}")
    rules = np.uint64(most), np.uint64(factor) * width, _MALFORMED * width

    def find(start: int, stop: int, offset: NDArray[Any] | None, out: NDArray[Any]) -> None:
        missing = memory.missing(start, stop)
        offset = np.zeros(stop - start, np.uint8) if offset is None else offset
        absent = missing is not None, _NONE if missing is None else missing, _MISSING * width
        loops.numbers(natural[start:stop], *rules, *absent, flat, offset, out)

    return find


def count_reader(series: pl.Series, axis: StatusAxis, loops: Loops) -> States | None:
    """A function that gives the states of a column of counts; None for columns of other kinds.

    Parameters
    ----------
    series
        The column as it stands in the frame, in one chunk.
    axis
        The axis.
    loops
        The compiled loops.
    """
    whole = axis.kind in ("boolean", "integer") and series.dtype.is_integer()
    memory = memory_of(series) if whole else None
    if memory is None or axis.high is None or axis.breaks[0] < 0 or axis.size - 1 > _POINTS:
        return None
    signed = memory.values.dtype
    natural: NDArray[Any] = memory.values.view(f"u{signed.itemsize}")  # a negative becomes large
    low, *others = (math.ceil(point) for point in axis.breaks)
    highest = min(int(axis.high), np.iinfo(signed).max)
    # "c > q" for "c ≥ point": so there is a q that no number of the type passes
    passed = [*(min(point - 1, highest) for point in others), highest]
    never = [np.iinfo(natural.dtype).max] * (_POINTS - len(passed))
    rules = [natural.dtype.type(number) for number in (low, *passed, *never)]
    lost = np.uint8(axis.size - 1)

    def read(start: int, stop: int) -> NDArray[np.uint8]:
        states = np.empty(stop - start, np.uint8)
        loops.counts(natural[start:stop], *rules, lost, states)
        return with_missing(states, memory, start, stop, axis.size - 1)

    return read


def _text_finder(series: pl.Series, memory: Memory, cells: NDArray[Any], loops: Loops) -> Find:
    """Text of four digits; the other rows of a block are read one distinct text at a time."""
    flat, width = cells.ravel(), np.uint64(cells.shape[1])

    def find(start: int, stop: int, offset: NDArray[Any] | None, out: NDArray[Any]) -> None:
        missing = memory.missing(start, stop)
        offset = np.zeros(stop - start, np.uint8) if offset is None else offset
        views, absent = memory.values[start:stop], _NONE if missing is None else missing
        odd = np.empty(stop - start, np.uint32)
        count = loops.texts(views, missing is not None, absent, flat, width, offset, out, odd)
        if count:
            places = odd[:count]
            out[places] = cells[odd_codes(series[start:stop], places), offset[places]]

    return find


def _count_states(
    values: Any, low: Any, first: Any, second: Any, third: Any, fourth: Any, lost: Any, out: Any
) -> None:  # compiled
    """States of natural numbers: how many points they pass, and `lost` below `low`."""
    for row in range(len(out)):
        value = values[row]
        some = np.uint8(value > first) + np.uint8(value > second)
        more = np.uint8(value > third) + np.uint8(value > fourth)
        out[row] = some + more + np.uint8(value < low) * lost


def _look_up_numbers(
    codes: Any,
    most: Any,
    step: Any,
    malformed: Any,
    some: bool,
    missing: Any,
    absent: Any,
    cells: Any,
    offset: Any,
    out: Any,
) -> None:  # compiled
    """Outcomes of whole numbers, seen as natural ones: a negative is larger than `most`."""
    for row in range(len(out)):
        value = np.uint64(codes[row])
        place = value * step if value <= most else malformed
        if some and missing[row]:
            place = absent
        out[row] = cells[place + np.uint64(offset[row])]


def _look_up_texts(
    views: Any,
    some: bool,
    missing: Any,
    cells: Any,
    width: Any,
    offset: Any,
    out: Any,
    odd: Any,
) -> int:  # compiled
    """Outcomes of texts of four digits; the places of the others, and their number.

    Each byte of a text's word holds a digit, the first in the lowest: two steps make tens and
    ones of each pair of bytes, then hundreds and ones of the pairs.
    """
    count = 0
    for row in range(len(out)):
        digits = views[row, 1] ^ _ZEROS
        wrong = (((digits + _ABOVE_NINE) | digits) & _HIGH_BITS) | (views[row, 0] ^ _FOUR)
        pairs = (digits * _TEN + (digits >> _EIGHT)) & _PAIRS
        code = np.uint64((pairs & _LOW) * _HUNDRED + (pairs >> _HALF))
        if some and missing[row]:
            code = _MISSING
        elif wrong != 0:
            code = _MALFORMED
            odd[count] = row
            count += 1
        out[row] = cells[code * width + np.uint64(offset[row])]
    return count
