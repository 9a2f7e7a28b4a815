"""The lookup in memory, the generated SQL and SQL's own reading of the rules agree on every row."""

import itertools
import random
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from worldclass.core.errors import TheoryError
from worldclass.people.columns import columns
from worldclass.theories import (
    CompiledTheory,
    Theory,
    check_theory,
    class_query,
    class_shares,
    classify_frame,
    compile_theory,
    list_theories,
    load_theory,
    reference_column,
    share_query,
)
from worldclass.theories.classify import share_column
from worldclass.theories.encode import code_states
from worldclass.theories.schema import ChoiceParameter

REFERENCES = (
    "world_mean_labour_income",
    "national_mean_labour_income",
    "mean_welfare:BRA",
    "mean_welfare:ITA",
)
INCOMES = [None, float("nan"), -5.0, 0.0, 1.0, 10.0, 12.5, 1499.99, 1500.0, 1500.01, 3000.0, 1e12]
POSITIVE = [1.0, 10.0, 12.5, 500.0, 1000.0, 1500.0]
SPLITS = ("detached", "counts_as_manager", "fallen_out")

relaxed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def make_rows(seed: int, count: int = 40) -> list[dict[str, Any]]:
    """Random persons; from a seed, because drawing each field by itself would be slow."""
    chance = random.Random(seed)
    choices: dict[str, list[Any]] = {}
    for column in columns().values():
        codes: list[Any] = [*column.codes, None] if column.nullable else list(column.codes)
        choices[column.name] = codes if column.kind == "category" else INCOMES
    choices |= {reference_column(name): POSITIVE for name in REFERENCES}
    choices |= {split: [0, 1] for split in SPLITS}
    choices["long_term_unemployed"] = [0.0, 0.25, 1.0]
    return [{name: chance.choice(values) for name, values in choices.items()} for _ in range(count)]


seeds = st.integers(0, 2**32)


def compile_or_skip(theory: Theory, **parameters: float | str) -> CompiledTheory:
    """Compile a random theory, unless it is larger than theories may be."""
    try:
        return compile_theory(theory, parameters)
    except TheoryError as error:
        assume("at most" not in error.what)
        raise


def to_frame(rows: list[dict[str, Any]], compiled: CompiledTheory) -> pl.DataFrame:
    """Rows as a frame with a key, and incomes that lie exactly on the cut points added."""
    on_cuts = [
        {
            **row,
            cut.column: cut.value
            * (row[reference_column(cut.reference)] if cut.reference else 1.0),
        }
        for row, cut in itertools.product(rows[:3], compiled.cuts)
    ]
    schema = {name: pl.Float64 for name in rows[0] if isinstance(rows[0][name], float)}
    overrides = schema | {
        column.name: pl.String if column.kind == "category" else pl.Float64
        for column in columns().values()
    }
    return pl.DataFrame(rows + on_cuts, schema_overrides=overrides).with_row_index("key")


def run_sql(frame: pl.DataFrame, query: str, *names: str) -> dict[int, tuple[Any, ...]]:
    """The result of a query by key, because the engine's row order is not promised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.parquet"
        frame.write_parquet(path)
        with duckdb.connect() as connection:
            connection.execute("create table people as select * from read_parquet(?)", [str(path)])
            found = connection.execute(
                f"select key, {', '.join(names)} from ({query}) as answer"
            ).fetchall()
    return {row[0]: row[1:] for row in found}


def parameter_strategy(theory: Theory) -> st.SearchStrategy[dict[str, float | str]]:
    """Parameters, which may coincide with one another and with incomes of the rows."""
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for name, parameter in theory.parameters.items():
        if isinstance(parameter, ChoiceParameter):
            fields[name] = st.sampled_from(parameter.choices)
        else:
            fields[name] = st.sampled_from([parameter.default, *parameter.range, 0.0, 1.0, 1500.0])
    return st.fixed_dictionaries(fields)


def assert_same(compiled: CompiledTheory, rows: list[dict[str, Any]]) -> None:
    frame = to_frame(rows, compiled)
    ours = dict(zip(frame["key"], classify_frame(frame, compiled)["class"], strict=True))
    theirs = run_sql(frame, class_query(compiled), "class")
    assert ours == {key: row[0] for key, row in theirs.items()}


@pytest.mark.parametrize("name", list_theories())
@relaxed
@given(data=st.data())
def test_shipped_theories_classify_alike_in_memory_and_in_sql(
    name: str, data: st.DataObject
) -> None:
    theory = load_theory(name)
    compiled = compile_theory(theory, data.draw(parameter_strategy(theory)))
    assert_same(compiled, make_rows(data.draw(seeds)))


@pytest.mark.parametrize("name", ["bromma", "sakai", "kharas"])
@settings(relaxed, max_examples=15)
@given(data=st.data())
def test_expected_shares_agree_and_add_up_to_one(name: str, data: st.DataObject) -> None:
    theory = load_theory(name)
    compiled = compile_theory(theory, data.draw(parameter_strategy(theory)))
    estimate = data.draw(st.sampled_from(["low", "central", "high"]))
    frame = to_frame(make_rows(data.draw(seeds)), compiled)
    names = [share_column(class_id) for class_id in compiled.classes]
    ours = class_shares(frame, compiled, estimate=estimate).select(names).rows()
    theirs = run_sql(frame, share_query(compiled, estimate=estimate), *names)
    for key, row in zip(frame["key"], ours, strict=True):
        assert sum(row) == pytest.approx(1)
        assert [float(value) for value in theirs[key]] == pytest.approx(list(row))


def comparison() -> st.SearchStrategy[str]:
    """A random comparison, among those that rules allow."""
    operator = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
    income = st.sampled_from(["labour_income", "welfare"])
    number = st.sampled_from(["0", "1", "10", "12.5", "1500", "-5", "1e3"])
    amount = number | st.just("tau")
    categories = [column for column in columns().values() if column.kind == "category"]
    code = st.sampled_from([(column.name, item) for column in categories for item in column.codes])
    null = st.sampled_from(["is null", "is not null"])
    return st.one_of(
        st.builds("{} {} {}".format, income, operator, amount),
        st.builds("{2} {1} {0}".format, income, operator, amount),
        st.builds("{} between {} and {}".format, income, amount, amount),
        st.builds("{} not in ({}, {})".format, income, number, number),
        st.builds("{0[0]} {1} '{0[1]}'".format, code, st.sampled_from(["=", "<>"])),
        st.builds("{0[0]} {1} ('{0[1]}')".format, code, st.sampled_from(["in", "not in"])),
        st.builds("{} {}".format, st.sampled_from([item.name for item in categories]), null),
        st.builds("{} {}".format, income, null),
        st.builds("detached {} {}".format, st.sampled_from(["=", "<>"]), st.sampled_from("01")),
        st.builds("mode {} 'wide'".format, st.sampled_from(["=", "<>"])),
    )


def rule() -> st.SearchStrategy[str]:
    """A random rule: comparisons joined by AND, OR, NOT and parentheses."""
    return st.recursive(
        comparison(),
        lambda inner: st.one_of(
            st.builds("({} and {})".format, inner, inner),
            st.builds("({} or {})".format, inner, inner),
            st.builds("{} and {} or {}".format, inner, inner, inner),
            st.builds("not ({})".format, inner),
            st.builds("(not {})".format, inner),
        ),
        max_leaves=6,
    )


def random_theory(rules: list[str]) -> Theory:
    classes: list[dict[str, Any]] = [
        {"id": f"c{number}", "label": "c", "when": text} for number, text in enumerate(rules)
    ]
    words = {"description": "d", "source": "s"}
    return Theory.model_validate(
        {
            "id": "random",
            "label": "l",
            "version": "1",
            "description": "d",
            "citation": "c",
            "source_notes": "s",
            "lost": "l",
            "incomes": {"labour_income": {"anchor": "any"}, "welfare": {"anchor": "any"}},
            "parameters": {
                "tau": {"default": 10, "unit": "ppp2021_day", "range": (0, 3000), **words},
                "mode": {"default": "wide", "choices": ("wide", "narrow"), **words},
            },
            "split": [
                {
                    "id": "detached",
                    "when": "status = 'outside'",
                    "low": 0,
                    "central": 0.5,
                    "high": 1,
                    "source": "s",
                }
            ],
            "class": classes,
        }
    )


def naive_query(theory: Theory, compiled: CompiledTheory) -> str:
    """The rules' own text as SQL, parameters put in as numbers and NaN turned into NULL."""
    cases = " ".join(f"when {item.when} then '{item.id}'" for item in theory.classes)
    incomes = ", ".join(
        f"case when isnan({name}) then null else {name} end as {name}"
        for name in ("labour_income", "welfare")
    )
    tau = {cut.column: cut.value for cut in compiled.cuts if cut.parameter == "tau"}
    for name, value in tau.items():
        cases = cases.replace(
            f"{name} between tau and tau", f"{name} between {value!r} and {value!r}"
        )
    return (
        f"select key, case {cases} end as class from (select * replace ({incomes}), "
        f"'{compiled.parameters['mode']}' as mode, {float(compiled.parameters['tau'])!r} as tau "
        f"from people) as ready"
    )


@settings(relaxed, max_examples=150)
@given(
    rules=st.lists(rule(), min_size=1, max_size=3),
    seed=seeds,
    mode=st.sampled_from(["wide", "narrow"]),
    tau=st.sampled_from([0.0, 10.0, 12.5, 1500.0]),
)
def test_random_theories_mean_what_sql_says_that_their_rules_mean(
    rules: list[str], seed: int, mode: str, tau: float
) -> None:
    # tau is in a unit of welfare; comparing welfare only keeps its value the same in raw SQL
    rules = [text.replace("labour_income", "welfare") if "tau" in text else text for text in rules]
    theory = random_theory(rules)
    compiled = compile_or_skip(theory, mode=mode, tau=tau)
    frame = to_frame(make_rows(seed), compiled)
    ours = dict(zip(frame["key"], classify_frame(frame, compiled)["class"], strict=True))
    generated = run_sql(frame, class_query(compiled), "class")
    raw = run_sql(frame, naive_query(theory, compiled), "class")
    assert ours == {key: row[0] for key, row in generated.items()}
    assert ours == {key: row[0] for key, row in raw.items()}


def outside_where_uncovered(frame: pl.DataFrame, compiled: CompiledTheory) -> pl.DataFrame:
    """Nobody is inside a split that does not cover them: the proof takes that for granted."""
    codes = tuple(code_states(frame, axis) for axis in compiled.categories)
    for split in compiled.splits:
        covered = np.zeros(frame.height, dtype=bool)
        for entry in compiled.split_fraction(split):
            covered |= entry.cells[codes]
        inside = pl.when(pl.Series(covered)).then(pl.col(split)).otherwise(0)
        frame = frame.with_columns(inside.alias(split))
    return frame


@settings(relaxed, max_examples=60)
@given(
    rules=st.lists(rule(), min_size=1, max_size=3),
    seed=seeds,
)
def test_a_theory_that_is_proved_total_leaves_nobody_out(rules: list[str], seed: int) -> None:
    theory = random_theory(rules)
    compiled = compile_or_skip(theory)
    report = check_theory(theory)
    rows = outside_where_uncovered(to_frame(make_rows(seed), compiled), compiled)
    found = classify_frame(rows, compiled)["class"]
    if not any(problem.kind == "hole" for problem in report.problems):
        assert found.null_count() == 0
    unreachable = {
        problem.what.split("'")[1] for problem in report.problems if problem.kind == "unreachable"
    }
    assert not unreachable & set(found.drop_nulls())
