"""A theory as SQL: one CASE expression, in the dialect of any warehouse.

The expression agrees with the lookup in memory in every case, missing values included. Number
literals with more than 15 digits get an exponent, so that engines read them as floating point
and not as decimals. A comparison that NaN could pass is guarded, because engines disagree on
whether NaN is above all numbers: a NaN income is missing here, like NULL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.core.errors import UsageError
from worldclass.theories.encode import reference_column
from worldclass.theories.logic import (
    AllOf,
    Always,
    AnyOf,
    CodeTest,
    CutTest,
    Formula,
    MissingTest,
    SplitTest,
)
from worldclass.theories.match import is_category

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlglot import Expr

    from worldclass.theories.compile import CompiledTheory
    from worldclass.theories.logic import Threshold

# Above every income and below every engine's largest number; NaN is never at or below it.
_TOP = "1e300"
_EXACT_DIGITS = 15


def dialects() -> tuple[str, ...]:
    """Names of the SQL dialects that can be written."""
    from sqlglot.dialects.dialect import Dialects

    return tuple(sorted(item.value for item in Dialects if item.value))


def check_dialect(dialect: str) -> str:
    """The dialect's name, if it is known.

    Raises
    ------
    UsageError
        Listing the known dialects.
    """
    if dialect not in dialects():
        raise UsageError(
            f"There is no SQL dialect '{dialect}'.", remedy=f"Dialects: {', '.join(dialects())}."
        )
    return dialect


def case_sql(compiled: CompiledTheory, dialect: str = "duckdb") -> str:
    """The CASE expression that gives a person's class.

    Columns of the same names as in the theory are expected; a split is a column of 0 and 1, a
    reference income a column named by `reference_column`.

    Raises
    ------
    UsageError
        The dialect is not known.

    Example
    -------
    >>> from worldclass.theories import compile_theory, load_theory
    >>> text = case_sql(compile_theory(load_theory("classical-marxist")))
    >>> text.splitlines()[1].strip()
    "WHEN status = 'employer'"
    """
    tree = case_tree(compiled.structure.rules, compiled)
    return tree.sql(dialect=check_dialect(dialect), pretty=True)


def case_tree(rules: Sequence[Formula], compiled: CompiledTheory) -> Expr:
    """The CASE expression of some rules, one for each class, as a syntax tree."""
    from sqlglot import exp

    case = exp.Case()
    for name, rule in zip(compiled.classes, rules, strict=True):
        if rule == Always(True):
            closing = exp.Literal.string(name)
            return case.else_(closing) if case.args.get("ifs") else closing
        if rule != Always(False):
            case = case.when(
                condition_tree(rule, compiled.parameters), exp.Literal.string(name), copy=False
            )
    return case if case.args.get("ifs") else exp.null()


def condition_tree(formula: Formula, parameters: Mapping[str, float | str]) -> Expr:
    """A formula as a syntax tree of SQL."""
    from sqlglot import exp

    if isinstance(formula, AllOf):
        return exp.and_(*(condition_tree(part, parameters) for part in formula.parts))
    if isinstance(formula, AnyOf):
        return exp.or_(*(condition_tree(part, parameters) for part in formula.parts))
    if isinstance(formula, Always):
        return exp.true() if formula.true else exp.false()
    if isinstance(formula, SplitTest):
        state = exp.Literal.number(int(formula.inside))
        return exp.EQ(this=exp.column(formula.split), expression=state)
    if isinstance(formula, CodeTest):
        return _codes(formula)
    if isinstance(formula, CutTest):
        return _cut(formula, parameters)
    return _missing(formula)


def number_text(value: float) -> str:
    """A number literal that every engine reads as the same floating-point number.

    Example
    -------
    >>> number_text(1500.0), number_text(13.25101471954619)
    ('1500', '13.25101471954619e0')
    """
    if value == int(value) and abs(value) < 10**_EXACT_DIGITS:
        return str(int(value))
    text = repr(value)
    digits = sum(character.isdigit() for character in text)
    return text if "e" in text or digits <= _EXACT_DIGITS else f"{text}e0"


def number_tree(value: float) -> Expr:
    """A number literal as a syntax tree."""
    from sqlglot import exp

    literal = exp.Literal.number(number_text(abs(value)))
    return exp.Neg(this=literal) if value < 0 else literal


def _codes(test: CodeTest) -> Expr:
    """`column = code` or `column IN (…)`; the codes sorted, so that the text is stable."""
    from sqlglot import exp

    codes = [exp.Literal.string(code) for code in sorted(test.codes)]
    if not codes:
        return exp.false()
    if len(codes) == 1:
        return exp.EQ(this=exp.column(test.column), expression=codes[0])
    return exp.In(this=exp.column(test.column), expressions=codes)


def _cut(test: CutTest, parameters: Mapping[str, float | str]) -> Expr:
    """A comparison of an income with a cut point, false for NaN."""
    from sqlglot import exp

    kinds = {"=": exp.EQ, "<>": exp.NEQ, "<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}
    column = exp.column(test.threshold.column)
    comparison = kinds[test.operator](this=column, expression=_point(test.threshold, parameters))
    if test.operator in ("=", "<", "<="):
        return comparison
    return exp.and_(comparison, _known(test.threshold.column))


def _point(threshold: Threshold, parameters: Mapping[str, float | str]) -> Expr:
    """A cut point: a number, or a number times a reference income's column."""
    from sqlglot import exp

    value = number_tree(threshold.value(parameters))
    if threshold.reference is None:
        return value
    return exp.Mul(this=value, expression=exp.column(reference_column(threshold.reference)))


def _missing(test: MissingTest) -> Expr:
    """`column IS NULL`, for an income also true for NaN."""
    from sqlglot import exp

    column = exp.column(test.column)
    null = exp.Is(this=column, expression=exp.null())
    if is_category(test.column):
        return null if test.missing else exp.not_(null)
    known = _known(test.column)
    return exp.or_(null, exp.not_(known)) if test.missing else known


def _known(column: str) -> Expr:
    """True for a number, false for NaN, NULL for NULL."""
    from sqlglot import exp

    return exp.LTE(this=exp.column(column), expression=exp.Literal.number(_TOP))
