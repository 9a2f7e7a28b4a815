"""Tables as wide as the terminal: text folds, numbers and dates stay whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

_NUMBERS = re.compile(r"[\d.,:+\-–eT %]*( to [\d.+\-–]+)?")
_LONGEST_WORD = 24


def print_fitted(
    console: Console, headings: Sequence[str], rows: Sequence[Sequence[str]], *, unit: str = "unit"
) -> None:
    """Print rows of text under headings.

    Columns of numbers or dates are never folded or cut. Where the words of the others do not fit,
    the unit is left out; where that is not enough, the columns are printed in parts, one below
    the other, each with the first column.
    """
    columns = [[head, *(row[k] for row in rows)] for k, head in enumerate(headings)]
    if _room(console, columns) < 0:
        columns = [column for column in columns if column[0] != unit]
    while columns:
        taken = len(columns)
        while taken > 2 and _room(console, columns[:taken]) < 0:
            taken -= 1
        _print(console, columns[:taken])
        columns = [columns[0], *columns[taken:]] if taken < len(columns) else []


def _least(column: list[str]) -> int:
    """Width that a column needs: of its numbers, or of its longest word."""
    if _is_number(column):
        return max(map(len, column))
    words = (len(word) for cell in column for word in cell.split())
    return min(max(words, default=1), _LONGEST_WORD)


def _is_number(column: list[str]) -> bool:
    return any(column[1:]) and all(_NUMBERS.fullmatch(cell) for cell in column[1:])


def _room(console: Console, columns: list[list[str]]) -> int:
    """What is left of a line; a column has two blanks, and one before the next."""
    return console.width - sum(map(_least, columns)) - 3 * len(columns) - 1


def _print(console: Console, columns: list[list[str]]) -> None:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    room = max(_room(console, columns), 0)
    widths = [_least(column) for column in columns]
    wanted = [max(map(len, column)) - least for column, least in zip(columns, widths, strict=True)]
    for k in sorted(range(len(columns)), key=wanted.__getitem__):
        widths[k] += min(wanted[k], room)
        room -= min(wanted[k], room)
    table = Table(box=box.SIMPLE)
    for column, width in zip(columns, widths, strict=True):
        number = _is_number(column)
        table.add_column(
            escape(column[0]),
            justify="right" if number else "left",
            no_wrap=number,
            overflow="fold",
            width=width,
        )
    for row in zip(*(column[1:] for column in columns), strict=True):
        table.add_row(*map(escape, row))
    console.print(table)
