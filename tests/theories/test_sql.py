"""A theory as SQL: every dialect, no text of the file in it, names that are names."""

import pytest
import sqlglot

from worldclass.core.errors import UsageError
from worldclass.theories import (
    case_sql,
    class_query,
    compile_theory,
    list_theories,
    load_theory,
    share_query,
)
from worldclass.theories.sql import dialects, number_text

MAIN = ("duckdb", "spark", "bigquery", "snowflake", "postgres", "databricks", "redshift", "trino")


@pytest.mark.parametrize("theory", list_theories())
@pytest.mark.parametrize("dialect", MAIN)
def test_the_query_can_be_parsed_in_its_dialect(theory: str, dialect: str) -> None:
    compiled = compile_theory(load_theory(theory))
    for text in (class_query(compiled, dialect), share_query(compiled, dialect)):
        assert sqlglot.parse_one(text, dialect=dialect).key == "select"


def test_every_dialect_can_be_written() -> None:
    compiled = compile_theory(load_theory("milanovic"))
    for dialect in dialects():
        assert "not-classified" in case_sql(compiled, dialect)


def test_an_unknown_dialect_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"duckdb, .*spark"):
        case_sql(compile_theory(load_theory("pew")), "sparql")


def test_a_theory_is_one_case_expression() -> None:
    text = case_sql(compile_theory(load_theory("ilo-status")), "spark")
    assert text.startswith("CASE") and text.endswith("END")
    assert text.count("CASE") == 1


def test_reference_incomes_and_splits_are_columns_that_the_comment_names() -> None:
    text = class_query(compile_theory(load_theory("bromma")))
    assert "-- column national_mean_labour_income: reference income" in text
    assert "-- column detached: 1 for persons inside the split" in text
    assert "-- parameter tau = 1500.0 ppp2021_month" in text
    assert "labour_income >= 3 * national_mean_labour_income" in text


def test_expected_shares_name_the_share_that_they_need() -> None:
    text = share_query(compile_theory(load_theory("bromma")))
    assert "-- column long_term_unemployed: share from 0 to 1" in text
    assert "AS share_worker_elite" in text


def test_the_table_and_the_column_may_be_named() -> None:
    compiled = compile_theory(load_theory("pew"))
    text = class_query(compiled, table="surveys.ess.round6", column="tier")
    assert text.endswith("END AS tier\nFROM surveys.ess.round6")


@pytest.mark.parametrize("table", ["people; drop table x", "a b", "", "a.b.c.d", 'a"b', "a--b"])
def test_a_name_that_is_none_is_refused(table: str) -> None:
    with pytest.raises(UsageError, match="cannot name a table"):
        class_query(compile_theory(load_theory("pew")), table=table)


@pytest.mark.parametrize(
    "value", [0.0, 1500.0, 0.75, 13.25101471954619, 1e-7, 1e14, 0.1 + 0.2, 123456.789, 2**53 / 3]
)
def test_a_number_keeps_its_value(value: float) -> None:
    assert float(number_text(value)) == value
