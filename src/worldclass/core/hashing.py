"""Hashes of files, and of the content of tables whatever file holds them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl


def sha256(file: Path) -> str:
    """Hexadecimal SHA-256 of a file's bytes; an `OSError` is the caller's to explain."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def content_hash(tables: Mapping[str, pl.DataFrame], *, digits: int = 6) -> str:
    """SHA-256 over the sorted rows of named tables, numbers rounded to significant digits.

    Row order, file format and compression do not matter; names of tables and columns do.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"a": [2.0, 1.0]})
    >>> content_hash({"t": rows}) == content_hash({"t": rows.sort("a")})
    True
    """
    import polars as pl
    import polars.selectors as cs

    digest = hashlib.sha256()
    for name in sorted(tables):
        table = tables[name]
        canonical = table.select(sorted(table.columns)).with_columns(
            cs.float().cast(pl.Float64).round_sig_figs(digits) + 0.0  # no negative zero
        )
        canonical = canonical.sort(canonical.columns)
        digest.update(f"{name}\n".encode())
        digest.update(canonical.write_csv(float_scientific=True, float_precision=digits).encode())
    return digest.hexdigest()
