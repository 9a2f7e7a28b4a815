"""Classify persons: our lookup against engines that run the same rules one after another.

The theory is `bromma`. DuckDB and Polars run the CASE expression that the package writes,
pandas the same rules as masks for `numpy.select`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.comparison import Comparison, compare, named
from worldclass.people.columns import columns
from worldclass.theories import case_sql, classify_frame, compile_theory, load_theory, logic

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from worldclass.theories import CompiledTheory

INCOME = {"log_mean": 6.5, "log_sd": 1.0}
MEAN = 1_200.0


def classification(*, smoke: bool) -> list[Comparison]:
    """Ours against DuckDB, Polars and pandas."""
    import duckdb
    import polars as pl

    rows, runs = (20_000, 1) if smoke else (5_000_000, 5)
    compiled = compile_theory(load_theory("bromma"))
    persons = random_persons(rows, compiled)
    case = case_sql(compiled, "duckdb")
    task = f"classify {rows:,} persons by bromma"

    def ours() -> pl.Series:
        return classify_frame(persons, compiled)["class"]

    expected = ours().cast(pl.String).to_list()

    connection = duckdb.connect()
    connection.execute("CREATE TABLE people AS SELECT * FROM persons")
    query = f"SELECT id, {case} AS class FROM people"

    def with_duckdb() -> pl.DataFrame:
        return connection.sql(query).pl()

    expression = pl.sql_expr(case).alias("class")

    def with_polars() -> pl.Series:
        return persons.select(expression).to_series()

    frame = persons.to_pandas()

    def with_pandas() -> object:
        return select_by_masks(frame, compiled)

    found = {
        named("duckdb", "CASE"): (with_duckdb, with_duckdb().sort("id")["class"].to_list()),
        named("polars", "CASE"): (with_polars, with_polars().to_list()),
        named("pandas", "masks"): (with_pandas, list(select_by_masks(frame, compiled))),
    }
    results = []
    for peer, (work, classes) in found.items():
        if classes != expected:
            raise AssertionError(f"{peer} and worldclass disagree on the class of a person.")
        results.append(compare(task, peer, ours, work, runs=runs, difference="none"))
    return results


def random_persons(rows: int, compiled: CompiledTheory) -> pl.DataFrame:
    """Persons with every combination of codes, a tenth of their nullable columns empty."""
    import polars as pl

    rng = np.random.default_rng(20)
    data: dict[str, Any] = {"id": np.arange(rows)}
    for axis in compiled.categories:
        codes = list(columns()[axis.name].codes)
        picks = pl.Series(rng.integers(len(codes), size=rows))
        data[axis.name] = pl.Series(codes).gather(picks)
        if None in axis.codes:
            keep = pl.Series(rng.random(rows) > 0.1)
            data[axis.name] = pl.select(pl.when(keep).then(data[axis.name])).to_series()
    income = rng.lognormal(INCOME["log_mean"], INCOME["log_sd"], rows)
    data["labour_income"] = pl.Series(np.where(rng.random(rows) < 0.1, np.nan, income)).fill_nan(
        None
    )
    data["national_mean_labour_income"] = np.full(rows, MEAN)
    for split in compiled.splits:
        data[split] = rng.integers(2, size=rows)
    return pl.DataFrame(data)


def select_by_masks(frame: pd.DataFrame, compiled: CompiledTheory) -> Any:
    """The rules as pandas users write them: one mask a class, the first that holds decides."""
    masks = [mask(rule, frame, compiled) for rule in compiled.structure.rules]
    return np.select(masks, list(compiled.classes), default="")


def mask(formula: logic.Formula, frame: pd.DataFrame, compiled: CompiledTheory) -> Any:
    """Where a formula holds, as a Boolean array."""
    if isinstance(formula, logic.Always):
        return np.full(len(frame), formula.true)
    if isinstance(formula, logic.AllOf | logic.AnyOf):
        join = np.logical_and if isinstance(formula, logic.AllOf) else np.logical_or
        return join.reduce([mask(part, frame, compiled) for part in formula.parts])
    if isinstance(formula, logic.SplitTest):
        return (frame[formula.split] == int(formula.inside)).to_numpy()
    if isinstance(formula, logic.CodeTest):
        return frame[formula.column].isin(formula.codes).to_numpy()
    if isinstance(formula, logic.MissingTest):
        return (frame[formula.column].isna() == formula.missing).to_numpy()
    point: Any = formula.threshold.value(compiled.parameters)
    if formula.threshold.reference is not None:
        point = point * frame[formula.threshold.reference]
    operators = {"=": "eq", "<>": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
    column = frame[formula.threshold.column]
    return (getattr(column, operators[formula.operator])(point) & column.notna()).to_numpy()
