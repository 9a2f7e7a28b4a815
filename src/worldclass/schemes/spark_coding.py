"""Code a Spark frame by a plan, with Spark's own expressions.

They are made from the same trees as the SQL queries, so that the machines of a cluster need
neither Python nor this package. Each row is looked up by itself: no row moves to another
partition, none is added or lost, and the order within a partition stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from worldclass.core.errors import UsageError
from worldclass.schemes.sql import Reading, stages
from worldclass.schemes.sql_columns import BLANKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame
    from sqlglot import Expr

    from worldclass.schemes.plan import Plan
    from worldclass.schemes.sql_columns import ColumnKind

HELPER = "worldclass_"
"""How the names of helping columns begin."""

_WHOLE = ("tinyint", "smallint", "int", "bigint", "void")
_FRACTIONAL = ("float", "double")
# Texts that are numbers; Java would also take "1d" and " 1".
_NUMBER = r"^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?\z"


def code_spark(frame: DataFrame, plan: Plan, column: str = "class") -> DataFrame:
    """A Spark frame with each person's class, and the reason where there is none.

    Parameters
    ----------
    frame
        One row a person. Columns may be text, numbers or truth values, as in memory.
    plan
        How to code.
    column
        Name of the new column; `{column}_missing` is that of reasons. Classes are text, the
        values of a scale floating-point numbers.

    Raises
    ------
    UsageError
        A column is of a type that can hold no codes, or a name is taken.
    """
    table = plan.table
    new = (column, f"{column}_missing")
    check_names(frame, new)
    columns = dict(zip(table.columns, plan.status, strict=True))
    words = {axis.name for axis in table.axes if axis.kind == "words"}
    inputs: dict[str, Column] = {}
    kinds: dict[str, ColumnKind] = {}
    for name, own in {table.classification: plan.code, **columns}.items():
        codes = name == table.classification
        kinds[name], inputs[HELPER + name] = _input(frame, own, codes, name in words)
    for name, own in plan.companions.items():
        inputs[f"{HELPER}{name}_missing"] = column_of(frame, own).cast("string")
    named = {name: HELPER + name for name in kinds}
    reading = Reading(named[table.classification], plan.digits, kinds, named)
    *steps, final = stages(table, reading, "array", tuple(plan.companions))
    staged = frame.withColumns(inputs)
    for step in steps:
        staged = staged.withColumns({name: expression(tree) for name, tree in step.items()})
    found = dict(zip(new, map(expression, final), strict=True))
    helpers = [*inputs, *(name for step in steps for name in step)]
    return staged.withColumns(found).drop(*helpers)


def _input(frame: DataFrame, name: str, as_codes: bool, words: bool) -> tuple[ColumnKind, Column]:
    """What a column holds, and the column in a type that the expressions can read."""
    from pyspark.sql import functions

    column, kind = column_of(frame, name), dict(frame.dtypes)[name]
    if kind in _WHOLE:
        return "integer", column.cast("bigint")
    if kind in _FRACTIONAL or kind.startswith("decimal"):
        return "number", column.cast("double")
    if as_codes and kind != "string":
        raise UsageError(
            f"Column '{name}' has type {kind}, which cannot hold occupation codes.",
            remedy="Give codes as text or whole numbers.",
        )
    if kind == "boolean":
        return "boolean", column
    text = column.cast("string")
    if as_codes:
        return "text", text
    clean = functions.trim(text, functions.lit(BLANKS))
    if words:  # Spark is slow at cutting off white space
        plain = text.rlike("^[0-9a-z-]+[0-9a-z]\\z")
        return "clean", functions.when(plain, text).otherwise(clean)
    return "number", functions.when(clean.rlike(_NUMBER), clean.try_cast("double"))


def column_of(frame: DataFrame, name: str) -> Column:
    """A column by its exact name."""
    if name not in frame.columns:
        raise UsageError(
            f"The frame has no column '{name}', which the scheme needs.",
            where=f"columns: {', '.join(frame.columns[:30])}",
            remedy="Add the column.",
        )
    return frame["`" + name.replace("`", "``") + "`"]


def check_names(frame: DataFrame, new: Sequence[str]) -> None:
    """Refuse names under which Spark would overwrite another column or a helping one."""
    for name in frame.columns:
        if name.lower() in {item.lower() for item in new}:
            raise UsageError(
                f"The data have a column '{name}' already.",
                remedy="Choose another name for the new one: column='…'.",
            )
        if name.lower().startswith(HELPER):
            raise UsageError(
                f"Column '{name}' has a name that is used for the work itself.",
                remedy=f"Rename it: names that begin with '{HELPER}' are taken.",
            )


def expression(tree: Expr) -> Column:
    """A tree as a Spark expression."""
    from pyspark.sql import functions

    return functions.expr(tree.sql(dialect="spark"))
