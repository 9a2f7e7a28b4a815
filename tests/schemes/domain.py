"""Every person that a scheme can tell apart, and the engine in memory's word on each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import polars as pl

from worldclass.schemes.axes import StatusAxis
from worldclass.schemes.compile import CodingTable, compile_scheme
from worldclass.schemes.library import list_schemes, load_scheme, occupations_of
from worldclass.surveys.columns import status_columns

ODD_CODES = (
    *("", " ", "x", "12a4", "-110", "110.5", "99999", "1.0.0", "２５１２", "+110", "1e3", "nan"),
    *(" 2310", "2310\t", "\u00a02310\u2003", "2310\n", "2310.0", "23 10", "2310\u2028", ".0"),
    *("110", "11", "1", "0", "0110", "00110", "2310.00", "null", None),
    *("10000", " 10001", "10002.0", "10003", "10009", "10004", "010000", "1091.0", " 1099"),
)
"""Texts that are no clean code, or need repair."""


def tables() -> list[tuple[str, str]]:
    """Each scheme with each classification that it takes."""
    return [
        (name, entry.classification)
        for name in list_schemes()
        for entry in occupations_of(load_scheme(name))
    ]


def table_of(name: str, classification: str) -> CodingTable:
    return compile_scheme(load_scheme(name), classification)


def domain(table: CodingTable, seed: int = 1, most: int = 40_000) -> pl.DataFrame:
    """Persons with every code and every state of the status columns, and values out of range.

    Columns: `id`, the classification's codes as text, and the status columns. Where there are
    more combinations than `most`, each code and each combination of states still occurs.
    """
    values = [tuple(_values(axis)) for axis in table.axes]
    states = list(itertools.product(*values)) or [()]
    codes = [f"{code:04d}" for code in range(10_000)] + list(ODD_CODES)
    random = np.random.default_rng(seed)
    if len(codes) * len(states) <= most:
        pairs = np.indices((len(codes), len(states))).reshape(2, -1)
    else:
        known = [place for place, row in enumerate(table.cells[:10_000]) if len(set(row)) > 1]
        places = np.concatenate([known, np.arange(10_000, len(codes))]).astype(int)
        likely = random.choice(places, max(0, most - len(codes) - len(states)))
        first = np.concatenate([likely, np.arange(len(codes)), random.choice(places, len(states))])
        second = random.integers(0, len(states), len(first))
        second[-len(states) :] = np.arange(len(states))
        pairs = np.stack([first, second])
    frame = pl.DataFrame(
        {table.classification: pl.Series([codes[place] for place in pairs[0]], dtype=pl.String)}
    )
    for number, axis in enumerate(table.axes):
        kind = pl.String if axis.kind == "words" else pl.Float64
        column = [states[place][number] for place in pairs[1]]
        frame = frame.with_columns(pl.Series(axis.name, column, dtype=kind))
    return frame.with_row_index("id")


def _values(axis: StatusAxis) -> Iterator[object]:
    """A value in each state of a column, values beyond its range, and none."""
    yield None
    if axis.kind == "words":
        yield from axis.codes
        yield from ("something else", f" {axis.codes[0]}\t", "1", "0.0", "true", "")
        return
    for point in axis.breaks:
        yield float(point)
        if axis.kind == "number":
            yield float(np.nextafter(point, np.inf))
    yield float("nan")
    yield float(axis.breaks[0]) - 1
    yield float(status_columns()[axis.name].high or 10.0**6) + (1 if axis.high else 0)
