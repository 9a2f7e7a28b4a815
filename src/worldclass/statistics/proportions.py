"""Weighted shares of classes with design-based intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.statistics.design import SurveyDesign
from worldclass.statistics.groups import as_list, each_group, positions
from worldclass.statistics.intervals import interval_names, share_interval
from worldclass.statistics.names import refuse_names
from worldclass.statistics.sample import read_sample
from worldclass.statistics.variance import Totals, cell_totals

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

SHARE_NAMES = ("share", "se", "n", "deff", "n_effective", "total", "missing", "design")
"""Columns of a table of shares, beside its keys and its interval."""


def shares(
    frame: Any,
    column: str,
    by: str | Sequence[str] | None = None,
    *,
    design: SurveyDesign | None = None,
    level: float = 0.90,
) -> pl.DataFrame:
    """Share of each class among those with a known class, with its interval.

    p_c = T_c / Σ_c T_c, with T the weighted totals.

    Parameters
    ----------
    frame
        Microdata: Polars or pandas frame, Arrow table or DuckDB relation.
    column
        Column of classes; rows without a class are left out and counted. Classes come in the
        order of their categories (Enum, pandas Categorical, Arrow dictionary, DuckDB ENUM),
        text in the order of its numbers ("9" before "10").
    by
        Columns of groups (country, year).
    design
        Survey design; None is simple random sampling, and the result says so.
    level
        Probability of the intervals, which are on the logit scale; 0.90 gives p05 and p95.
        Shares of 0 and 1 have the exact binomial bound for the effective number of rows: Kish's
        for the weights, and with clusters the rows over the average design effect if fewer.

    Returns
    -------
    polars.DataFrame
        The groups; the class; `share`; `se`, its standard error; the interval; `n` rows;
        `deff`, the variance against that of a simple random sample of as many rows (empty for
        shares of 0 and 1); `n_effective` = rows of the group / deff; `total`, the sum of
        weights; `missing`, rows of the group without a class; `design`, in words.

    Raises
    ------
    UsageError
        As `read_sample`; when a column has the name of one of the result, or two parts.

    Examples
    --------
    >>> import polars as pl
    >>> people = pl.DataFrame({"class": ["worker", "worker", "farmer", None] * 25})
    >>> shares(people, "class").select("class", "share", "n", "missing").rows()
    [('farmer', 0.3333333333333333, 25, 25), ('worker', 0.6666666666666666, 50, 25)]
    """
    import polars as pl
    import polars.selectors as cs

    groups = as_list(by)
    low, high = interval_names(level)
    refuse_names([column, *groups], SHARE_NAMES, "shares")
    sample = read_sample(frame, [column, *groups], design)
    cells, classes = positions(sample.frame[column])
    parts: list[pl.DataFrame] = []
    for values, inside in each_group(sample.frame, groups):
        totals = cell_totals(sample, np.where(inside, cells, -1), len(classes))
        part = share_columns(totals, np.zeros(len(classes), dtype=np.int64), level)
        data: dict[str, Any] = {column: pl.Series(classes, dtype=label_type(sample.frame[column]))}
        data |= {name: part[name] for name in ("share", "se")}
        data |= {low: part["low"], high: part["high"]}
        data |= {name: part[name] for name in ("n", "deff", "n_effective", "total")}
        missing = int(np.sum(inside & (cells < 0)))
        keys = [pl.lit(value, sample.frame.schema[key]).alias(key) for key, value in values.items()]
        said = [pl.lit(missing).alias("missing"), pl.lit(sample.design.describe()).alias("design")]
        parts.append(pl.DataFrame(data).select(*keys, pl.all(), *said))
    return pl.concat(parts).with_columns(cs.float().fill_nan(None))


def share_columns(
    totals: Totals, margin: NDArray[np.int64], level: float
) -> dict[str, NDArray[Any]]:
    """Shares of cells in their margins, with standard errors, intervals and design effects.

    Parameters
    ----------
    totals
        Weighted totals of the cells.
    margin
        Which margin each cell is a share of, shape (cells).
    """
    number = int(margin.max()) + 1
    whole = np.bincount(margin, weights=totals.value, minlength=number)[margin]
    rows = np.bincount(margin, weights=totals.rows, minlength=number)[margin]
    some = whole > 0
    share = np.where(some, totals.value / np.where(some, whole, 1.0), np.nan)
    same = margin[:, None] == margin[None, :]
    slope = (np.eye(share.size) - share[:, None] * same) / np.where(some, whole, 1.0)[:, None]
    slope[~some] = 0.0

    def shares_of(value: NDArray[np.float64]) -> NDArray[np.float64]:
        base = np.bincount(margin, weights=value, minlength=number)[margin]
        return np.where(some, value / np.where(base > 0, base, 1.0), 0.0)

    variance = np.maximum(np.diag(totals.spread(shares_of, slope)), 0.0)
    error = np.where(some, np.sqrt(variance), np.nan)
    inner = some & (share > 0) & (share < 1) & (rows > 1)
    random = np.where(inner, share * (1 - share), 1.0) / np.where(inner, rows - 1, 1.0)
    deff = np.where(inner, variance / random, np.nan)
    positive = np.where(deff > 0, deff, np.nan)
    effective = totals.effective * rows / max(int(totals.rows.sum()), 1)
    low, high = share_interval(share, error, level, totals.degrees, effective)
    result: dict[str, NDArray[Any]] = {"share": share, "se": error, "low": low, "high": high}
    return result | {
        "n": totals.rows,
        "deff": deff,
        "n_effective": rows / positive,
        "total": totals.value,
    }


def label_type(column: pl.Series) -> Any:
    """Type of the class column of a result: that of the data, categories as text."""
    import polars as pl

    return pl.String if column.dtype == pl.Categorical else column.dtype
