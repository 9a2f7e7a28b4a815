"""A scheme as SQL gives what the engine in memory gives, for every person it can tell apart."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest
import sqlglot

from worldclass.core.errors import UsageError
from worldclass.schemes.classify import classify
from worldclass.schemes.sql import DIALECTS, scheme_query
from worldclass.schemes.sql_codes import factorise

from .domain import ODD_CODES, domain, table_of, tables

pytestmark = pytest.mark.filterwarnings(
    "ignore::worldclass.schemes.unreadable.UnreadableValueWarning"
)

LONGEST = 60_000


def run(query: str, people: pl.DataFrame) -> pl.DataFrame:
    """The result of a query over a table `people`, in the order of `id`."""
    with duckdb.connect() as connection:
        connection.register("people", people.to_arrow())
        return connection.sql(query).pl().sort("id")


def assert_same(found: pl.DataFrame, people: pl.DataFrame, name: str, **options: Any) -> None:
    """The engine in memory gives these classes and reasons."""
    expected = classify(people, name, **options)
    assert found["class"].to_list() == expected["class"].to_list()
    assert found["class_missing"].to_list() == expected["class_missing"].to_list()


@pytest.mark.parametrize(("name", "classification"), tables())
def test_every_person_gets_the_class_or_reason_of_the_engine_in_memory(
    name: str, classification: str
) -> None:
    table = table_of(name, classification)
    people = domain(table)
    found = run(scheme_query(table), people)
    assert_same(found, people, name, occupation=classification)
    assert found.drop("class", "class_missing").equals(people.with_columns(pl.col("id")))


@pytest.mark.parametrize(("name", "classification"), tables())
def test_the_query_is_short(name: str, classification: str) -> None:
    table = table_of(name, classification)
    assert len(scheme_query(table, "bigquery")) < LONGEST


@pytest.mark.parametrize("name", ["esec", "wright-power", "isei-decimal"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_dialect_can_read_the_query(name: str, dialect: str) -> None:
    classification = next(other for known, other in tables() if known == name)
    text = scheme_query(table_of(name, classification), dialect, table="survey.people")
    parsed = sqlglot.parse_one(text, dialect=dialect)
    assert [column.alias_or_name for column in parsed.selects[1:]] == ["class", "class_missing"]


@pytest.mark.parametrize("kind", ["integer", "number", "text"])
@pytest.mark.parametrize("digits", [1, 2, 3, 4])
def test_codes_may_be_numbers_and_groups(kind: Any, digits: int) -> None:
    values: list[float | None] = [*range(-3, 10_050), 100_000, None]
    codes = pl.Series("isco08", values, dtype=pl.Float64 if kind == "number" else pl.Int64)
    if kind == "number":
        codes = codes.append(pl.Series([2310.5, float("nan"), float("inf"), -0.0]))
    people = codes.to_frame().with_row_index("id")
    query = scheme_query(table_of("isei", "isco08"), digits=digits, kinds={"isco08": kind})
    assert_same(run(query, people), people, "isei", digits=digits)


def test_groups_may_be_text() -> None:
    people = pl.DataFrame({"isco08": [*ODD_CODES, "23", "231", "01"]}).with_row_index("id")
    query = scheme_query(table_of("isei", "isco08"), digits=2)
    assert_same(run(query, people), people, "isei", digits=2)


@pytest.mark.parametrize("kind", [pl.Int8, pl.Int64, pl.Float64, pl.Boolean, pl.Decimal(5, 2)])
def test_boolean_columns_may_be_numbers_or_truth_values(kind: Any) -> None:
    table = table_of("esec", "isco08")
    columns = {axis.name: pl.Series([1, 0, None]).cast(kind) for axis in table.axes[:2]}
    people = pl.DataFrame({"id": [1, 2, 3], "isco08": ["1120"] * 3, **columns, "employees": 12})
    for said in (None, "boolean" if kind == pl.Boolean else "integer"):
        kinds = dict.fromkeys(columns, said) if said else None
        assert_same(run(scheme_query(table, kinds=kinds), people), people, "esec")  # pyright: ignore


@pytest.mark.parametrize("kind", [None, "integer"])
def test_words_may_be_numbers(kind: Any) -> None:
    table = table_of("eseg", "isco08")
    words = {axis.name: list(range(-1, 8)) for axis in table.axes if axis.kind == "words"}
    people = pl.DataFrame(words | {"isco08": ["2310"] * 9}).with_row_index("id")
    rest = [pl.lit(40).alias(axis.name) for axis in table.axes if axis.name not in words]
    people = people.with_columns(rest)
    query = scheme_query(table, kinds=dict.fromkeys(words, kind) if kind else None)
    assert_same(run(query, people), people, "eseg")


def test_a_companion_column_says_why_a_value_is_missing() -> None:
    table = table_of("esec", "isco08")
    told = [None, "refused", "don't know", "something else"]
    people = pl.DataFrame(
        {"isco08": ["2310", "2310", None, "2310"], "self_employed": [0, None, 0, None]}
    ).with_columns(
        supervisor=pl.lit(0),
        employees=pl.lit(0),
        self_employed_missing=pl.Series(told),
        isco08_missing=pl.Series(told),
    )
    people = people.with_row_index("id")
    found = run(scheme_query(table, companions=("isco08", "self_employed")), people)
    assert found["class_missing"].to_list()[1:3] == ["self_employed: refused", "isco08: don't know"]
    assert_same(found, people, "esec")


def test_columns_of_the_table_may_have_other_names() -> None:
    table = table_of("oesch16", "isco08")
    people = pl.DataFrame({"id": [1], "isco": ["1120"], "selfemp": [1], "size": [20]})
    query = scheme_query(
        table,
        code_column="isco",
        columns={"self_employed": "selfemp", "employees": "size"},
        column="oesch",
    )
    ours = people.rename({"isco": "isco08", "selfemp": "self_employed", "size": "employees"})
    coded = classify(ours, "oesch16")
    assert run(query, people).row(0, named=True)["oesch"] == coded["class"].item()


@pytest.mark.parametrize(("name", "classification"), tables())
def test_groups_and_positions_give_back_every_cell(name: str, classification: str) -> None:
    table = table_of(name, classification)
    parts = factorise(table)
    assert np.array_equal(parts.outcomes[parts.group][:, parts.position], table.cells)
    assert len(np.unique(parts.outcomes, axis=0)) == len(parts.outcomes)


def test_a_dialect_that_cannot_leave_columns_out_is_refused() -> None:
    table = table_of("isei", "isco08")
    with pytest.raises(UsageError, match="cannot be written"):
        scheme_query(table, "sqlite")
    with pytest.raises(UsageError, match="no SQL dialect"):
        scheme_query(table, "sequel")


@pytest.mark.parametrize("options", [{"table": "a b"}, {"column": "x'"}, {"code_column": "1;"}])
def test_a_name_that_is_none_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="cannot name"):
        scheme_query(table_of("isei", "isco08"), **options)  # pyright: ignore
