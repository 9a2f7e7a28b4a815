"""worldclass against the reference tables, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from validation.schemes.reference import Crosswalk, read_crosswalk
from validation.tables import Cell, Results
from worldclass.occupations.classification import classification
from worldclass.schemes.compile import CodingTable, compile_scheme
from worldclass.schemes.library import load_scheme

Status = Mapping[str, float]
EMPLOYEE, SUPERVISOR = {"self_employed": 0, "supervisor": 0}, {"self_employed": 0, "supervisor": 1}


def _own(*sizes: int) -> list[Status]:
    return [{"self_employed": 1, "employees": size} for size in sizes]


def _hired(*sizes: int) -> list[Status]:
    return [{"self_employed": 0, "employees": size} for size in sizes]


ESEC: list[Status] = [EMPLOYEE, SUPERVISOR, *_own(0, 5, 10)]
POSITIONS: dict[str, list[Status]] = {
    "isco08_to_esec_three": ESEC,
    "isco88com_to_esec_three": [*ESEC, {}],
    "isco88_to_egp11": [*_hired(0, 1, 5, 10), *_own(0, 1, 5, 10)],
    "isco68_to_egp11": [*_hired(0, 5, 10), *_own(0, 5, 10)],
    "isco08_to_oesch16": [*_hired(0), *_own(0, 5, 10)],
    "isco88_to_oesch16": [*_hired(0), *_own(0, 5, 10)],
    "isco08_to_ipics": [*_hired(0, 5), *_own(0, 5, 11)],
    "isco88_to_ipics": [*_hired(0, 5), *_own(0, 5, 11)],
    "isco08_to_esec_two": list(reversed(ESEC)),
    "isco88_to_ordc": [{"income_rank": 0.75}],
    **{
        f"{code}_to_{scheme}": list(reversed(ESEC))
        for code in ("isco08", "isco88com")
        for scheme in ("msec", "msec_proto")
    },
}
"""A person in each column of a table; tables not named here have one column and no position."""

TABLES: tuple[tuple[str, str, str], ...] = (
    ("esec", "isco08", "isco08_to_esec_three"),
    ("esec", "isco88com", "isco88com_to_esec_three"),
    ("egp11", "isco88", "isco88_to_egp11"),
    ("egp11", "isco68", "isco68_to_egp11"),
    ("oesch16", "isco08", "isco08_to_oesch16"),
    ("oesch16", "isco88", "isco88_to_oesch16"),
    ("msec", "isco08", "isco08_to_msec"),
    ("msec", "isco88com", "isco88com_to_msec"),
    ("msec-proto", "isco08", "isco08_to_msec_proto"),
    ("msec-proto", "isco88com", "isco88com_to_msec_proto"),
    ("microclass", "isco08", "isco08_to_microclass"),
    ("ipics", "isco08", "isco08_to_ipics"),
    ("ipics", "isco88", "isco88_to_ipics"),
    ("esec-2digit", "isco08", "isco08_to_esec_two"),
    ("ordc", "isco88", "isco88_to_ordc"),
    ("oep", "isco08", "isco08_4_to_oep08"),
    ("oep", "isco88", "isco88_4_to_oep88"),
    ("isei", "isco08", "isco08_to_isei"),
    ("isei-decimal", "isco08", "isco08_to_iseisps"),
    ("isei", "isco88", "isco88_to_isei"),
    ("isei", "isco68", "isco68_to_isei"),
    ("siops", "isco08", "isco08_to_siops"),
    ("siops", "isco88", "isco88_to_siops"),
    ("siops", "isco68", "isco68_to_siops"),
    ("mps", "isco88", "isco88_to_mps"),
)
"""Scheme, classification, reference table."""


@dataclass(frozen=True)
class Agreement:
    """One scheme from one classification against one table.

    Attributes
    ----------
    codes, cells
        Codes and cells compared.
    disagreements
        Cells on which worldclass and the table differ.
    finer
        Codes with more digits than the scheme uses, beside their group; they are not compared.
    """

    scheme: str
    classification: str
    table: str
    codes: int
    cells: int
    disagreements: int
    finer: tuple[str, ...]


def state(table: CodingTable, status: Status) -> int:
    """Flat state of a person; a column of no consequence to the position is 0."""
    return sum(axis.state(status.get(axis.name, 0)) * axis.stride for axis in table.axes)


def number(table: CodingTable, code: str) -> int:
    """A code's row in the cells; another number stands for one of five digits."""
    return classification(table.classification).longer.get(int(code), int(code))


def looked_up(table: CodingTable, code: str, status: Status) -> str | float | None:
    """Class or number of a code in a position; None where there is none."""
    place = int(table.cells[number(table, code), state(table, status)])
    return table.classes[place] if place < len(table.classes) else None


def is_unknown(table: CodingTable, code: str) -> bool:
    """Whether a code is not in the classification."""
    names = (*table.classes, *table.reasons)
    return str(names[int(table.cells[number(table, code), 0])]).endswith("unknown code")


def same(ours: str | float | None, theirs: str) -> bool:
    """Whether two entries agree; numbers by value. Zero names no class."""
    if isinstance(ours, float):
        return theirs != "" and bool(np.isclose(ours, float(theirs), rtol=0, atol=1e-9))
    return theirs in ("", "0") if ours is None else ours == theirs


def agree(scheme: str, source: str, name: str, table: Crosswalk) -> Agreement:
    """Every code of a reference table in every position."""
    full = compile_scheme(load_scheme(scheme), source)
    positions = POSITIONS.get(name, [{}])
    unknown = [code for code in table.rows if is_unknown(full, code)]
    assert not unknown, f"{source} lacks {unknown}"
    groups = {
        code: code[: full.digits].ljust(4, "0") if len(code) == 4 else code for code in table.rows
    }
    finer = tuple(code for code, group in groups.items() if code != group and group in table.rows)
    known = {code: row for code, row in table.rows.items() if code not in finer}
    wrong = 0
    for column, status in enumerate(positions):
        ours = full
        if len(positions) > 1 and not status:
            ours = compile_scheme(load_scheme(scheme), source, simplified=True)
        for code, row in known.items():
            wrong += not same(looked_up(ours, code, status), table.values[row, column])
    cells = len(known) * len(positions)
    return Agreement(scheme, source, name, len(known), cells, wrong, finer)


def agreements(root: Path) -> list[Agreement]:
    """All tables."""
    return [agree(*entry, read_crosswalk(root, entry[2])) for entry in TABLES]


def oep_of_groups(root: Path) -> str:
    """In words, where the separate lists of OEP for groups differ from the main list."""
    cells, differ = 0, list[str]()
    for source in ("isco08", "isco88"):
        scale = compile_scheme(load_scheme("oep"), source)
        for digits in (1, 2, 3):
            name = f"{source}_{digits}_to_oep{source[-2:]}"
            table = read_crosswalk(root, name)
            cells += len(table.rows)
            for code, row in table.rows.items():
                ours, theirs = looked_up(scale, code, {}), str(table.values[row, 0])
                if not same(ours, theirs):
                    differ.append(f"`{name}` has {theirs} for {code}, the main list {ours:g}")
    return (
        f"The lists of OEP for groups of one to three digits repeat the main list in "
        f"{cells - len(differ):,} of {cells:,} cells; {'; '.join(differ)}."
    )


def agreement_table(found: list[Agreement], groups: str) -> Results:
    """As a table; `groups` speaks of the lists of OEP for groups."""
    finer = "; ".join(f"`{one.table}` {', '.join(one.finer)}" for one in found if one.finer)
    rows: list[tuple[Cell, ...]] = [
        (f"`{one.scheme}`", one.classification, f"`{one.table}`", one.codes, one.cells,
         one.disagreements)
        for one in found
    ]  # fmt: skip
    return Results(
        "Agreement with the reference tables",
        ("scheme", "from", "reference table", "codes", "cells compared", "disagreements"),
        rows,
        before="Every code of a table in every employment position. The collapses of EGP are left "
        "out, because the tables fit another numbering (above); schemes without a table (Wright, "
        "ESEG, ESeC-MP, EGP-MP) are held against the documented rules below.",
        after="Codes that a table lists beside the group to which the scheme cuts them are not "
        f"compared: {finer}. {groups}",
        left=3,
    )
