"""Tables of every kind as Polars, the order of their categories kept.

A class scheme has an order, and the kinds of tables keep it in different places: pandas in the
categories of a Categorical, Arrow in a dictionary, DuckDB in the values of an ENUM. Here all
become a Polars Enum, which has both the order and the classes that nobody is in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import polars as pl


def to_polars(data: Any) -> pl.DataFrame:
    """A Polars frame from Polars (eager, lazy), pandas, DuckDB, or anything that speaks Arrow.

    Categories of pandas, dictionaries of Arrow and values of a DuckDB ENUM become an Enum in
    their order; those that are no text (numbers, intervals of ages) become text. A Polars
    Categorical has no order of its own and stays as it is.

    Raises
    ------
    UsageError
        When it is none of these, or has several columns of one name.
    """
    import polars as pl

    if isinstance(data, pl.LazyFrame):
        return data.collect()
    if isinstance(data, pl.DataFrame):
        return data
    kinds = {(kind.__module__.split(".")[0], kind.__name__) for kind in type(data).__mro__}
    if ("pandas", "DataFrame") in kinds:
        return _from_pandas(data)
    if kinds & {("duckdb", "DuckDBPyRelation"), ("_duckdb", "DuckDBPyRelation")}:
        return _from_duckdb(data)
    if hasattr(data, "__arrow_c_stream__"):
        return _from_arrow(data)
    raise UsageError(
        f"a {type(data).__module__}.{type(data).__name__} is not a table",
        where="survey statistics",
        remedy="Give a Polars or pandas frame, an Arrow table or a DuckDB relation.",
    )


def _refuse_twins(names: Sequence[Any]) -> None:
    """Refuse columns of one name, which a Polars frame cannot hold."""
    given = [str(name) for name in names]
    twins = [name for name in dict.fromkeys(given) if given.count(name) > 1]
    if twins:
        raise UsageError(
            f"there are several columns named {', '.join(map(repr, twins[:5]))}",
            where="survey statistics",
            remedy="Rename or drop all but the one that is meant.",
        )


def _from_pandas(data: Any) -> pl.DataFrame:
    import polars as pl

    _refuse_twins(list(data.columns))

    coded = [place for place, kind in enumerate(data.dtypes) if str(kind) == "category"]
    if not coded:
        return pl.from_pandas(data)
    columns: list[pl.Series] = []
    for place, name in enumerate(data.columns):
        column = data.iloc[:, place]
        if place in coded:
            codes = pl.Series(column.cat.codes.to_numpy()).cast(pl.Int64)
            columns.append(_ordered(codes, column.cat.categories.tolist()).alias(str(name)))
        else:
            columns.append(pl.from_pandas(column).alias(str(name)))
    return pl.DataFrame(columns)


def _from_duckdb(data: Any) -> pl.DataFrame:
    import polars as pl

    kinds = zip(data.columns, data.types, strict=True)
    values = {name: dict(kind.children)["values"] for name, kind in kinds if kind.id == "enum"}
    return pl.DataFrame(data).with_columns(
        pl.col(name).cast(pl.String).cast(pl.Enum(held)) for name, held in values.items()
    )


def _from_arrow(data: Any) -> pl.DataFrame:
    """Without pyarrow the dictionaries cannot be read, and Polars makes Categoricals of them.

    So it does of the dictionaries that it wrote for Categoricals, whose order means nothing.
    """
    import polars as pl

    try:
        import pyarrow as pa
    except ImportError:
        return pl.DataFrame(data)
    table: Any = pa.table(data).unify_dictionaries()
    _refuse_twins(table.column_names)
    columns: list[pl.Series] = []
    for field, column in zip(table.schema, table.columns, strict=True):
        unordered = any(key.startswith(b"_PL_CATEGORICAL") for key in field.metadata or ())
        if pa.types.is_dictionary(field.type) and column.num_chunks and not unordered:
            codes = [pl.Series(part.indices).cast(pl.Int64) for part in column.chunks]
            held = _ordered(pl.concat(codes), column.chunk(0).dictionary.to_pylist())
            columns.append(held.alias(field.name))
        else:
            columns.append(pl.Series(field.name, column))
    return pl.DataFrame(columns)


def _ordered(codes: pl.Series, categories: Sequence[Any]) -> pl.Series:
    """Positions among categories as an Enum; below 0 or empty is missing."""
    import polars as pl

    texts = [None if held is None else str(held) for held in categories]
    kind = pl.Enum(list(dict.fromkeys(text for text in texts if text is not None)))
    if not texts:
        return pl.Series([None] * codes.len(), dtype=kind)
    places = codes.to_frame("at").select(pl.when(pl.col("at") >= 0).then("at")).to_series()
    return pl.Series(texts, dtype=pl.String).gather(places).cast(kind)
