"""Rules as formulas: what remains of a rule once its names are known.

A formula has no NOT: it is pushed down to the tests, where it turns a test into its opposite.
SQL's three-valued logic allows this, because NOT obeys De Morgan's laws in it, and because the
negation of a test is true exactly when the opposite test is: `NOT x < 5` where `x >= 5`, and
neither where x is missing. AND and OR of tests without NOT can only be true if enough tests are
true, so 'false' and 'unknown' need not be told apart: a formula is a set of matching persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from worldclass.people.columns import columns

Operator = Literal["=", "<>", "<", "<=", ">", ">="]

OPPOSITE: dict[Operator, Operator] = {
    "=": "<>",
    "<>": "=",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}
MIRRORED: dict[Operator, Operator] = {
    "=": "=",
    "<>": "<>",
    "<": ">",
    ">": "<",
    "<=": ">=",
    ">=": "<=",
}

# State of a cut axis: where an income lies relative to the cut point.
BELOW, EQUAL, ABOVE, MISSING = range(4)

STATES: dict[Operator, tuple[int, ...]] = {
    "=": (EQUAL,),
    "<>": (BELOW, ABOVE),
    "<": (BELOW,),
    "<=": (BELOW, EQUAL),
    ">": (ABOVE,),
    ">=": (EQUAL, ABOVE),
}


@dataclass(frozen=True)
class Threshold:
    """A cut point before its parameter has a value.

    Parameters
    ----------
    column
        The income that is compared.
    reference
        Name of the reference income that the value multiplies, or None.
    parameter
        Name of the parameter that gives the value, or None for a number in the rule.
    number
        The number in the rule; 0 when a parameter gives it.
    factor
        Parameter's value × factor is in the column's unit.
    """

    column: str
    reference: str | None
    parameter: str | None
    number: float
    factor: float

    def value(self, parameters: Mapping[str, float | str]) -> float:
        """The cut point, in the column's unit or as a multiple of the reference."""
        if self.parameter is None:
            return self.number
        return float(parameters[self.parameter]) * self.factor


@dataclass(frozen=True)
class CodeTest:
    """True where a category has one of some codes."""

    column: str
    codes: frozenset[str]


@dataclass(frozen=True)
class CutTest:
    """True where an income lies on one side of a threshold."""

    operator: Operator
    threshold: Threshold


@dataclass(frozen=True)
class MissingTest:
    """True where a column is missing (or, if `missing` is False, where it is not)."""

    column: str
    missing: bool


@dataclass(frozen=True)
class SplitTest:
    """True where a person belongs to a split's fraction (or does not)."""

    split: str
    inside: bool


@dataclass(frozen=True)
class Always:
    """True or false everywhere."""

    true: bool


@dataclass(frozen=True)
class AllOf:
    """True where all parts are."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class AnyOf:
    """True where a part is."""

    parts: tuple[Formula, ...]


Test = CodeTest | CutTest | MissingTest | SplitTest
Formula = Test | Always | AllOf | AnyOf


def all_of(parts: Iterable[Formula]) -> Formula:
    """The conjunction, with constants folded."""
    kept = [part for part in parts if part != Always(True)]
    if Always(False) in kept:
        return Always(False)
    if len(kept) == 1:
        return kept[0]
    return AllOf(tuple(kept)) if kept else Always(True)


def any_of(parts: Iterable[Formula]) -> Formula:
    """The disjunction, with constants folded."""
    kept = _merge_codes([part for part in parts if part != Always(False)])
    if Always(True) in kept:
        return Always(True)
    if len(kept) == 1:
        return kept[0]
    return AnyOf(tuple(kept)) if kept else Always(False)


def _merge_codes(parts: list[Formula]) -> list[Formula]:
    """Neighbouring tests of one column's codes, of which one must hold, as one test."""
    merged: list[Formula] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, CodeTest) and isinstance(last, CodeTest) and part.column == last.column:
            merged[-1] = CodeTest(part.column, last.codes | part.codes)
        else:
            merged.append(part)
    return merged


def negate(formula: Formula) -> Formula:
    """The formula that is true exactly where SQL's `NOT formula` is."""
    if isinstance(formula, AllOf):
        return any_of(negate(part) for part in formula.parts)
    if isinstance(formula, AnyOf):
        return all_of(negate(part) for part in formula.parts)
    if isinstance(formula, Always):
        return Always(not formula.true)
    if isinstance(formula, CodeTest):
        others = frozenset(columns()[formula.column].codes) - formula.codes
        return CodeTest(formula.column, others)
    if isinstance(formula, CutTest):
        return CutTest(OPPOSITE[formula.operator], formula.threshold)
    if isinstance(formula, MissingTest):
        return MissingTest(formula.column, not formula.missing)
    return SplitTest(formula.split, not formula.inside)


def tests(formula: Formula) -> Iterator[Test]:
    """All tests of a formula, from left to right."""
    if isinstance(formula, AllOf | AnyOf):
        for part in formula.parts:
            yield from tests(part)
    elif not isinstance(formula, Always):
        yield formula


def fix_splits(formula: Formula, states: dict[str, bool]) -> Formula:
    """The formula for persons whose place in each split is known."""
    if isinstance(formula, AllOf):
        return all_of(fix_splits(part, states) for part in formula.parts)
    if isinstance(formula, AnyOf):
        return any_of(fix_splits(part, states) for part in formula.parts)
    if isinstance(formula, SplitTest) and formula.split in states:
        return Always(states[formula.split] == formula.inside)
    return formula
