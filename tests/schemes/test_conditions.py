"""Rules over a grid."""

import numpy as np
import pytest

from worldclass.core.errors import TheoryError
from worldclass.schemes.conditions import Variable, comparisons, constant, names_used, where_true

NAMES = {
    "employees": Variable(None, np.array([0.0, 5.0, np.nan])),
    "status": Variable(("a", "b"), np.array([0, 1, -1])),
    "method": constant("strict", ("strict", "loose")),
}


def holds(rule: str) -> list[bool]:
    return np.broadcast_to(where_true(rule, NAMES, "here"), 3).tolist()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("employees > 0", [False, True, False]),
        ("NOT employees > 0", [True, False, False]),
        ("employees IS NULL", [False, False, True]),
        ("employees IS NOT NULL", [True, True, False]),
        ("employees > 0 OR status = 'a'", [True, True, False]),
        ("employees > 0 OR employees IS NULL", [False, True, True]),
        ("employees BETWEEN 1 AND 5", [False, True, False]),
        ("employees NOT BETWEEN 1 AND 5", [True, False, False]),
        ("employees IN (0, 5)", [True, True, False]),
        ("employees >= -1", [True, True, False]),
        ("status <> 'a'", [False, True, False]),
        ("status NOT IN ('a')", [False, True, False]),
        ("method = 'strict' AND (employees = 0)", [True, False, False]),
        ("NOT (employees > 0 AND status = 'b')", [True, False, False]),
    ],
)
def test_rules_follow_three_valued_logic(rule: str, expected: list[bool]) -> None:
    assert holds(rule) == expected


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("age > 3", "unknown name 'age'"),
        ("status > 'a'", "orders words"),
        ("status = 'c'", "compares a column of words"),
        ("status = 1", "compares a column of words"),
        ("employees = 'many'", "compares a number with the text"),
        ("employees = employees", "compares a column with"),
        ("1 = employees", "which is no column"),
        ("employees", "no column"),
        ("lower(status) = 'a'", "call of the function"),
        ("employees = (SELECT 1)", "subquery"),
    ],
)
def test_other_constructs_are_refused_by_name(rule: str, message: str) -> None:
    with pytest.raises(TheoryError, match=message) as caught:
        where_true(rule, NAMES, "scheme 'x', class '1'")
    assert caught.value.where == "scheme 'x', class '1'"
    assert caught.value.remedy


def test_every_number_that_a_column_is_compared_with_is_found() -> None:
    found = comparisons("NOT (employees >= 10 AND age < 65) OR employees IN (1, 2)")
    assert found == [("employees", 10), ("age", 65), ("employees", 1), ("employees", 2)]


def test_the_names_of_a_rule_are_found() -> None:
    assert names_used("a = 1 AND (b IS NULL OR NOT c IN (1))") == {"a", "b", "c"}
