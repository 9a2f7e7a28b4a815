"""Parse a rule with sqlglot and allow only the nodes that a rule needs.

The allow-list names exact node types and, for each, the parts that may be filled. A node type
that a later sqlglot invents, or a new part of an old one, is refused until it is listed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from worldclass.core.errors import TheoryError
from worldclass.theories.screen import GRAMMAR, screen

if TYPE_CHECKING:
    from sqlglot import Expr

# Only for the error message: they cannot be parsed as a rule.
_STATEMENTS = re.compile(
    r"\s*(alter|attach|call|checkpoint|copy|create|delete|detach|drop|execute|export|from|import"
    r"|insert|install|load|merge|pragma|prepare|select|set|show|truncate|update|use|with)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def parse_rule(text: str) -> Expr:
    """The syntax tree of a rule, with allowed nodes only.

    Parameters
    ----------
    text
        The rule: a comparison of columns with constants and parameters.

    Raises
    ------
    TheoryError
        When the text is too long or too deep, is not one expression, or holds a construct that
        rules may not use; the message names it.

    Example
    -------
    >>> type(parse_rule("status = 'employer'")).__name__
    'EQ'
    """
    screen(text)
    import sqlglot  # takes 0.3 s to import
    from sqlglot.errors import SqlglotError

    try:
        trees = sqlglot.parse(text)
    except (SqlglotError, RecursionError) as cause:
        raise TheoryError(f"{_reason(text, cause)}, in {_short(text)}.", remedy=GRAMMAR) from cause
    if len(trees) != 1 or trees[0] is None:
        raise TheoryError(f"A rule is not one expression: {_short(text)}.", remedy=GRAMMAR)
    tree = trees[0]
    _refuse_forbidden(tree, text)
    return tree


@lru_cache(maxsize=1)
def allowed_nodes() -> Mapping[type[Expr], frozenset[str]]:
    """The node types that a rule may hold, each with the parts that may be filled."""
    from sqlglot import expressions as exp

    two_sides = frozenset({"this", "expression"})
    one_side = frozenset({"this"})
    return {
        exp.EQ: two_sides,
        exp.NEQ: two_sides,
        exp.LT: two_sides,
        exp.LTE: two_sides,
        exp.GT: two_sides,
        exp.GTE: two_sides,
        exp.And: two_sides,
        exp.Or: two_sides,
        exp.Is: two_sides,
        exp.Not: one_side,
        exp.Paren: one_side,
        exp.Neg: one_side,
        exp.Column: one_side,
        exp.Identifier: one_side,
        exp.Null: frozenset(),
        exp.In: frozenset({"this", "expressions"}),
        exp.Between: frozenset({"this", "low", "high"}),
        exp.Literal: frozenset({"this", "is_string"}),
    }


def _refuse_forbidden(tree: object, text: str) -> None:
    """Visit every node without recursion and refuse the first that is not allowed."""
    from sqlglot import Expr

    allowed = allowed_nodes()
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Expr) or type(node) not in allowed:
            raise TheoryError(f"A rule holds {_name(node)}, in {_short(text)}.", remedy=GRAMMAR)
        if node.comments:
            raise TheoryError(f"A rule holds a comment, in {_short(text)}.", remedy=GRAMMAR)
        for part, value in node.args.items():
            filled = value is not None and value is not False and value != []
            if filled and part not in allowed[type(node)]:
                shown = _name(value) if isinstance(value, Expr) else f"'{part}'"
                if part in ("table", "db", "catalog"):
                    shown = f"the qualified name '{node.sql()}'"
                raise TheoryError(f"A rule holds {shown}, in {_short(text)}.", remedy=GRAMMAR)
            children = value if isinstance(value, list) else [value]
            waiting.extend(child for child in children if isinstance(child, Expr))


def _reason(text: str, cause: Exception) -> str:
    """Why a rule cannot be parsed: its statement, or what the parser says."""
    statement = _STATEMENTS.match(text)
    if statement:
        return f"A rule holds the statement '{statement.group(1).upper()}'"
    said = str(cause).split("\n")[0].split(". Line")[0]
    return f"A rule cannot be parsed: {said}"


def _name(node: object) -> str:
    """A forbidden node in words."""
    from sqlglot import expressions as exp

    if isinstance(node, exp.Query | exp.Subquery):
        return "a subquery"
    if isinstance(node, exp.Cast):
        return "a CAST"
    if isinstance(node, exp.Case | exp.If):
        return "a CASE"
    if isinstance(node, exp.Alias):
        return f"an alias '{node.alias}'"
    if isinstance(node, exp.Anonymous):
        return f"a call of the function '{node.name}'"
    if isinstance(node, exp.Func):
        return f"a call of the function '{node.sql_name()}'"
    kind = type(node).__name__
    if isinstance(node, exp.Add | exp.Sub | exp.Mul | exp.Div | exp.Mod):
        return f"arithmetic ('{kind}')"
    if isinstance(node, exp.DDL | exp.Command | exp.Attach | exp.Copy | exp.Drop):
        return f"a statement ('{kind}')"
    return f"the construct '{kind}'"


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")
