"""Stata and SPSS files: read in blocks, their own missing values kept apart.

Needs pyreadstat, which reads both. It writes whole files only; so does this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import OutputError, SourceError, UsageError
from worldclass.schemes.coder import Coder, Options, TheoryLike, find_theory, make_coder
from worldclass.schemes.labelled_columns import labelled
from worldclass.schemes.report import Progress, Tally
from worldclass.surveys.canonical import companion

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.schemes.schema import Scheme
    from worldclass.theories.schema import Theory

BLOCK = 100_000
LARGEST_WHOLE = 4_000_000_000
"""Bytes of a Stata or SPSS file above which it is not built in memory to be written."""

_SIGNS = {
    "not applicable": ("not applic", "inapplic", "does not apply"),
    "refused": ("refus",),
    "don't know": ("know",),
    "not asked": ("not asked", "not in questionnaire"),
    "no answer": ("no answer", "not stated", "missing"),
}


def classify_statistics_file(
    source: Path,
    theory: TheoryLike,
    target: Path,
    temporary: Path,
    options: Options,
    compression: str,
    progress: Progress | None,
) -> tuple[Tally, Coder]:
    """Code a Stata or SPSS file into `temporary`, in `target`'s format; see `classify_file`."""
    whole = target.suffix.lower() not in (".parquet", ".csv", ".tsv")
    if whole and source.stat().st_size > LARGEST_WHOLE:
        raise OutputError(
            f"Stata and SPSS files can only be written whole, and this one has "
            f"{source.stat().st_size:,} bytes.",
            where=str(target),
            remedy="Write .parquet or .csv, which stream.",
        )
    _, meta = _read(source, metadataonly=True)
    total = int(meta.number_rows or 0)
    writer = _Whole(source, target, find_theory(theory)) if whole else _Stream(target, compression)
    tally, coder = Tally(), None
    try:
        for coded, plain in blocks(source, options):
            coder = make_coder(coded.schema, theory, options)
            made = coder.run(coded.select(coder.needs), None)
            tally.add(coded.select(*coder.needs, *coder.beside), coder, made)
            writer.add(plain, made)
            if progress is not None:
                progress(tally.rows, total)
        writer.close(temporary)
    finally:
        writer.remove()
    assert coder is not None  # the first block is there even if it is empty
    return tally, coder


def blocks(source: Path, options: Options) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Blocks of rows to code, and the same rows as they are to be written."""
    import polars as pl  # takes 0.2 s to import

    start = 0
    while True:
        # Without an adapter a survey's missing codes are known only from the file itself.
        data, meta = _read(source, row_offset=start, row_limit=BLOCK, user_missing=True)
        frame = pl.DataFrame({name: _column(values) for name, values in data.items()}, strict=False)
        if not frame.height and start:
            return
        coded = frame if options.survey else kept_apart(frame, meta)
        yield coded, frame
        start += frame.height
        if frame.height < BLOCK:
            return


def kept_apart(frame: pl.DataFrame, meta: Any) -> pl.DataFrame:
    """The frame without values that the file declares missing; companions say why they are.

    Parameters
    ----------
    frame
        The rows, with tagged missing values of Stata as letters, and declared ones of SPSS as
        they stand.
    meta
        What pyreadstat tells of the file.
    """
    import polars as pl  # takes 0.2 s to import

    for name in frame.columns:
        labels = meta.variable_value_labels.get(name, {})
        declared = _declared(frame[name], meta.missing_user_values.get(name, ()))
        declared += _in_ranges(frame[name], meta.missing_ranges.get(name, ()))
        if not declared:
            continue
        reasons = {str(value): _reason(str(labels.get(value, ""))) for value in declared}
        texts = frame[name].cast(pl.String)
        missing = texts.is_in(list(reasons))
        told = {value: reason for value, reason in reasons.items() if reason}
        why = texts.replace_strict(told, default=None, return_dtype=pl.String)
        kept = pl.select(pl.when(~missing).then(frame[name])).to_series().alias(name)
        extra = [] if companion(name) in frame.columns else [why.alias(companion(name))]
        frame = frame.with_columns([kept, *extra])
    return frame


def _is_text(column: pl.Series) -> bool:
    import polars as pl  # takes 0.2 s to import

    return column.dtype == pl.String


def _declared(column: pl.Series, tags: Any) -> list[Any]:
    """Stata's tagged missing values that occur: letters among numbers."""
    if not tags or not _is_text(column):
        return []
    return [tag for tag in tags if (column == str(tag)).any()]


def _in_ranges(column: pl.Series, ranges: Any) -> list[Any]:
    """SPSS's declared missing values that occur."""
    found: list[Any] = []
    for part in ranges:
        low, high = part["lo"], part["hi"]
        comparable = column.dtype.is_numeric() if not isinstance(low, str) else _is_text(column)
        if not comparable:
            continue
        found += column.filter((column >= low) & (column <= high)).unique().to_list()
    return found


def _reason(label: str) -> str | None:
    """The kind of missing that a label tells of, if it is one that is known."""
    text = label.lower()
    for reason, signs in _SIGNS.items():
        if any(sign in text for sign in signs):
            return reason
    return None


def _column(values: Any) -> pl.Series:
    """A column from pyreadstat: numbers, times or text.

    Numbers among which some are missing come as objects, as do dates and times; numbers among
    tags become text, whole ones without a decimal part.
    """
    import polars as pl  # takes 0.2 s to import

    array = _array(values)
    if array.dtype != object:
        series = pl.Series(array)
        return series.fill_nan(None) if series.dtype.is_float() else series
    cells = [None if _empty(value) else value for value in array.tolist()]
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds <= {int, float}:
        return pl.Series(cells, dtype=pl.Float64 if kinds else pl.Null)
    if len(kinds) == 1 and kinds <= {date, datetime, time}:
        return pl.Series(cells)
    return pl.Series([None if cell is None else _text(cell) for cell in cells], dtype=pl.String)


def _array(values: Any) -> NDArray[Any]:
    """A column from pyreadstat as an array; of objects where tags stand among numbers."""
    import numpy as np

    array = np.asarray(values)
    mixed = array.dtype.kind == "U" and not all(isinstance(value, str) for value in values)
    return np.array(values, dtype=object) if mixed else array


def _empty(value: Any) -> bool:
    return value is None or value == "" or bool(value != value)


def _text(value: Any) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else str(value)


def _read(source: Path, kind: str = "dict", **how: Any) -> tuple[Any, Any]:
    """Rows and facts of a file by pyreadstat."""
    try:
        import pyreadstat
    except ImportError as cause:
        raise UsageError(
            "Stata and SPSS files need the package pyreadstat.",
            remedy="Install worldclass with its extra: pip install 'worldclass[surveys]'.",
        ) from cause
    read: Any = pyreadstat.read_dta if source.suffix.lower() == ".dta" else pyreadstat.read_sav
    try:
        return read(str(source), output_format=kind, **how)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError) as cause:
        raise SourceError(
            f"The file cannot be read: {cause}", where=str(source), remedy="Check the file."
        ) from cause


class _Stream:
    """Rows on their way into a Parquet or CSV file, block by block through a folder beside it."""

    def __init__(self, target: Path, compression: Any) -> None:
        self._target, self._compression = target, compression
        self._folder = TemporaryDirectory(dir=target.resolve().parent, prefix=".worldclass-")
        self._schemas: list[pl.Schema] = []

    def add(self, frame: pl.DataFrame, made: list[pl.Series]) -> None:
        """Put a block of rows and its new columns behind the others."""
        part = frame.with_columns(made)
        part.lazy().sink_parquet(self._part(len(self._schemas)), compression="lz4")
        self._schemas.append(part.schema)

    def close(self, temporary: Path) -> None:
        """Join the blocks in their order."""
        import polars as pl  # takes 0.2 s to import

        types = {name: _common([one[name] for one in self._schemas]) for name in self._schemas[0]}
        frame = pl.concat(
            pl.scan_parquet(self._part(place)).select(
                _as_type(name, schema[name], kind) for name, kind in types.items()
            )
            for place, schema in enumerate(self._schemas)
        )
        if self._target.suffix.lower() == ".parquet":
            frame.sink_parquet(temporary, compression=self._compression)
        else:
            tab = "\t" if self._target.suffix.lower() == ".tsv" else ","
            frame.sink_csv(temporary, separator=tab)

    def remove(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()

    def _part(self, place: int) -> Path:
        return Path(self._folder.name) / f"{place}.parquet"


def _common(kinds: list[pl.DataType]) -> pl.DataType:
    """One type for all blocks: text where a block has tags among its numbers."""
    import polars as pl  # takes 0.2 s to import

    distinct = [kind for kind in dict.fromkeys(kinds) if kind != pl.Null]
    if len(distinct) < 2:
        return distinct[0] if distinct else pl.Null()
    return pl.Float64() if all(kind.is_numeric() for kind in distinct) else pl.String()


def _as_type(name: str, found: pl.DataType, wanted: pl.DataType) -> pl.Expr:
    """A column in the type of all blocks; whole numbers without a decimal part."""
    import polars as pl  # takes 0.2 s to import

    column = pl.col(name)
    if found == wanted:
        return column
    texts = column.cast(wanted)
    return texts.str.strip_suffix(".0") if wanted == pl.String() else texts


class _Whole:
    """New columns of a Stata or SPSS file, gathered to be written with the rest at once."""

    def __init__(self, source: Path, target: Path, theory: Scheme | Theory) -> None:
        self._parts: list[pl.DataFrame] = []
        self._source, self._target, self._theory = source, target, theory

    def add(self, frame: pl.DataFrame, made: list[pl.Series]) -> None:
        """Gather a block's new columns."""
        import polars as pl  # takes 0.2 s to import

        self._parts.append(
            pl.DataFrame(
                [one.cast(pl.String) if isinstance(one.dtype, pl.Enum) else one for one in made]
            )
        )

    def close(self, temporary: Path) -> None:
        """Write the file as it was, with the new columns."""
        import pandas as pd
        import polars as pl  # takes 0.2 s to import
        import pyreadstat

        # Not as pandas: there a missing whole number among tags of Stata would be any number.
        columns, meta = _read(self._source, user_missing=True)
        new = labelled(pl.concat(self._parts), self._theory, self._target.suffix.lower())
        columns |= {
            one.name: one.to_numpy() if one.dtype.is_float() else one.to_list()
            for one in new.columns.iter_columns()
        }
        data: Any = pd.DataFrame({name: _for_pandas(values) for name, values in columns.items()})
        names = {**meta.column_names_to_labels, **new.names}
        options: dict[str, Any] = {
            "column_labels": {name: names.get(name) or "" for name in data},
            "variable_value_labels": {**meta.variable_value_labels, **new.values},
            "file_label": meta.file_label or "",
        }
        if self._target.suffix.lower() == ".dta":
            write, options["missing_user_values"] = pyreadstat.write_dta, meta.missing_user_values
        else:
            write, options["missing_ranges"] = pyreadstat.write_sav, meta.missing_ranges
            kept = {name: kind for name, kind in meta.variable_measure.items() if kind != "unknown"}
            options["variable_measure"] = kept | dict.fromkeys(new.values, "nominal")
        try:
            write(data, str(temporary), **options)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as cause:
            raise OutputError(
                f"The file cannot be written: {cause}.",
                where=str(self._target),
                remedy="If it is the new column's name, choose another (column='…', or --column); "
                ".parquet and .csv take every name and value.",
            ) from cause

    def remove(self) -> None:
        """Nothing is left to remove."""


def _for_pandas(values: Any) -> Any:
    """A column as pyreadstat writes it: numbers with NaN, anything else as it stands."""
    import pandas as pd

    array = _array(values)
    if array.dtype != object:
        return array
    kinds = {type(value) for value in array.tolist() if value is not None}
    numbers = bool(kinds) and kinds <= {int, float}
    return pd.Series(values, dtype=float if numbers else object)
