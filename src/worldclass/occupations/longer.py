"""Codes of five digits, for which unused numbers of four stand.

Tables and arrays know codes of four digits. Ganzeboom's list of ISCO-68 has five codes of five,
10000 to 10009, the armed forces. `classifications.toml` gives each of them a number of four digits
that the classification does not use: columns are rewritten as they are read, and numbers are
written out where a code is shown. The number itself, found in data, is no code.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from worldclass.occupations.classification import CODE_DIGITS, classification

if TYPE_CHECKING:
    import polars as pl

NO_CODE = "{} (no code)"
"""How an unused number of four digits is written that stood in the data: it is malformed."""


def shortened(series: pl.Series, name: str, digits: int = CODE_DIGITS) -> pl.Series:
    """A column of codes in which each code of five digits is the number that stands for it.

    Parameters
    ----------
    series
        Raw column: text, categories, integers or floats.
    name
        Id of its classification.
    digits
        Number of digits its codes have; only columns of four can hold longer ones.

    Returns
    -------
    polars.Series
        The same series where it holds none of these codes, else text.

    Example
    -------
    >>> import polars as pl
    >>> shortened(pl.Series([10001, 110, 1091]), "isco68").to_list()
    ['1092', '110', '1091 (no code)']
    >>> shortened(pl.Series([10001, 110]), "isco88").to_list()
    [10001, 110]
    """
    import polars as pl  # takes 0.2 s to import

    longer = classification(name).longer
    if digits != CODE_DIGITS or not longer or not _holds_codes(series):
        return series
    if series.dtype.is_integer() and not series.is_in([*longer, *longer.values()]).any():
        return series
    column = series
    if series.dtype.is_float() or series.dtype.is_decimal():
        column = series.cast(pl.Float64).fill_nan(None)
    texts = column.cast(pl.String)
    bare = texts.str.strip_chars().str.strip_suffix(".0")
    new = _rewritten(name)
    found = bare.is_in(list(new))
    if not found.any():
        return series
    return (
        pl.select(pl.when(found).then(bare.replace(new)).otherwise(texts))
        .to_series()
        .alias(series.name)
    )


def written(code: int, name: str) -> str:
    """A code as its classification writes it.

    Example
    -------
    >>> written(110, "isco68"), written(1092, "isco68"), written(1092, "isco88")
    ('0110', '10001', '1092')
    """
    return _written(name).get(code, f"{code:04d}")


def lengthened(texts: pl.Series, name: str) -> pl.Series:
    """Codes as texts of four digits, as their classification writes them."""
    known = {f"{code:04d}": text for code, text in _written(name).items()}
    return texts.replace(known) if known else texts


def _holds_codes(series: pl.Series) -> bool:
    """Whether a column is of a type that can hold codes."""
    import polars as pl  # takes 0.2 s to import

    text = isinstance(series.dtype, pl.String | pl.Categorical | pl.Enum)
    return text or series.dtype.is_numeric()


@cache
def _rewritten(name: str) -> dict[str, str]:
    """What becomes of the texts that are rewritten."""
    longer = classification(name).longer
    numbers = {f"{short:04d}": NO_CODE.format(f"{short:04d}") for short in longer.values()}
    return numbers | {str(code): f"{short:04d}" for code, short in longer.items()}


@cache
def _written(name: str) -> dict[int, str]:
    """The codes of five digits, by the number that stands for each."""
    return {short: str(code) for code, short in classification(name).longer.items()}
