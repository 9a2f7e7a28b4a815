"""A Polars column's memory as NumPy arrays, without copying a value.

Polars turns Boolean, empty and text columns into NumPy arrays one value at a time. The Arrow C
data interface, which every Polars column speaks, gives their memory itself: values, bits that
say which values are there, and for text the 16-byte views whose first 4 bytes are the length and
whose next 12 hold a short text.

Source: Apache Arrow, "The Arrow C data interface" and "The Arrow C stream interface", version 1.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

_NUMBERS = {
    "c": np.int8,
    "C": np.uint8,
    "s": np.int16,
    "S": np.uint16,
    "i": np.int32,
    "I": np.uint32,
    "l": np.int64,
    "L": np.uint64,
    "f": np.float32,
    "g": np.float64,
}
_BITS, _TEXT = "b", "vu"
_VIEW = 4  # a view is four 4-byte words
_BYTE = 8


class _Schema(ctypes.Structure):
    _fields_ = (
        ("format", ctypes.c_char_p),
        ("name", ctypes.c_char_p),
        ("metadata", ctypes.c_char_p),
        ("flags", ctypes.c_int64),
        ("n_children", ctypes.c_int64),
        ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    )


class _Array(ctypes.Structure):
    _fields_ = (
        ("length", ctypes.c_int64),
        ("null_count", ctypes.c_int64),
        ("offset", ctypes.c_int64),
        ("n_buffers", ctypes.c_int64),
        ("n_children", ctypes.c_int64),
        ("buffers", ctypes.POINTER(ctypes.c_void_p)),
        ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    )


class _Stream(ctypes.Structure):
    _fields_ = (
        ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Schema))),
        ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Array))),
        ("get_last_error", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    )


_RELEASE = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


@dataclass(frozen=True, eq=False)
class Memory:
    """The memory of a column that lies in one piece.

    Parameters
    ----------
    kind
        "numbers", "bits" or "text".
    values
        Numbers, shape (height,); or bytes of packed bits; or views, shape (height, 4), uint32.
    present
        Packed bits, 1 where a value is there; None where none is missing.
    offset
        The number of bits that precede the first row in packed bits.
    height
        Number of rows.
    """

    kind: str
    values: NDArray[Any]
    present: NDArray[np.uint8] | None
    offset: int
    height: int
    _owner: Any = field(repr=False, default=None)

    def bits(self, start: int, stop: int) -> NDArray[np.uint8]:
        """The values of rows of a column of bits, as 0 and 1, shape (stop − start,)."""
        return _unpack(self.values, self.offset, start, stop)

    def missing(self, start: int, stop: int) -> NDArray[np.uint8] | None:
        """1 where a value is missing, shape (stop − start,); None where none is."""
        if self.present is None:
            return None
        there = _unpack(self.present, self.offset, start, stop)
        return np.bitwise_xor(there, 1, out=there)


def memory_of(series: pl.Series) -> Memory | None:
    """The memory of a column, or None for a type whose memory is not plain.

    Parameters
    ----------
    series
        A column of integers, floats, Booleans or text in one chunk.

    Example
    -------
    >>> import polars as pl
    >>> memory = memory_of(pl.Series([True, None, False]))
    >>> memory.kind, memory.missing(0, 3).tolist()
    ('bits', [0, 1, 0])
    """
    capsule = series.rechunk().__arrow_c_stream__()
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    address = pointer(capsule, b"arrow_array_stream")
    stream = _Stream.from_address(int(address or 0))
    layout = _format(stream, address)
    if layout not in _NUMBERS and layout not in (_BITS, _TEXT):
        return None
    owner = _Owner(capsule)
    if stream.get_next(address, ctypes.byref(owner.array)) or not owner.array.release:
        return None
    return _read(owner, layout)


class _Owner:
    """Keeps an Arrow array alive until nobody uses its memory."""

    def __init__(self, capsule: object) -> None:
        self.array = _Array()
        self._capsule = capsule

    def __del__(self) -> None:
        if self.array.release:
            _RELEASE(self.array.release)(ctypes.addressof(self.array))


def _format(stream: _Stream, address: int | None) -> str:
    """The Arrow format text of a stream's column."""
    schema = _Schema()
    if stream.get_schema(address, ctypes.byref(schema)):
        return ""
    layout = (schema.format or b"").decode() if not schema.dictionary else ""
    if schema.release:
        _RELEASE(schema.release)(ctypes.addressof(schema))
    return layout


def _read(owner: _Owner, layout: str) -> Memory:
    array = owner.array
    height, offset = int(array.length), int(array.offset)
    packed = (height + offset + _BYTE - 1) // _BYTE
    present = None
    if array.null_count != 0 and array.buffers[0]:
        present = _view(array.buffers[0], packed, np.uint8)
    address = array.buffers[1]
    if layout == _BITS:
        return Memory("bits", _view(address, packed, np.uint8), present, offset, height, owner)
    if layout == _TEXT:
        words = _view(address, (height + offset) * _VIEW, np.uint32).reshape(-1, _VIEW)
        return Memory("text", words[offset:], present, offset, height, owner)
    numbers = _view(address, height + offset, _NUMBERS[layout])[offset:]
    return Memory("numbers", numbers, present, offset, height, owner)


def _view(address: int | None, count: int, kind: Any) -> NDArray[Any]:
    """Memory at an address as a read-only array; it lives as long as its owner."""
    if not address or not count:
        return np.empty(0, kind)
    size = count * np.dtype(kind).itemsize
    raw: Any = (ctypes.c_uint8 * size).from_address(address)
    found = np.frombuffer(raw, dtype=kind)
    found.flags.writeable = False
    return found


def _unpack(packed: NDArray[np.uint8], offset: int, start: int, stop: int) -> NDArray[np.uint8]:
    """Bits start to stop of packed bits that begin after `offset` bits."""
    first, last = offset + start, offset + stop
    begin = first // _BYTE
    bits = np.unpackbits(packed[begin : (last + _BYTE - 1) // _BYTE], bitorder="little")
    skip = first - begin * _BYTE
    return bits[skip : skip + stop - start]
