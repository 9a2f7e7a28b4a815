"""Formulas: arithmetic and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from worldclass.claims.expression import LONGEST, parse_expression
from worldclass.core.errors import ClaimError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 2),
        ("-a + +b", 1),
        ("a - b - 1", -2),
        ("a - (b - 1)", 0),
        ("b / a / 2", 0.75),
        ("2 * (a + b)", 10),
        ("min(a, b, 1.5)", 1.5),
        ("max(a, b)", 3),
        ("abs(a - b)", 1),
        ("sqrt(a + 2)", 2),
        ("log(b / b)", 0),
        ("1e6 * a", 2e6),
        ("a\n  + b", 5),
    ],
)
def test_formulas_mean_what_they_mean_on_paper(text: str, value: float) -> None:
    found = parse_expression(text).evaluate({"a": np.array([2.0]), "b": np.array([3.0])})
    assert np.broadcast_to(found, (1,)).tolist() == [value]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("__import__('os').system('true')", "call of 'something'"),
        ("open('x')", "call of 'open'"),
        ("a.__class__", "a dot"),
        ("a[0]", "brackets"),
        ("a ** b", "write a \\* a"),
        ("a > b", "belongs into 'holds'"),
        ("a and b", "several parts"),
        ("a if b else 1", "a condition"),
        ("[a]", "List"),
        ("lambda: a", "Lambda"),
        ("(a := 1)", "cannot be read|NamedExpr"),
        ("'text'", "'text'"),
        ("True", "True"),
        ("1j", "1j"),
        ("1e999", "inf"),
        ("sqroot(a)", "Did you mean sqrt"),
        ("min(a)", "two or more"),
        ("abs(a, b)", "one value"),
        ("log(*a)", "one value"),
        ("abs", "without parentheses"),
        ("a % b", "Mod"),
        ("~a", "Invert"),
        ("a +", "cannot be read"),
        ("", "cannot be read"),
        ("a\0", "cannot be read"),
        ("(" * 30 + "a" + ")" * 30, "parentheses"),
        ("a + " * LONGEST + "a", "longer"),
        ("-" * 1100 + "a", "more than"),
        ("9" * 1100, "9999"),
    ],
)
def test_all_else_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(ClaimError, match=told) as caught:
        parse_expression(text)
    assert caught.value.remedy


def test_an_unknown_term_brings_the_nearest() -> None:
    with pytest.raises(ClaimError, match="Did you mean north_last"):
        parse_expression("nort_last / 2", ["north_last", "south_last"])
    assert parse_expression("b / a", ["a", "b"]).names == ("b", "a")


def test_what_has_no_value_is_not_finite_and_raises_no_alarm() -> None:
    values = {"a": np.array([0.0, 1.0])}
    assert np.isfinite(parse_expression("1 / a").evaluate(values)).tolist() == [False, True]
    assert np.isfinite(parse_expression("log(a - 1)").evaluate(values)).tolist() == [False, False]
