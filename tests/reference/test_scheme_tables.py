"""Class schemes beside the reference tables of DIGCLASS and iscogen, cell by cell.

The tables lie in the data mirror only. A cell is a code in an employment position; status columns
that the position does not mention are missing.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from worldclass.occupations.classification import classification as codes_of
from worldclass.occupations.classification import known
from worldclass.schemes.compile import CodingTable, compile_scheme
from worldclass.schemes.library import load_scheme
from worldclass.sources.mirror import Mirror

pytestmark = pytest.mark.mirror

Status = Mapping[str, float | str]

NONE: tuple[Status, ...] = ({},)
EMPLOYEE: Status = {"self_employed": 0}


def employing(low: int) -> Status:
    """A self-employed person with so many employees."""
    return {"self_employed": 1, "employees": low}


def leading(low: int) -> Status:
    """An employee with so many subordinates."""
    return {"self_employed": 0, "employees": low}


EGP88 = tuple(make(n) for make in (leading, employing) for n in (0, 1, 9, 10))
EGP68 = tuple(make(n) for make in (leading, employing) for n in (0, 1, 10))
ESEC = (
    {"self_employed": 0, "supervisor": 0},
    {"self_employed": 0, "supervisor": 1},
    employing(0),
    employing(9),
    employing(10),
)
OESCH = (EMPLOYEE, employing(0), employing(9), employing(10))
IPICS = (leading(0), leading(11), employing(0), employing(10), employing(11))


@dataclass(frozen=True)
class Case:
    """A reference table, what its columns mean, and how many cells are compared."""

    scheme: str
    classification: str
    file: str
    columns: tuple[Status, ...]
    cells: int
    empty: tuple[str, ...] = (".", "NA")
    simplified: bool = False
    first: int = 1  # the first column of values
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])

    def __str__(self) -> str:
        return self.file + (" simplified" if self.simplified else "")


CASES = (
    Case("egp11", "isco88", "isco88_to_egp11", EGP88, 4272),
    Case("egp11", "isco68", "isco68_to_egp11", EGP68, 4482, empty=(".", "0")),
    Case("esec", "isco08", "isco08_to_esec_three", ESEC, 880),
    Case("esec", "isco88com", "isco88com_to_esec_three", ESEC, 740),
    Case("esec", "isco88com", "isco88com_to_esec_three", NONE, 148, simplified=True, first=6),
    Case("msec", "isco08", "isco08_to_msec", ESEC[::-1], 910),
    Case("msec", "isco88com", "isco88com_to_msec", ESEC[::-1], 730),
    Case("msec-proto", "isco08", "isco08_to_msec_proto", ESEC[::-1], 905),
    Case("msec-proto", "isco88com", "isco88com_to_msec_proto", ESEC[::-1], 740),
    Case("oesch16", "isco08", "isco08_to_oesch16", OESCH, 2348),
    Case("oesch16", "isco88", "isco88_to_oesch16", OESCH, 2148),
    Case("ipics", "isco08", "isco08_to_ipics", IPICS, 2915),
    Case("ipics", "isco88", "isco88_to_ipics", IPICS, 2620),
    Case("microclass", "isco08", "isco08_to_microclass", NONE, 589),
    Case("isei", "isco08", "isco08_to_isei", NONE, 590),
    Case("isei", "isco88", "isco88_to_isei", NONE, 533),
    Case("isei", "isco68", "isco68_to_isei", NONE, 735),
    Case("isei-decimal", "isco08", "isco08_to_iseisps", NONE, 590),
    Case("siops", "isco08", "isco08_to_siops", NONE, 590),
    Case("siops", "isco88", "isco88_to_siops", NONE, 533),
    Case("siops", "isco68", "isco68_to_siops", NONE, 740),
    Case("mps", "isco88", "isco88_to_mps", NONE, 393),
    Case("oep", "isco08", "isco08_4_to_oep08", NONE, 590),
    Case("oep", "isco88", "isco88_4_to_oep88", NONE, 520),
)


def rows(mirror: Mirror, file: str) -> list[list[str]]:
    """The rows of a reference table that begin with a code, without its header."""
    path = Path(mirror.root) / "crosswalks" / f"{file}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = [[cell.strip() for cell in row] for row in csv.reader(stream)][1:]
    return [row for row in found if row and row[0]]


def number(code: str, table: CodingTable) -> int:
    """A code's row in the table; another number stands for one of five digits."""
    return codes_of(table.classification).longer.get(int(code), int(code))


def outcome(table: CodingTable, code: str, status: Status) -> str:
    """A class, a number, or a reason."""
    place = sum(axis.state(status.get(axis.name, "missing")) * axis.stride for axis in table.axes)
    outcomes = (*map(str, table.classes), *table.reasons)
    return outcomes[int(table.cells[number(code, table), place])]


def same(ours: str, theirs: str, table: CodingTable, empty: tuple[str, ...]) -> bool:
    """Whether two outcomes are the same class or number, or are both none."""
    if theirs in empty:
        return ours == f"{table.classification}: not covered"
    if table.scheme.kind == "scale":
        return ours in map(str, table.classes) and float(ours) == float(theirs)
    return ours == theirs


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_cell_agrees(mirror: Mirror, case: Case) -> None:
    table = compile_scheme(
        load_scheme(case.scheme), case.classification, simplified=case.simplified
    )
    differ: list[tuple[str, Status, str, str]] = []
    compared = 0
    for code, *values in rows(mirror, case.file):
        assert known(number(code, table), case.classification, table.digits), code
        for status, theirs in zip(case.columns, values[case.first - 1 :], strict=False):
            compared += 1
            ours = outcome(table, code, status)
            if not same(ours, theirs, table, case.empty):
                differ.append((code, status, ours, theirs))
    assert differ == []
    assert compared == case.cells


@pytest.mark.parametrize(
    ("digits", "classification", "cells"),
    [
        (1, "isco08", 10),
        (2, "isco08", 53),
        (3, "isco08", 183),
        (1, "isco88", 10),
        (2, "isco88", 38),
        (3, "isco88", 155),
    ],
)
def test_oep_of_groups_is_in_the_same_list(
    mirror: Mirror, digits: int, classification: str, cells: int
) -> None:
    """The separate list of two-digit groups says 62 of 03 in ISCO-08, the main list 63."""
    table = compile_scheme(load_scheme("oep"), classification)
    file = f"{classification}_{digits}_to_oep{classification[-2:]}"
    found = rows(mirror, file)
    differ = [code for code, theirs in found if float(outcome(table, code, {})) != float(theirs)]
    assert len(found) == cells
    assert differ == (["0300"] if (digits, classification) == (2, "isco08") else [])


def test_esec_from_two_digits(mirror: Mirror) -> None:
    """The list names the armed forces by their minor groups, and five minor groups beside 83."""
    table = compile_scheme(load_scheme("esec-2digit"), "isco08")
    found = rows(mirror, "isco08_to_esec_two")
    minor = [row for row in found if row[0][2] != "0" and row[0][0] != "0"]
    assert [row[0] for row in minor] == ["8310", "8320", "8330", "8340", "8350"]
    cells = [
        (outcome(table, row[0], status), theirs)
        for row in found
        if row not in minor
        for status, theirs in zip(ESEC[::-1], row[1:], strict=True)
    ]
    assert len(cells) == 260
    assert [pair for pair in cells if pair[0] != pair[1]] == []


def test_esec_of_the_minor_groups_that_the_authors_list_lacks(mirror: Mirror) -> None:
    """960, 961 and 962 of ISCO-08 are not covered."""
    table = compile_scheme(load_scheme("esec"), "isco08")
    listed = {row[0] for row in rows(mirror, "isco08_to_esec_three")}
    for code in (9600, 9610, 9620):
        assert str(code) not in listed
        for status in ESEC:
            assert outcome(table, str(code), status) == "isco08: not covered"


@pytest.mark.parametrize(
    ("number", "classification", "departing", "cells", "departures"),
    [
        (7, "isco88", {"2", "3", "4", "5", "6", "7", "11"}, 4272, 2427),
        (7, "isco68", {"2", "3", "4", "5", "6", "7", "11"}, 4440, 2485),
        (5, "isco88", {"7", "9", "10"}, 4272, 912),
        (5, "isco68", {"7", "9", "10"}, 4440, 678),
        (3, "isco88", {"7", "10"}, 4272, 408),
        (3, "isco68", {"7", "10"}, 4440, 270),
    ],
)
def test_egp_is_grouped_as_in_digclass_or_as_in_the_constant_flux(
    mirror: Mirror,
    number: int,
    classification: str,
    departing: set[str],
    cells: int,
    departures: int,
) -> None:
    """The choice 'digclass' repeats the table; the default gives some classes another number.

    In seven classes the numbers mean different classes: I is 1 and II is 2 there, I+II is 1 here.
    """
    collapse = dict(rows(mirror, f"egp11_to_egp{number}"))
    scheme = load_scheme(f"egp{number}")
    theirs = compile_scheme(scheme, classification, parameters={"grouping": "digclass"})
    ours = compile_scheme(scheme, classification)
    found: list[str] = []
    compared = 0
    for code, *values in rows(mirror, f"{classification}_to_egp11"):
        for status, eleven in zip(EGP88 if len(values) == 8 else EGP68, values, strict=True):
            if len(code) > 4 or eleven in (".", "0"):
                continue
            compared += 1
            assert outcome(theirs, code, status) == collapse[eleven]
            if outcome(ours, code, status) != collapse[eleven]:
                found.append(eleven)
    assert (compared, len(found)) == (cells, departures)
    assert set(found) == departing


@pytest.mark.parametrize("number", [8, 5])
def test_oesch_is_put_together_as_in_the_table(mirror: Mirror, number: int) -> None:
    collapse = dict(rows(mirror, f"oesch16_to_oesch{number}"))
    assert len(collapse) == 16
    for classification, cells in (("isco08", 2337), ("isco88", 2127)):
        table = compile_scheme(load_scheme(f"oesch{number}"), classification)
        compared = 0
        for code, *values in rows(mirror, f"{classification}_to_oesch16"):
            for status, sixteen in zip(OESCH, values, strict=True):
                if sixteen != ".":
                    compared += 1
                    assert outcome(table, code, status) == collapse[sixteen]
        assert compared == cells


def test_ordc_is_the_table_where_incomes_are_not_known(mirror: Mirror) -> None:
    """With incomes, only the economic upper-middle class is divided."""
    scheme = load_scheme("ordc")
    plain = compile_scheme(scheme, "isco88", absent={"income_rank"})
    full = compile_scheme(scheme, "isco88")
    found = rows(mirror, "isco88_to_ordc")
    assert len(found) == 519
    for code, theirs in found:
        assert outcome(plain, code, {}) == theirs
        for rank, divided in ((0.2, "9"), (0.5, "6"), (0.89, "6"), (0.9, "3"), (1, "3")):
            expected = divided if theirs == "6" else theirs
            assert outcome(full, code, {"income_rank": rank}) == expected


def test_managers_and_professionals_divide_the_first_two_classes_only(mirror: Mirror) -> None:
    """The other classes of EGP-MP and ESEC-MP are the base's, numbered two higher."""
    for name, classification, file, columns in (
        ("egp-mp", "isco88", "isco88_to_egp11", EGP88),
        ("esec-mp", "isco08", "isco08_to_esec_three", ESEC),
        ("esec-mp", "isco88com", "isco88com_to_esec_three", ESEC),
    ):
        table = compile_scheme(load_scheme(name), classification)
        for code, *values in rows(mirror, file):
            for status, theirs in zip(columns, values, strict=False):
                employees = float(status.get("employees", 0))
                whole: Status = {"supervisor": min(employees, 1), **status}
                ours = outcome(table, code, whole)
                leads = whole["supervisor"] or employees or code[0] in "01"
                first = {"1": "1" if leads else "2", "2": "3" if leads else "4"}
                assert ours == first.get(theirs, str(int(theirs) + 2)), (code, status)


def test_eseg_of_jobs_and_of_last_jobs() -> None:
    """Groups of the final report of the ESSnet ESeG; no group was verified for officers (01)."""
    table = compile_scheme(load_scheme("eseg"), "isco08")
    for code, work, activity, age, group in (
        ("1120", "employee", "working", 70, "13"),
        ("1411", "self-employed", "unemployed", 40, "12"),
        ("2512", "self-employed", "working", 40, "21"),
        ("3221", "self-employed", "working", 40, "42"),
        ("9211", "self-employed", "working", 40, "41"),
        ("9211", "employee", "working", 40, "72"),
        ("2310", "self-employed", "retired", 66, "82"),
        ("7115", "self-employed", "retired", 60, "84"),
        ("5223", "employee", "retired", 60, "87"),
        ("5311", "employee", "retired", 60, "85"),
        ("10001", "not-employed", "education", 20, "91"),
        ("10001", "not-employed", "unemployed", 20, "93"),
        ("10001", "not-employed", "home", 64, "94"),
        ("10001", "not-employed", "home", 65, "88"),
        ("10001", "not-employed", "working", 30, "94"),
    ):
        status = {"work_status": work, "main_activity": activity, "age": age}
        assert outcome(table, code, status) == group
    officer = {"work_status": "employee", "main_activity": "working", "age": 40}
    assert outcome(table, "110", officer) == "isco08: not covered"


def test_wright_classes_of_the_self_employed_do_not_depend_on_the_code() -> None:
    """And employees of unknown supervision are not taken for self-employed, nor soldiers lost."""
    simple = compile_scheme(load_scheme("wright-simple"), "isco88com")
    power = compile_scheme(load_scheme("wright-power"), "isco88com")
    assert outcome(simple, "2221", employing(10)) == outcome(simple, "5100", employing(10)) == "1"
    assert outcome(simple, "2221", {"self_employed": 0}) == "supervisor: missing"
    soldier = {"self_employed": 0, "supervisor": 0, "control_work": 3, "control_daily": 1}
    assert outcome(simple, "110", soldier) == "9"
    assert outcome(power, "110", soldier) == "6"
    assert outcome(power, "110", {**soldier, "control_daily": 4}) == "7"
    assert outcome(power, "9132", soldier) == "6.5"
