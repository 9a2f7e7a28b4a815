"""Frames of every kind: find the kind without importing its package, and add columns to it.

Only the columns that a theory reads are converted to Polars; all others stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.schemes.pandas_columns import from_pandas, to_pandas

if TYPE_CHECKING:
    import polars as pl

    from worldclass.schemes.coder import Coder

_KINDS = {
    ("polars", "DataFrame"): "polars",
    ("polars", "LazyFrame"): "lazy",
    ("pandas", "DataFrame"): "pandas",
    ("pyarrow", "Table"): "table",
    ("pyarrow", "RecordBatch"): "batch",
    ("pyarrow", "RecordBatchReader"): "reader",
    ("duckdb", "DuckDBPyRelation"): "duckdb",
    ("_duckdb", "DuckDBPyRelation"): "duckdb",
    ("pyspark", "DataFrame"): "spark",
}
LATER = ("lazy", "reader", "spark")
"""Kinds whose rows are coded when they are asked for."""


def kind_of(data: object) -> str:
    """Which kind of frame this is, by the names of its classes.

    Raises
    ------
    UsageError
        It is none that is known.

    Example
    -------
    >>> import polars as pl
    >>> kind_of(pl.LazyFrame({"isco08": [110]}))
    'lazy'
    """
    for kind in type(data).__mro__:
        found = _KINDS.get((kind.__module__.split(".")[0], kind.__name__))
        if found:
            return found
    raise UsageError(
        f"A {type(data).__module__}.{type(data).__qualname__} is no frame that can be classified.",
        remedy="Give a pandas, Polars or PySpark DataFrame, a PyArrow Table, or a DuckDB relation; "
        "for files there is classify_file.",
    )


def schema_of(data: Any) -> pl.Schema:
    """Names of a frame's columns, and their types in Polars (Null for those unknown there).

    Raises
    ------
    UsageError
        It is a Spark frame, whose types are Spark's.
    """
    import polars as pl  # takes 0.2 s to import

    kind = kind_of(data)
    if kind == "spark":
        raise _no_report(data)
    if kind == "polars":
        return data.schema
    if kind == "lazy":
        return data.collect_schema()
    if kind == "pandas":
        names = [str(name) for name in data.columns]
        kinds = [_pandas_type(data.iloc[:0, place]) for place in range(len(names))]
        return pl.Schema(dict(zip(names, kinds, strict=True)))
    import pyarrow as pa

    schema = (data.limit(0).to_arrow_table() if kind == "duckdb" else data).schema
    return pl.Schema(
        {
            field.name: _type_or_null(lambda kind=field.type: from_arrow(pa.array([], kind)))
            for field in schema
        }
    )


def needed_columns(data: Any, coder: Coder) -> pl.DataFrame:
    """The columns that a coder reads, as a Polars frame.

    Raises
    ------
    UsageError
        The frame is of a kind whose rows cannot be read without using them up.
    """
    import polars as pl  # takes 0.2 s to import

    kind = kind_of(data)
    if kind == "lazy":
        return data.select(coder.needs).collect()
    if kind == "polars":
        return data.select(coder.needs)
    if kind in ("spark", "reader"):
        raise _no_report(data)
    if kind == "duckdb":
        data = data.to_arrow_table()
    pandas = kind == "pandas"
    names = [str(name) for name in (data.columns if pandas else data.schema.names)]
    return pl.DataFrame({name: _converted(data, name, names, pandas) for name in coder.needs})


def _no_report(data: Any) -> UsageError:
    """The error of a frame whose rows cannot be looked at here."""
    kind = type(data)
    return UsageError(
        f"A {kind.__module__.split('.')[0]} {kind.__name__} cannot be reported on.",
        remedy="Collect it first, for example as a PyArrow Table.",
    )


def _converted(data: Any, name: str, names: list[str], pandas: bool) -> pl.Series:
    """One column of a pandas frame or Arrow table in Polars."""
    import polars as pl  # takes 0.2 s to import

    if names.count(name) > 1:
        raise UsageError(
            f"There are {names.count(name)} columns named '{name}'.",
            remedy="Rename or drop all but the one that is meant.",
        )
    place = names.index(name)
    try:
        return from_pandas(data.iloc[:, place]) if pandas else from_arrow(data.column(place))
    except (TypeError, ValueError, NotImplementedError, pl.exceptions.PolarsError) as cause:
        held = data.iloc[:, place].dtype if pandas else data.schema.field(place).type
        raise UsageError(
            f"Column '{name}' holds values of type {held}, which cannot be read.",
            remedy="Give numbers, truth values or text.",
        ) from cause


def from_arrow(column: Any) -> pl.Series:
    """An Arrow column in Polars.

    Raises
    ------
    NotImplementedError
        Polars knows no such type; of some, it would give up the process to say so.
    """
    import polars as pl  # takes 0.2 s to import
    import pyarrow as pa

    if pa.types.is_decimal256(column.type):
        raise NotImplementedError(str(column.type))
    return pl.Series(column)


def add_columns(data: Any, coder: Coder) -> Any:
    """The frame with a coder's columns, rows and order as they were."""
    ways: dict[str, Callable[[Any, Coder], Any]] = {
        "polars": _add_polars,
        "lazy": _add_lazy,
        "pandas": _add_pandas,
        "table": _add_arrow,
        "batch": _add_arrow,
        "reader": _add_reader,
        "duckdb": _add_duckdb,
    }
    return ways[kind_of(data)](data, coder)


def _add_polars(frame: pl.DataFrame, coder: Coder) -> pl.DataFrame:
    return frame.with_columns(coder.run(frame.select(coder.needs), None))


def _add_lazy(frame: pl.LazyFrame, coder: Coder) -> pl.LazyFrame:
    """One elementwise expression: other columns, filters and streaming are not its business."""
    import polars as pl  # takes 0.2 s to import

    def run(rows: pl.Series) -> pl.Series:
        return pl.DataFrame(coder.run(rows.struct.unnest(), 1)).to_struct(rows.name)

    packed = pl.struct(coder.needs).map_batches(
        run, return_dtype=pl.Struct(dict(coder.types)), is_elementwise=True
    )
    hidden = "__worldclass__"
    while hidden in frame.collect_schema():
        hidden += "_"
    return (
        frame.with_columns(packed.alias(hidden))
        .with_columns(pl.col(hidden).struct.field(name) for name in coder.types)
        .drop(hidden)
    )


def _add_pandas(data: Any, coder: Coder) -> Any:
    made = coder.run(needed_columns(data, coder), None)
    return data.assign(**{one.name: to_pandas(one, data.index) for one in made})


def _add_arrow(data: Any, coder: Coder) -> Any:
    """A Table or RecordBatch with columns appended."""
    import pyarrow as pa

    for one in coder.run(needed_columns(data, coder), None):
        array = one.rechunk().to_arrow()
        data = data.append_column(pa.field(one.name, array.type), array)
    return data


def _add_reader(data: Any, coder: Coder) -> Any:
    """A reader that classifies each batch when it is asked for."""
    import pyarrow as pa

    schema = _add_arrow(data.schema.empty_table(), coder).schema

    def batches() -> Iterator[Any]:
        for batch in data:
            yield _add_arrow(batch, coder)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _add_duckdb(data: Any, coder: Coder) -> Any:
    """A relation over the classified rows, in the order in which the relation gave them."""
    classified = _add_arrow(data.to_arrow_table(), coder)  # noqa: F841  # pyright: ignore[reportUnusedVariable]
    # DuckDB finds the table by the name of this function's variable.
    return data.query("worldclass_source", f"SELECT * {_as_enums(coder)} FROM classified")


def _as_enums(coder: Coder) -> str:
    """SQL that keeps the order of the classes, which DuckDB drops from Arrow's dictionaries."""
    import polars as pl  # takes 0.2 s to import

    def quoted(text: str, mark: str) -> str:
        return mark + text.replace(mark, 2 * mark) + mark

    def cast(name: str, words: list[str]) -> str:
        listed = ", ".join(quoted(word, "'") for word in words)
        name = quoted(name, '"')
        return f"CAST({name} AS ENUM ({listed})) AS {name}"

    casts = [
        cast(name, words)
        for name, kind in coder.types.items()
        if isinstance(kind, pl.Enum) and (words := kind.categories.to_list())
    ]
    return f"REPLACE ({', '.join(casts)})" if casts else ""


def _pandas_type(empty: Any) -> pl.DataType:
    """The type of a pandas column, which never depends on its rows; text for objects."""
    import polars as pl  # takes 0.2 s to import

    return pl.String() if empty.dtype == object else _type_or_null(lambda: from_pandas(empty))


def _type_or_null(convert: Callable[[], pl.Series]) -> pl.DataType:
    """The type of a column in Polars, Null where it cannot be converted."""
    import polars as pl  # takes 0.2 s to import

    try:
        return convert().dtype
    except (TypeError, ValueError, NotImplementedError, pl.exceptions.PolarsError):
        return pl.Null()
