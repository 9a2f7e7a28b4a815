"""Cross-tabulations with design-based intervals and a test of independence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.statistics.design import SurveyDesign
from worldclass.statistics.groups import as_list, each_group, positions
from worldclass.statistics.independence import IndependenceTest, independence_test
from worldclass.statistics.intervals import interval_names
from worldclass.statistics.names import refuse_names
from worldclass.statistics.proportions import SHARE_NAMES, label_type, share_columns
from worldclass.statistics.sample import read_sample
from worldclass.statistics.variance import cell_totals

if TYPE_CHECKING:
    import polars as pl

Share = Literal["row", "column", "total"]
_TESTS = tuple(field.name for field in fields(IndependenceTest))


@dataclass(frozen=True, eq=False)
class CrossTable:
    """A cross-tabulation.

    Attributes
    ----------
    table
        One row for each cell of each group: the groups, the row, the column, `share`, `se`, the
        interval, `n`, `deff`, `n_effective`, `total`, `missing`, `design`.
    tests
        One row for each group: Pearson's `pearson`, and `f`, `df1`, `df2`, `p` with Rao and
        Scott's second-order correction; `mean_deff`; `note`, why a test is empty.
    """

    table: pl.DataFrame
    tests: pl.DataFrame


def cross_table(
    frame: Any,
    rows: str,
    columns: str,
    of: Share = "row",
    by: str | Sequence[str] | None = None,
    *,
    design: SurveyDesign | None = None,
    level: float = 0.90,
) -> CrossTable:
    """Cross two columns, weighted, with design-based intervals.

    Parameters
    ----------
    frame
        Microdata: Polars or pandas frame, Arrow table or DuckDB relation.
    rows, columns
        Columns to cross; persons without a value in either are left out and counted.
    of
        Cells are shares of their "row", their "column", or the "total".
    by, design, level
        As in `shares`.

    Raises
    ------
    UsageError
        As `read_sample`; when `of` is not known; when a column has the name of one of the
        results, or two parts.

    Examples
    --------
    >>> import polars as pl
    >>> people = pl.DataFrame({"class": [*"aabb"] * 20, "sex": [*"fmmm"] * 20})
    >>> crossed = cross_table(people, "class", "sex")
    >>> crossed.table["share"].to_list()
    [0.5, 0.5, 0.0, 1.0]
    >>> crossed.tests["p"].item() < 0.001
    True
    """
    import polars as pl

    if of not in ("row", "column", "total"):
        raise UsageError(f"of = {of!r} is not known", remedy="One of: row, column, total.")
    groups = as_list(by)
    refuse_names([rows, columns, *groups], SHARE_NAMES, "cross_table")
    refuse_names(groups, _TESTS, "cross_table")
    sample = read_sample(frame, [rows, columns, *groups], design)
    down, row_names = positions(sample.frame[rows])
    across, column_names = positions(sample.frame[columns])
    known = (down >= 0) & (across >= 0)
    cells = np.where(known, down * len(column_names) + across, -1)
    number = len(row_names) * len(column_names)
    margin = {
        "row": np.arange(number) // len(column_names),
        "column": np.arange(number) % len(column_names),
        "total": np.zeros(number, dtype=np.int64),
    }[of]
    labels = {
        rows: pl.Series(
            np.repeat(row_names, len(column_names)).tolist(), dtype=label_type(sample.frame[rows])
        ),
        columns: pl.Series(column_names * len(row_names), dtype=label_type(sample.frame[columns])),
    }
    schema = dict.fromkeys(_TESTS, pl.Float64) | {"note": pl.String}
    tables: list[pl.DataFrame] = []
    tests: list[pl.DataFrame] = []
    for values, inside in each_group(sample.frame, groups):
        totals = cell_totals(sample, np.where(inside, cells, -1), number)
        part = share_columns(totals, margin, level)
        low, high = interval_names(level)
        named = {name: part[name] for name in ("share", "se")}
        named |= {low: part["low"], high: part["high"]}
        named |= {name: part[name] for name in ("n", "deff", "n_effective", "total")}
        missing = int(np.sum(inside & ~known))
        keys = [pl.lit(value, sample.frame.schema[key]).alias(key) for key, value in values.items()]
        said = [pl.lit(missing).alias("missing"), pl.lit(sample.design.describe()).alias("design")]
        tables.append(pl.DataFrame(labels | named).select(*keys, pl.all(), *said))
        test = independence_test(totals, len(row_names), len(column_names))
        tests.append(pl.DataFrame([asdict(test)], schema=schema).select(*keys, pl.all()))
    return CrossTable(_without_nan(pl.concat(tables)), _without_nan(pl.concat(tests)))


def _without_nan(table: pl.DataFrame) -> pl.DataFrame:
    """What is not defined is empty, never NaN."""
    import polars.selectors as cs

    return table.with_columns(cs.float().fill_nan(None))
