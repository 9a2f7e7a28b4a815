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
_TEXTUAL = ("string", "char", "varchar")
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
    axis_kinds = {axis.name: axis.kind for axis in table.axes}
    inputs: dict[str, Column] = {}
    kinds: dict[str, ColumnKind] = {}
    for name, own in {table.classification: plan.code, **columns}.items():
        codes = name == table.classification
        if codes and plan.esco:
            kinds[name], inputs[HELPER + name] = "text", _esco_groups(frame, own)
        else:
            kinds[name], inputs[HELPER + name] = _input(frame, own, codes, axis_kinds.get(name))
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


def _input(
    frame: DataFrame, name: str, as_codes: bool, axis: str | None
) -> tuple[ColumnKind, Column]:
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
    if not kind.startswith(_TEXTUAL):
        raise UsageError(
            f"Column '{name}' has type {kind}, which is neither codes nor status.",
            remedy="Give numbers, truth values or text.",
        )
    text = column.cast("string")
    if as_codes:
        return "text", text
    clean = functions.trim(text, functions.lit(BLANKS))
    if axis == "words":  # Spark is slow at cutting off white space
        plain = text.rlike("^[0-9a-z-]+[0-9a-z]\\z")
        return "clean", functions.when(plain, text).otherwise(clean)
    number = functions.when(clean.rlike(_NUMBER), clean.try_cast("double"))
    if axis == "boolean":  # as text files hold truth values
        lower = functions.lower(clean)
        number = functions.when(lower == "true", 1.0).when(lower == "false", 0.0).otherwise(number)
    return "number", number


def _esco_groups(frame: DataFrame, name: str) -> Column:
    """ESCO occupation numbers as texts of four digits, by the rules of `occupations.esco`."""
    from pyspark.sql import functions

    from worldclass.occupations.classification import classification

    kind = dict(frame.dtypes)[name]
    if kind not in (*_WHOLE, "string"):
        raise UsageError(
            f"Column '{name}' has type {kind}, which holds no ESCO numbers.",
            remedy="Give them as text, such as 2654.1.7.",
        )
    units = [f"{unit:04d}" for unit in classification("isco08").unit_groups]
    armed = [unit[1:] for unit in units if unit.startswith("0")]
    text = functions.trim(column_of(frame, name).cast("string"), functions.lit(BLANKS))
    head = functions.coalesce(
        *(
            functions.nullif(functions.regexp_extract(text, pattern, 1), functions.lit(""))
            for pattern in (r"^([0-9]{3,4})(?:\.[0-9]+)+\z", r"^([0-9]{4})[0-9]*\z")
        )
    )
    whole, first = functions.length(head) == 4, functions.substring(head, 1, 3)
    lost = first.isin(armed) & (~whole | ~head.isin(units))
    return (
        functions.when(text == "", None)
        .when(lost, functions.concat(functions.lit("0"), first))
        .when(whole, head)
        .when(text.isNotNull(), "x")  # malformed
    )


def column_of(frame: DataFrame, name: str) -> Column:
    """A column by its exact name."""
    if name not in frame.columns:
        raise UsageError(
            f"The frame has no column '{name}', which the scheme needs.",
            where=f"columns: {', '.join(frame.columns[:30])}",
            remedy="Add the column.",
        )
    if frame.columns.count(name) > 1:
        raise UsageError(
            f"There are {frame.columns.count(name)} columns named '{name}'.",
            remedy="Rename or drop all but the one that is meant.",
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
