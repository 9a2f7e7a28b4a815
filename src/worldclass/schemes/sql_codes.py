"""A coding table without its repetitions, and sets of integers as short SQL conditions.

Many codes have the same outcome in every state, and many states give every code the same
outcome. Codes are put into groups and states into positions, so that

    cells[code, state] = outcomes[group[code], position[state]],

which needs each code and each state to be written once only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlglot import Expr

    from worldclass.schemes.compile import CodingTable

Style = Literal["conditions", "array"]

# The elements of an array, one on a line; none holds a parenthesis.
_ARRAY = re.compile(r"ARRAY\(\n((?: +[^()\n]+\n)+)")
# As many integers in a row are written as a range.
_RANGE = 3


@dataclass(frozen=True, eq=False)
class Factors:
    """A coding table in three parts.

    Parameters
    ----------
    group
        Group of each row of the table, shape (10002,). Group 0 is the commonest.
    position
        Position of each state, shape (states,). Position 0 is the commonest.
    outcomes
        Index of the outcome, shape (groups, positions).
    """

    group: NDArray[np.int32]
    position: NDArray[np.int32]
    outcomes: NDArray[np.int32]

    @property
    def cells(self) -> list[int]:
        """Outcome of each cell `group · positions + position`."""
        return self.outcomes.ravel().tolist()


def factorise(table: CodingTable) -> Factors:
    """The groups of codes and the positions of a coding table.

    Example
    -------
    >>> from worldclass.schemes.compile import compile_scheme
    >>> from worldclass.schemes.library import load_scheme
    >>> table = compile_scheme(load_scheme("esec"), "isco08")
    >>> parts = factorise(table)
    >>> bool((parts.outcomes[parts.group][:, parts.position] == table.cells).all())
    True
    """
    first, position = _alike(np.ascontiguousarray(table.cells.T))
    rows, group = _alike(np.ascontiguousarray(table.cells[:, first]))
    outcomes = table.cells[np.ix_(rows, first)]
    return Factors(group, position, outcomes.astype(np.int32))


def _alike(rows: NDArray[np.integer]) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """One row of each kind, the commonest kind first, and the kind of each row."""
    whole = rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()
    _, first, kind, counts = np.unique(
        whole, return_index=True, return_inverse=True, return_counts=True
    )
    # The others in the order of their first row: neighbours stay neighbours.
    order = np.lexsort((first, -(counts == counts.max()).astype(int)))
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return first[order], place[kind]


def lookup_tree(column: Expr, values: Sequence[int | Expr | None], style: Style) -> Expr:
    """An expression that gives `values[i]` where a column of integers is i.

    Parameters
    ----------
    column
        Expression of the index.
    values
        Value of each index, either numbers or trees; None for NULL.
    style
        "conditions" for `CASE WHEN column IN (…) THEN …`, "array" for an element of an array.

    Example
    -------
    >>> from sqlglot import exp
    >>> lookup_tree(exp.column("code"), [0, 7, 7], "conditions").sql()
    'CASE WHEN code IN (1, 2) THEN 7 ELSE 0 END'
    """
    from sqlglot import exp

    if style == "array":
        return exp.func("GET", exp.Array(expressions=[_value(item) for item in values]), column)
    places: dict[int | Expr | None, list[int]] = {}
    for index, value in enumerate(values):
        places.setdefault(value, []).append(index)
    default = 0 if isinstance(values[0], int) else None
    case = exp.Case()
    for value, numbers in places.items():
        if value != default:
            case = case.when(among(column, numbers), _value(value), copy=False)
    if not case.args.get("ifs"):
        return _value(default)
    return case if default is None else case.else_(_value(default), copy=False)


def _value(value: int | Expr | None) -> Expr:
    """A value as a new tree."""
    from sqlglot import exp

    if isinstance(value, int):
        return exp.Literal.number(value)
    return exp.null() if value is None else value.copy()


def among(column: Expr, numbers: Sequence[int]) -> Expr:
    """The condition that a column is one of some integers: ranges, and a list of the rest.

    Example
    -------
    >>> from sqlglot import exp
    >>> among(exp.column("code"), [1, 5, 6, 7, 9]).sql()
    'code BETWEEN 5 AND 7 OR code IN (1, 9)'
    """
    from sqlglot import exp

    parts: list[Expr] = []
    single: list[Expr] = []
    for low, high in runs(numbers):
        if high - low + 1 >= _RANGE:
            bounds = {"low": exp.Literal.number(low), "high": exp.Literal.number(high)}
            parts.append(exp.Between(this=column.copy(), **bounds))
        else:
            single += [exp.Literal.number(number) for number in range(low, high + 1)]
    if len(single) == 1:
        parts.append(exp.EQ(this=column.copy(), expression=single[0]))
    elif single:
        parts.append(exp.In(this=column.copy(), expressions=single))
    return exp.or_(*parts, copy=False)


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of consecutive integers.

    Example
    -------
    >>> runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    given = np.unique(np.asarray(numbers, dtype=np.int64))
    ends = np.flatnonzero(np.diff(given) > 1)
    starts = given[np.concatenate([[0], ends + 1])]
    stops = given[np.concatenate([ends, [len(given) - 1]])]
    return list(zip(starts.tolist(), stops.tolist(), strict=True))


def fill_arrays(text: str, width: int) -> str:
    """A query with the elements of each array beside each other instead of one on a line.

    Example
    -------
    >>> print(fill_arrays("SELECT\\n  ARRAY(\\n    1,\\n    2\\n  )", 100))
    SELECT
      ARRAY(
        1, 2
      )
    """
    return _ARRAY.sub(lambda found: _filled(found[1], width), text)


def _filled(block: str, width: int) -> str:
    """The lines of an array's elements, joined up to a width."""
    indent = block[: len(block) - len(block.lstrip(" "))]
    lines = [""]
    for line in block.splitlines():
        element = line.strip()
        if lines[-1] and len(indent) + len(lines[-1]) + 1 + len(element) > width:
            lines.append("")
        lines[-1] += f" {element}" if lines[-1] else element
    return "ARRAY(\n" + "".join(f"{indent}{line}\n" for line in lines)
