"""Columns of pandas frames in Polars, and back.

How a value is read never depends on the rows around it, so that any part of a frame gives the
same classes as the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl


def from_pandas(column: Any) -> pl.Series:
    """A pandas column; one of objects of several types as text."""
    import polars as pl  # takes 0.2 s to import

    if column.dtype != object:
        return pl.from_pandas(column)
    values: list[Any] = [None if _is_missing(value) else value for value in column.tolist()]
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return pl.Series(values, dtype=pl.Null)
    if len(kinds) == 1 or kinds == {int, float}:
        if len(kinds) > 1:
            values = [None if value is None else float(value) for value in values]
        try:
            series = pl.Series(values)
        except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):
            return _texts(values)
        return _texts(values) if series.dtype == pl.Object else series
    return _texts(values)


def to_pandas(series: pl.Series, index: Any) -> Any:
    """A new column as pandas has it: Categorical for an Enum."""
    import pandas as pd
    import polars as pl  # takes 0.2 s to import

    if not isinstance(series.dtype, pl.Enum):
        return pd.Series(series.to_numpy(), index=index)
    places = series.to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
    ordered = pd.CategoricalDtype(series.dtype.categories.to_list(), ordered=False)
    return pd.Series(pd.Categorical.from_codes(places, dtype=ordered), index=index)


def _texts(values: list[Any]) -> pl.Series:
    """Values as text, truth values as the numbers that stand for them."""
    import polars as pl  # takes 0.2 s to import

    return pl.Series([None if value is None else _text(value) for value in values], dtype=pl.String)


def _text(value: Any) -> str:
    truth = isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")
    return str(int(value)) if truth else str(value)


def _is_missing(value: Any) -> bool:
    """None, NaN, NaT or pandas.NA: the values that are not equal to themselves."""
    if value is None or type(value).__name__ == "NAType":
        return True
    different = value != value
    return different if isinstance(different, bool) else _scalar(different)


def _scalar(different: Any) -> bool:
    """A truth value of NumPy; arrays in cells are no missing values."""
    return getattr(different, "ndim", 1) == 0 and bool(different)
