"""Codes written as text: four clean digits fast, everything else exactly.

Four bytes of text are one 32-bit number, so a block of texts is checked and turned into integers by
a dozen operations on arrays. What is not four ASCII digits is left over; of those rows each
distinct text is examined once.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from worldclass.occupations.classification import CODE_DIGITS, MALFORMED, MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl

    Parsed = tuple[pl.Series, tuple["Finding", ...]]

BLOCK = 1 << 18  # rows a thread reads at once: its arrays stay in the processor's cache
_WORKERS = 2  # more threads wait for memory, not for arithmetic
_ZEROS = np.uint32(0x30303030)  # "0000"
_ABOVE_NINE = np.uint32(0x76767676)  # added to a byte above 9, it sets the highest bit
_HIGH_BITS = np.uint32(0x80808080)
_PAIRS = np.uint32(0x00FF00FF)
_JOIN = np.uint32(0x00640001)  # 100 · first pair + second pair, in the upper half


@dataclass(frozen=True)
class Finding:
    """What was repaired in a column of codes, or could not be read.

    Parameters
    ----------
    item
        `padded` (zeros put in front), `trimmed` (spaces removed), `decimals` (".0" dropped),
        `filled` (a group of fewer digits filled with zeros), `malformed code`, or `missing`.
    rows
        Number of rows.
    examples
        Some distinct values, as they were written.
    """

    item: str
    rows: int
    examples: tuple[str, ...] = ()


def read_texts(series: pl.Series, digits: int) -> tuple[NDArray[np.int16], tuple[Finding, ...]]:
    """Codes of a text column.

    Parameters
    ----------
    series
        Polars column of type String.
    digits
        Number of digits the column's codes have.

    Returns
    -------
    codes
        int16, one for each row; 10000 malformed, 10001 missing.
    findings
        What was repaired or could not be read.
    """
    import polars as pl  # takes 0.2 s to import

    def parse(texts: pl.Series, rows: pl.Series) -> Parsed:
        return parse_distinct(texts, rows, digits)

    if digits != CODE_DIGITS:
        return read_distinct(series, parse)
    codes = np.empty(len(series), dtype=np.int16)

    def block(start: int) -> NDArray[np.uint32]:
        rows = series.slice(start, BLOCK)
        return _four_digits(rows, codes[start : start + BLOCK]) + np.uint32(start)

    starts = range(0, len(series), BLOCK)
    if len(starts) > 1:
        with ThreadPoolExecutor(min(_WORKERS, pl.thread_pool_size())) as pool:
            left = list(pool.map(block, starts))
    else:
        left = [block(start) for start in starts]
    rest = np.concatenate(left) if left else np.empty(0, dtype=np.uint32)
    if not len(rest):
        return codes, ()
    if len(rest) == len(series):
        return read_distinct(series, parse)
    read, findings = read_distinct(series.gather(pl.Series(rest)), parse)
    codes[rest] = read
    return codes, findings


def read_distinct(
    series: pl.Series, parse: Callable[[pl.Series, pl.Series], Parsed]
) -> tuple[NDArray[np.int16], tuple[Finding, ...]]:
    """Codes of texts of any kind, each distinct text examined once.

    Parameters
    ----------
    series
        Polars column of type String.
    parse
        Takes distinct texts and the number of rows of each; gives an Int16 series of codes and the
        findings, as `parse_distinct` does.
    """
    import polars as pl  # takes 0.2 s to import

    column = series.alias("text").to_frame()
    counts = column.lazy().drop_nulls().group_by("text").len("rows").collect()
    codes, findings = parse(counts["text"], counts["rows"])
    table = counts.select("text", codes.alias("code"))
    read = column.join(table, on="text", how="left", maintain_order="left")["code"]
    result = read.fill_null(pl.lit(MISSING, pl.Int16)) if read.null_count() else read
    return result.to_numpy(writable=True), merge_missing(findings, series.null_count())


def parse_distinct(
    texts: pl.Series, rows: pl.Series, digits: int
) -> tuple[pl.Series, tuple[Finding, ...]]:
    """Codes of distinct texts, by the exact rules.

    Parameters
    ----------
    texts
        Distinct texts, without null.
    rows
        Number of rows in which each occurs.
    digits
        Number of digits of the column's codes.

    Returns
    -------
    codes
        Int16 series, one for each text.
    findings
        What was repaired or could not be read, `missing` for empty texts included.
    """
    import polars as pl  # takes 0.2 s to import

    raw, trim, bare = pl.col("raw"), pl.col("trim"), pl.col("bare")
    frame = pl.DataFrame({"raw": texts, "rows": rows})
    frame = frame.with_columns(raw.str.strip_chars().alias("trim"))
    frame = frame.with_columns(trim.str.strip_suffix(".0").alias("bare"))
    sound = bare.str.contains(rf"^[0-9]{{1,{digits}}}$")
    number = pl.when(sound).then(bare).cast(pl.Int16) * 10 ** (CODE_DIGITS - digits)
    code = (
        pl.when(trim == "")
        .then(pl.lit(MISSING, pl.Int16))
        .otherwise(number.fill_null(MALFORMED).cast(pl.Int16))
    )
    frame = frame.with_columns(code.alias("code"), sound.alias("sound"))
    cases = {
        "padded": pl.col("sound") & (bare.str.len_bytes() < digits),
        "trimmed": pl.col("sound") & (trim != raw),
        "decimals": pl.col("sound") & (bare != trim),
        "filled": pl.col("sound") & (digits < CODE_DIGITS),
        "malformed code": pl.col("code") == MALFORMED,
        "missing": pl.col("code") == MISSING,
    }
    return frame["code"], collect_findings(frame, cases)


def collect_findings(frame: pl.DataFrame, cases: Mapping[str, pl.Expr]) -> tuple[Finding, ...]:
    """The findings of a frame of distinct texts, `raw` and `rows`, by the condition of each."""
    import polars as pl  # takes 0.2 s to import

    found = (_finding(item, frame.filter(case, pl.col("rows") > 0)) for item, case in cases.items())
    return tuple(finding for finding in found if finding.rows)


def merge_missing(findings: tuple[Finding, ...], nulls: int) -> tuple[Finding, ...]:
    """Findings with empty cells added to the empty texts."""
    empty = sum(finding.rows for finding in findings if finding.item == "missing")
    others = tuple(finding for finding in findings if finding.item != "missing")
    return (*others, Finding("missing", empty + nulls)) if empty + nulls else others


def _four_digits(rows: pl.Series, out: NDArray[np.int16]) -> NDArray[np.uint32]:
    """Write the codes of clean texts; return the positions of the others."""
    import polars as pl  # takes 0.2 s to import

    words = rows.cast(pl.Binary).bin.reinterpret(dtype=pl.UInt32, endianness="little")
    text = words.fill_null(0).to_numpy()
    digit = text ^ _ZEROS  # each byte 0 to 9, if it was a digit
    other = digit + _ABOVE_NINE
    other |= digit
    other &= _HIGH_BITS
    rest = np.flatnonzero(other) if other.any() else np.empty(0, dtype=np.intp)
    np.right_shift(digit, np.uint32(8), out=other)
    digit *= np.uint32(10)
    digit += other
    digit &= _PAIRS
    digit *= _JOIN
    digit >>= np.uint32(16)
    np.copyto(out, digit, casting="unsafe")
    return rest.astype(np.uint32)


def _finding(item: str, frame: pl.DataFrame) -> Finding:
    """The rows of some distinct texts, with the commonest as examples."""
    commonest = frame.top_k(5, by=["rows", "raw"], reverse=[False, True])
    examples = () if item == "missing" else tuple(commonest["raw"].to_list())
    return Finding(item, int(frame["rows"].sum()), examples)
