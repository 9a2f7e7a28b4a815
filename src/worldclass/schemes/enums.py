"""Make an Enum column of the places of its categories.

Polars looks at every place on its own to see whether there is such a category, which takes it
longer than to find a class takes us. A long column of places that are known to be good is made
otherwise: a column of one repeated category is made, and its memory written over before anyone
else holds it. That Polars lets its memory be seen is part of its interface (`to_numpy` without a
copy); that it may be written is not, so that each process tries it once, and falls back to the
slow way where the column then reads differently.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import polars as pl

LONG = 100_000
"""Columns of fewer rows are made in the slow way."""

_TRIED = 50  # rows


def enum_column(places: NDArray[Any], kind: pl.Enum) -> pl.Series:
    """Places of categories, natural numbers, as an Enum; those beyond the last are null.

    Parameters
    ----------
    places
        Places, of a type of natural numbers, shape (height,).
    kind
        The type of the column.

    Example
    -------
    >>> import numpy as np, polars as pl
    >>> enum_column(np.array([1, 0, 7], np.uint8), pl.Enum(["low", "high"])).to_list()
    ['high', 'low', None]
    """
    return _written(places, kind) if len(places) >= LONG and _can_write() else _asked(places, kind)


def _written(places: NDArray[Any], kind: pl.Enum) -> pl.Series:
    """The column by writing into the memory of a new one."""
    import polars as pl  # takes 0.2 s to import

    count = len(kind.categories)
    if not count:
        return pl.repeat(None, len(places), dtype=kind, eager=True)
    column = _repeated(kind, len(places))
    codes = _memory(column)
    if int(places.max(initial=0)) < count:
        np.copyto(codes, places, casting="unsafe")
        return column
    # what is no category is never written, not even where a null will be: the first stands there
    # (a product, as NumPy finds the least of an array and a number one element at a time)
    np.multiply(places, places < count, out=codes, casting="unsafe")
    known = pl.Series(places) < count
    return pl.select(pl.when(known).then(column)).to_series()


def _repeated(kind: pl.Enum, height: int) -> pl.Series:
    """A column of the last category alone that does not know that it is sorted."""
    import polars as pl  # takes 0.2 s to import

    first, last = kind.categories[0], kind.categories[-1]
    return pl.Series([last, first], dtype=kind).extend_constant(last, height).slice(2)


def _memory(column: pl.Series) -> NDArray[Any]:
    """The physical codes of a column, as an array that may be written; the column must live on."""
    codes = column.to_physical().to_numpy(allow_copy=False)
    raw: Any = (ctypes.c_uint8 * codes.nbytes).from_address(codes.ctypes.data)
    return np.frombuffer(raw, codes.dtype)


@cache
def _can_write() -> bool:
    """Whether a column reads as it was written, and no other column changes with it."""
    import polars as pl  # takes 0.2 s to import

    words = ["a", "b", "c"]
    kind = pl.Enum(words)
    other, column = _repeated(kind, _TRIED), _repeated(kind, _TRIED)
    try:
        _memory(column)[:] = np.arange(_TRIED) % len(words)
    except (RuntimeError, ValueError, pl.exceptions.PolarsError):  # a copy would be needed
        return False
    read = [words[row % len(words)] for row in range(_TRIED)]
    unsorted = not any(column.flags.values()) and column.n_chunks() == 1
    return unsorted and column.to_list() == read and other.to_list() == ["c"] * _TRIED


def _asked(places: NDArray[Any], kind: pl.Enum) -> pl.Series:
    """The column as Polars makes it of its physical codes."""
    import polars as pl  # takes 0.2 s to import

    physical = pl.Series([], dtype=kind).to_physical().dtype
    most = 255 if physical == pl.UInt8 else 65_535
    if places.dtype.itemsize > 1 and physical == pl.UInt8:
        places = np.minimum(places, most).astype(np.uint8)
    series = pl.Series(places)
    if series.dtype != physical:
        beyond = places >= len(kind.categories)
        series = pl.Series(np.where(beyond, most, places)).cast(physical)
    to = getattr(series.cat, "to", None)  # not in Polars before 1.32
    if to is not None:
        return to(kind, strict=False)
    known = pl.Series(kind.categories, dtype=kind)
    inside = series < len(known)
    gathered = pl.select(pl.when(inside).then(series).cast(pl.UInt32)).to_series()
    return known.gather(gathered)
