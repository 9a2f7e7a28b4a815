"""Raw columns of occupational codes as arrays of integers, with a report of what was repaired.

A cell is read as a code when it holds one to four digits, with or without spaces around them and
".0" behind them: integers and short texts get their leading zeros back, so that 110 is 0110. Null,
NaN and empty text are missing; everything else is malformed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import UsageError
from worldclass.occupations.classification import CODE_DIGITS, MISSING, check_digits
from worldclass.occupations.numbers import read_numbers
from worldclass.occupations.texts import Finding, merge_missing, parse_distinct, read_texts

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class CodeReport:
    """What was found in a column of codes.

    Parameters
    ----------
    rows
        Number of rows of the column.
    findings
        What was repaired or could not be read; nothing for a clean column.
    """

    rows: int
    findings: tuple[Finding, ...] = ()

    def count(self, item: str) -> int:
        """Number of rows of a finding, 0 where there is none."""
        return sum(finding.rows for finding in self.findings if finding.item == item)


@dataclass(frozen=True, eq=False)
class CodeColumn:
    """A column of occupational codes.

    Parameters
    ----------
    codes
        int16 array: 0 to 9999 a code of four digits, 10000 malformed, 10001 missing.
    report
        What was repaired or could not be read.
    """

    codes: NDArray[np.int16]
    report: CodeReport


def read_codes(series: pl.Series, *, digits: int = CODE_DIGITS) -> CodeColumn:
    """Read a raw column of occupational codes.

    Parameters
    ----------
    series
        Polars column: text, integers, floats, Enum or Categorical.
    digits
        Number of digits its codes have. Groups of fewer than four digits are filled with zeros on
        the right, after they got their leading zeros: with `digits=2`, "1" is 01, hence 0100.

    Raises
    ------
    UsageError
        The column is of a type that holds no codes, or `digits` is not 1 to 4.

    Example
    -------
    >>> import polars as pl
    >>> column = read_codes(pl.Series(["2512", "110", " 110.0", "25x", "", None]))
    >>> column.codes.tolist()
    [2512, 110, 110, 10000, 10001, 10001]
    >>> {finding.item: finding.rows for finding in column.report.findings}
    {'padded': 2, 'trimmed': 1, 'decimals': 1, 'malformed code': 1, 'missing': 2}
    """
    import polars as pl  # takes 0.2 s to import

    check_digits(digits)
    kind = series.dtype
    if kind == pl.String:
        codes, findings = read_texts(series, digits)
    elif isinstance(kind, pl.Enum | pl.Categorical):
        codes, findings = _read_categories(series, digits)
    elif kind.is_integer() or kind == pl.Null:
        codes, findings = read_numbers(series.cast(pl.Int8) if kind == pl.Null else series, digits)
    elif kind.is_float() or kind.is_decimal():
        codes, findings = read_numbers(series.cast(pl.Float64), digits)
    else:
        raise UsageError(
            f"A column of type {kind} holds no occupational codes.",
            where=f"column '{series.name}'",
            remedy="Give codes as text or as whole numbers.",
        )
    return CodeColumn(codes, CodeReport(len(series), findings))


def _read_categories(
    series: pl.Series, digits: int
) -> tuple[NDArray[np.int16], tuple[Finding, ...]]:
    """Codes of an Enum or Categorical column: each category is read once."""
    import polars as pl  # takes 0.2 s to import

    distinct = series.drop_nulls().unique()
    numbers = distinct.to_physical().to_numpy()
    empty = int(numbers.max(initial=0)) + 1  # the number given to null
    place = series.to_physical().cast(pl.UInt32).fill_null(empty).to_numpy()
    rows = np.bincount(place, minlength=empty + 1)
    codes, findings = parse_distinct(distinct.cast(pl.String), pl.Series(rows[numbers]), digits)
    table = np.full(empty + 1, MISSING, dtype=np.int16)
    table[numbers] = codes.to_numpy()
    return table[place], merge_missing(findings, int(rows[empty]))
