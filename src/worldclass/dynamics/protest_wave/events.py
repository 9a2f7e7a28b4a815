"""Dated events as a series of counts, with gaps in the open and nothing dropped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import SourceError, UsageError
from worldclass.dynamics.protest_wave.dates import read_moments
from worldclass.dynamics.protest_wave.event_table import (
    MOST,
    Columns,
    find_columns,
    kept_rows,
    read_counts,
    read_table,
    sum_sizes,
)

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

HOURS = (1, 2, 3, 4, 6, 8, 12, 24)
MOST_BINS = 20_000
ABSENT = ("auto", "zero", "missing", "refuse")


@dataclass(frozen=True)
class EventSeries:
    """Counts of events by bin, from the first day with a row to the last.

    Parameters
    ----------
    start
        First day.
    width
        Of a bin, days.
    counts
        Events, shape (n,); 0 where not observed.
    observed
        Whether the bin was observed, shape (n,).
    times
        Moments of single events in days since the start, ascending; null where the source has
        only dates or counts.
    notes
        What the reader should know: rows left out, days absent, sizes missing.
    """

    start: date
    width: float
    counts: NDArray[np.float64]
    observed: NDArray[np.bool_]
    times: NDArray[np.float64] | None = None
    notes: tuple[str, ...] = ()

    @property
    def moments(self) -> list[datetime]:
        """Beginning of each bin."""
        first = datetime(self.start.year, self.start.month, self.start.day)
        return [first + timedelta(days=k * self.width) for k in range(self.counts.size)]

    def until(self, bins: int) -> EventSeries:
        """The first bins alone."""
        return replace(self, counts=self.counts[:bins], observed=self.observed[:bins], times=None)


def read_events(
    source: str | Path | pl.DataFrame,
    columns: Columns | None = None,
    *,
    absent: str = "auto",
    leave_out: Sequence[date] = (),
    bin_hours: int = 24,
    sort: bool = False,
) -> EventSeries:
    """Read dated events from a CSV or Parquet file, or a frame.

    Parameters
    ----------
    source
        One row an event, or one row a day (and place) with a count.
    columns
        Names of columns; the usual names are known.
    absent
        What a day without a row is, between the first and the last: "zero" events, "missing", or
        "refuse". "auto": zero where rows are events or places, missing where they are days.
    leave_out
        Days to treat as missing: those of a known outside event, say.
    bin_hours
        Width of a bin, one of `HOURS`; finer than a day needs times of day.
    sort
        Whether rows may come in any order. By default rows out of order are refused: they are
        often two files in one.

    Raises
    ------
    SourceError
        An empty file; dates that cannot be read, are out of order, or stand twice in a table of
        days; counts that are negative, fractional, missing in a table of places, or too large; a
        single day.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"date": ["2020-05-26", "2020-05-26", "2020-05-28"]})
    >>> series = read_events(rows)
    >>> series.counts.tolist(), series.notes
    ([2.0, 0.0, 1.0], ('1 day without a row counts as zero events',))
    """
    if absent not in ABSENT or bin_hours not in HOURS:
        raise UsageError(
            f"Absent days cannot be {absent!r} in bins of {bin_hours} hours.",
            remedy=f"Use {', '.join(ABSENT)}, and one of {', '.join(map(str, HOURS))} hours.",
        )
    table, where = read_table(source)
    found = find_columns(table, columns or Columns(), where)
    notes: list[str] = []
    if found.only:
        kept = kept_rows(table[found.only], where)
        if kept.count(False):
            notes.append(
                f"{kept.count(False):,} of {table.height:,} rows are left out: '{found.only}' is "
                "false"
            )
        table = table.filter(np.array(kept))
        if table.is_empty():
            raise SourceError(f"No row has '{found.only}' true.", where=where)
    moments, timed = read_moments(table[found.date], where)
    _check_order(moments, sort, where)
    numbers: list[int | None] = (
        read_counts(table[found.count], where) if found.count else [1] * table.height
    )
    by_day = bool(found.count) and not found.place
    _check_twice(table, moments, found, notes, where)
    if bin_hours < 24 and not timed:
        raise SourceError(
            f"The column '{found.date}' has no times of day, and bins are {bin_hours} hours.",
            where=where,
            remedy="Use bins of 24 hours.",
        )
    if not by_day and None in numbers:
        raise SourceError(
            f"Row {numbers.index(None) + 1} has no count in the column '{found.count}'.",
            where=where,
            remedy="Write 0 where nothing happened; leave out the row where nobody looked.",
        )
    series = _bin(moments, numbers, bin_hours / 24, where)
    missing = absent == "missing" or (absent == "auto" and by_day)
    series = _gaps(series, moments, numbers, (absent, missing), notes, where)
    series = _left_out(series, leave_out, notes, where)
    if found.size:
        total, unknown = sum_sizes(table[found.size], where)
        gaps = f"{unknown:,} of {table.height:,} rows have none"
        gaps = "sums by day hide events without a size" if by_day else gaps
        notes.append(f"sizes ('{found.size}') sum to {total:,.0f}; {gaps}; no model uses them")
    single = timed and not found.count
    times = np.sort([_days(moment, series.start) for moment in moments]) if single else None
    return replace(series, times=times, notes=tuple(notes))


def _days(moment: datetime, start: date) -> float:
    first = datetime(start.year, start.month, start.day)
    return (moment - first) / timedelta(days=1)


def _check_order(moments: list[datetime], sort: bool, where: str) -> None:
    if sort:
        return
    for row, (before, after) in enumerate(pairwise(moments), start=2):
        if after < before:
            raise SourceError(
                f"Row {row} ({after:%Y-%m-%d}) is earlier than the row before it "
                f"({before:%Y-%m-%d}).",
                where=where,
                remedy="Sort the rows by date, or set out_of_order to sort.",
            )


def _check_twice(
    table: pl.DataFrame,
    moments: list[datetime],
    columns: Columns,
    notes: list[str],
    where: str,
) -> None:
    """A day with a count may stand once; of a day and place, the counts are added up openly."""
    if not columns.count:
        return
    if columns.place:
        same = int(table.is_duplicated().sum())
        if same:
            first = int(np.flatnonzero(table.is_duplicated().to_numpy())[0])
            raise SourceError(
                f"{same} rows are equal in every column, the first of {moments[first]:%Y-%m-%d}.",
                where=where,
                remedy="Remove the repetitions: the same events would count twice.",
            )
        seen = Counter(zip(moments, table.select(columns.place).rows(), strict=True))
        twice = sum(times for times in seen.values() if times > 1)
        if twice:
            notes.append(f"{twice} rows share day and place with another: their counts are added")
        return
    twice = [(moment, times) for moment, times in Counter(moments).items() if times > 1]
    if twice:
        raise SourceError(
            f"{twice[0][0]:%Y-%m-%d} stands {twice[0][1]} times with a count.",
            where=where,
            remedy="Add the counts up, remove the repetition, or name the columns of the place.",
        )


def _bin(
    moments: list[datetime], numbers: list[int | None], width: float, where: str
) -> EventSeries:
    start, last = min(moments).date(), max(moments).date()
    days = (last - start).days + 1
    bins = round(days / width)
    if days < 2:
        raise SourceError(
            f"All events are of one day, {start}.", where=where, remedy="A wave needs several."
        )
    if bins > MOST_BINS:
        raise SourceError(
            f"From {start} to {last} there are {bins:,} bins, more than {MOST_BINS:,}.",
            where=where,
            remedy="Use wider bins, or look for a wrong year.",
        )
    counts = np.zeros(bins)
    for moment, number in zip(moments, numbers, strict=True):
        counts[int(_days(moment, start) / width + 1e-9)] += number or 0
    if counts.max() > MOST:
        raise SourceError(f"A bin holds more than {MOST:,} events.", where=where)
    return EventSeries(start, width, counts, np.ones(bins, dtype=np.bool_))


def _gaps(
    series: EventSeries,
    moments: list[datetime],
    numbers: list[int | None],
    choice: tuple[str, bool],
    notes: list[str],
    where: str,
) -> EventSeries:
    """Say which days have no row or no count, and mark the unobserved ones."""
    absent, missing = choice
    days = round(series.counts.size * series.width)
    with_row = {(moment.date() - series.start).days for moment in moments}
    gaps = sorted(set(range(days)) - with_row)
    if gaps and absent == "refuse":
        raise SourceError(
            f"{len(gaps)} days have no row, the first {series.start + timedelta(days=gaps[0])}.",
            where=where,
            remedy="Set absent to zero or missing.",
        )
    plural = "days" if len(gaps) > 1 else "day"
    if gaps:
        meaning = "is missing" if missing else "counts as zero events"
        meaning = meaning if len(gaps) == 1 else meaning.replace("is", "are", 1)
        meaning = meaning if len(gaps) == 1 else meaning.replace("counts", "count")
        notes.append(f"{len(gaps)} {plural} without a row {meaning}")
    unknown = {
        (moment.date() - series.start).days
        for moment, number in zip(moments, numbers, strict=True)
        if number is None
    }
    if unknown:
        notes.append(f"{len(unknown)} days with an empty count are missing")
    hidden = unknown | (set(gaps) if missing else set[int]())
    return _hide(series, sorted(hidden))


def _left_out(
    series: EventSeries, days: Sequence[date], notes: list[str], where: str
) -> EventSeries:
    places = [(day - series.start).days for day in days]
    last = round(series.counts.size * series.width) - 1
    for day, place in zip(days, places, strict=True):
        if not 0 <= place <= last:
            raise UsageError(f"{day}, to be left out, is outside the events.", where=where)
    if days:
        notes.append(f"left out as missing: {', '.join(map(str, days))}")
    return _hide(series, places)


def _hide(series: EventSeries, days: Sequence[int]) -> EventSeries:
    observed, counts = series.observed.copy(), series.counts.copy()
    per_day = round(1 / series.width)
    for day in days:
        observed[day * per_day : (day + 1) * per_day] = False
        counts[day * per_day : (day + 1) * per_day] = 0.0
    return replace(series, counts=counts, observed=observed)
