"""The order of classes survives in tables of every kind."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.statistics import SurveyDesign, cross_table, mobility, shares
from worldclass.statistics.frames import to_polars

ORDER = ["low", "middle", "high", "nobody"]
EGP = [str(number) for number in range(1, 12)]
# An occupation (ISCO-88), self-employment and employees of each of the eleven EGP classes.
PERSONS = [(2111, 0, 0), (1130, 0, 0), (3230, 0, 0), (4190, 0, 0), (7122, 1, 5), (7122, 1, 0)]
PERSONS += [(3452, 0, 0), (5122, 0, 0), (4142, 0, 0), (9211, 0, 0), (6111, 1, 0)]
STATUS = ("isco88", "self_employed", "employees")


def table_of(kind: str, frame: pl.DataFrame) -> Any:
    """The frame as another kind of table, ENUM in DuckDB included."""
    if kind == "polars":
        return frame
    if kind == "lazy":
        return frame.lazy()
    if kind == "pandas":
        pytest.importorskip("pandas")
        return frame.to_pandas()
    pytest.importorskip("pyarrow")
    table = frame.to_arrow()
    if kind == "arrow":
        return table
    if kind == "batch":
        return table.combine_chunks().to_batches()[0]
    if kind == "reader":
        return table.to_reader()
    duckdb = pytest.importorskip("duckdb")
    enums = ", ".join(
        f'"{name}"::ENUM({", ".join(repr(held) for held in kind.categories)}) AS "{name}"'
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.Enum)
    )
    columns = f"* REPLACE ({enums})" if enums else "*"
    connection = duckdb.connect()
    connection.register("given", table)
    return connection.sql(f"SELECT {columns} FROM given")


KINDS = ["lazy", "pandas", "arrow", "batch", "reader", "duckdb"]


@pytest.fixture(scope="module")
def survey() -> pl.DataFrame:
    """600 persons with the marks of their class and of their father's."""
    draw = np.random.default_rng(8)
    father = draw.integers(0, 11, 600)
    own = np.where(draw.uniform(size=600) < 0.4, father, draw.integers(0, 11, 600))
    son = pl.DataFrame([PERSONS[at] for at in own], schema=STATUS, orient="row")
    return son.with_columns(
        father=pl.Series([EGP[at] for at in father], dtype=pl.Enum(EGP)),
        sex=pl.Series(draw.choice(["men", "women"], 600)),
        w=draw.uniform(0.5, 2.0, 600),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_categories_keep_their_order_and_the_class_that_nobody_is_in(kind: str) -> None:
    frame = pl.DataFrame({"c": pl.Series(["high", None, "low"] * 4, dtype=pl.Enum(ORDER))})
    found = shares(table_of(kind, frame), "c")
    assert found["c"].to_list() == ORDER
    assert found.equals(shares(frame, "c"))


@pytest.mark.parametrize("kind", KINDS)
def test_eleven_classes_give_the_same_in_every_kind(kind: str, survey: pl.DataFrame) -> None:
    """Coded in their own kind: 10 and 11 come after 9, in Arrow as in pandas."""
    if kind == "batch" or kind == "reader":
        coded = table_of(kind, wc.classify(survey, "egp11", column="egp"))
    else:
        coded = wc.classify(table_of(kind, survey), "egp11", column="egp")
    own = wc.classify(survey, "egp11", column="egp")
    read = to_polars(coded)
    assert shares(read, "egp")["egp"].cast(pl.String).to_list() == EGP
    design = SurveyDesign(weight="w")
    for table in ("shares", "cross", "tests"):
        found, expected = (
            shares(frame, "egp", by="sex", design=design)
            if table == "shares"
            else getattr(
                cross_table(frame, "egp", "sex", design=design),
                {"cross": "table", "tests": "tests"}[table],
            )
            for frame in (read, own)
        )
        texts = [pl.col(name).cast(pl.String) for name in ("egp",) if name in found.columns]
        assert found.with_columns(texts).equals(expected.with_columns(texts))


@pytest.mark.parametrize("kind", KINDS)
def test_mobility_models_do_not_depend_on_the_kind(kind: str, survey: pl.DataFrame) -> None:
    pytest.importorskip("statsmodels")
    coded = wc.classify(survey, "egp11", column="egp")
    expected = mobility(coded, "father", "egp")
    found = mobility(table_of(kind, coded), "father", "egp")
    assert found.classes == tuple(EGP)
    assert found.absolute(EGP).equals(expected.absolute(EGP))
    assert found.models().equals(expected.models())
    assert found.odds_ratios("local", continuity=0.5).equals(
        expected.odds_ratios("local", continuity=0.5)
    )


def test_text_that_is_all_numbers_is_in_the_order_of_the_numbers() -> None:
    for dtype in (pl.String, pl.Categorical):
        frame = pl.DataFrame({"c": pl.Series([*EGP[::-1], "-1"], dtype=dtype)})
        assert shares(frame, "c")["c"].to_list() == ["-1", *EGP]
    text = pl.DataFrame({"c": ["class 10", "class 9", "other", "class 1"]})
    assert shares(text, "c")["c"].to_list() == ["class 1", "class 9", "class 10", "other"]


def test_a_categorical_of_polars_has_no_order_in_arrow_either() -> None:
    pytest.importorskip("pyarrow")
    frame = pl.DataFrame({"c": pl.Series(["10", "9", "1"], dtype=pl.Categorical)})
    assert shares(frame.to_arrow(), "c")["c"].to_list() == ["1", "9", "10"]


def test_groups_come_in_the_order_of_their_numbers_and_missing_ones_last() -> None:
    frame = pl.DataFrame({"c": [*"aabb"], "egp": ["10", "9", None, "1"], "_group": [1.0] * 4})
    found = shares(frame, "c", by=["egp", "_group"])
    assert found["egp"].unique(maintain_order=True).to_list() == ["1", "9", "10", None]


def test_categories_that_are_no_text_keep_their_order_as_text() -> None:
    pd = pytest.importorskip("pandas")
    ages = pd.cut(pd.Series([5, 30, 70, 9]), [0, 9, 50, 100])
    numbers = pd.Categorical([3, 10, 3, None], categories=[10, 3, 1])
    frame = pd.DataFrame({"age": ages, "number": numbers, "w": [1.0] * 4})
    assert shares(frame, "age")["age"].to_list() == ["(0, 9]", "(9, 50]", "(50, 100]"]
    found = shares(frame, "number", design=SurveyDesign(weight="w"))
    assert found.select("number", "n").rows() == [("10", 1), ("3", 2), ("1", 0)]


def test_dictionaries_of_chunks_that_differ_are_one() -> None:
    pa = pytest.importorskip("pyarrow")
    parts = [pa.array(held).dictionary_encode() for held in (["b", "a", None], ["a", "c"])]
    found = to_polars(pa.table({"c": pa.chunked_array(parts)}))
    assert found["c"].dtype == pl.Enum(["b", "a", "c"])
    assert found["c"].to_list() == ["b", "a", None, "a", "c"]


def test_without_pyarrow_a_duckdb_enum_keeps_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    given = duckdb.connect().sql("SELECT 'b'::ENUM('b', 'a', 'c') AS x")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert to_polars(given)["x"].dtype == pl.Enum(["b", "a", "c"])
