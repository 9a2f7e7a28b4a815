"""An occupational scheme as SQL: one query in the dialect of a warehouse.

The query reads the occupation code into an integer, the status columns into one small integer,
looks both up in two CASE expressions, and gives the class, or else the reason why there is none,
exactly as the lookup in memory does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.occupations.classification import classification
from worldclass.schemes.sql_codes import Style, among, factorise, fill_arrays, lookup_tree
from worldclass.schemes.sql_columns import number_code, state_tree, text_code
from worldclass.surveys.canonical import REASONS
from worldclass.theories.query import table_tree, valid_name
from worldclass.theories.sql import check_dialect, number_tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlglot import Expr
    from sqlglot.expressions import Select

    from worldclass.schemes.axes import StatusAxis
    from worldclass.schemes.compile import CodingTable
    from worldclass.schemes.sql_codes import Factors
    from worldclass.schemes.sql_columns import ColumnKind

# Dialects that leave columns out of `*`; PostgreSQL has LATERAL instead.
DIALECTS = ("bigquery", "databricks", "duckdb", "postgres", "snowflake", "spark")
_LATERAL = ("postgres",)
# Spark runs long CASE expressions without compiling them, hundreds of times slower than arrays.
_ARRAYS = ("databricks", "spark")
_CODE, _STATE, _CELL = "worldclass_code", "worldclass_state", "worldclass_cell"
_WIDTH = 100


def scheme_query(
    compiled: CodingTable,
    dialect: str = "duckdb",
    *,
    table: str = "people",
    column: str = "class",
    code_column: str | None = None,
    digits: int = 4,
    kinds: Mapping[str, ColumnKind] | None = None,
    columns: Mapping[str, str] | None = None,
    companions: Sequence[str] = (),
) -> str:
    """A SELECT that adds each person's class, and the reason where there is none, to a table.

    Parameters
    ----------
    compiled
        The compiled scheme.
    dialect
        SQL dialect, one of `DIALECTS`.
    table
        Name of the table of persons, possibly qualified.
    column
        Name of the new column of classes; `{column}_missing` is that of reasons.
    code_column
        Column of occupation codes; by default the one named like the classification.
    digits
        How many digits the column's codes have; fewer than 4 for groups.
    kinds
        What columns hold, by the scheme's names: "text", "clean" (text without white space around
        it), "integer", "number" (floating point) or "boolean". Where nothing is said, codes are
        text or whole numbers, words are text or their numbers, and Boolean columns are numbers
        or truth values; to say it makes the query faster.
    columns
        Names that status columns have in the table, where they differ from the scheme's.
    companions
        Status columns, or the classification, with a companion `{name}_missing` in the table that
        says why a value is absent.

    Raises
    ------
    UsageError
        The dialect is not among those that can be written, or a name is none.

    Example
    -------
    >>> from worldclass.schemes.compile import compile_scheme
    >>> from worldclass.schemes.library import load_scheme
    >>> text = scheme_query(compile_scheme(load_scheme("isei"), "isco08"))
    >>> text.splitlines()[1]
    '-- column isco08: isco08 codes of 4 digits'
    """

    if dialect not in DIALECTS:
        check_dialect(dialect)
        raise UsageError(
            f"Schemes cannot be written in the SQL dialect '{dialect}'.",
            remedy=f"Dialects: {', '.join(DIALECTS)}.",
        )
    source = code_column or compiled.classification
    reading = Reading(source, digits, dict(kinds or {}), dict(columns or {}))
    style: Style = "array" if dialect in _ARRAYS else "conditions"
    steps = stages(compiled, reading, style, companions)
    final = dict(zip((valid_name(column, "column"), f"{column}_missing"), steps.pop(), strict=True))
    stack = _lateral if dialect in _LATERAL else _nested
    query = stack(table, steps, final)
    text = query.sql(dialect, pretty=True, max_text_width=_WIDTH)
    return _comment(compiled, reading) + fill_arrays(text, _WIDTH)


@dataclass(frozen=True)
class Reading:
    """How the columns of a table are to be read; see `scheme_query`."""

    code_column: str
    digits: int
    kinds: Mapping[str, ColumnKind]
    columns: Mapping[str, str]

    def column(self, name: str) -> Expr:
        """A status column in the table."""
        from sqlglot import exp

        return exp.column(valid_name(self.columns.get(name, name), "column"))


Step = dict[str, "Expr"]


def stages(
    compiled: CodingTable, reading: Reading, style: Style, companions: Sequence[str]
) -> list[Any]:
    """The steps from the columns of persons to the class.

    Returns
    -------
    list
        Steps, each a dictionary of helping columns made from those of the steps before; last the
        expressions of the class and of the reason.
    """
    from sqlglot import exp

    parts = factorise(compiled)
    code = exp.column(valid_name(reading.code_column, "column"))
    kind = reading.kinds.get(compiled.classification, "text")
    longer = classification(compiled.classification).longer
    if kind in ("text", "clean"):
        first = {_CODE: text_code(code, reading.digits, longer)}
    else:
        first = {_CODE: number_code(code, reading.digits, longer, whole=kind == "integer")}
    if compiled.axes:
        axes: list[tuple[StatusAxis, Expr, ColumnKind | None]] = [
            (axis, reading.column(axis.name), reading.kinds.get(axis.name))
            for axis in compiled.axes
        ]
        first[_STATE] = state_tree(axes)
    second = {_CELL: _cell(exp.column(_CODE), exp.column(_STATE), parts, style)}
    cell = exp.column(_CELL)
    told = {
        name: exp.column(valid_name(f"{reading.columns.get(name, name)}_missing", "column"))
        for name in companions
    }
    reasons = _reasons(cell, compiled, parts, told, style)
    return [first, second, (_classes(cell, compiled, parts, style), reasons)]


def _cell(code: Expr, state: Expr, parts: Factors, style: Style) -> Expr:
    """The number of a code's group and a state's position among the outcomes."""
    from sqlglot import exp

    group = lookup_tree(code, parts.group.tolist(), style)
    width = parts.outcomes.shape[1]
    if width == 1:
        return group
    position = lookup_tree(state, parts.position.tolist(), style)
    wide = exp.Mul(this=group, expression=exp.Literal.number(width))
    return exp.Add(this=wide, expression=position)


def _classes(cell: Expr, compiled: CodingTable, parts: Factors, style: Style) -> Expr:
    """The class of a cell, as text; the value of a scale, as a floating-point number."""
    from sqlglot import exp

    scale = compiled.scheme.kind == "scale"
    results: dict[int, Expr] = {
        index: number_tree(float(value)) if scale else exp.Literal.string(str(value))
        for index, value in enumerate(compiled.classes)
    }
    tree = lookup_tree(cell, [results.get(index) for index in parts.cells], style)
    return exp.cast(tree, "double" if scale else "text") if scale or not results else tree


def _reasons(
    cell: Expr,
    compiled: CodingTable,
    parts: Factors,
    companions: Mapping[str, Expr],
    style: Style,
) -> Expr:
    """The reason why a cell has no class; a companion column may say more."""
    from sqlglot import exp

    results: dict[int, Expr] = {
        index: exp.Literal.string(reason)
        for index, reason in enumerate(compiled.reasons, start=len(compiled.classes))
    }
    tree = lookup_tree(cell, [results.get(index) for index in parts.cells], style)
    case = exp.Case()
    for index, plain in results.items():
        name, _, why = plain.name.partition(": ")
        numbers = [number for number, found in enumerate(parts.cells) if found == index]
        if why == "missing" and name in companions and numbers:
            given, known = companions[name], [exp.Literal.string(reason) for reason in REASONS]
            more = exp.DPipe(
                this=exp.Literal.string(f"{name}: "), expression=given.copy(), safe=False
            )
            stated = exp.In(this=given.copy(), expressions=known)
            case = case.when(exp.and_(among(cell, numbers), stated), more, copy=False)
    return case.else_(tree, copy=False) if case.args.get("ifs") else tree


def _nested(table: str, steps: Sequence[Step], final: Step) -> Select:
    """Subqueries one in another; the outermost leaves the helping columns out."""
    from sqlglot import exp

    source: Expr = table_tree(table)
    for number, step in enumerate(steps, start=1):
        source = _select("*", step).from_(source).subquery(f"step_{number}")
    helpers = [exp.to_identifier(name) for step in steps for name in step]
    return _select(exp.Star(except_=helpers), final).from_(source)


def _lateral(table: str, steps: Sequence[Step], final: Step) -> Select:
    """The same with LATERAL, for dialects that cannot leave columns out of `*`."""
    from sqlglot import exp

    star = exp.Column(this=exp.Star(), table=exp.to_identifier("person"))
    query = _select(star, final).from_(exp.alias_(table_tree(table), "person", table=True))
    for number, step in enumerate(steps, start=1):
        inner = exp.Select().select(*(exp.alias_(tree, name) for name, tree in step.items()))
        alias = exp.TableAlias(this=exp.to_identifier(f"step_{number}"))
        query = query.join(exp.Lateral(this=inner.subquery(), alias=alias), join_type="cross")
    return query


def _select(star: str | Expr, columns: Mapping[str, Expr]) -> Select:
    from sqlglot import exp

    return exp.select(star, *(exp.alias_(tree, name) for name, tree in columns.items()))


def _comment(compiled: CodingTable, reading: Reading) -> str:
    """What the query expects; names and numbers only, so that no text of a file gets in."""
    scheme = compiled.scheme
    level = f"{compiled.classification} codes of {reading.digits} digits"
    lines = [
        f"scheme {scheme.id}, version {scheme.version}, {scheme.digest[:12]}",
        f"column {reading.code_column}: {level}",
    ]
    for axis in compiled.axes:
        kind = "0 or 1" if axis.kind == "boolean" else " | ".join(axis.codes) or axis.kind
        lines.append(f"column {reading.columns.get(axis.name, axis.name)}: {kind}")
    if compiled.assumed:
        given = ", ".join(f"{name} = {value}" for name, value in compiled.assumed.items())
        lines.append(f"assumed of everybody: {given}")
    return "".join(f"-- {line}\n" for line in lines)
