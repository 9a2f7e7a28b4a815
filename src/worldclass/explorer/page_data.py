"""The numbers of a report, once and compact, for the page's own charts.

Layout: one array a measure, in row-major order of place, year, class (both sexes together).
Persons have four significant digits; the ends of the interval are per cent of the persons;
shares of adults are in units of 0.00001. A missing number is null.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from worldclass.charts.setting import Setting


def page_data(frame: pl.DataFrame, setting: Setting) -> dict[str, Any]:
    """Pack an atlas frame of one theory.

    Parameters
    ----------
    frame
        Atlas frame; rows of one sex are left out.
    setting
        Names of classes and places.

    Returns
    -------
    dict
        `classes` (id, label, bounds), `places` (code, name), `years`, and the arrays
        `persons`, `low`, `high`, `share_adults` of shape (places, years, classes), flat.
    """
    total = frame.filter(pl.col("sex") == "total")
    present = set(total["class"].unique())
    styles = [style for style in setting.styles if style.id in present]
    axes = {
        "country": total["country"].unique(maintain_order=True).to_list(),
        "year": total["year"].unique().sort().to_list(),
        "class": [style.id for style in styles],
    }
    shape = tuple(len(values) for values in axes.values())
    index = np.zeros(len(total), dtype=np.int64)
    for column, values in axes.items():
        places = {value: place for place, value in enumerate(values)}
        own = np.array([places.get(value, -1) for value in total[column]], dtype=np.int64)
        index = np.where((own < 0) | (index < 0), -1, index * len(values) + own)
    persons = _numbers(total, "persons")
    with np.errstate(divide="ignore", invalid="ignore"):
        low = 100 * _numbers(total, "persons_p05") / persons
        high = 100 * _numbers(total, "persons_p95") / persons
    return {
        "classes": [{"id": s.id, "label": s.label, "bounds": s.bounds} for s in styles],
        "places": [{"code": code, "name": setting.place(code)} for code in axes["country"]],
        "years": axes["year"],
        "persons": _packed(_four_digits(persons), index, shape),
        "low": _packed(_percent(low), index, shape),
        "high": _packed(_percent(high), index, shape),
        "share_adults": _packed(np.round(1e5 * _numbers(total, "share_adults")), index, shape),
    }


def _numbers(frame: pl.DataFrame, column: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Column as floats, null as NaN."""
    return frame[column].cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _four_digits(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Round to four significant digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.where(values > 0, np.floor(np.log10(values)), 0.0)
    unit = 10.0 ** np.maximum(power - 3, -2)
    return np.where(np.isfinite(values), np.round(values / unit) * unit, np.nan)


def _percent(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Whole per cent from ten on, tenths below."""
    return np.where(values >= 10, np.round(values), np.round(values, 1))


def _packed(
    values: np.ndarray[Any, Any], index: np.ndarray[Any, Any], shape: Sequence[int]
) -> list[int | float | None]:
    """Put values in their places; whole numbers are written without a point."""
    flat = np.full(int(np.prod(shape)), np.nan)
    flat[index[index >= 0]] = values[index >= 0]
    return [_plain(float(value)) for value in flat]


def _plain(value: float) -> int | float | None:
    if not np.isfinite(value):
        return None
    return int(value) if value == int(value) else round(value, 2)
