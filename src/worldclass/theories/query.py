"""A whole SELECT for a theory: classes, or expected shares where the theory has splits."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Literal

from worldclass.core.errors import UsageError
from worldclass.theories.classify import share_column
from worldclass.theories.encode import reference_column
from worldclass.theories.logic import fix_splits
from worldclass.theories.sql import case_tree, check_dialect, condition_tree, number_tree

if TYPE_CHECKING:
    from sqlglot import Expr

    from worldclass.theories.compile import CompiledTheory
    from worldclass.theories.splits import Estimate, SplitEntry


def class_query(
    compiled: CompiledTheory,
    dialect: str = "duckdb",
    *,
    table: str = "people",
    column: str = "class",
) -> str:
    """A SELECT that adds each person's class to a table.

    Parameters
    ----------
    compiled
        The compiled theory.
    dialect
        SQL dialect, one of `dialects()`.
    table
        Name of the table of persons, possibly qualified.
    column
        Name of the new column.

    Raises
    ------
    UsageError
        The dialect is not known, or a name is none.
    """
    from sqlglot import exp

    case = case_tree(compiled.structure.rules, compiled)
    query = exp.select("*", exp.alias_(case, valid_name(column, "column"))).from_(table_tree(table))
    return _comment(compiled, "column") + query.sql(check_dialect(dialect), pretty=True)


def share_query(
    compiled: CompiledTheory,
    dialect: str = "duckdb",
    *,
    table: str = "people",
    estimate: Estimate = "central",
) -> str:
    """A SELECT that adds each class's expected share of each row to a table.

    The inner query gives the fraction of each split and the class for every way of being inside
    or outside the splits; the outer one adds up the ways' probabilities.

    Parameters
    ----------
    compiled
        The compiled theory.
    dialect
        SQL dialect, one of `dialects()`.
    table
        Name of the table of persons, possibly qualified.
    estimate
        Which fraction of the splits to use.

    Raises
    ------
    UsageError
        The dialect is not known, or the table's name is none.
    """
    from sqlglot import exp

    inner = exp.select("*").from_(table_tree(table))
    for split in compiled.splits:
        inner = inner.select(exp.alias_(_fraction(compiled, split, estimate), f"fraction_{split}"))
    ways = list(itertools.product((False, True), repeat=len(compiled.splits)))
    for way in ways:
        states = dict(zip(compiled.splits, way, strict=True))
        rules = [fix_splits(rule, states) for rule in compiled.structure.rules]
        inner = inner.select(exp.alias_(case_tree(rules, compiled), _way_name(way)))
    outer = exp.select("*").from_(inner.subquery("ways"))
    for name in compiled.classes:
        terms = [_term(compiled, way, name) for way in ways]
        total = terms[0]
        for term in terms[1:]:
            total = exp.Add(this=total, expression=term)
        outer = outer.select(exp.alias_(total, share_column(name)))
    return _comment(compiled, "share") + outer.sql(check_dialect(dialect), pretty=True)


def _fraction(compiled: CompiledTheory, split: str, estimate: Estimate) -> Expr:
    """The fraction of a row that is inside a split."""
    from sqlglot import exp

    case = exp.Case()
    for entry in compiled.split_fraction(split):
        condition = condition_tree(entry.rule, compiled.parameters)
        case = case.when(condition, _entry_fraction(compiled, entry, estimate), copy=False)
    return case.else_(exp.Literal.number(0))


def _entry_fraction(compiled: CompiledTheory, entry: SplitEntry, estimate: Estimate) -> Expr:
    """An entry's fraction: a number, or a column of shares, scaled and stopped at 1."""
    from sqlglot import exp

    given = {"low": entry.low, "central": entry.central, "high": entry.high}[estimate]
    if entry.share is None or given == 1:
        return number_tree(float(entry.fraction(estimate, compiled.parameters)))
    value: Expr = exp.column(entry.share)
    if given is not None:
        if estimate != "high":
            return number_tree(float(entry.fraction(estimate, compiled.parameters)))
        value = exp.func("GREATEST", value, number_tree(given))
    if entry.scale is None:
        return value
    scaled = exp.Mul(this=value, expression=number_tree(float(compiled.parameters[entry.scale])))
    return exp.func("LEAST", scaled, exp.Literal.number(1))


def _term(compiled: CompiledTheory, way: tuple[bool, ...], name: str) -> Expr:
    """A way's probability where it leads to a class, else 0."""
    from sqlglot import exp

    leads = exp.EQ(this=exp.column(_way_name(way)), expression=exp.Literal.string(name))
    weight: Expr = exp.Literal.number(1)
    for split, inside in zip(compiled.splits, way, strict=True):
        factor: Expr = exp.column(f"fraction_{split}")
        if not inside:
            factor = exp.paren(exp.Sub(this=exp.Literal.number(1), expression=factor))
        weight = (
            factor if weight == exp.Literal.number(1) else exp.Mul(this=weight, expression=factor)
        )
    return exp.Case().when(leads, weight).else_(exp.Literal.number(0))


def _way_name(way: tuple[bool, ...]) -> str:
    return "class_" + ("".join("1" if inside else "0" for inside in way) or "only")


def _comment(compiled: CompiledTheory, splits: Literal["column", "share"]) -> str:
    """What the query expects; names and numbers only, so that no text of a file gets in."""
    theory = compiled.theory
    lines = [f"theory {theory.id}, version {theory.version}, {theory.digest[:12]}"]
    for name, value in compiled.parameters.items():
        unit = getattr(theory.parameters[name], "unit", "")
        lines.append(f"parameter {name} = {value} {unit}".rstrip())
    for reference in compiled.references:
        lines.append(f"column {reference_column(reference)}: reference income {reference}")
    if splits == "column":
        for split in compiled.splits:
            lines.append(f"column {split}: 1 for persons inside the split, 0 for all others")
    else:
        for share in compiled.shares:
            lines.append(f"column {share}: share from 0 to 1")
    return "".join(f"-- {line}\n" for line in lines)


def valid_name(text: str, what: str) -> str:
    """A name of a column or of a part of a table's name, if it can be one.

    Raises
    ------
    UsageError
        It holds other characters than letters, digits and underscores.
    """
    if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,62}", text):
        raise UsageError(
            f"{text!r} cannot name a {what}.", remedy="Use letters, digits and underscores."
        )
    return text


def table_tree(text: str) -> Expr:
    """A table's name, possibly qualified by schema and catalog."""
    from sqlglot import exp

    # BigQuery's projects have hyphens.
    parts = text.split(".")
    for part in parts:
        valid_name(re.sub("(?<=[A-Za-z0-9_])-(?=[A-Za-z0-9_])", "_", part), "table")
    if len(parts) > 3:
        raise UsageError(
            f"{text!r} cannot name a table.", remedy="Write catalog.schema.table at most."
        )
    names = [exp.to_identifier(part, quoted="-" in part) for part in reversed(parts)]
    table, schema, catalog = [*names, None, None][:3]
    return exp.Table(this=table, db=schema, catalog=catalog)
