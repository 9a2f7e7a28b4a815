"""Convert the occupation codes of a file of any size into another file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import OutputError, SourceError, UsageError
from worldclass.occupations.convert import conversion, recode, recode_report
from worldclass.schemes.classify_file import PARQUET, TEXT, check_paths, rows_of, scan, sink

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.report import Progress

_SHOWN = 5


@dataclass(frozen=True, eq=False)
class FileRecoding:
    """What became of a file's codes.

    Parameters
    ----------
    rows
        Rows read and written.
    path
        The classifications passed through.
    report
        As from `recode_report`.
    """

    rows: int
    path: tuple[str, ...]
    report: pl.DataFrame


@dataclass
class _Counts:
    """The reports of blocks of rows, which may come from several threads, put together."""

    rows: int = 0
    items: dict[str, tuple[int, dict[str, None]]] = field(
        default_factory=dict[str, tuple[int, dict[str, None]]]
    )
    _lock: Any = field(default_factory=Lock, repr=False)

    def add(self, rows: int, report: pl.DataFrame) -> None:
        with self._lock:
            self.rows += rows
            for item, count, _, examples in report.rows():
                before, shown = self.items.get(item, (0, {}))
                self.items[item] = before + count, shown | dict.fromkeys(examples.split(", "))

    def frame(self) -> pl.DataFrame:
        import polars as pl  # takes 0.2 s to import

        lines: list[tuple[str, int, float, str]] = []
        for item, (count, shown) in self.items.items():
            # of codes that are lost every one is named, of repairs some examples
            lost = item in ("unknown code", "no counterpart")
            names = sorted(shown) if lost else list(shown)[:_SHOWN]
            lines.append((item, count, count / max(self.rows, 1), ", ".join(names)))
        kinds = {"item": pl.String, "rows": pl.Int64, "share": pl.Float64, "examples": pl.String}
        return pl.DataFrame(lines, schema=kinds, orient="row")


def recode_file(
    path: str | Path,
    source: str,
    target: str,
    out: str | Path,
    *,
    digits: int = 4,
    compression: str = "zstd",
    progress: Progress | None = None,
) -> FileRecoding:
    """Write a file's rows, in their order, with the codes of another classification added.

    Parameters
    ----------
    path
        A Parquet or CSV file; of CSV every column is read as text.
    source
        The column of codes, named like its classification.
    target
        The other classification, and the name of the new column.
    out
        The Parquet or CSV file to write, whole or not at all.
    digits
        How many digits the codes have.
    compression
        Of Parquet: "zstd", "snappy", "lz4" or "uncompressed".
    progress
        Called with the rows done so far, and the rows in all (0 where not known).

    Raises
    ------
    SourceError, OutputError
        A file cannot be read or written.
    UsageError
        The column is lacking or taken, or there is no such conversion.

    Example
    -------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "survey.csv").write_text("isco08\\n2221\\n110\\n")
    >>> recode_file(folder / "survey.csv", "isco08", "isco88", folder / "recoded.csv").path
    ('isco08', 'isco88')
    >>> (folder / "recoded.csv").read_text().splitlines()
    ['isco08,isco88', '2221,2230', '110,0110']
    """
    import polars as pl  # takes 0.2 s to import

    given, wanted = check_paths(path, out)
    streams = (*PARQUET, *TEXT)
    if given.suffix.lower() not in streams:
        raise SourceError(
            f"Files named *{given.suffix} cannot be recoded.",
            where=str(given),
            remedy=f"Give one named {', '.join(streams)}; worldclass.recode takes any column.",
        )
    if wanted.suffix.lower() not in streams:
        raise OutputError(
            f"The format {wanted.suffix or '(no suffix)'} cannot be written.",
            where=str(wanted),
            remedy=f"Let the name end in one of {', '.join(streams)}.",
        )
    lazy = scan(given)
    _check_names(lazy.collect_schema().names(), source, target)
    chain = conversion(source, target).path
    total = rows_of(lazy) if progress is not None and given.suffix.lower() in PARQUET else 0
    counts = _Counts()

    def convert(column: pl.Series) -> pl.Series:
        made = recode(column, source, target, digits=digits)
        counts.add(len(column), recode_report(column, source, target, digits=digits))
        if progress is not None:
            progress(counts.rows, total)
        return made

    new = pl.col(source).map_batches(convert, return_dtype=pl.String, is_elementwise=True)
    sink(lazy.with_columns(new.alias(target)), given, wanted, compression)
    return FileRecoding(counts.rows, chain, counts.frame())


def _check_names(names: list[str], source: str, target: str) -> None:
    if source not in names:
        near = [name for name in names if name.strip().lower() == source.lower()]
        hint = f"There is a column '{near[0]}'; names are case-sensitive. " if near else ""
        raise UsageError(
            f"There is no column '{source}'.",
            where=f"columns: {', '.join(names[:20])}",
            remedy=f"{hint}Name the column of codes like its classification.",
        )
    if target in names:
        raise UsageError(
            f"The data have a column '{target}' already.", remedy="Rename or remove it first."
        )
