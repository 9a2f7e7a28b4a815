"""Codes written as numbers: whole, not negative, of no more digits than the column's codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from worldclass.occupations.classification import CODE_DIGITS, MALFORMED, MISSING
from worldclass.occupations.texts import BLOCK, Finding

if TYPE_CHECKING:
    import polars as pl

_SHOWN = 5
_SEARCHED = 10_000  # rows of a kind that are looked through for examples
_PADDED_BELOW = 1000  # a number below had no first digit other than 0


def read_numbers(series: pl.Series, digits: int) -> tuple[NDArray[np.int16], tuple[Finding, ...]]:
    """Codes of a column of integers or 64-bit floats.

    Parameters
    ----------
    series
        Polars column of an integer type or Float64; NaN counts as null.
    digits
        Number of digits the column's codes have.

    Returns
    -------
    codes
        int16, one for each row; 10000 malformed, 10001 missing.
    findings
        What was repaired or could not be read.

    Example
    -------
    >>> import polars as pl
    >>> codes, findings = read_numbers(pl.Series([21, 1, 210, None]), 2)
    >>> codes.tolist()
    [2100, 100, 10000, 10001]
    """
    cells = _narrow(series)
    codes = np.empty(len(cells), dtype=np.int16)
    for start in range(0, len(cells), BLOCK):
        _read_block(cells.slice(start, BLOCK), digits, codes[start : start + BLOCK])
    findings: list[Finding] = []
    if digits > 1 and (padded := codes < _PADDED_BELOW).any():
        findings.append(_finding("padded", series, padded))
    if digits < CODE_DIGITS and (filled := codes < MALFORMED).any():
        findings.append(_finding("filled", series, filled))
    if (malformed := codes == MALFORMED).any():
        findings.append(_finding("malformed code", series, malformed))
    if cells.null_count():
        findings.append(Finding("missing", cells.null_count()))
    return codes, tuple(findings)


def _narrow(series: pl.Series) -> pl.Series:
    """The column with null for NaN, in a type that NumPy compares exactly."""
    import polars as pl  # takes 0.2 s to import

    if series.dtype.is_float():
        return series.fill_nan(None)
    narrow = pl.Int8 | pl.Int16 | pl.Int32 | pl.Int64 | pl.UInt8 | pl.UInt16 | pl.UInt32
    if not isinstance(series.dtype, narrow):
        # what does not fit into 64 bits is malformed, as −1 is
        return series.cast(pl.Int64, strict=False).fill_null(-1).set(series.is_null(), None)
    return series


def _read_block(cells: pl.Series, digits: int, out: NDArray[np.int16]) -> None:
    """Write the codes of some rows."""
    values = cells.fill_null(0).to_numpy()
    sound = (values >= 0) & (values < 10**digits)
    if values.dtype.kind == "f":
        sound &= values == np.floor(values)
    if sound.all():
        np.copyto(out, values, casting="unsafe")
    else:
        np.copyto(out, np.where(sound, values, 0), casting="unsafe")
    if digits < CODE_DIGITS:
        out *= np.int16(10 ** (CODE_DIGITS - digits))
    out[~sound] = MALFORMED
    if cells.null_count():
        out[cells.is_null().to_numpy()] = MISSING


def _finding(item: str, series: pl.Series, rows: NDArray[np.bool_]) -> Finding:
    """The number of some rows, and values of the first of them."""
    import polars as pl  # takes 0.2 s to import

    places = np.flatnonzero(rows)
    values = series.gather(pl.Series(places[:_SEARCHED])).unique(maintain_order=True)
    return Finding(item, len(places), tuple(str(value) for value in values.head(_SHOWN).to_list()))
