"""The reference tables and the survey extract of the mirror, as arrays."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

Text = NDArray[np.str_]
Numbers = NDArray[np.int64]

MISSING = -1
"""Stands for a missing number in every array of persons."""
NOTHING = ""
"""Stands for no class."""
EMPTY = (".", "NA")
"""What the tables write for no class."""


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """A reference table: one row a code, one column an employment position.

    Attributes
    ----------
    codes
        Four characters each, shape (codes,).
    columns
        Headings without the first.
    values
        Classes as text, shape (codes, columns); empty where the table has none.
    """

    codes: Text
    columns: tuple[str, ...]
    values: Text

    @cached_property
    def rows(self) -> dict[str, int]:
        """Row of each code; the first where a code is repeated."""
        found: dict[str, int] = {}
        for row, code in enumerate(self.codes.tolist()):
            found.setdefault(code, row)
        return found

    def at(self, codes: Text, columns: Numbers) -> Text:
        """Classes of persons by code and column number; empty where either is unknown."""
        known, inverse = np.unique(codes, return_inverse=True)
        row = np.array([self.rows.get(code, MISSING) for code in known.tolist()])[inverse]
        found = self.values[row, columns]
        return np.where((row == MISSING) | (columns == MISSING), NOTHING, found)


@dataclass(frozen=True, eq=False)
class Persons:
    """Persons, or cells of a grid: arrays of equal length, MISSING where not known."""

    codes: dict[str, Text]
    self_employed: Numbers
    supervisor: Numbers
    employees: Numbers
    work_status: Numbers
    main_activity: Numbers

    @property
    def number(self) -> int:
        """How many."""
        return len(self.self_employed)

    def pick(self, which: NDArray[np.bool_]) -> Persons:
        """Some of them."""
        return Persons(
            {name: codes[which] for name, codes in self.codes.items()},
            self.self_employed[which],
            self.supervisor[which],
            self.employees[which],
            self.work_status[which],
            self.main_activity[which],
        )


def read_crosswalk(root: Path, name: str) -> Crosswalk:
    """Read `crosswalks/NAME.csv`; a point or NA in a cell means that there is no class."""
    path = root / "crosswalks" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        head, *body = list(csv.reader(handle, skipinitialspace=True))
    rows = [row for row in body if row and row[0]]
    values = np.array([row[1:] for row in rows], dtype=np.str_)
    return Crosswalk(
        np.array([row[0] for row in rows], dtype=np.str_),
        tuple(head[1:]),
        np.where(np.isin(values, EMPTY), NOTHING, values),
    )


def read_survey(root: Path) -> Persons:
    """The survey extract `survey/ess6.parquet`."""
    frame = pl.read_parquet(root / "survey" / "ess6.parquet")

    def numbers(column: str) -> Numbers:
        return frame[column].cast(pl.Int64).fill_null(MISSING).to_numpy()

    codes = ("isco08", "isco88", "isco88com", "isco68")
    return Persons(
        {name: frame[name].fill_null(NOTHING).to_numpy().astype(np.str_) for name in codes},
        numbers("self_employed"),
        numbers("is_supervisor"),
        numbers("emplno"),
        numbers("work_status"),
        numbers("main_activity"),
    )


def grid(
    classification: str,
    codes: Text,
    self_employed: Sequence[int] = (0, 1),
    supervisor: Sequence[int] = (0,),
    employees: Sequence[int] = (0,),
) -> Persons:
    """Every combination of a code of four digits and a position, one "person" each."""
    codes = codes[np.char.str_len(codes) == 4]
    rows = list(product(range(len(codes)), self_employed, supervisor, employees))
    code, own, over, number = (
        np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)
    )
    none = np.full(len(rows), MISSING, dtype=np.int64)
    return Persons({classification: codes[code]}, own, over, number, none, none)


def band(numbers: Numbers, *limits: int) -> Numbers:
    """Which band a number is in: 0 below the first limit, and so on; MISSING stays."""
    return np.where(
        numbers == MISSING, MISSING, np.searchsorted(np.array(limits), numbers, "right")
    )


def digits(codes: Text, number: int) -> Text:
    """Codes cut to so many digits and filled with zeros on the right."""
    known, inverse = np.unique(codes, return_inverse=True)
    cut = [code[:number].ljust(4, "0") if code else code for code in known.tolist()]
    return np.array(cut, dtype=np.str_)[inverse]


def looked_up(
    table: Crosswalk, name: str, cut: int, position: Callable[[Persons], Numbers]
) -> Callable[[Persons], Text]:
    """A base scheme from its table."""
    return lambda persons: table.at(digits(persons.codes[name], cut), position(persons))


def tally(which: NDArray[np.bool_]) -> int:
    """How many are true."""
    return int(np.count_nonzero(which))
