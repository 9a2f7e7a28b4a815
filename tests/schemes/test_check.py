"""The proof of a scheme over its whole domain."""

import pytest

from worldclass.core.errors import TheoryError
from worldclass.schemes.check import check_scheme, overlaps, require_sound
from worldclass.schemes.library import list_schemes, load_scheme

from .conftest import SMALL, TABLE, Write


@pytest.mark.parametrize("name", list_schemes())
def test_every_shipped_scheme_is_total_exclusive_and_reachable(name: str) -> None:
    report = check_scheme(load_scheme(name))
    assert report.sound, [str(problem) for problem in report.problems]
    assert overlaps(load_scheme(name)) == []
    assert report.combinations >= 10_002


def test_overlapping_positions_are_shown_with_a_person(write_scheme: Write) -> None:
    scheme = write_scheme(SMALL.replace("employees < 10", "employees <= 10"))
    (problem,) = check_scheme(scheme).problems
    assert problem.kind == "overlap"
    assert "small_employer and large_employer" in str(problem)
    assert "employees 10" in str(problem)
    assert overlaps(scheme) == [("small_employer", "large_employer")]


def test_a_person_in_no_position_is_shown(write_scheme: Write) -> None:
    scheme = write_scheme(SMALL.replace("employees < 10", "employees < 9"))
    kinds = {problem.kind for problem in check_scheme(scheme).problems}
    assert kinds == {"gap"}
    assert "employees 9" in str(check_scheme(scheme).problems[0])


def test_a_class_that_nobody_reaches_is_named(write_scheme: Write) -> None:
    scheme = write_scheme(SMALL + '[[class]]\nid = "4"\nlabel = "Nobody"\n')
    assert [str(problem) for problem in check_scheme(scheme).problems] == [
        "Nobody can belong to class '4'."
    ]
    with pytest.raises(TheoryError, match="class '4'"):
        require_sound(scheme)


def test_a_rule_behind_a_wider_one_is_found(write_scheme: Write) -> None:
    write_scheme()
    body = """
base = "small"
[[class]]
id = "all"
label = "All"
when = "small IN ('1', '2', '3')"
[[class]]
id = "late"
label = "Shadowed"
when = "small = '2'"
"""
    problems = check_scheme(write_scheme(body, name="derived")).problems
    assert [problem.kind for problem in problems] == ["unreachable"]


def test_a_base_class_that_no_rule_takes_is_a_gap(write_scheme: Write) -> None:
    write_scheme()
    body = 'base = "small"\n[[class]]\nid = "a"\nlabel = "A"\nwhen = "small IN (\'1\', \'2\')"\n'
    (problem,) = check_scheme(write_scheme(body, name="derived")).problems
    assert problem.kind == "gap"
    assert "isco08 2111" in str(problem) or "No class fits" in str(problem)


def test_coverage_is_noted(write_scheme: Write) -> None:
    assert TABLE.startswith("codes")
    notes = check_scheme(write_scheme()).notes
    assert notes[0].startswith("48 of 53 codes of isco08 at 2 digits have a class")
