"""What a table must look like, and a reader that refuses anything else.

A declaration (`[table.NAME]` in a data file) gives path, columns with types, key, and what must
or may occur. `read_table` returns the declared columns in canonical types or raises a
`SourceError` that names the file, what is wrong and the offending values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from worldclass.core.errors import SourceError

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["string", "integer", "float", "boolean"]


class TableSpec(BaseModel):
    """Declaration of one table of a mirror.

    Parameters
    ----------
    path
        Relative to the mirror's root; `.parquet` or `.csv`.
    description
        What a row is.
    key
        Columns that together occur once.
    columns
        Kind of every column to read; others are ignored.
    nullable
        Columns that may be empty. No column may hold NaN or infinity.
    allowed, required
        Values a column may hold only, or must hold at least.
    range
        Lowest and highest value of a numeric column.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    description: str
    key: tuple[str, ...] = Field(min_length=1)
    columns: dict[str, Kind] = Field(min_length=1)
    nullable: tuple[str, ...] = ()
    allowed: dict[str, tuple[str, ...]] = {}
    required: dict[str, tuple[str, ...]] = {}
    range: dict[str, tuple[float, float]] = {}

    @model_validator(mode="after")
    def _columns_exist(self) -> TableSpec:
        named = {*self.key, *self.nullable, *self.allowed, *self.required, *self.range}
        if unknown := named - set(self.columns):
            raise ValueError(f"undeclared columns: {', '.join(sorted(unknown))}")
        return self


def read_table(root: Path, spec: TableSpec) -> pl.DataFrame:
    """Read the table that `spec` declares below `root`.

    Returns
    -------
    polars.DataFrame
        The declared columns, in order, as String, Int32, Float64 or Boolean; sorted by the key.

    Raises
    ------
    SourceError
        When the file is missing or corrupt, or does not fit the declaration.
    """
    file = root / spec.path
    if not file.is_file():
        raise SourceError(
            "The table is missing from the mirror.",
            where=str(file),
            remedy="Copy the file from its origin, or point --mirror (or WORLDCLASS_MIRROR) at "
            "the folder that holds `world/`.",
        )
    raw = _read_file(file, spec)
    frame = _cast_columns(raw, spec, file)
    check_values(frame, spec, str(file))
    return frame.sort(spec.key)


def check_values(frame: pl.DataFrame, spec: TableSpec, where: str) -> None:
    """Check emptiness, NaN, ranges, allowed and required values, and the key.

    Raises
    ------
    SourceError
        At the first rule broken, with up to three offending rows or values.
    """
    import polars as pl

    if frame.is_empty():
        raise _broken("has no rows", where)
    for column, kind in spec.columns.items():
        if column not in spec.nullable and frame[column].null_count():
            _refuse(frame, pl.col(column).is_null(), f"column {column!r} is empty", spec, where)
        if kind == "float":
            strange = ~pl.col(column).is_finite()
            _refuse(frame, strange, f"column {column!r} holds NaN or infinity", spec, where)
    for column, (low, high) in spec.range.items():
        outside = ~pl.col(column).is_between(low, high)
        _refuse(frame, outside, f"column {column!r} is outside {low:g} to {high:g}", spec, where)
    for column, values in spec.allowed.items():
        strange = ~pl.col(column).is_in(values)
        _refuse(frame, strange, f"column {column!r} is none of {', '.join(values)}", spec, where)
    for column, values in spec.required.items():
        if missing := sorted(set(values) - set(frame[column].unique())):
            raise _broken(f"has no rows where {column!r} is {', '.join(missing)}", where)
    repeated = pl.struct(spec.key).is_duplicated()
    _refuse(frame, repeated, f"the key ({', '.join(spec.key)}) occurs twice", spec, where)


def _read_file(file: Path, spec: TableSpec) -> pl.DataFrame:
    import polars as pl

    try:
        if file.suffix == ".parquet":
            present = pl.read_parquet_schema(file)
            _check_columns(list(present), spec, file)
            return pl.read_parquet(file, columns=list(spec.columns))
        header = pl.read_csv(file, n_rows=0, infer_schema=False).columns
        _check_columns(header, spec, file)
        return pl.read_csv(file, columns=list(spec.columns), infer_schema=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise SourceError(
            f"The table could not be read, it is corrupt or not {file.suffix[1:]}: {error}",
            where=str(file),
            remedy="Copy the file again from its origin.",
        ) from error


def _check_columns(present: list[str], spec: TableSpec, file: Path) -> None:
    if missing := [column for column in spec.columns if column not in present]:
        raise SourceError(
            f"The table lacks the columns {', '.join(missing)}; it has {', '.join(present)}.",
            where=str(file),
            remedy="Use the edition of the mirror that this version declares, or adapt "
            "the catalog's mirror.toml.",
        )


def _cast_columns(raw: pl.DataFrame, spec: TableSpec, file: Path) -> pl.DataFrame:
    """Bring every column to the type of its kind, refusing values that do not fit."""
    import polars as pl

    kinds = {"string": pl.String, "integer": pl.Int32, "float": pl.Float64, "boolean": pl.Boolean}
    columns: list[pl.Series] = []
    for name, kind in spec.columns.items():
        series, target = raw[name], kinds[kind]
        try:
            if kind == "boolean" and series.dtype == pl.String:
                series = series.str.to_lowercase().replace_strict(
                    {"true": True, "false": False}, return_dtype=pl.Boolean
                )
            _refuse_other_kind(series, kind)
            columns.append(series.cast(target, strict=True))
        except (pl.exceptions.PolarsError, TypeError) as error:
            raise SourceError(
                f"Column {name!r} holds {series.dtype}, not values of kind {kind}: {error}",
                where=str(file),
                remedy="Copy the file again from its origin.",
            ) from error
    return pl.DataFrame(columns)


def _refuse_other_kind(series: pl.Series, kind: Kind) -> None:
    """Refuse silent conversions: numbers to text, fractions to integers."""
    import polars as pl

    texts = (pl.String, pl.Categorical, pl.Enum)
    is_text = isinstance(series.dtype, texts)
    if kind == "string" and not is_text:
        raise TypeError("expected text")
    if kind == "integer" and series.dtype.is_float():
        raise TypeError("expected whole numbers")
    if kind == "boolean" and series.dtype != pl.Boolean:
        raise TypeError("expected true or false")


def _refuse(frame: pl.DataFrame, rule: pl.Expr, what: str, spec: TableSpec, where: str) -> None:
    """Raise when `rule` (null counts as no) holds anywhere, showing the first offenders."""
    offenders = frame.filter(rule)
    if offenders.is_empty():
        return
    shown = [
        ", ".join(f"{name}={value}" for name, value in row.items())
        for row in offenders.head(3).select(list(dict.fromkeys(spec.columns))).to_dicts()
    ]
    raise _broken(
        f"breaks a rule: {what} in {offenders.height} rows, first: {'; '.join(shown)}", where
    )


def _broken(what: str, where: str) -> SourceError:
    return SourceError(
        f"The table {what}.",
        where=where,
        remedy="Copy the file again from its origin; if the origin changed, adapt the catalog.",
    )
