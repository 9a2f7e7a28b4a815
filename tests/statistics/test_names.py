"""Columns of the data never vanish under columns of a result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import cross_table, mobility, shares
from worldclass.statistics.names import refuse_names
from worldclass.statistics.proportions import SHARE_NAMES


def named(*names: str) -> pl.DataFrame:
    return pl.DataFrame({name: [*"abab"] * 4 for name in names})


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("share", lambda frame: shares(frame, "share")),
        ("n", lambda frame: shares(frame, "x", by="n")),
        ("p05", lambda frame: shares(frame, "x", by=["y", "p05"])),
        ("n", lambda frame: cross_table(frame, "n", "x")),
        ("design", lambda frame: cross_table(frame, "x", "design")),
        ("pearson", lambda frame: cross_table(frame, "x", "y", by="pearson")),
        ("outflow", lambda frame: mobility(frame, "outflow", "x")),
        ("total", lambda frame: mobility(frame, "x", "total")),
        ("measure", lambda frame: mobility(frame, "x", "y", "measure")),
        ("phi", lambda frame: mobility(frame, "x", "y", "phi")),
        ("p025", lambda frame: mobility(frame, "x", "y", "p025")),
    ],
)
def test_a_name_of_the_result_is_refused_and_told(
    name: str, asked: Callable[[pl.DataFrame], Any]
) -> None:
    with pytest.raises(UsageError, match=f"'{name}' is that of a column of the result"):
        asked(named("x", "y", name))


@pytest.mark.parametrize(
    "asked",
    [
        lambda frame: shares(frame, "x", by="x"),
        lambda frame: cross_table(frame, "x", "x"),
        lambda frame: cross_table(frame, "x", "y", by=["z", "y"]),
        lambda frame: mobility(frame, "x", "x"),
        lambda frame: mobility(frame, "x", "y", "y"),
    ],
)
def test_a_column_has_one_part_in_a_table(asked: Callable[[pl.DataFrame], Any]) -> None:
    with pytest.raises(UsageError, match="is given twice"):
        asked(named("x", "y", "z"))


def test_the_list_of_names_is_that_of_the_results() -> None:
    """Every column that a result adds is refused, so that none is forgotten."""
    frame = named("x", "y", "z")
    table = mobility(frame, "x", "y", "z")
    crossed = cross_table(frame, "x", "y", by="z")
    assert {*shares(frame, "x").columns} - {"x", "p05", "p95"} == {*SHARE_NAMES}
    results = [crossed.table, crossed.tests], [table.table, table.absolute(), table.odds_ratios()]
    for found, asked in zip(results, (cross_table, mobility), strict=True):
        for name in {name for result in found for name in result.columns} - {"x", "y", "z"}:
            with pytest.raises(UsageError, match="of the result"):
                asked(named("x", "y", name), "x", "y", by=name)  # type: ignore[operator]


def test_counts_may_have_a_name_of_the_result() -> None:
    """They are no column of the result."""
    assert mobility(named("x", "y").with_columns(n=1), "x", "y", count="n").rows.sum() == 16
    refuse_names(["country", "p5", "p1234567"], ["share"], "shares")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda frame: shares(frame, 3), "3 is no name of a column"),
        (lambda frame: shares(frame, "class", by=["sex", 1]), "1 is no name of a column"),
        (lambda frame: shares(frame, "class", design="weight"), "'weight' is no survey design"),
        (lambda frame: shares(frame, "class", level="0.9"), "level = '0.9'"),
        (lambda frame: shares(frame, "sets"), r"values of type List\(String\)"),
        (lambda frame: cross_table(frame, "class", "sets"), r"values of type List\(String\)"),
        (lambda frame: mobility(frame, "class", 2), "2 is no name of a column"),
    ],
)
def test_what_is_of_another_type_is_refused_by_name(
    asked: Callable[[pl.DataFrame], Any], told: str
) -> None:
    people = pl.DataFrame({"class": ["a", "b"], "sex": ["f", "m"], "sets": [["x"], ["y"]]})
    with pytest.raises(UsageError, match=told) as refused:
        asked(people)
    assert refused.value.remedy


def test_two_columns_of_one_name_are_refused_in_every_table() -> None:
    frames = pytest.importorskip("pandas")
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table([arrow.array(["a", "b"])] * 2, names=["class", "class"])
    for people in (table, frames.DataFrame([["a", "b"]], columns=["class", "class"])):
        with pytest.raises(UsageError, match="several columns named 'class'"):
            shares(people, "class")
