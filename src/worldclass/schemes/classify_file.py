"""`worldclass.classify_file`: code a file of any size into another file.

Parquet and CSV stream: a few blocks of rows are in memory at a time, in the file's order. Stata
and SPSS files are read in blocks; written they can only be whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.atomic import atomic_path, output_error
from worldclass.core.errors import OutputError, SourceError, UsageError
from worldclass.schemes.coder import Coder, Options, References, TheoryLike, find_theory, make_coder
from worldclass.schemes.frames import add_columns
from worldclass.schemes.report import Progress, Tally, report_frame
from worldclass.schemes.schema import Scheme
from worldclass.schemes.text_files import check_text, not_utf_8, separator
from worldclass.schemes.unreadable import warn_unreadable

if TYPE_CHECKING:
    import polars as pl

PARQUET, TEXT, STATISTICS = (".parquet",), (".csv", ".tsv"), (".dta", ".sav", ".zsav")
_COMPRESSED = (".gz", ".bz2", ".xz", ".zst", ".zip")


@dataclass(frozen=True, eq=False)
class FileCoding:
    """What became of a file.

    Parameters
    ----------
    rows
        Rows read and written.
    classes
        Rows of each class, in the theory's order; of a scale, of each value.
    report
        The coding report, as from `worldclass.coding_report`.
    """

    rows: int
    classes: Mapping[str, int]
    report: pl.DataFrame


def classify_file(
    path: str | Path,
    theory: TheoryLike,
    out: str | Path,
    *,
    occupation: str | None = None,
    survey: str | Path | None = None,
    method: str = "auto",
    digits: int = 4,
    column: str = "class",
    parameters: Mapping[str, Any] | None = None,
    references: References | None = None,
    assume: Sequence[str] = (),
    compression: str = "zstd",
    progress: Progress | None = None,
) -> FileCoding:
    """Write a file's rows, in their order, with each person's class in a new column.

    Parameters
    ----------
    path
        A Parquet, CSV, Stata (.dta) or SPSS (.sav) file. Of CSV files every column is read as
        text, so that codes keep their leading zeros and the others are written as they were.
    theory, occupation, survey, method, digits, column, parameters, references, assume
        As for `worldclass.classify`.
    out
        The file to write, whole or not at all: .parquet or .csv; or .dta or .sav where `path`
        is a Stata or SPSS file.
    compression
        Of Parquet: "zstd", "snappy", "lz4" or "uncompressed".
    progress
        Called with the rows done so far, and the rows in all (0 where not known).

    Returns
    -------
    Rows, rows of each class, and the coding report.

    Raises
    ------
    SourceError
        The file is missing or cannot be read.
    OutputError
        The file cannot be written, or not in this format.
    UsageError, TheoryError
        As for `worldclass.classify`.

    Warns
    -----
    SimplifiedMethodWarning, UnreadableValueWarning
        As for `worldclass.classify`.

    Example
    -------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "survey.csv").write_text("isco08\\n2310\\n0110\\n")
    >>> classify_file(folder / "survey.csv", "isei", folder / "coded.csv").classes
    {'65.0': 1, '76.0': 1}
    >>> (folder / "coded.csv").read_text().splitlines()[2]
    '0110,65.0,'
    """
    source, target = check_paths(path, out)
    options = Options(occupation, survey, method, digits, column, parameters, references, assume)
    if source.suffix.lower() in STATISTICS:
        from worldclass.schemes.statistical_files import classify_statistics_file

        with atomic_path(target) as temporary:
            tally, coder = classify_statistics_file(
                source, theory, target, temporary, options, compression, progress
            )
        return _result(tally, coder)
    found = find_theory(theory)
    lazy = scan(source, as_text=isinstance(found, Scheme))
    coder = make_coder(lazy.collect_schema(), found, options)
    tally = Tally()
    parquet = progress is not None and source.suffix.lower() in PARQUET
    coded = add_columns(lazy, counted(coder, tally, progress, rows_of(lazy) if parquet else 0))
    sink(coded, source, target, compression)
    return _result(tally, coder)


def _result(tally: Tally, coder: Coder) -> FileCoding:
    warn_unreadable(coder, tally.not_understood())
    order = getattr(next(iter(coder.types.values())), "categories", None)
    names = order.to_list() if order is not None else sorted(tally.classes, key=float)
    classes = {name: tally.classes.get(name, 0) for name in names}
    return FileCoding(tally.rows, classes, report_frame(tally, coder))


def check_paths(path: str | Path, out: str | Path) -> tuple[Path, Path]:
    """The two paths, if the one can be read and the other written in this format.

    Raises
    ------
    SourceError, OutputError
        If not.
    """
    source, target = Path(path), Path(out)
    if not source.is_file():
        raise SourceError(
            "There is no such file.", where=str(source), remedy="Check the path of the data."
        )
    known = (*PARQUET, *TEXT, *STATISTICS)
    if source.suffix.lower() not in known:
        raise SourceError(
            f"Files named *{source.suffix} cannot be read.",
            where=str(source),
            remedy=("Unpack it first. " if source.suffix.lower() in _COMPRESSED else "")
            + f"Give one named {', '.join(known)}.",
        )
    statistics = source.suffix.lower() in STATISTICS
    formats = (*PARQUET, *TEXT, *(STATISTICS if statistics else ()))
    if target.suffix.lower() not in formats:
        raise OutputError(
            f"The format {target.suffix or '(no suffix)'} cannot be written from this file.",
            where=str(target),
            remedy=f"Let the name end in one of {', '.join(formats)}.",
        )
    if target.exists() and target.samefile(source):
        raise OutputError(
            "The data would be written over.", where=str(target), remedy="Choose another name."
        )
    return source, target


def scan(source: Path, *, as_text: bool = True) -> pl.LazyFrame:
    """A Parquet or CSV file as a lazy frame; columns of CSV as text if so asked.

    Raises
    ------
    SourceError
        The file is not what its name says.
    """
    import polars as pl  # takes 0.2 s to import

    if source.suffix.lower() in TEXT:
        check_text(source)
    try:
        if source.suffix.lower() in PARQUET:
            lazy = pl.scan_parquet(source)
        elif as_text:
            lazy = pl.scan_csv(source, separator=separator(source), infer_schema=False)
        else:
            lazy = pl.scan_csv(source, separator=separator(source), infer_schema_length=10_000)
        lazy.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as cause:
        raise _unreadable(source, cause) from cause
    return lazy


def counted(coder: Coder, tally: Tally, progress: Progress | None, total: int) -> Coder:
    """The coder, which counts what it codes and tells of its rows."""

    def run(
        frame: pl.DataFrame, threads: int | None, empty: set[str] | None = None
    ) -> list[pl.Series]:
        made = coder.run(frame, threads, empty)
        tally.add(frame, coder, made)
        if progress is not None:
            progress(tally.rows, total)
        return made

    return replace(coder, run=run, needs=(*coder.needs, *coder.beside))


def rows_of(lazy: pl.LazyFrame) -> int:
    """The number of rows of a lazy frame."""
    import polars as pl  # takes 0.2 s to import

    return int(lazy.select(pl.len()).collect().item())


def sink(coded: pl.LazyFrame, source: Path, target: Path, compression: Any) -> None:
    """Write a lazy frame by blocks, in its order, whole or not at all.

    Raises
    ------
    SourceError, OutputError
        The source turns out not to be readable, or the target not to be writable.
    """
    import polars as pl  # takes 0.2 s to import

    if compression not in ("zstd", "snappy", "lz4", "uncompressed"):
        raise UsageError(
            f"There is no compression '{compression}'.", remedy="zstd, snappy, lz4, uncompressed."
        )
    try:
        with atomic_path(target) as temporary:
            if target.suffix.lower() in PARQUET:
                coded.sink_parquet(temporary, compression=compression, maintain_order=True)
            else:
                tab = target.suffix.lower() == ".tsv"
                coded.sink_csv(temporary, separator="\t" if tab else ",", maintain_order=True)
    except pl.exceptions.ComputeError as cause:
        raise _unreadable(source, cause) from cause
    except OSError as cause:
        raise output_error(cause, target) from cause


def _unreadable(source: Path, cause: Exception) -> SourceError:
    first = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    if "utf-8" in first.lower() or "utf8" in first.lower():
        return not_utf_8(source)
    return SourceError(
        f"The file cannot be read: {first}.",
        where=str(source),
        remedy="Check that it is complete, and of the format that its name says.",
    )
