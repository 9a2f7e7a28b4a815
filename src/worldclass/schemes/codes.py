"""Turn a column of occupation codes into rows of a scheme's cells, a block of rows at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.occupations.reading import read_codes
from worldclass.schemes.buffers import Memory, memory_of

if TYPE_CHECKING:
    import polars as pl

MALFORMED, MISSING = 10_000, 10_001
"""Rows of the cells that follow the codes 0 to 9999."""

Fill = Callable[[int, int, int, NDArray[np.int32]], None]
"""Writes the codes of rows start to stop, times a width, into an array of that length."""

_DIGITS = 4
_LENGTH, _WORD = 0, 1  # words of a text's view: its length, its first four characters
_ZEROS = np.uint32(0x30303030)
_ABOVE_NINE = np.uint32(0x76767676)
_HIGH_BITS = np.uint32(0x80808080)


def code_filler(series: pl.Series, digits: int = 4) -> Fill:
    """A function that writes a column's codes, as integers of four digits, times a width.

    Whole numbers, and text of four digits, are read here, block by block; all else is read by
    `occupations.reading`, which knows every form that a code may take.

    Parameters
    ----------
    series
        The column as it stands in the frame, in one chunk.
    digits
        How many digits the column's codes have.

    Example
    -------
    >>> import numpy as np, polars as pl
    >>> found = np.empty(3, np.int32)
    >>> code_filler(pl.Series(["0110", "x", None]))(0, 3, 1, found)
    >>> found.tolist()
    [110, 10000, 10001]
    """
    memory = memory_of(series) if series.dtype.is_integer() or is_text(series) else None
    if memory is not None and memory.kind == "numbers":
        return _from_integers(memory, digits)
    if memory is not None and memory.kind == "text" and digits == _DIGITS:
        return _from_text(memory, series)
    return _from_codes(read_codes(series, digits=digits).codes)


def is_text(series: pl.Series) -> bool:
    """Whether a column holds plain text."""
    return str(series.dtype) == "String"


def _from_codes(codes: NDArray[np.int16]) -> Fill:
    def fill(start: int, stop: int, width: int, out: NDArray[np.int32]) -> None:
        np.multiply(codes[start:stop], np.int32(width), out=out)

    return fill


def _from_integers(memory: Memory, digits: int) -> Fill:
    """Whole numbers: 0 to 9999, or as many as `digits` digits can write."""
    values = memory.values
    if values.dtype == np.int8:
        values = values.astype(np.int16)  # a negative byte would become a number of three digits
    natural: NDArray[Any] = values.view(f"u{values.dtype.itemsize}")  # a negative becomes large
    most, factor = 10**digits - 1, 10 ** (_DIGITS - digits)

    def fill(start: int, stop: int, width: int, out: NDArray[np.int32]) -> None:
        block = natural[start:stop]
        np.copyto(out, values[start:stop], casting="unsafe")
        np.multiply(out, np.int32(factor * width), out=out)
        if block.size and block.max() > most:
            out[np.flatnonzero(block > most)] = MALFORMED * width
        missing = memory.missing(start, stop)
        if missing is not None:
            out[np.flatnonzero(missing)] = MISSING * width

    return fill


def _from_text(memory: Memory, series: pl.Series) -> Fill:
    """Text of four digits; the other rows of a block are read one distinct text at a time."""

    def fill(start: int, stop: int, width: int, out: NDArray[np.int32]) -> None:
        views = memory.values[start:stop]
        digits = views[:, _WORD] ^ _ZEROS
        wrong = (digits + _ABOVE_NINE) | digits
        wrong &= _HIGH_BITS
        wrong |= views[:, _LENGTH] ^ np.uint32(_DIGITS)
        missing = memory.missing(start, stop)
        np.multiply(_number(digits).view(np.int32), np.int32(width), out=out)
        if missing is not None:
            absent = np.flatnonzero(missing)
            out[absent] = MISSING * width
            wrong[absent] = 0
        if wrong.any():
            places = np.flatnonzero(wrong)
            out[places] = odd_codes(series[start:stop], places).astype(np.int32) * np.int32(width)

    return fill


def _number(digits: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The number that four digits write, one in each byte, the first in the lowest.

    Two steps: tens and ones within each pair of bytes, then hundreds and ones of the pairs.
    """
    pairs = (digits * np.uint32(10) + (digits >> np.uint32(8))) & np.uint32(0x00FF00FF)
    return (pairs & np.uint32(0xFF)) * np.uint32(100) + (pairs >> np.uint32(16))


def odd_codes(block: pl.Series, places: NDArray[Any]) -> NDArray[np.int16]:
    """Codes of the rows whose text is not four digits."""
    import polars as pl  # takes 0.2 s to import

    texts = block.gather(places)
    distinct = texts.unique()
    number = pl.DataFrame({"text": distinct, "code": read_codes(distinct, digits=_DIGITS).codes})
    joined = texts.to_frame("text").join(number, on="text", how="left", maintain_order="left")
    return joined["code"].to_numpy()
