"""Give a rule's names their meaning: syntax tree to formula.

Every comparison is checked here: the column exists, the code is one of its codes, the
parameter's unit can be compared with the income, a category is not ordered.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from worldclass.core.errors import TheoryError
from worldclass.people.columns import Column, columns
from worldclass.theories.logic import (
    MIRRORED,
    Always,
    CodeTest,
    CutTest,
    Formula,
    MissingTest,
    Operator,
    SplitTest,
    Threshold,
    all_of,
    any_of,
    negate,
)
from worldclass.theories.parse import parse_rule
from worldclass.theories.schema import ChoiceParameter, NumberParameter, Theory
from worldclass.theories.screen import GRAMMAR
from worldclass.theories.units import SCALE_UNIT, measure

if TYPE_CHECKING:
    from sqlglot import Expr

_OPERATORS: dict[str, Operator] = {
    "EQ": "=",
    "NEQ": "<>",
    "LT": "<",
    "LTE": "<=",
    "GT": ">",
    "GTE": ">=",
}


@dataclass(frozen=True)
class Names:
    """What the names in a theory's rules may refer to.

    Parameters
    ----------
    theory
        The theory whose rules are bound.
    choices
        The value of each parameter that is a choice.
    """

    theory: Theory
    choices: Mapping[str, str]


def bind_rule(text: str, names: Names, where: str) -> Formula:
    """The formula of a rule.

    Parameters
    ----------
    text
        The rule.
    names
        What its names refer to.
    where
        The place of the rule, for error messages.

    Raises
    ------
    TheoryError
        A construct that rules may not use, an unknown name or code, or a comparison that has
        no meaning.
    """
    try:
        return _formula(parse_rule(text), names)
    except TheoryError as error:
        raise TheoryError(error.what, where=where, remedy=error.remedy) from error


def _formula(node: Expr, names: Names) -> Formula:
    """Translate a node of the syntax tree."""
    kind = type(node).__name__
    if kind == "Paren":
        return _formula(node.this, names)
    if kind == "Not":
        return negate(_formula(node.this, names))
    if kind == "And":
        return all_of(_formula(part, names) for part in node.flatten())
    if kind == "Or":
        return any_of(_formula(part, names) for part in node.flatten())
    if kind == "Is":
        return _missing(node, names)
    if kind == "In":
        if not node.expressions:
            raise TheoryError("A rule holds an empty IN list.", remedy="List at least one value.")
        return any_of(_test(node.this, "=", item, names) for item in node.expressions)
    if kind == "Between":
        low = _test(node.this, ">=", node.args["low"], names)
        high = _test(node.this, "<=", node.args["high"], names)
        return all_of((low, high))
    if kind in _OPERATORS:
        operator = _OPERATORS[kind]
        left, right = node.this, node.expression
        if not _is_subject(left, names) and _is_subject(right, names):
            left, right, operator = right, left, MIRRORED[operator]
        return _test(left, operator, right, names)
    raise TheoryError(f"A rule holds {node.sql()!r} where a comparison belongs.", remedy=GRAMMAR)


def _is_subject(node: Expr, names: Names) -> bool:
    """Whether a node names what a comparison is about: a column, a split or a choice."""
    if type(node).__name__ != "Column":
        return False
    theory = names.theory
    parameter = theory.parameters.get(node.name)
    return (
        node.name in columns()
        or node.name in theory.split_ids
        or isinstance(parameter, ChoiceParameter)
    )


def _missing(node: Expr, names: Names) -> Formula:
    """`column IS NULL`."""
    if type(node.expression).__name__ != "Null" or type(node.this).__name__ != "Column":
        raise TheoryError(f"A rule holds {node.sql()!r}.", remedy="IS is followed by [NOT] NULL.")
    column = _column(node.this.name, names)
    return MissingTest(column.name, True)


def _test(left: Expr, operator: Operator, right: Expr, names: Names) -> Formula:
    """A comparison of a column, a split or a choice with a constant or a parameter."""
    shown = f"{left.sql()} {operator} {right.sql()}"
    if type(left).__name__ != "Column":
        raise TheoryError(f"{shown!r} names no column.", remedy=GRAMMAR)
    name, theory = left.name, names.theory
    if type(right).__name__ == "Null":
        raise TheoryError(
            f"{shown!r} is never true: NULL equals nothing.", remedy=f"Write {name} IS NULL."
        )
    if name in theory.split_ids:
        return _split_test(name, operator, right, shown)
    if name in theory.parameters:
        return _choice_test(name, operator, right, names, shown)
    column = _column(name, names)
    if column.kind == "category":
        return _code_test(column, operator, right, names, shown)
    return CutTest(operator, _threshold(column, right, names, shown))


def _split_test(name: str, operator: Operator, right: Expr, shown: str) -> Formula:
    if type(right).__name__ != "Literal" or right.sql() not in ("0", "1"):
        raise TheoryError(
            f"{shown!r} compares a split with something other than 0 or 1.",
            remedy=f"Write {name} = 1 for persons in the split, {name} = 0 for the others.",
        )
    if operator not in ("=", "<>"):
        raise TheoryError(f"{shown!r} orders a split.", remedy="Use = or <>.")
    return SplitTest(name, (right.sql() == "1") == (operator == "="))


def _choice_test(name: str, operator: Operator, right: Expr, names: Names, shown: str) -> Formula:
    parameter = names.theory.parameters[name]
    if not isinstance(parameter, ChoiceParameter):
        raise TheoryError(
            f"{shown!r} compares a parameter, not a column.",
            remedy="Put the column first: column >= parameter.",
        )
    code = _code(right, parameter.choices, name, operator, shown)
    return Always((names.choices[name] == code) == (operator == "="))


def _code_test(
    column: Column, operator: Operator, right: Expr, names: Names, shown: str
) -> Formula:
    _refuse_column(right, names, shown)
    code = _code(right, column.codes, column.name, operator, shown)
    codes = frozenset({code})
    return CodeTest(column.name, codes if operator == "=" else frozenset(column.codes) - codes)


def _code(right: Expr, codes: tuple[str, ...], name: str, operator: Operator, shown: str) -> str:
    """The text on the right side, which must be one of some codes."""
    if operator not in ("=", "<>"):
        raise TheoryError(
            f"{shown!r} orders '{name}', whose codes have no order.",
            remedy="Use = , <> or IN with the codes that are meant.",
        )
    if type(right).__name__ != "Literal" or not right.args["is_string"]:
        raise TheoryError(
            f"{shown!r} compares '{name}' with something other than a text.",
            remedy=f"Codes of '{name}', in single quotes: {', '.join(codes)}.",
        )
    if right.name not in codes:
        raise TheoryError(
            f"'{right.name}' is no code of '{name}'.{_near(right.name, codes)}",
            remedy=f"Codes of '{name}': {', '.join(codes)}.",
        )
    return right.name


def _threshold(column: Column, right: Expr, names: Names, shown: str) -> Threshold:
    """The cut point that an income is compared with."""
    _refuse_column(right, names, shown)
    kind = type(right).__name__
    if kind == "Column":
        return _parameter_threshold(column, right.name, names, shown)
    number = right.this if kind == "Neg" else right
    if type(number).__name__ != "Literal" or number.args["is_string"]:
        raise TheoryError(
            f"{shown!r} compares the income '{column.name}' with something other than a number.",
            remedy=f"Use a number in {column.unit}, or a parameter.",
        )
    value = float(number.name) * (-1 if kind == "Neg" else 1)
    # 0.0 + turns -0.0 into 0.0, so that both name the same cut
    return Threshold(column.name, None, None, 0.0 + value, 1.0)


def _parameter_threshold(column: Column, name: str, names: Names, shown: str) -> Threshold:
    parameters = names.theory.parameters
    if name not in parameters:
        known = [*columns(), *parameters, *names.theory.split_ids]
        raise TheoryError(
            f"'{name}' in {shown!r} is no parameter of the theory.{_near(name, known)}",
            remedy=f"Parameters: {', '.join(parameters) or 'none'}.",
        )
    parameter = parameters[name]
    if not isinstance(parameter, NumberParameter) or parameter.unit == SCALE_UNIT:
        raise TheoryError(
            f"{shown!r} compares an income with '{name}', which is not an amount.",
            remedy="Use a parameter whose unit is a price or a multiple of a reference income.",
        )
    found = measure(parameter.unit, column)
    if found is None:
        raise TheoryError(
            f"{shown!r}: '{name}' is in {parameter.unit}, which '{column.name}' cannot be "
            f"compared with.",
            remedy=f"'{column.name}' is in {column.unit}; see docs/theories.md for its units.",
        )
    return Threshold(column.name, found.reference, name, 0.0, found.factor)


def _refuse_column(right: Expr, names: Names, shown: str) -> None:
    if type(right).__name__ == "Column" and (
        right.name in columns() or right.name in names.theory.split_ids
    ):
        raise TheoryError(f"{shown!r} compares a column with a column.", remedy=GRAMMAR)


def _column(name: str, names: Names) -> Column:
    """The column of a name; an income only if the theory declares it."""
    known = columns()
    if name not in known:
        others = [*known, *names.theory.parameters, *names.theory.split_ids]
        raise TheoryError(
            f"There is no column '{name}'.{_near(name, others)}",
            remedy=f"Columns: {', '.join(known)}.",
        )
    column = known[name]
    if column.kind == "income" and name not in names.theory.incomes:
        raise TheoryError(
            f"The income '{name}' is used but not declared.",
            remedy=f"Add [incomes.{name}] with its anchor to the theory.",
        )
    return column


def _near(name: str, known: Iterable[str]) -> str:
    """A guess at what a misspelt name should be."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""
