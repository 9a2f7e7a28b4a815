"""Turn a status column into states on an axis of a scheme's cells, a block of rows at a time.

A state is a place on the axis: 0 or 1 for a Boolean column, the place of a word, the interval of
a number; the last state is "missing", and takes every value that the column cannot mean.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.schemes.buffers import Memory, memory_of
from worldclass.surveys.columns import status_columns

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.axes import StatusAxis

States = Callable[[int, int], NDArray[np.uint8]]
"""The states of rows start to stop, in a fresh array of that length."""

LARGEST = 1e300
"""Numbers above it, such as infinity, are missing."""

_NARROW = 32_767


def state_reader(series: pl.Series, axis: StatusAxis) -> States:
    """A function that gives a column's states on an axis.

    Parameters
    ----------
    series
        The column as it stands in the frame, in one chunk: numbers, Booleans or text.
    axis
        The axis.

    Example
    -------
    >>> import polars as pl
    >>> from worldclass.schemes.compile import compile_scheme
    >>> from worldclass.schemes.library import load_scheme
    >>> axes = {axis.name: axis for axis in compile_scheme(load_scheme("esec"), "isco08").axes}
    >>> state_reader(pl.Series([True, False, None]), axes["supervisor"])(0, 3).tolist()
    [1, 0, 2]
    """
    import polars as pl  # takes 0.2 s to import

    missing = axis.size - 1
    if axis.kind == "words" and _is_text(series):
        return _from_known(_memory(_places(series, axis)), tuple(range(len(axis.codes))), missing)
    if not (series.dtype.is_numeric() or series.dtype == pl.Boolean):
        texts = series.cast(pl.String, strict=False).str.strip_chars()
        if axis.kind == "boolean":  # as text files hold truth values
            texts = texts.str.to_lowercase().replace({"true": "1", "false": "0"})
        series = texts.cast(pl.Float64, strict=False)
    elif series.dtype.is_decimal() or str(series.dtype) in ("Int128", "UInt128"):
        series = series.cast(pl.Float64)
    memory = _memory(series)
    if axis.kind in ("boolean", "words"):
        known = (0, 1) if axis.kind == "boolean" else status_columns()[axis.name].numbers
        if memory.kind == "bits":
            return _from_bits(memory, missing) if known[:2] == (0, 1) else _none(missing)
        return _from_known(memory, known, missing)
    if memory.kind == "bits":
        memory = _memory(series.cast(pl.UInt8))
    return _from_numbers(memory, axis.breaks, LARGEST if axis.high is None else axis.high, missing)


def _is_text(series: pl.Series) -> bool:
    import polars as pl  # takes 0.2 s to import

    return series.dtype == pl.String or isinstance(series.dtype, pl.Categorical | pl.Enum)


def _places(series: pl.Series, axis: StatusAxis) -> pl.Series:
    """The place of each text among an axis's words; a number stands for its word."""
    import polars as pl  # takes 0.2 s to import

    numbers = [str(number) for number in status_columns()[axis.name].numbers]
    known = pl.Enum([*axis.codes, *numbers, *(f"{number}.0" for number in numbers)])
    places = series.cast(pl.String).str.strip_chars().cast(known, strict=False).to_physical()
    return places.cast(pl.UInt8) % len(axis.codes)


def _memory(series: pl.Series) -> Memory:
    memory = memory_of(series)
    assert memory is not None, series.dtype
    return memory


def _none(missing: int) -> States:
    return lambda start, stop: np.full(stop - start, missing, np.uint8)


def _from_bits(memory: Memory, missing: int) -> States:
    """Truth values: their own states."""

    def read(start: int, stop: int) -> NDArray[np.uint8]:
        return with_missing(memory.bits(start, stop), memory, start, stop, missing)

    return read


def _from_known(memory: Memory, known: tuple[int, ...], missing: int) -> States:
    """Numbers that stand for states; any other number is missing."""
    values = memory.values
    plain = values.dtype.kind in "iu" and known == tuple(range(len(known)))
    natural: NDArray[Any] = values.view(f"u{values.dtype.itemsize}")  # a negative becomes large

    def read(start: int, stop: int) -> NDArray[np.uint8]:
        if plain and stop > start and natural[start:stop].max() < len(known):
            states = natural[start:stop].astype(np.uint8)
        else:
            states = np.full(stop - start, missing, np.uint8)
            for state, number in enumerate(known):
                states[values[start:stop] == number] = state
        return with_missing(states, memory, start, stop, missing)

    return read


def _from_numbers(memory: Memory, breaks: tuple[float, ...], high: float, missing: int) -> States:
    """Numbers, by the interval in which they lie; too small, too large or NaN is missing."""
    values = memory.values
    whole = values.dtype.kind in "iu"
    points: tuple[Any, ...] = tuple(math.ceil(p) for p in breaks) if whole else breaks
    natural: NDArray[Any] = values.view(f"u{values.dtype.itemsize}")  # a negative becomes large
    # … but of one byte not larger than many a number: there no more than its own type holds
    plain = min(_NARROW, high, np.iinfo(values.dtype).max) if whole else 0

    def read(start: int, stop: int) -> NDArray[np.uint8]:
        block = values[start:stop]
        if whole and block.size and natural[start:stop].max() <= plain:
            if block.dtype.itemsize > 2:
                block = block.astype(np.int16)  # comparisons of short numbers are faster
            inside = None if points[0] <= 0 else block >= points[0]
        else:
            inside = (block >= points[0]) & (block <= high)
        states = np.zeros(len(block), np.uint8) if len(points) < 2 else None
        for point in points[1:]:
            passed = (block >= point).view(np.uint8)
            states = passed if states is None else np.add(states, passed, out=states)
        assert states is not None
        if inside is not None and not inside.all():
            states[~inside] = missing
        return with_missing(states, memory, start, stop, missing)

    return read


def with_missing(
    states: NDArray[np.uint8], memory: Memory, start: int, stop: int, missing: int
) -> NDArray[np.uint8]:
    """States in which the rows without a value are missing."""
    absent = memory.missing(start, stop)
    if absent is not None:
        absent *= np.uint8(255)  # all bits of the rows that are missing
        states &= ~absent
        absent &= np.uint8(missing)
        states |= absent
    return states
