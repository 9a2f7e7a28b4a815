"""Schemes compiled to dense tables."""

import numpy as np
import pytest

from worldclass.core.errors import TheoryError, UsageError
from worldclass.schemes.compile import CodingTable, compile_scheme

from .conftest import SMALL, Write

DERIVED = """
base = "small"
[parameters.reading]
default = "strict"
choices = ["strict", "loose"]
description = "d"
source = "s"
[[class]]
id = "chiefs"
label = "Managers who supervise"
when = "small = '2' AND major = '1' AND (supervisor = 1 OR reading = 'loose')"
[[class]]
id = "rest"
label = "All others"
when = "small IN ('1', '2', '3')"
"""


def outcome(table: CodingTable, code: int, **status: object) -> str:
    state = sum(axis.state(status.get(axis.name, "missing")) * axis.stride for axis in table.axes)
    index = table.cells[code, state]
    return str((*table.classes, *table.reasons)[index])


def test_a_table_is_looked_up_by_code_and_position(write_scheme: Write) -> None:
    table = compile_scheme(write_scheme())
    assert table.cells.shape == (10_002, 9)
    assert not table.cells.flags.writeable
    assert outcome(table, 2111, self_employed=0) == "2"
    assert outcome(table, 2111, self_employed=1, employees=9) == "3"
    assert outcome(table, 2111, self_employed=1, employees=10) == "1"


def test_codes_are_cut_to_the_digits_of_the_table(write_scheme: Write) -> None:
    table = compile_scheme(write_scheme())
    assert outcome(table, 2519, self_employed=0) == outcome(table, 2500, self_employed=0) == "2"


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        (10_001, {"self_employed": 0}, "isco08: missing"),
        (10_000, {"self_employed": 0}, "isco08: malformed code"),
        (2700, {"self_employed": 0}, "isco08: unknown code"),
        (2211, {"self_employed": 0}, "isco08: not covered"),
        (2211, {}, "isco08: not covered"),
        (2111, {}, "self_employed: missing"),
        (2111, {"employees": 3}, "self_employed: missing"),
        (2111, {"self_employed": 1}, "employees: missing"),
        (10_000, {}, "isco08: malformed code"),
    ],
)
def test_every_absence_of_a_class_has_its_reason(
    write_scheme: Write, code: int, status: dict[str, int], reason: str
) -> None:
    assert outcome(compile_scheme(write_scheme()), code, **status) == reason


def test_a_simplified_column_needs_no_status(write_scheme: Write) -> None:
    scheme = write_scheme()
    for table in (
        compile_scheme(scheme, simplified=True),
        compile_scheme(scheme, absent={"self_employed"}),
    ):
        assert table.simplified
        assert table.axes == ()
        assert outcome(table, 2111) == "2"
        assert outcome(table, 5111) == "3"


def test_an_absent_column_is_assumed_as_the_scheme_says(write_scheme: Write) -> None:
    body = SMALL.replace('simplified = "plain"\n', "").replace(
        "[[class]]", '[simplified]\nassume = { employees = 0 }\nlost = "x"\n[[class]]', 1
    )
    columns = "\n".join(
        line.rpartition(",")[0]
        for line in "codes,employee,small_employer,large_employer,x\n2,2,3,1,x".splitlines()
    )
    scheme = write_scheme(body, columns + "\n")
    table = compile_scheme(scheme, absent={"employees"})
    assert dict(table.assumed) == {"employees": 0}
    assert table.columns == ("self_employed",)
    assert outcome(table, 2111, self_employed=1) == "3"
    with pytest.raises(UsageError, match="cannot do without self_employed"):
        compile_scheme(scheme, absent={"self_employed"})


def test_a_derived_scheme_rules_over_its_base(write_scheme: Write) -> None:
    write_scheme()
    scheme = write_scheme(DERIVED, name="derived")
    strict = compile_scheme(scheme)
    loose = compile_scheme(scheme, parameters={"reading": "loose"})
    manager = {"self_employed": 0, "employees": 0, "supervisor": 0}
    assert outcome(strict, 1111, **manager) == "rest"
    assert outcome(loose, 1111, **manager) == "chiefs"
    assert outcome(strict, 1111, **(manager | {"supervisor": 1})) == "chiefs"
    assert outcome(strict, 2211, **manager) == "isco08: not covered"
    assert outcome(strict, 1111, supervisor=1) == "self_employed: missing"
    assert outcome(strict, 10_001, **manager) == "isco08: missing"


def test_a_lookup_is_a_word_for_each_code(write_scheme: Write) -> None:
    body = """
lookups = ["skill"]
[[occupation]]
classification = "isco08"
digits = 1
table = "small.csv"
source = "Made up."
[[class]]
id = "owner"
label = "Owner"
when = "self_employed = 1"
[[class]]
id = "expert"
label = "Expert"
when = "self_employed = 0 AND skill = 'high'"
[[class]]
id = "worker"
label = "Worker"
when = "self_employed = 0 AND skill = 'low'"
"""
    table = compile_scheme(write_scheme(body, "codes,skill\n1 2,high\n3 4 5 6 7 8 9,low\n"))
    assert outcome(table, 2111, self_employed=0) == "expert"
    assert outcome(table, 9111, self_employed=0) == "worker"
    assert outcome(table, 110, self_employed=0) == "isco08: not covered"
    assert outcome(table, 110, self_employed=1) == "owner"
    assert outcome(table, 2111) == "self_employed: missing"


def test_a_scale_gives_numbers(write_scheme: Write) -> None:
    body = '[[occupation]]\nclassification = "isco08"\ntable = "small.csv"\nsource = "s"\n'
    scheme = write_scheme(body, "codes,class\n1 2,70.5\n3,9\n", kind="scale")
    table = compile_scheme(scheme)
    assert table.classes == (9.0, 70.5)
    assert outcome(table, 1111) == "70.5"
    assert outcome(table, 4110) == "isco08: not covered"


def test_a_table_with_an_unnamed_class_is_refused(write_scheme: Write) -> None:
    scheme = write_scheme(table="codes,employee,small_employer,large_employer,plain\n1,2,1,7,2\n")
    with pytest.raises(TheoryError, match="does not name: 7"):
        compile_scheme(scheme)


def test_a_table_without_a_position_is_refused(write_scheme: Write) -> None:
    scheme = write_scheme(table="codes,employee,large_employer,plain\n1,2,1,2\n")
    with pytest.raises(TheoryError, match="expected: codes, employee, small_employer"):
        compile_scheme(scheme)


def test_unknown_classifications_and_parameters_are_refused(write_scheme: Write) -> None:
    scheme = write_scheme()
    with pytest.raises(UsageError, match="cannot be coded from isco68") as caught:
        compile_scheme(scheme, "isco68")
    assert "isco08" in caught.value.remedy
    with pytest.raises(UsageError, match="no parameter 'x'"):
        compile_scheme(scheme, parameters={"x": "y"})


def test_compiling_twice_gives_the_same_object(write_scheme: Write) -> None:
    scheme = write_scheme()
    assert compile_scheme(scheme) is compile_scheme(scheme, "isco08")
    assert np.may_share_memory(compile_scheme(scheme).cells, compile_scheme(scheme).cells)
