"""What a scheme says of every code in every employment position.

Codes that a scheme cannot tell apart form one group, so that rules are evaluated for groups of
codes × states of the status columns, and expanded to all codes at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.occupations.classification import classification
from worldclass.occupations.classification import codes as codes_of
from worldclass.occupations.crosswalk import Crosswalk, read_crosswalk
from worldclass.schemes.axes import StatusAxis, flatten, grid_names, states_of
from worldclass.schemes.conditions import Variable, constant, where_true
from worldclass.schemes.library import base_of, occupations_of, table_file
from worldclass.schemes.schema import MAJOR, ONLY_COLUMN, Occupation, Scheme

CODES = 10_000
MALFORMED, NO_CODE = CODES, CODES + 1  # rows of codes that cannot be read, and of empty ones
ROWS = CODES + 2

# Outcomes below zero are reasons why there is no class: first those of the code …
MISSING_CODE, MALFORMED_CODE, UNKNOWN_CODE, NOT_COVERED = -1, -2, -3, -4
# … then that no rule fits, which the proof of a scheme refuses …
NO_RULE = -5
# … then a missing status column: −6 for the first axis, −7 for the second, …
FIRST_STATUS = -6
CODE_REASONS = ("missing", "malformed code", "unknown code", "not covered", "no rule fits")


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Outcomes by group of codes and flat state.

    Parameters
    ----------
    group
        The group of each row of codes, shape (10002,).
    values
        Index of the class, or a reason below zero; int32, shape (groups, states).
    classes
        What the indices mean: class ids, or the distinct numbers of a scale.
    """

    group: NDArray[np.intp]
    values: NDArray[np.int32]
    classes: tuple[str, ...]


def evaluate(
    scheme: Scheme,
    occupation: Occupation,
    axes: tuple[StatusAxis, ...],
    choices: Mapping[str, str],
    *,
    simplified: bool = False,
) -> Outcomes:
    """The outcomes of a scheme over a grid.

    Parameters
    ----------
    scheme
        The scheme.
    occupation
        The classification to code from.
    axes
        The grid; it must hold every status column that the scheme and its base use.
    choices
        The words of the scheme's parameters.
    simplified
        Take the class from the table's column for the simplified method.
    """
    if scheme.ruled:
        return _by_rules(scheme, occupation, axes, choices, simplified)
    table = scheme_table(scheme, occupation)
    columns = (occupation.simplified,) if simplified else scheme.table_columns
    values = [[row[table.columns.index(str(name))] for name in columns] for row in table.rows]
    classes = _classes(scheme, values)
    number = {name: index for index, name in enumerate(classes)}
    coded = np.array(
        [[number[value] if value else NOT_COVERED for value in row] for row in values],
        dtype=np.int32,
    )
    group, by_row = _rows_of(table, coded)
    if scheme.positions and not simplified:
        position = positions(scheme, axes)
        lacking = missing_status(position >= 0, axes)
        spread = by_row[:, np.where(position < 0, 0, position)]
        hidden = (position < 0)[None, :] & np.any(by_row >= 0, axis=1, keepdims=True)
        return Outcomes(group, np.where(hidden, lacking, spread).astype(np.int32), classes)
    return Outcomes(group, np.repeat(by_row, flatten(axes), axis=1), classes)


def scheme_table(scheme: Scheme, occupation: Occupation) -> Crosswalk:
    """The table of a scheme for one classification, checked against the scheme's columns."""
    columns = list(scheme.table_columns)
    if occupation.simplified and occupation.simplified not in columns:
        columns.append(occupation.simplified)
    return read_crosswalk(
        table_file(scheme, occupation),
        occupation.classification,
        columns,
        digits=occupation.digits,
    )


def positions(scheme: Scheme, axes: tuple[StatusAxis, ...]) -> NDArray[np.intp]:
    """The employment position in each flat state, −1 for none; shape (states,)."""
    names = grid_names(axes)
    found = np.full(flatten(axes), -1, dtype=np.intp)
    for index in range(len(scheme.positions) - 1, -1, -1):
        position = scheme.positions[index]
        where = f"scheme '{scheme.id}', position '{position.id}'"
        found[where_true(position.when, names, where)] = index
    return found


def missing_status(given: NDArray[np.bool_], axes: tuple[StatusAxis, ...]) -> NDArray[np.int32]:
    """For each state without a position, the missing column to blame; shape (…, states).

    It is the first missing column that would be enough to fill; where none is, the first missing.
    """
    blame = np.full(given.shape, NO_RULE, dtype=np.int32)
    for index in range(len(axes) - 1, -1, -1):
        missing = states_of(axes, axes[index]) == axes[index].size - 1
        blame[..., missing] = FIRST_STATUS - index
    for index in range(len(axes) - 1, -1, -1):
        axis = axes[index]
        state = states_of(axes, axis)
        at = np.flatnonzero(state == axis.size - 1)
        filled = np.zeros((*given.shape[:-1], len(at)), dtype=bool)
        for other in range(axis.size - 1):
            filled |= given[..., at - (axis.size - 1 - other) * axis.stride]
        block = blame[..., at]
        block[filled] = FIRST_STATUS - index
        blame[..., at] = block
    return blame


def _by_rules(
    scheme: Scheme,
    occupation: Occupation,
    axes: tuple[StatusAxis, ...],
    choices: Mapping[str, str],
    simplified: bool,
) -> Outcomes:
    """The outcomes of a derived scheme: its rules over the base's classes and the lookups."""
    parts: list[NDArray[np.intp]] = [_majors(occupation.classification)]
    base = None
    if scheme.base:
        source = base_of(scheme)
        defaults = {name: item.default for name, item in source.parameters.items()}
        same = [
            entry
            for entry in occupations_of(source)
            if entry.classification == occupation.classification
        ]
        base = evaluate(source, same[0], axes, defaults, simplified=simplified)
        parts.append(base.group)
    lookups = None
    if scheme.lookups:
        lookups = scheme_table(scheme, occupation)
        parts.append(_rows_of(lookups, np.zeros((len(lookups.rows), 1), dtype=np.int32))[0])
    keys, first, group = np.unique(
        np.stack(parts, axis=1), axis=0, return_index=True, return_inverse=True
    )
    names = {
        **grid_names(axes),
        **{name: constant(choices[name], item.choices) for name, item in scheme.parameters.items()},
        MAJOR: Variable(tuple("0123456789"), keys[:, :1]),
    }
    code_reason = np.zeros((len(keys), 1), dtype=np.int32)
    if base is not None:
        by_base = base.values[base.group[first]]
        names[str(scheme.base_column)] = Variable(base.classes, np.maximum(by_base, -1))
    else:
        by_base = None
    if lookups is not None:
        empty = [[0 if all(row) else NOT_COVERED] for row in lookups.rows]
        rows = _rows_of(lookups, np.array(empty, dtype=np.int32))
        code_reason = rows[1][rows[0][first]]
        names |= _lookup_variables(lookups, first)
    values = np.full((len(keys), flatten(axes)), len(scheme.classes), dtype=np.int32)
    for index in range(len(scheme.classes) - 1, -1, -1):
        rule = scheme.classes[index]
        where = f"scheme '{scheme.id}', class '{rule.id}'"
        np.copyto(values, index, where=where_true(str(rule.when), names, where))
    reasons = _rule_reasons(values < len(scheme.classes), by_base, code_reason, axes)
    values = np.where(values < len(scheme.classes), values, reasons).astype(np.int32)
    group = group.ravel()
    values[group[MALFORMED]] = MALFORMED_CODE  # even where no rule asks for the code
    return Outcomes(group, values, tuple(rule.id for rule in scheme.classes))


def _rule_reasons(
    given: NDArray[np.bool_],
    by_base: NDArray[np.int32] | None,
    code_reason: NDArray[np.int32],
    axes: tuple[StatusAxis, ...],
) -> NDArray[np.int32]:
    """Why no rule fits: the base's reason, the code's, or a missing status column."""
    reasons = missing_status(given, axes)
    reasons = np.where(code_reason < 0, np.broadcast_to(code_reason, given.shape), reasons)
    if by_base is not None:
        reasons = np.where(by_base < 0, by_base, reasons)
    return reasons


def _lookup_variables(table: Crosswalk, first: NDArray[np.intp]) -> dict[str, Variable]:
    """The lookups' words for each group of codes, shape (groups, 1)."""
    row_of = np.full(ROWS, -1, dtype=np.intp)
    row_of[:CODES] = _truncated(table)
    found: dict[str, Variable] = {}
    for place, name in enumerate(table.columns):
        words = tuple(dict.fromkeys(row[place] for row in table.rows if row[place]))
        index = [words.index(row[place]) if row[place] else -1 for row in table.rows]
        values = np.array([*index, -1])[row_of[first]]
        found[name] = Variable(words, values[:, None])
    return found


def _rows_of(
    table: Crosswalk, coded: NDArray[np.int32]
) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """The group of each of the 10,002 rows of codes, and each group's values with its reasons."""
    rows = len(table.rows)
    reasons = (NOT_COVERED, UNKNOWN_CODE, MALFORMED_CODE, MISSING_CODE)
    values = np.vstack([coded, *(np.full((1, coded.shape[1]), r, np.int32) for r in reasons)])
    group = np.empty(ROWS, dtype=np.intp)
    row_of = _truncated(table)
    step = 10 ** (4 - table.digits)
    known = np.zeros(CODES, dtype=bool)
    known[list(codes_of(table.classification, table.digits))] = True
    cut = np.arange(CODES) // step * step
    group[:CODES] = np.where(row_of >= 0, row_of, np.where(known[cut], rows, rows + 1))
    group[MALFORMED], group[NO_CODE] = rows + 2, rows + 3
    return group, values


def _truncated(table: Crosswalk) -> NDArray[np.intp]:
    """The table's row for each of the 10,000 codes, cut to the table's digits."""
    step = 10 ** (4 - table.digits)
    return table.row_of[np.arange(CODES) // step * step].astype(np.intp)


def _majors(name: str) -> NDArray[np.intp]:
    """First digit of each row of codes, −1 where there is no code, or one of five digits."""
    found = np.arange(ROWS) // 1000
    found[CODES:] = -1
    found[list(classification(name).longer.values())] = -1
    return found


def _classes(scheme: Scheme, values: list[list[str]]) -> tuple[str, ...]:
    """The classes that the indices of a table's values refer to."""
    held = {value for row in values for value in row if value}
    if scheme.kind == "scale":
        try:
            return tuple(sorted(held, key=float))
        except ValueError as cause:
            raise TheoryError(
                f"The table of scale '{scheme.id}' holds a text that is no number: {cause}.",
                remedy="A scale's table holds numbers.",
            ) from None
    known = tuple(entry.id for entry in scheme.classes)
    alien = sorted(held - set(known))
    if alien:
        raise TheoryError(
            f"The table holds classes that the scheme does not name: {', '.join(alien[:8])}.",
            where=f"scheme '{scheme.id}', column '{ONLY_COLUMN}' or positions",
            remedy=f"Classes: {', '.join(known)}.",
        )
    return known
