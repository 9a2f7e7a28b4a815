"""Columns of any kind in, the same kind out: Polars, pandas, PyArrow, NumPy, lists."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import UsageError
from worldclass.occupations.classification import CODE_DIGITS

if TYPE_CHECKING:
    import polars as pl


def as_series(values: Any) -> pl.Series:
    """A column as a Polars Series; numbers among texts become text, NaN null.

    Raises
    ------
    UsageError
        The values are not a column, or hold what is neither text nor number.

    Example
    -------
    >>> as_series([110, "2512", float("nan")]).to_list()
    ['110', '2512', None]
    """
    import polars as pl  # takes 0.2 s to import

    if isinstance(values, pl.Series):
        return values
    if _is_pandas(values):
        import pandas as pd  # an optional dependency

        if values.dtype != object:
            return pl.from_pandas(pd.Series(values))
        values = [
            None if empty else cell for cell, empty in zip(values, values.isna(), strict=True)
        ]
    if _is_arrow(values):
        return pl.Series(values)
    if isinstance(values, np.ndarray) and values.dtype != object and values.ndim == 1:
        return pl.Series(values.astype(str) if values.dtype.kind == "S" else values)
    if not isinstance(values, list | tuple | np.ndarray):
        raise UsageError(
            f"{type(values).__name__} is not a column of codes.",
            where="values",
            remedy="Give a Polars or pandas Series, a PyArrow array, a NumPy array of one "
            "dimension, or a list.",
        )
    return _from_objects(list(cast("list[Any]", values)))


def like(values: Any, texts: pl.Series) -> Any:
    """Texts in the kind of column that the values were, with its name and index."""
    import polars as pl  # takes 0.2 s to import

    if isinstance(values, pl.Series):
        return texts.alias(values.name)
    if _is_pandas(values):
        import pandas as pd  # an optional dependency

        return pd.Series(texts.to_list(), index=values.index, name=values.name, dtype=object)
    if _is_arrow(values):
        import pyarrow as pa

        array = texts.rechunk().to_arrow()
        return pa.chunked_array([array]) if isinstance(values, pa.ChunkedArray) else array
    found = texts.to_list()
    if isinstance(values, np.ndarray):
        return np.array(found, dtype=object)
    return tuple(found) if isinstance(values, tuple) else found


def code_texts(codes: NDArray[np.int16]) -> pl.Series:
    """Codes as four-digit texts, null for −1.

    Example
    -------
    >>> code_texts(np.array([110, -1], dtype=np.int16)).to_list()
    ['0110', None]
    """
    import polars as pl  # takes 0.2 s to import

    places = np.where(codes < 0, np.int16(10**CODE_DIGITS), codes)
    return _texts().gather(pl.Series(places, dtype=pl.UInt32))


@cache
def _texts() -> pl.Series:
    """The text of each code, and null."""
    import polars as pl  # takes 0.2 s to import

    return pl.Series([*(f"{code:04d}" for code in range(10**CODE_DIGITS)), None], dtype=pl.String)


def _from_objects(values: list[Any]) -> pl.Series:
    """A list of texts and numbers as text, NaN as null."""
    import polars as pl  # takes 0.2 s to import

    for value in values:
        if isinstance(value, bool) or not isinstance(value, str | int | float | np.number | None):
            raise UsageError(
                f"The value {value!r} is neither text nor a number.",
                where="values",
                remedy="Give codes as text or as whole numbers.",
            )
    cells = (None if value is None or value != value else str(value) for value in values)
    return pl.Series(list(cells), dtype=pl.String)


def _is_arrow(values: Any) -> bool:
    """Whether the values are a PyArrow array; PyArrow is not imported to find out."""
    kinds = {(kind.__module__.split(".")[0], kind.__name__) for kind in type(values).__mro__}
    return bool(kinds & {("pyarrow", "Array"), ("pyarrow", "ChunkedArray")})


def _is_pandas(values: Any) -> bool:
    """Whether the values are a pandas Series; pandas is not imported to find out."""
    kind = type(values)
    return kind.__module__.split(".")[0] == "pandas" and kind.__name__ == "Series"
