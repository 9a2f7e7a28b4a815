"""ESCO occupation numbers as ISCO-08 codes.

An ESCO occupation number is an ISCO-08 unit group followed by numbers of its own: 2654.1.7 lies in
unit group 2654. Files write it with dots or without; without dots and as a number it may have lost
the leading zero of the armed forces, and then its first four digits are no unit group.

Source: European Commission (2017), ESCO Handbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.core.errors import UsageError
from worldclass.occupations.classification import CODE_DIGITS, MALFORMED, MISSING, classification
from worldclass.occupations.reading import CodeColumn, CodeReport
from worldclass.occupations.texts import Finding, collect_findings, read_distinct

if TYPE_CHECKING:
    import polars as pl

_NUMBER = r"^([0-9]{3,4})(?:\.[0-9]+)+$|^([0-9]{4})[0-9]*$"
_ARMED_FORCES_END = 1000  # their unit groups are the only ones that begin with 0


def read_esco(series: pl.Series) -> CodeColumn:
    """Read a column of ESCO occupation numbers as ISCO-08 unit groups.

    Parameters
    ----------
    series
        Polars column: text, Enum, Categorical, integers or floats.

    Returns
    -------
    CodeColumn
        ISCO-08 codes of four digits; 10000 malformed, 10001 missing.

    Raises
    ------
    UsageError
        The column is of another type.

    Example
    -------
    >>> import polars as pl
    >>> read_esco(pl.Series(["2654.1.7", "265417", "0110.2", "1102", "x"])).codes.tolist()
    [2654, 2654, 110, 110, 10000]
    """
    import polars as pl  # takes 0.2 s to import

    kind = series.dtype
    texts = isinstance(kind, pl.String | pl.Categorical | pl.Enum | pl.Null)
    if not (texts or kind.is_numeric()):
        raise UsageError(
            f"A column of type {kind} holds no ESCO numbers.",
            where=f"column '{series.name}'",
            remedy="Give them as text, such as 2654.1.7.",
        )
    given = series.fill_nan(None) if kind.is_float() else series
    codes, findings = read_distinct(given.cast(pl.String), _parse)
    return CodeColumn(codes, CodeReport(len(series), findings))


def unit_groups(series: pl.Series) -> pl.Series:
    """A column of ESCO occupation numbers as ISCO-08 codes: null where empty, −1 where malformed.

    Example
    -------
    >>> import polars as pl
    >>> unit_groups(pl.Series(["2654.1.7", "x", None])).to_list()
    [2654, -1, None]
    """
    import polars as pl  # takes 0.2 s to import

    codes = pl.Series(series.name, read_esco(series).codes)
    return codes.set(codes == MALFORMED, -1).set(codes == MISSING, None)


def _parse(texts: pl.Series, rows: pl.Series) -> tuple[pl.Series, tuple[Finding, ...]]:
    """ISCO-08 codes of distinct ESCO numbers."""
    import polars as pl  # takes 0.2 s to import

    units = classification("isco08").unit_groups
    armed = [unit for unit in units if unit < _ARMED_FORCES_END]
    frame = pl.DataFrame({"raw": texts, "rows": rows})
    frame = frame.with_columns(pl.col("raw").str.strip_chars().alias("trim"))
    head = pl.coalesce(
        pl.col("trim").str.extract(_NUMBER, 1), pl.col("trim").str.extract(_NUMBER, 2)
    )
    frame = frame.with_columns(head.alias("head"))
    number = pl.col("head").cast(pl.Int16)
    first_three = pl.col("head").str.slice(0, 3).cast(pl.Int16)
    whole = pl.col("head").str.len_bytes() == CODE_DIGITS
    lost = first_three.is_in(armed) & (~whole | ~number.is_in(units))
    code = pl.when(lost).then(first_three).when(whole).then(number).otherwise(MALFORMED)
    frame = frame.with_columns(
        pl.when(pl.col("trim") == "").then(MISSING).otherwise(code).cast(pl.Int16).alias("code"),
        (lost & pl.col("head").is_not_null()).alias("lost"),
    )
    cases = {
        "padded": pl.col("lost"),
        "trimmed": (pl.col("trim") != pl.col("raw")) & (pl.col("code") < MALFORMED),
        "malformed code": pl.col("code") == MALFORMED,
        "missing": pl.col("code") == MISSING,
    }
    return frame["code"], collect_findings(frame, cases)
