"""Values of a column as positions, and the groups that an analysis is done in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray


def positions(column: pl.Series) -> tuple[NDArray[np.int64], list[Any]]:
    """Position of each value among the categories (−1 where missing), and the categories.

    The categories of an Enum are all that it knows, in its order; of another column the values
    that occur, sorted. NaN is a missing value.
    """
    import polars as pl

    if column.dtype.is_float():
        column = column.fill_nan(None)
    if isinstance(column.dtype, pl.Enum):
        known: list[Any] = column.dtype.categories.to_list()
        values = column.cast(pl.String)
    else:
        values = column.cast(pl.String) if column.dtype == pl.Categorical else column
        known = values.drop_nulls().unique().sort().to_list()
    if not known:
        raise UsageError("all values are missing", where=f"column {column.name}")
    order = pl.Series(known, dtype=values.dtype)
    at = values.replace_strict(order, pl.Series(range(len(known))), default=-1)
    return at.fill_null(-1).cast(pl.Int64).to_numpy(), known


def each_group(
    frame: pl.DataFrame, by: Sequence[str]
) -> Iterator[tuple[dict[str, Any], NDArray[np.bool_]]]:
    """Groups that occur, in sorted order: their values, and which rows belong to them."""
    import polars as pl

    if not by:
        yield {}, np.ones(frame.height, dtype=bool)
        return
    keys = frame.select(by)
    found = keys.unique().sort(by, nulls_last=True).with_row_index("_group")
    member = keys.join(found, on=list(by), how="left", nulls_equal=True, maintain_order="left")
    number = member["_group"].cast(pl.Int64).to_numpy()
    for at, values in enumerate(found.drop("_group").iter_rows(named=True)):
        yield values, number == at


def as_list(by: str | Sequence[str] | None) -> list[str]:
    """Names of grouping columns as a list."""
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(by)
