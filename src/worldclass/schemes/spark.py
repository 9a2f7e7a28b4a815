"""Classify a Spark frame by any theory: the same classes and reasons as in memory."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import TheoryError, UsageError
from worldclass.schemes.coder import Options, find_theory, make_coder
from worldclass.schemes.plan import plan_coding, warn_simplified
from worldclass.schemes.schema import Scheme
from worldclass.schemes.spark_coding import HELPER, check_names, code_spark, column_of, expression
from worldclass.theories.compile import compile_theory
from worldclass.theories.encode import reference_column
from worldclass.theories.sql import case_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pyspark.sql import Column, DataFrame
    from sqlglot import Expr

    from worldclass.schemes.coder import Coder, TheoryLike
    from worldclass.theories.compile import CompiledTheory
    from worldclass.theories.schema import Theory

_NUMBERS = ("tinyint", "smallint", "int", "bigint", "float", "double", "boolean", "void", "decimal")


def classify_spark(
    frame: DataFrame,
    theory: TheoryLike,
    *,
    occupation: str | None = None,
    survey: str | Path | None = None,
    method: str = "auto",
    digits: int = 4,
    column: str = "class",
    parameters: Mapping[str, Any] | None = None,
    references: Mapping[str, float | str] | None = None,
    assume: Sequence[str] = (),
) -> DataFrame:
    """A Spark frame with each person's class in a new column, computed when Spark runs it.

    Parameters
    ----------
    frame
        One row a person.
    theory
        An occupational scheme or a population theory: its id, or the path of a .toml file.
    occupation, survey, method, digits, column, parameters, references, assume
        As for `worldclass.classify`. With a survey, the machines of the cluster need this
        package; otherwise they need not even have Python.

    Returns
    -------
    The frame with the new columns: classes and reasons are text, a scale is floating point.

    Raises
    ------
    UsageError
        A column is lacking or taken, or an option cannot be meant.
    TheoryError
        The theory is malformed. What a population theory refuses in the data, such as an unknown
        code, stops the job when Spark runs it.
    """
    found = find_theory(theory)
    if not isinstance(found, Scheme):
        for name, given, usual in (
            ("occupation", occupation, None),
            ("survey", survey, None),
            ("method", method, "auto"),
            ("digits", digits, 4),
            ("assume", tuple(assume), ()),
        ):
            if given != usual:
                raise UsageError(
                    f"Theory '{found.id}' does not code occupations: {name} has no meaning for it.",
                    remedy="Leave it out.",
                )
        return _by_population_theory(frame, found, column, parameters, references or {})
    if survey is not None or references or assume:
        options = Options(
            occupation, survey, method, digits, column, parameters, references, assume
        )
        return _in_batches(frame, found, options)
    plan = plan_coding(
        frame.columns,
        found,
        occupation=occupation,
        method=method,
        digits=digits,
        parameters={name: str(word) for name, word in (parameters or {}).items()},
    )
    warn_simplified(plan, method)
    return code_spark(frame, plan, column)


def _in_batches(frame: DataFrame, scheme: Scheme, options: Options) -> DataFrame:
    """A survey's rows, classified batch by batch by the engine in memory where they lie."""
    import polars as pl  # takes 0.2 s to import
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    def run(batches: Iterator[Any]) -> Iterator[Any]:
        coder: Coder | None = None
        for batch in batches:
            rows = pl.DataFrame(pa.Table.from_batches([batch]))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # they were given where the job was started
                coder = coder or make_coder(rows.schema, scheme, options)
            table = pa.Table.from_batches([batch])
            for one in coder.run(rows, 1):
                table = table.append_column(one.name, _plain(one))
            yield from table.to_batches()

    def _plain(series: pl.Series) -> Any:
        kind = pa.float64() if series.dtype == pl.Float64 else pa.string()
        return pa.array(series.to_list(), kind)

    given = to_arrow_schema(frame.schema)
    coder = make_coder(pl.DataFrame(given.empty_table()).schema, scheme, options)
    check_names(frame, tuple(coder.types))
    for name, kind in coder.types.items():
        given = given.append(pa.field(name, pa.float64() if kind == pl.Float64 else pa.string()))
    return frame.mapInArrow(run, from_arrow_schema(given))


def _by_population_theory(
    frame: DataFrame,
    theory: Theory,
    column: str,
    parameters: Mapping[str, Any] | None,
    references: Mapping[str, float | str],
) -> DataFrame:
    """Classes by the CASE expression of a population theory."""
    from pyspark.sql import functions
    from sqlglot import exp

    compiled = compile_theory(theory, parameters)
    check_names(frame, (column,))
    inputs = dict(_inputs(frame, compiled, references))
    staged = frame.withColumns({HELPER + name: value for name, value in inputs.items()})

    def renamed(node: Expr) -> Expr:
        return exp.column(HELPER + node.name) if isinstance(node, exp.Column) else node

    found = expression(case_tree(compiled.structure.rules, compiled).transform(renamed))
    for refused, words in _refused(compiled):
        problem = functions.raise_error(f"theory {theory.id}: {words}")
        found = functions.when(refused, problem).otherwise(found)
    return staged.withColumn(column, found).drop(*(HELPER + name for name in inputs))


def _inputs(
    frame: DataFrame, compiled: CompiledTheory, references: Mapping[str, float | str]
) -> Iterator[tuple[str, Column]]:
    """The columns that a population theory reads, by the names in its rules."""
    from pyspark.sql import functions

    kinds = dict(frame.dtypes)
    for axis in compiled.categories:
        value = column_of(frame, axis.name)
        if kinds[axis.name] not in ("string", "void"):
            raise TheoryError(f"Column '{axis.name}' has type {kinds[axis.name]}, not text.")
        yield axis.name, value.cast("string")
    sources = {cut.column: cut.column for cut in compiled.cuts}
    sources |= {split: split for split in compiled.splits}
    for reference in compiled.references:
        name = reference_column(reference)
        given = references.get(reference, name)
        if isinstance(given, str):
            sources[name] = given
        else:
            yield name, functions.lit(float(given))
    for name, source in sources.items():
        value = column_of(frame, source)
        if not kinds[source].startswith(_NUMBERS):
            raise TheoryError(f"Column '{source}' has type {kinds[source]}, not a number.")
        yield name, value.cast("double")


def _refused(compiled: CompiledTheory) -> Iterator[tuple[Column, str]]:
    """Conditions under which the engine in memory refuses a row, and what is wrong with it."""
    from pyspark.sql import functions

    def column(name: str) -> Column:
        return functions.col(HELPER + name)

    for axis in compiled.categories:
        known = [code for code in axis.codes if code is not None]
        yield ~column(axis.name).isin(known), f"column '{axis.name}' holds an unknown code"
        if None not in axis.codes:
            yield column(axis.name).isNull(), f"column '{axis.name}' is empty"
    for name in dict.fromkeys(cut.column for cut in compiled.cuts):
        endless = column(name).isin(float("inf"), float("-inf"))
        yield endless, f"column '{name}' is infinite"
    for reference in compiled.references:
        value = column(reference_column(reference))
        sound = (value > 0) & (value < float("inf"))
        words = f"reference income '{reference}' is missing or not positive"
        yield ~functions.coalesce(sound, functions.lit(False)), words
    for split in compiled.splits:
        inside = functions.coalesce(column(split).isin(0.0, 1.0), functions.lit(False))
        yield ~inside, f"split column '{split}' is neither 0 nor 1"
