"""Evaluate a scheme's rules over a grid of values.

SQL's three-valued logic holds: a comparison with a missing value is neither true nor false. A
rule is evaluated for all cells of the grid at once, as two arrays: where it is true, and where
it is false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.theories.parse import parse_rule

if TYPE_CHECKING:
    from sqlglot import Expr

_Flags = NDArray[np.bool_]

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "EQ": operator.eq,
    "NEQ": operator.ne,
    "LT": operator.lt,
    "LTE": operator.le,
    "GT": operator.gt,
    "GTE": operator.ge,
}


@dataclass(frozen=True, eq=False)
class Variable:
    """A name that rules may use, with its values on the grid.

    Parameters
    ----------
    words
        The words that it may take, or None for a number.
    values
        Numbers (NaN where missing), or indices into `words` (-1 where missing), in a shape that
        broadcasts over the grid.
    """

    words: tuple[str, ...] | None
    values: NDArray[Any]

    @property
    def missing(self) -> _Flags:
        """Where the value is missing."""
        return np.isnan(self.values) if self.words is None else self.values < 0


def constant(word: str, choices: tuple[str, ...]) -> Variable:
    """A parameter that is one of several words."""
    return Variable(choices, np.array(choices.index(word)))


def where_true(rule: str, names: Mapping[str, Variable], where: str) -> _Flags:
    """Where a rule is true, in a shape that broadcasts over the grid.

    Parameters
    ----------
    rule
        The rule.
    names
        What its names mean.
    where
        The place of the rule, for error messages.

    Raises
    ------
    TheoryError
        A forbidden construct, an unknown name, a word that a column cannot take, or a word that
        is ordered.

    Example
    -------
    >>> import numpy as np
    >>> names = {"employees": Variable(None, np.array([0.0, 12.0, np.nan]))}
    >>> where_true("employees >= 10", names, "example").tolist()
    [False, True, False]
    """
    try:
        return _evaluate(parse_rule(rule), names)[0]
    except TheoryError as error:
        raise TheoryError(error.what, where=where, remedy=error.remedy) from None


def comparisons(rule: str) -> list[tuple[str, float]]:
    """Every column of a rule with each number that it is compared with.

    Example
    -------
    >>> comparisons("employees BETWEEN 1 AND 9 AND supervisor = 1")
    [('employees', 1.0), ('employees', 9.0), ('supervisor', 1.0)]
    """
    from sqlglot import exp

    found: list[tuple[str, float]] = []
    for node in parse_rule(rule).walk(bfs=False):
        if not isinstance(node, exp.Binary | exp.In | exp.Between) or isinstance(
            node, exp.Connector
        ):
            continue
        column = node.find(exp.Column)
        for literal in node.find_all(exp.Literal):
            if column is not None and not literal.is_string:
                found.append((column.name, float(literal.this)))
    return found


def names_used(rule: str) -> set[str]:
    """The names that a rule uses.

    Example
    -------
    >>> sorted(names_used("employees > 0 OR supervisor = 1"))
    ['employees', 'supervisor']
    """
    from sqlglot import exp

    return {column.name for column in parse_rule(rule).find_all(exp.Column)}


def _evaluate(node: Expr, names: Mapping[str, Variable]) -> tuple[_Flags, _Flags]:
    """Where a node is true and where it is false."""
    from sqlglot import exp

    if isinstance(node, exp.Paren):
        return _evaluate(node.this, names)
    if isinstance(node, exp.Not):
        true, false = _evaluate(node.this, names)
        return false, true
    if isinstance(node, exp.And | exp.Or):
        left, right = _evaluate(node.this, names), _evaluate(node.expression, names)
        if isinstance(node, exp.And):
            return left[0] & right[0], left[1] | right[1]
        return left[0] | right[0], left[1] & right[1]
    if isinstance(node, exp.Is):
        missing = _variable(node.this, names).missing
        return missing, ~missing
    variable = _variable(node.this, names)
    known = ~variable.missing
    if isinstance(node, exp.In):
        options = [_value(item, variable) for item in node.expressions]
        held = np.isin(variable.values, options)
    elif isinstance(node, exp.Between):
        _refuse_order(variable, node)
        low, high = (_value(node.args[side], variable) for side in ("low", "high"))
        held = (variable.values >= low) & (variable.values <= high)
    elif type(node).__name__ in _COMPARE:
        if type(node).__name__ not in ("EQ", "NEQ"):
            _refuse_order(variable, node)
        held = _COMPARE[type(node).__name__](variable.values, _value(node.expression, variable))
    else:
        raise TheoryError(
            f"A rule is no comparison: {node.sql()!r}.",
            remedy="Compare a column with a constant, such as supervisor = 1.",
        )
    return held & known, ~held & known


def _variable(node: Expr, names: Mapping[str, Variable]) -> Variable:
    from sqlglot import exp

    if not isinstance(node, exp.Column):
        raise TheoryError(
            f"A rule compares {node.sql()!r}, which is no column.",
            remedy="Write the column first: supervisor = 1.",
        )
    if node.name not in names:
        raise TheoryError(
            f"A rule uses the unknown name '{node.name}'.", remedy=f"Names: {', '.join(names)}."
        )
    return names[node.name]


def _value(node: Expr, variable: Variable) -> float:
    """A constant as a number, or as the index of a word."""
    from sqlglot import exp

    sign = 1.0
    if isinstance(node, exp.Neg):
        node, sign = node.this, -1.0
    if not isinstance(node, exp.Literal):
        raise TheoryError(
            f"A rule compares a column with {node.sql()!r}.",
            remedy="Compare with numbers or quoted words.",
        )
    if variable.words is None:
        if node.is_string:
            raise TheoryError(
                f"A rule compares a number with the text {node.sql()}.",
                remedy="Write the number without quotation marks.",
            )
        return sign * float(node.this)
    if not node.is_string or node.this not in variable.words:
        raise TheoryError(
            f"A rule compares a column of words with {node.sql()}.",
            remedy=f"Its words are: {', '.join(repr(word) for word in variable.words)}.",
        )
    return variable.words.index(node.this)


def _refuse_order(variable: Variable, node: Expr) -> None:
    if variable.words is not None:
        raise TheoryError(f"A rule orders words: {node.sql()!r}.", remedy="Use = or IN with words.")
