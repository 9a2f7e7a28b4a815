"""Turn a frame's columns into states on the axes of a decision table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.theories.logic import MISSING

if TYPE_CHECKING:
    import polars as pl

    from worldclass.theories.axes import Axis, Cut

_SHOWN = 5


def reference_column(reference: str) -> str:
    """Name of the column that holds a reference income.

    Example
    -------
    >>> reference_column("mean_welfare:BRA")
    'mean_welfare_bra'
    """
    return reference.replace(":", "_").lower()


def code_states(frame: pl.DataFrame, axis: Axis) -> NDArray[np.intp]:
    """Index of each row's code on a category's axis, shape (height,).

    Raises
    ------
    TheoryError
        The column is missing, holds unknown codes, or is empty where it may not be.
    """
    import polars as pl  # takes 0.2 s to import

    series = _column(frame, axis.name)
    if not any(series.dtype == kind for kind in (pl.String, pl.Categorical, pl.Enum, pl.Null)):
        raise TheoryError(
            f"Column '{axis.name}' has type {series.dtype}, not text.",
            remedy=f"Its codes are: {_words(axis.codes)}.",
        )
    known = [code for code in axis.codes if code is not None]
    try:
        coded = series.cast(pl.String).cast(pl.Enum(known))
    except pl.exceptions.PolarsError:
        raise _unknown_codes(series, axis, known) from None
    missing = axis.codes.index(None) if None in axis.codes else -1
    if missing < 0 and coded.null_count():
        raise TheoryError(
            f"Column '{axis.name}' is empty in {coded.null_count():,} rows.",
            remedy="Fill it, or leave these persons out.",
        )
    codes = coded.to_physical().cast(pl.Int64)
    return (codes.fill_null(missing) if codes.null_count() else codes).to_numpy()


def _unknown_codes(series: pl.Series, axis: Axis, known: list[str]) -> TheoryError:
    found = series.cast(str).unique().drop_nulls()
    unknown = found.filter(~found.is_in(known)).sort()
    more = f" and {len(unknown) - _SHOWN} more." if len(unknown) > _SHOWN else "."
    return TheoryError(
        f"Column '{axis.name}' holds unknown codes: {unknown.head(_SHOWN).to_list()}{more}",
        remedy=f"Its codes are: {_words(axis.codes)}.",
    )


def cut_states(
    frame: pl.DataFrame, cut: Cut, references: Mapping[str, NDArray[np.float64]]
) -> NDArray[np.intp]:
    """Where each row's income lies relative to a cut point, shape (height,).

    Raises
    ------
    TheoryError
        The column is missing, not numeric, or infinite somewhere.
    """
    values = _numbers(frame, cut.column)
    infinite = np.isinf(values)
    if infinite.any():
        raise TheoryError(
            f"Column '{cut.column}' is infinite in row {int(np.argmax(infinite))}.",
            remedy="Leave unknown incomes empty.",
        )
    point = cut.value * (references[cut.reference] if cut.reference else 1.0)
    # BELOW, EQUAL and ABOVE are 0, 1 and 2: reached, and passed; missing is neither.
    states = (values >= point).astype(np.intp)
    states += values > point
    states[np.isnan(values)] = MISSING
    return states


def reference_values(
    frame: pl.DataFrame, name: str, references: Mapping[str, float | str]
) -> NDArray[np.float64]:
    """A reference income for each row, shape (height,), or shape () for a number.

    Raises
    ------
    TheoryError
        It is not given, or not a positive finite number everywhere.
    """
    given = references.get(name, reference_column(name))
    if isinstance(given, str):
        if given not in frame.columns:
            raise TheoryError(
                f"The reference income '{name}' is not given.",
                remedy=f"Pass references={{'{name}': …}} with a number or a column's name, or add "
                f"a column '{given}'.",
            )
        values = _numbers(frame, given)
    else:
        values = np.asarray(float(given))
    bad = ~(np.isfinite(values) & (values > 0))
    if np.any(bad):
        row = f" in row {int(np.argmax(bad))}" if bad.ndim else ""
        raise TheoryError(
            f"The reference income '{name}' is missing or not positive{row}.",
            remedy="A reference income is a positive number.",
        )
    return values


def split_states(frame: pl.DataFrame, split: str) -> NDArray[np.intp]:
    """Whether each row is inside a split, shape (height,).

    Raises
    ------
    TheoryError
        The column is missing, or holds something other than 0 and 1.
    """
    if split not in frame.columns:
        raise TheoryError(
            f"The frame has no column '{split}' that says who is inside the split (0 or 1).",
            remedy="Add it, or use class_shares, which gives expected shares instead of a class.",
        )
    values = _numbers(frame, split)
    bad = (values != 0.0) & (values != 1.0)
    if np.any(bad):
        row = int(np.argmax(bad))
        raise TheoryError(
            f"Split column '{split}' is {values[row]} in row {row}.",
            remedy="It is 1 for persons inside the split and 0 for all others.",
        )
    return values.astype(np.intp)


def _numbers(frame: pl.DataFrame, name: str) -> NDArray[np.float64]:
    """A numeric column as floats, NaN where it is empty."""
    import polars as pl  # takes 0.2 s to import

    series = _column(frame, name)
    if not (series.dtype.is_numeric() or series.dtype == pl.Boolean or series.dtype == pl.Null):
        raise TheoryError(
            f"Column '{name}' has type {series.dtype}, not a number.",
            remedy="Convert it to numbers.",
        )
    return series.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _column(frame: pl.DataFrame, name: str) -> pl.Series:
    if name not in frame.columns:
        raise TheoryError(
            f"The frame has no column '{name}', which the theory needs.",
            where=f"columns: {', '.join(frame.columns)}",
            remedy="Add the column; docs/theories.md lists the columns and their codes.",
        )
    return frame[name]


def _words(codes: tuple[str | None, ...]) -> str:
    return ", ".join("empty" if code is None else code for code in codes)
