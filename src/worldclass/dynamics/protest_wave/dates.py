"""Dates and times of events, read strictly: a text is understood as ISO 8601 or refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError

if TYPE_CHECKING:
    import polars as pl

ISO = "Write dates as 2020-05-26, or with a time as 2020-05-26T14:30."


def read_moments(column: pl.Series, where: str) -> tuple[list[datetime], bool]:
    """Moments of a column of dates, datetimes or texts, and whether they carry a time of day.

    Raises
    ------
    SourceError
        A cell is empty or is no date; or only some have a time, or their offsets differ.
    """
    import polars as pl

    if column.dtype.base_type() not in {pl.String, pl.Date, pl.Datetime}:
        raise SourceError(
            f"The column '{column.name}' holds {column.dtype}, not dates.",
            where=where,
            remedy=f"{ISO} Name another column with date_column.",
        )
    cells = column.to_list()
    found: list[datetime] = []
    kinds: set[bool] = set()
    offsets: set[Any] = set()
    for row, cell in enumerate(cells, start=1):
        moment, timed = _moment(cell, row, column.name, where)
        offsets.add(moment.utcoffset())
        kinds.add(timed)
        found.append(moment.replace(tzinfo=None))
    if len(kinds) > 1:
        raise SourceError(
            f"Some cells of '{column.name}' have a time of day and others have none.",
            where=where,
            remedy="Give a time to all or to none.",
        )
    if len(offsets) > 1:
        raise SourceError(
            f"The times of '{column.name}' have {len(offsets)} different offsets from UTC.",
            where=where,
            remedy="Write all of them in one zone.",
        )
    return found, kinds == {True}


def read_days(text: str, where: str) -> tuple[date, ...]:
    """Days of a text such as "2020-06-19, 2020-07-04".

    Examples
    --------
    >>> read_days("2020-06-19", "leave_out")
    (datetime.date(2020, 6, 19),)
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    try:
        return tuple(date.fromisoformat(part) for part in parts)
    except ValueError as error:
        raise SourceError(f"'{text}' is no list of dates.", where=where, remedy=ISO) from error


def _moment(cell: Any, row: int, name: str, where: str) -> tuple[datetime, bool]:
    if isinstance(cell, datetime):
        return cell, True
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day), False
    text = "" if cell is None else str(cell).strip()
    if not text:
        raise SourceError(f"Row {row} has no '{name}'.", where=where, remedy="Fill it in.")
    try:
        if not text[:4].isdigit():
            raise ValueError(text)
        return datetime.fromisoformat(text), len(text) > 10
    except ValueError as error:
        raise SourceError(
            f"Row {row}: '{text[:40]}' in the column '{name}' is no date.",
            where=where,
            remedy=ISO,
        ) from error
