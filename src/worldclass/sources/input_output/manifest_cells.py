"""Cells of the files that a manifest names: found, bounded, and every number checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.manifest_schema import Csv

if TYPE_CHECKING:
    import polars as pl

MOST_BYTES = 4 * 2**30
"""Largest file that is read; a square table of 10,000 sectors in CSV takes about 1 GiB."""

_SHOWN = 5


def locate(folder: Path, name: str, key: str, manifest: Path, *, limit: int = MOST_BYTES) -> Path:
    """The file that a manifest names.

    Parameters
    ----------
    folder
        The manifest's folder; the file must lie in it or below it, links followed.
    name
        Path as written in the manifest.
    key
        Its key, for messages.
    manifest
        The manifest, for messages.
    limit
        Most bytes.

    Raises
    ------
    SourceError
        The path leads out of the folder, or the file is missing, empty, too large or neither CSV
        nor Parquet.
    """
    where = f"{manifest}, key '{key}'"
    outside = SourceError(
        f"The path {name!r} leads out of the manifest's folder.",
        where=where,
        remedy=f"Put the file into {folder}, or below it, and give its path from there.",
    )
    if "\0" in name or PurePath(name).is_absolute() or "\\" in name:
        raise outside
    try:
        file = (folder / name).resolve()
        inside = file.is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead in a circle
        inside, file = False, folder
    if not inside:
        raise outside
    if not file.is_file():
        raise SourceError(f"There is no file {name!r}.", where=where, remedy="Correct its path.")
    if file.suffix.lower() not in (".csv", ".parquet"):
        raise SourceError(
            f"The file {name!r} is neither .csv nor .parquet.",
            where=where,
            remedy="Save the table as one of the two.",
        )
    size = file.stat().st_size
    if size == 0:
        raise SourceError(f"The file {name!r} is empty.", where=where, remedy="Fill it.")
    if size > limit:
        raise SourceError(
            f"The file {name!r} has {size:,} bytes; at most {limit:,} are read.",
            where=where,
            remedy="Save it as Parquet, which is smaller, or check that it is the right file.",
        )
    return file


@dataclass(frozen=True)
class Cells:
    """The cells of one file under their headings.

    Attributes
    ----------
    frame
        Of CSV all text, of Parquet as stored; the names of its columns are the headings.
    file
        For messages.
    first_line
        Line of the file that the first row of the frame is.
    """

    frame: pl.DataFrame
    file: Path
    first_line: int


def read_cells(file: Path, csv: Csv, *, header_rows: int = 1) -> Cells:
    """All cells of a file.

    Parameters
    ----------
    header_rows
        Lines of headings in CSV; of two, the upper one names countries and is joined to the lower
        one by the manifest's separator.

    Raises
    ------
    SourceError
        The file is not UTF-8, not a table, has no line below its header, or a heading twice.
    """
    import polars as pl

    parquet = file.suffix.lower() == ".parquet"
    try:
        if parquet:
            frame = pl.read_parquet(file)
        else:
            # Without header, for polars would rename headings that occur twice.
            frame = pl.read_csv(file, has_header=False, separator=csv.delimiter, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise SourceError(
            f"The file is not a table of this format: {_one_line(error)}.",
            where=str(file),
            remedy="Save it as UTF-8 CSV with the delimiter that the manifest states, or as "
            "Parquet.",
        ) from error
    if not parquet:
        names = _headings(frame.head(header_rows), csv, file)
        frame = frame.slice(header_rows)
        frame.columns = names
    if frame.is_empty():
        raise SourceError("No line is below the header.", where=str(file), remedy="Fill the file.")
    return Cells(frame, file, 1 if parquet else header_rows + 1)


def _headings(top: pl.DataFrame, csv: Csv, file: Path) -> list[str]:
    """The heading of each column; two lines of headings are joined."""
    lines = [[(cell or "").strip() for cell in row] for row in top.iter_rows()]
    names = [
        csv.separator.join(part for part in parts if part) for parts in zip(*lines, strict=True)
    ]
    if empty := [place for place, name in enumerate(names, start=1) if not name]:
        raise SourceError(
            f"Column {empty[0]} has no heading.", where=str(file), remedy="Name every column."
        )
    if len(set(names)) < len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise SourceError(
            f"{len(twice)} headings occur twice: {', '.join(twice[:_SHOWN])}.",
            where=str(file),
            remedy="Give every column its own heading.",
        )
    return names


def require(cells: Cells, columns: Sequence[str]) -> None:
    """Raise a SourceError that names the columns that are missing and those that are there."""
    frame = cells.frame
    missing = [column for column in columns if column not in frame.columns]
    if not missing:
        return
    there = ", ".join(repr(name) for name in frame.columns[:8])
    more = " …" if frame.width > 8 else ""
    hint = " Is the delimiter right?" if frame.width == 1 else ""
    raise SourceError(
        f"The file lacks the columns {', '.join(missing)}; it has {there}{more}.{hint}",
        where=str(cells.file),
        remedy="Name the file's columns in the manifest, or state its delimiter under [csv].",
    )


def texts(cells: Cells, column: str) -> pl.Series:
    """A column of labels, without spaces around them.

    Raises
    ------
    SourceError
        A label is empty.
    """
    import polars as pl

    series = cells.frame[column].cast(pl.String).str.strip_chars()
    empty = (series.is_null() | (series == "")).arg_true()
    if len(empty):
        raise SourceError(
            f"The label {column!r} is empty in {len(empty)} lines, the first is line "
            f"{int(empty[0]) + cells.first_line}.",
            where=str(cells.file),
            remedy="Every line needs its labels.",
        )
    return series


def values(cells: Cells, column: str, csv: Csv, *, zero: bool) -> pl.Series:
    """A column of finite numbers.

    Parameters
    ----------
    zero
        Whether an empty cell is zero; else it is an error.

    Raises
    ------
    SourceError
        A cell is empty or not a number; the message names its line, column and content.
    """
    import polars as pl

    series = cells.frame[column]
    if series.dtype == pl.String:
        empty = series.is_null() | (series.str.strip_chars() == "")
        numbers = _parse(series.str.strip_chars(), csv)
    else:
        empty = series.is_null()
        try:
            numbers = series.cast(pl.Float64)
        except pl.exceptions.PolarsError as error:
            raise SourceError(
                f"The column {column!r} holds {series.dtype}, not numbers.",
                where=str(cells.file),
                remedy="Store it as numbers.",
            ) from error
    wrong = ~empty & (numbers.is_null() | ~numbers.is_finite()).fill_null(True)
    _refuse(wrong, cells, column, "is not a number")
    if not zero:
        _refuse(empty, cells, column, "is empty")
    return numbers.fill_null(0.0)


def _parse(series: pl.Series, csv: Csv) -> pl.Series:
    """Text as numbers; null where it is none in the stated format."""
    import polars as pl

    mark, point = re.escape(csv.thousands), re.escape(csv.decimal)
    whole = rf"\d+|\d{{1,3}}(?:{mark}\d{{3}})+" if csv.thousands else r"\d+"
    form = rf"^[+-]?(?:(?:{whole})(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d+)?$"
    clean = series.str.replace_all(csv.thousands, "", literal=True) if csv.thousands else series
    if csv.decimal != ".":
        clean = clean.str.replace(csv.decimal, ".", literal=True)
    numbers = clean.cast(pl.Float64, strict=False)
    return numbers.set(~series.str.contains(form).fill_null(False), None)


def _refuse(wrong: pl.Series, cells: Cells, column: str, what: str) -> None:
    places = wrong.arg_true()
    if not len(places):
        return
    series = cells.frame[column]
    first = int(places[0])
    more = f", and {len(places) - 1} more of the column" if len(places) > 1 else ""
    content = "" if series[first] is None else f" ({str(series[first])[:40]!r})"
    remedy = (
        'Fill it, or write absent = "zero" for this file.'
        if what == "is empty"
        else "Correct it, or state the marks for decimals and thousands under [csv]."
    )
    raise SourceError(
        f"Line {first + cells.first_line}, column {column!r}{content} {what}{more}.",
        where=str(cells.file),
        remedy=remedy,
    )


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return (text if len(text) <= 200 else f"{text[:199]}…").rstrip(".")
