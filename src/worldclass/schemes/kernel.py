"""Look up many persons' outcomes in a scheme's cells, in blocks that stay in the cache.

A person's place in the cells is

    place = code · states + Σ_k state_k · stride_k,

with the columns' states computed block by block in small arrays, so that a column is read from
memory once and nothing of the frame's length is written but the outcomes. NumPy lets go of
Python's lock, so that threads share the blocks. Where numba is at hand (`fused`), its loops look
up the codes of large frames; the outcomes are the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.schemes import fused
from worldclass.schemes.codes import code_filler
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
    find: fused.Find
    states: tuple[States, ...]


def outcomes(
    table: CodingTable,
    codes: pl.Series,
    status: Sequence[pl.Series],
    *,
    digits: int = 4,
    threads: int | None = None,
    loops: fused.Loops | None = None,
    empty: set[int] | None = None,
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
    loops
        Compiled loops that look up the codes; None for NumPy.
    empty
        Is given the places of the axes on which the state of some row is "missing".

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
    pieces = _pieces(table, codes, status, digits, loops)
    blocks = [
        (piece, start, min(start + BLOCK, piece.height))
        for piece in pieces
        for start in range(0, piece.height, BLOCK)
    ]

    def work(share: list[tuple[_Piece, int, int]]) -> None:
        _work(table, share, found, empty)

    in_shares(work, blocks, thread_count(height, threads))
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
    """Let threads do consecutive shares of the items; the caller's own does the first."""
    size = -(-len(items) // max(1, threads))
    if threads <= 1 or len(items) <= 1:
        work(items)
        return
    shares = [items[start : start + size] for start in range(0, len(items), size)]
    others = [_pool(os.getpid()).submit(work, share) for share in shares[1:]]
    work(shares[0])
    for other in others:
        other.result()


@cache
def _pool(process: int) -> ThreadPoolExecutor:
    """Threads that wait for work: new ones begin on their maker's core, and are slow to leave it.

    Each process has its own, as a fork takes no threads along.
    """
    return ThreadPoolExecutor(_MOST_THREADS - 1, thread_name_prefix=f"worldclass-{process}")


def thread_count(height: int, threads: int | None) -> int:
    """How many threads share the work on so many rows; None asks for as many as Polars has."""
    import polars as pl  # takes 0.2 s to import

    wanted = pl.thread_pool_size() if threads is None else threads
    return max(1, min(wanted, _MOST_THREADS, height // _SHARE))


def _pieces(
    table: CodingTable,
    codes: pl.Series,
    status: Sequence[pl.Series],
    digits: int,
    loops: fused.Loops | None,
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
            (loops and fused.count_reader(part, axis, loops)) or state_reader(part, axis)
            for part, axis in zip(parts[1:], table.axes, strict=True)
        )
        if loops is None:
            find = _finder(parts[0], digits, table.cells)
        else:
            find = fused.finder(parts[0], digits, table.cells, loops)
        pieces.append(_Piece(first, len(parts[0]), find, states))
        first += len(parts[0])
    return pieces


def _work(
    table: CodingTable,
    blocks: list[tuple[_Piece, int, int]],
    found: NDArray[Any],
    empty: set[int] | None,
) -> None:
    """Outcomes of some blocks, written into their places."""
    offset_type = np.uint8 if table.cells.shape[1] <= 256 else np.uint16
    strides = [offset_type(axis.stride) for axis in table.axes]
    missing = [axis.size - 1 for axis in table.axes]
    for piece, start, stop in blocks:
        states = [read(start, stop) for read in piece.states]
        if empty is not None:
            empty |= {k for k, one in enumerate(states) if one.max(initial=0) == missing[k]}
        offset = _offset(states, strides)
        first = piece.first + start
        piece.find(start, stop, offset, found[first : first + stop - start])


def _finder(series: pl.Series, digits: int, cells: NDArray[Any]) -> fused.Find:
    """A function that looks up a column's codes with NumPy."""
    fill, width, flat = code_filler(series, digits), cells.shape[1], cells.ravel()

    def find(start: int, stop: int, offset: NDArray[Any] | None, out: NDArray[Any]) -> None:
        place = np.empty(stop - start, np.int32)
        fill(start, stop, width, place)
        if offset is not None:
            place += offset.astype(np.int32)
        # The place is in range by construction: "clip" only spares NumPy its own check.
        np.take(flat, place, out=out, mode="clip")

    return find


def _offset(columns: list[NDArray[np.uint8]], strides: list[Any]) -> NDArray[Any] | None:
    """The flat states of some rows, in the strides' type; None without status columns."""
    offset: NDArray[Any] | None = None
    for states, stride in zip(columns, strides, strict=True):
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
