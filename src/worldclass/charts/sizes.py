"""Sizes with intervals in words, for the descriptions of pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from worldclass.charts.measures import Measure
from worldclass.charts.numbers import persons_interval, persons_text, share_interval, share_text
from worldclass.charts.picture import Rows


def size_text(
    measure: Measure,
    value: float | None,
    low: float | None,
    high: float | None,
    *,
    bounds: bool = False,
) -> str:
    """A size and its 5–95 % interval; the interval alone where the data only bound the size.

    Examples
    --------
    >>> from worldclass.charts.measures import find_measure
    >>> size_text(find_measure("persons"), 2e9, 1.8e9, 2.3e9)
    '2 bn (1.8–2.3 bn)'
    >>> size_text(find_measure("share_adults"), 0.25, 0.2, 0.3, bounds=True)
    '(20–30 %)'
    """
    write, between = (
        (share_text, share_interval) if measure.is_share else (persons_text, persons_interval)
    )
    interval = f"({between(low, high)})"
    return interval if bounds else f"{write(value)} {interval}"


def interval_text(measure: Measure, low: float | None, high: float | None) -> str:
    """An interval in words.

    Examples
    --------
    >>> from worldclass.charts.measures import find_measure
    >>> interval_text(find_measure("share_adults"), 0.2, 0.3)
    '20–30 %'
    """
    return share_interval(low, high) if measure.is_share else persons_interval(low, high)


def estimate_text(measure: Measure, row: Mapping[str, Any]) -> str:
    """The number beside a mark: the estimate, or the interval of what the data only bound.

    Parameters
    ----------
    row
        With value, low, high, and `shown` (0 where the data only bound the size).
    """
    if not row["shown"]:
        return interval_text(measure, row["low"], row["high"])
    return (share_text if measure.is_share else persons_text)(row["value"])


def bounds_words(rows: Rows, without: str) -> str:
    """A part of a subtitle, where some of what is drawn is only bounded; empty elsewhere.

    Parameters
    ----------
    rows
        With `shown`, 0 where the data only bound the size.
    without
        What such a row is drawn as, such as "a band without a line".
    """
    bounded = any(not row["shown"] for row in rows)
    return f"; {without}: bounds, for the data hold no estimate" if bounded else ""


def last_sizes(rows: Rows, measure: Measure, name: str) -> str:
    """A sentence on what lines show in the last year.

    Parameters
    ----------
    rows
        Rows with year, value, low, high, and `shown` (0 where the data only bound the size).
    measure
        What is drawn.
    name
        Field that names a line.
    """
    last = max(row["year"] for row in rows)
    sizes: list[str] = []
    for row in rows:
        if row["year"] == last:
            ends = row["low"], row["high"]
            size = size_text(measure, row["value"], *ends, bounds=not row["shown"])
            sizes.append(f"{row[name]} {size}")
    return f"In {last}: {'; '.join(sizes)}."
