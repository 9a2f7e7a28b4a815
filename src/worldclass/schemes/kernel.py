"""Look up many persons' outcomes in a scheme's cells, in blocks that stay in the cache.

A person's place in the cells is

    place = code · states + Σ_k state_k · stride_k,

with the columns' states computed block by block in small arrays, so that a column is read from
memory once and nothing of the frame's length is written but the outcomes. NumPy lets go of
Python's lock, so that threads share the blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.schemes.codes import Fill, code_filler
from worldclass.schemes.status import States, state_reader

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.axes import StatusAxis
    from worldclass.schemes.compile import CodingTable

BLOCK = 131_072
"""Rows of a block."""

_SHARE = 2 * BLOCK  # fewer rows are not worth a thread
_MOST_PIECES = 64
_MOST_THREADS = 16


@dataclass(frozen=True, eq=False)
class _Piece:
    """Rows whose columns lie in one chunk each; `first` is the first one's place in the frame."""

    first: int
    height: int
    codes: Fill
    states: tuple[States, ...]


def outcomes(
    table: CodingTable,
    codes: pl.Series,
    status: Sequence[pl.Series],
    *,
    digits: int = 4,
    threads: int | None = None,
) -> NDArray[Any]:
    """Each row's outcome: an index into the table's classes, then its reasons.

    Parameters
    ----------
    table
        The compiled scheme.
    codes
        The column of occupation codes.
    status
        The column of each of the table's axes, in their order.
    digits
        How many digits the codes have as they are written.
    threads
        How many threads share the work; by default as many as Polars uses.

    Returns
    -------
    Indices, uint8 or uint16, shape (height,).

    Example
    -------
    >>> import polars as pl
    >>> from worldclass.schemes.compile import compile_scheme
    >>> from worldclass.schemes.library import load_scheme
    >>> table = compile_scheme(load_scheme("isei"), "isco08")
    >>> table.classes[outcomes(table, pl.Series([2211]), [])[0]]
    89.0
    """
    height = len(codes)
    found = np.empty(height, table.cells.dtype)
    pieces = _pieces(table, codes, status, digits)
    blocks = [
        (piece, start, min(start + BLOCK, piece.height))
        for piece in pieces
        for start in range(0, piece.height, BLOCK)
    ]

    def work(share: list[tuple[_Piece, int, int]]) -> None:
        _work(table, share, found)

    in_shares(work, blocks, _thread_count(height, threads))
    return found


def states_of_column(series: pl.Series, axis: StatusAxis) -> NDArray[np.uint8]:
    """A column's states on an axis, shape (height,); the last state is "missing".

    Example
    -------
    >>> import polars as pl
    >>> from worldclass.schemes.axes import StatusAxis
    >>> axis = StatusAxis("employees", "integer", (), (0, 1, 10), None, 4, 1)
    >>> states_of_column(pl.Series([0, 5, 12, -1]), axis).tolist()
    [0, 1, 2, 3]
    """
    series = series.rechunk()
    return state_reader(series, axis)(0, len(series))


def in_shares(work: Callable[[list[Any]], None], items: list[Any], threads: int) -> None:
    """Let threads do consecutive shares of the items."""
    if threads <= 1 or len(items) <= 1:
        work(items)
        return
    size = -(-len(items) // threads)
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, shares))


def _thread_count(height: int, threads: int | None) -> int:
    import polars as pl  # takes 0.2 s to import

    wanted = pl.thread_pool_size() if threads is None else threads
    return max(1, min(wanted, _MOST_THREADS, height // _SHARE))


def _pieces(
    table: CodingTable, codes: pl.Series, status: Sequence[pl.Series], digits: int
) -> list[_Piece]:
    """The frame's rows in pieces in which no column has to be copied."""
    columns = [codes, *status]
    lengths = {tuple(column.chunk_lengths()) for column in columns}
    if len(lengths) > 1 or codes.n_chunks() > _MOST_PIECES:
        columns = [column.rechunk() for column in columns]
    pieces: list[_Piece] = []
    first = 0
    for parts in zip(*(column.get_chunks() for column in columns), strict=True):
        states = tuple(
            state_reader(part, axis) for part, axis in zip(parts[1:], table.axes, strict=True)
        )
        pieces.append(_Piece(first, len(parts[0]), code_filler(parts[0], digits), states))
        first += len(parts[0])
    return pieces


def _work(table: CodingTable, blocks: list[tuple[_Piece, int, int]], found: NDArray[Any]) -> None:
    """Outcomes of some blocks, written into their places."""
    cells = table.cells.ravel()
    width = table.cells.shape[1]
    offset_type = np.uint8 if width <= 256 else np.uint16
    strides = [offset_type(axis.stride) for axis in table.axes]
    place, wide = np.empty(BLOCK, np.int32), np.empty(BLOCK, np.int32)
    for piece, start, stop in blocks:
        rows = stop - start
        index = place[:rows]
        piece.codes(start, stop, width, index)
        offset = _offset(piece, start, stop, strides)
        if offset is not None:
            np.copyto(wide[:rows], offset)
            index += wide[:rows]
        first = piece.first + start
        # The place is in range by construction: "clip" only spares NumPy its own check.
        np.take(cells, index, out=found[first : first + rows], mode="clip")


def _offset(piece: _Piece, start: int, stop: int, strides: list[Any]) -> NDArray[Any] | None:
    """The flat states of rows start to stop, in the strides' type; None without status columns."""
    offset: NDArray[Any] | None = None
    for read, stride in zip(piece.states, strides, strict=True):
        states = read(start, stop)
        if states.dtype == stride.dtype:
            if stride > 1:
                states *= stride
        else:
            states = states * stride
        if offset is None:
            offset = states
        else:
            offset += states
    return offset
