"""From an adapter's branches to expressions: a column's value, and its kind of missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Final

from worldclass.surveys.canonical import REASONS, UNKNOWN, kinds
from worldclass.surveys.schema import Branch, Column, Condition, Survey
from worldclass.surveys.variables import Cell, Variables, whole

if TYPE_CHECKING:
    import polars as pl

_SILENT: Final = len(REASONS)
"""Stands for 'empty, and the survey does not say why' between expressions."""


@dataclass(frozen=True, eq=False)
class Made:
    """A column that can be made from a frame.

    Parameters
    ----------
    name
        Our name of the column.
    value, reason
        Its value; and the kind of missing, as the place in `REASONS`, where there is no value.
    variables
        The frame's columns that it is made from, in the order of the file.
    branches
        The branches in use.
    unread
        Text of the cells whose code the file does not know, null in all other rows.

    The expressions refer to the helpers of `Variables`.
    """

    name: str
    value: pl.Expr
    reason: pl.Expr
    variables: tuple[str, ...]
    branches: tuple[Branch, ...]
    unread: pl.Expr


def made_columns(
    survey: Survey, variables: Variables, assume: Collection[str]
) -> tuple[dict[str, Made], dict[str, str]]:
    """The columns that a frame's variables allow, and why the others cannot be made.

    Parameters
    ----------
    survey
        The adapter.
    variables
        The frame's columns.
    assume
        The assumptions that the caller asked for.
    """
    made: dict[str, Made] = {}
    problems: dict[str, str] = {}
    for column in survey.columns:
        branches = [b for b in column.branches if b.assume is None or b.assume in assume]
        problem = _problem(column, branches, variables, made)
        if problem:
            problems[column.name] = problem
        else:
            usable = [b for b in branches if b.when or _present(b, variables)]
            made[column.name] = _made(column, usable, variables, made)
    return made, problems


def _present(branch: Branch, variables: Variables) -> bool:
    """Whether a branch has its variable, or needs none."""
    return not branch.variable or bool(variables.find(branch.variable))


def _problem(
    column: Column, branches: list[Branch], variables: Variables, made: Mapping[str, Made]
) -> str | None:
    """Why a column cannot be made from a frame."""
    needed = list(column.needs)
    for branch in branches:
        for condition in branch.when:
            if condition.column is not None and condition.column not in made:
                return f"it depends on {condition.column}, which cannot be made"
            if condition.variable and not variables.find(condition.variable):
                needed += condition.variable
    lacking = list(dict.fromkeys(variables.lacking(needed)))
    if lacking:
        return f"the frame has no variable {', '.join(lacking)}"
    reading = [branch for branch in branches if branch.variable]
    if not branches or (reading and not any(_present(branch, variables) for branch in reading)):
        names = dict.fromkeys(n for branch in column.branches for n in branch.variable)
        return f"the frame has none of {', '.join(names)}"
    return None


def _made(
    column: Column, branches: list[Branch], variables: Variables, made: Mapping[str, Made]
) -> Made:
    """A column from the branches in use."""
    import polars as pl

    kind = {"boolean": pl.Boolean, "integer": pl.Int64}.get(kinds()[column.name], pl.String)
    value, held, empty = pl.lit(None, dtype=kind), pl.lit(False), _no_reason()
    taken: list[tuple[Branch, Cell | None, pl.Expr]] = []
    used: list[str] = []
    # from the last to the first, so that the first branch that takes a row has the last word
    for branch in reversed(branches):
        own = variables.find(branch.variable)
        cell = variables.cell(own) if own else None
        holds = _holds(branch.when, variables, made)
        takes = holds if cell is None else holds & cell.given
        value = pl.when(takes).then(_value(branch, cell, kind)).otherwise(value)
        empty = pl.when(holds).then(_blank(branch, variables)).otherwise(empty)
        held = held | holds
        taken.append((branch, cell, takes))
        used = [*own, *_flags(branch, variables), *used]
    value = variables.helper(f"value:{column.name}", value)
    otherwise = pl.coalesce([*_unsettled(branches, made), _index(column.otherwise)])
    reason = pl.when(held).then(empty).otherwise(otherwise)
    unread = pl.lit(None, dtype=pl.String)
    for branch, cell, takes in taken:
        why = _reason(branch, cell, value)
        reason = pl.when(takes).then(why).otherwise(reason)
        strange = pl.when(why == _index(UNKNOWN)).then(cell.text) if cell else pl.lit(None)
        unread = pl.when(takes).then(strange).otherwise(unread)
    reason = variables.helper(f"reason:{column.name}", reason)
    tested = [name for b in branches for c in b.when for name in c.variable]
    names = tuple(dict.fromkeys([*used, *variables.find(tested)]))
    return Made(column.name, value, reason, names, tuple(branches), unread)


def _unsettled(branches: list[Branch], made: Mapping[str, Made]) -> list[pl.Expr]:
    """The kinds of missing of the columns that conditions ask for."""
    import polars as pl

    names = dict.fromkeys(c.column for b in branches for c in b.when if c.column is not None)
    asked = [made[name] for name in names]
    if not asked:
        return []
    # a column that is empty for no stated kind leaves this one empty for no stated kind
    silent = reduce(or_, [column.value.is_null() & column.reason.is_null() for column in asked])
    return [*(c.reason for c in asked), pl.when(silent).then(pl.lit(_SILENT, dtype=pl.UInt8))]


def _no_reason() -> pl.Expr:
    """No kind of missing."""
    import polars as pl

    return pl.lit(None, dtype=pl.UInt8)


def _index(reason: str) -> pl.Expr:
    """A kind of missing as its place in `REASONS`."""
    import polars as pl

    return pl.lit(REASONS.index(reason), dtype=pl.UInt8)


def _holds(
    conditions: tuple[Condition, ...], variables: Variables, made: Mapping[str, Made]
) -> pl.Expr:
    """Whether all conditions hold; an empty cell fits none."""
    import polars as pl

    tests: list[pl.Expr] = []
    for condition in conditions:
        if condition.column is not None:
            cell = _column_cell(made[condition.column])
        else:
            cell = variables.cell(variables.find(condition.variable))
        if condition.codes is not None:
            test = cell.is_one_of(condition.codes)
        elif condition.not_codes is not None:
            test = cell.given & ~cell.is_one_of(condition.not_codes)
        else:
            low = -(2**62) if condition.low is None else condition.low
            high = 2**62 if condition.high is None else condition.high
            test = cell.number.is_between(low, high).fill_null(False)
        tests.append(test)
    return reduce(and_, tests) if tests else pl.lit(True)


def _column_cell(made: Made) -> Cell:
    """The cells of a column made before."""
    import polars as pl

    if kinds()[made.name] in ("boolean", "integer"):
        number = made.value.cast(pl.Int64)
        return Cell(number.cast(pl.String), number, number.is_not_null(), worded=False)
    return Cell(made.value, whole(made.value), made.value.is_not_null(), worded=True)


def _value(branch: Branch, cell: Cell | None, kind: type[pl.DataType]) -> pl.Expr:
    """The value that a branch gives to a code."""
    import polars as pl

    nothing = pl.lit(None, dtype=kind)
    if cell is None and branch.variable:
        return nothing  # the variable is not in the frame
    if branch.value is not None:
        return pl.lit(branch.value).cast(kind)
    if branch.reason is not None or cell is None:
        return nothing
    value = nothing
    if branch.number is not None:
        value = pl.when(cell.number.is_between(*branch.number)).then(cell.number + branch.add)
        if branch.at_least is not None:
            value = value.clip(lower_bound=branch.at_least)
    elif branch.digits is not None:
        value = cell.code(branch.digits)
    if branch.map is not None:
        mapped = cell.recode(branch.map, kind)
        value = mapped if branch.digits is None else mapped.fill_null(value)
    return pl.when(~cell.is_one_of(branch.missing)).then(value) if branch.missing else value


def _reason(branch: Branch, cell: Cell | None, value: pl.Expr) -> pl.Expr:
    """The kind of missing that a branch gives to a code, where it gives no value."""
    import polars as pl

    if branch.reason is not None and (cell is not None or not branch.variable):
        return _index(branch.reason)
    if branch.value is not None or cell is None:
        return _no_reason()
    unknown = pl.when(value.is_null()).then(_index(UNKNOWN))
    return _stated(cell, branch.missing).fill_null(unknown) if branch.missing else unknown


def _stated(cell: Cell, missing: Mapping[str, str]) -> pl.Expr:
    """The kinds of missing that codes stand for."""
    import polars as pl

    return cell.recode({code: REASONS.index(why) for code, why in missing.items()}, pl.UInt8)


def _blank(branch: Branch, variables: Variables) -> pl.Expr:
    """The kind of missing of an empty cell."""
    blank = _no_reason() if branch.blank is None else _index(branch.blank)
    flags = _flags(branch, variables)
    if branch.flag is None or not flags:
        return blank
    return _stated(variables.cell(flags), branch.flag.missing).fill_null(blank)


def _flags(branch: Branch, variables: Variables) -> list[str]:
    """The frame's columns that say why a branch's variable is empty."""
    return variables.find(branch.flag.variable) if branch.flag is not None else []


def as_kind(reason: pl.Expr) -> pl.Expr:
    """Kinds of missing as categories; `_SILENT`, for no stated kind, as null."""
    import polars as pl

    kinds = pl.Enum(REASONS)
    old = pl.Series(range(len(REASONS)), dtype=pl.UInt8)
    new = pl.Series(REASONS, dtype=kinds)
    return reason.replace_strict(old, new, default=None, return_dtype=kinds)
