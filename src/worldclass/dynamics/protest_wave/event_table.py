"""The columns of a table of events: which is what, and whether every cell can be meant."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError

if TYPE_CHECKING:
    import polars as pl

DATES = ("date", "datetime", "day", "time", "timestamp", "event_date")
COUNTS = ("events", "count", "counts", "n")
PLACES = ("place", "city", "location", "state", "country")
SIZES = ("size_reported", "size", "participants")
MOST = 1_000_000_000
"""Events of one row or one day beyond which a number is taken for an error."""


@dataclass(frozen=True)
class Columns:
    """Names of the columns of a table of events; empty where there is none.

    Parameters
    ----------
    date
        Day or moment of the event.
    count
        Events that the row stands for; without it every row is one.
    place
        Columns that together name the place.
    size
        Participants; may be missing in any row.
    only
        Column of truth values: rows where it is false are left out, and counted.
    """

    date: str = ""
    count: str = ""
    place: tuple[str, ...] = ()
    size: str = ""
    only: str = ""


def read_table(source: str | Path | pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """A table with texts untouched, and the words for where it is from.

    Raises
    ------
    SourceError
        The file cannot be read, is of another format, or holds no rows.
    """
    import polars as pl

    if isinstance(source, pl.DataFrame):
        table, where = source, "events"
    else:
        path = Path(source)
        where = str(path)
        try:
            if path.suffix.lower() == ".parquet":
                table = pl.read_parquet(path)
            elif path.suffix.lower() == ".csv":
                table = pl.read_csv(path, infer_schema_length=0)
            else:
                raise SourceError(
                    f"Events cannot be read from '{path.suffix or path.name}'.",
                    where=where,
                    remedy="Give a .csv or .parquet file.",
                )
        except pl.exceptions.NoDataError as error:
            raise _empty(where) from error
        except (OSError, pl.exceptions.PolarsError) as error:
            raise SourceError(f"The events cannot be read: {error}", where=where) from error
    if table.is_empty():
        raise _empty(where)
    return table, where


def find_columns(table: pl.DataFrame, given: Columns, where: str) -> Columns:
    """The columns named, and those known by their usual names where none is.

    Raises
    ------
    SourceError
        A column that is named is not there, or there is no date.
    """
    for name in (given.date, given.count, *given.place, given.size, given.only):
        if name and name not in table.columns:
            raise SourceError(
                f"The events have no column '{name}'.",
                where=where,
                remedy=f"They have {', '.join(table.columns[:40])}.",
            )
    lower = {name.lower(): name for name in reversed(table.columns)}

    def usual(names: tuple[str, ...]) -> str:
        return next((lower[name] for name in names if name in lower), "")

    day = given.date or usual(DATES)
    if not day:
        raise SourceError(
            "The events have no column of dates.",
            where=where,
            remedy=f"Call it {', '.join(DATES[:3])}, or name it with date_column; there are "
            f"{', '.join(table.columns[:40])}.",
        )
    return Columns(
        day,
        given.count or usual(COUNTS),
        given.place or tuple(lower[name] for name in PLACES if name in lower),
        given.size or usual(SIZES),
        given.only,
    )


def read_counts(column: pl.Series, where: str) -> list[int | None]:
    """Counts as whole numbers from 0; null where a cell is empty.

    Raises
    ------
    SourceError
        A cell is no number, negative, fractional, infinite or beyond `MOST`.
    """
    found: list[int | None] = []
    for row, cell in enumerate(column.to_list(), start=1):
        number = _number(cell, row, column.name, where)
        if number is None:
            found.append(None)
            continue
        problem = ""
        if math.isinf(number) or number > MOST:
            problem = f"is beyond {MOST:,}: it would overflow"
        elif number < 0:
            problem = "is negative"
        elif number != math.floor(number):
            problem = "is a fraction"
        if problem:
            raise SourceError(
                f"Row {row}: the count {cell} in the column '{column.name}' {problem}.",
                where=where,
                remedy="Counts are whole numbers from 0; name another column with count_column.",
            )
        found.append(int(number))
    return found


def kept_rows(column: pl.Series, where: str) -> list[bool]:
    """Rows to keep, from a column of truth values (true/false, 1/0, yes/no).

    Raises
    ------
    SourceError
        A cell says neither.
    """
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    found: list[bool] = []
    for row, cell in enumerate(column.to_list(), start=1):
        text = str(cell).strip().lower()
        if text not in words:
            raise SourceError(
                f"Row {row}: '{str(cell)[:40]}' in the column '{column.name}' is neither true nor "
                "false.",
                where=where,
            )
        found.append(words[text])
    return found


def sum_sizes(column: pl.Series, where: str) -> tuple[float, int]:
    """Participants of all rows with a size, and the number of rows without one."""
    total, missing = 0.0, 0
    for row, cell in enumerate(column.to_list(), start=1):
        number = _number(cell, row, column.name, where)
        if number is None:
            missing += 1
        elif number < 0 or math.isinf(number):
            raise SourceError(
                f"Row {row}: a size of {cell} in the column '{column.name}'.", where=where
            )
        else:
            total += number
    return total, missing


def _number(cell: Any, row: int, name: str, where: str) -> float | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    try:
        number = float(cell)
    except (TypeError, ValueError) as error:
        raise SourceError(
            f"Row {row}: '{str(cell)[:40]}' in the column '{name}' is no number.", where=where
        ) from error
    return None if math.isnan(number) else number


def _empty(where: str) -> SourceError:
    return SourceError(
        "The file holds no events.", where=where, remedy="Give at least one row below the header."
    )
