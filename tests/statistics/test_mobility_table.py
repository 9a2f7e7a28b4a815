"""Mobility tables from persons and from counts."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, mobility

DESIGN = SurveyDesign(weight="w", psu="psu", strata="stratum")


def test_outflow_and_inflow_sum_to_one(people: pl.DataFrame) -> None:
    table = mobility(people, "father", "class", "cohort", design=DESIGN).table
    for name, key in (("outflow", "father"), ("inflow", "class")):
        sums = table.group_by("cohort", key).agg(pl.col(name).sum())[name]
        assert sums.to_list() == pytest.approx([1.0] * 6)
    assert table["n"].sum() == people.height


def test_counts_give_what_persons_give(people: pl.DataFrame) -> None:
    counted = people.group_by("father", "class", "cohort").len("n")
    direct = mobility(people, "father", "class", "cohort")
    found = mobility(counted, "father", "class", "cohort", count="n")
    assert np.array_equal(found.rows, direct.rows)
    assert found.absolute().equals(direct.absolute())


def test_normalised_counts_sum_to_the_persons_of_each_layer(people: pl.DataFrame) -> None:
    found = mobility(people, "father", "class", "cohort", design=DESIGN)
    assert found.counts.sum(axis=(1, 2)) == pytest.approx([120, 120])


def test_persons_without_an_origin_are_left_out_and_counted(people: pl.DataFrame) -> None:
    holes = people.with_columns(father=pl.when(pl.col("psu") < 2).then(None).otherwise("father"))
    found = mobility(holes, "father", "class")
    assert found.missing.tolist() == [10]
    assert found.rows.sum() == 230


def test_origin_and_destination_must_be_of_one_scheme(people: pl.DataFrame) -> None:
    other = people.with_columns(father=pl.col("father").cast(pl.Enum(["a", "b", "c"])))
    with pytest.raises(UsageError, match="same scheme"):
        mobility(other, "father", "class")


def test_counts_must_be_whole_and_without_a_design(people: pl.DataFrame) -> None:
    table = pl.DataFrame({"father": ["a", "b"], "class": ["a", "b"], "n": [1.5, 2.0]})
    with pytest.raises(UsageError, match=r"the first: 1\.5"):
        mobility(table, "father", "class", count="n")
    with pytest.raises(UsageError, match="no survey design"):
        mobility(table, "father", "class", count="n", design=SurveyDesign())


def test_persons_without_a_layer_are_left_out_and_counted(people: pl.DataFrame) -> None:
    early = people.with_row_index("row").with_columns(
        cohort=pl.when(pl.col("row") < 7).then(None).otherwise("cohort"),
        father=pl.when(pl.col("row") < 12).then(None).otherwise("father"),
    )
    found = mobility(early, "father", "class", "cohort")
    assert found.layers == ("old", "young")
    assert found.without_layer == 7
    assert found.missing.sum() == 5
    assert found.rows.sum() + found.missing.sum() + found.without_layer == people.height
    assert found.table["without_layer"].unique().to_list() == [7]
    assert found.table.unique("cohort")["missing"].sum() == 5
    single = mobility(early, "father", "class")
    assert (single.without_layer, "without_layer" in single.table.columns) == (0, False)


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([1.0, float("nan")], r"1 counts are not whole numbers.*nan \(row 1\)"),
        ([None, 2.0], r"the first: None \(row 0\)"),
        (["1", "two"], "counts are String, not numbers"),
    ],
)
def test_counts_that_are_no_numbers_are_named(counts: list[object], word: str) -> None:
    table = pl.DataFrame({"father": ["a", "b"], "class": ["a", "b"], "k": counts})
    with pytest.raises(UsageError, match=word):
        mobility(table, "father", "class", count="k")


def test_orders_that_agree_are_joined_and_orders_that_do_not_are_refused() -> None:
    """Who is nobody's father is still a class; high before low contradicts low before high."""
    father = pl.Series(["low", "high"], dtype=pl.Enum(["low", "high"]))
    son = pl.Series(["high", "middle"], dtype=pl.Enum(["low", "middle", "high", "top"]))
    frame = pl.DataFrame({"father": father, "son": son})
    assert mobility(frame, "father", "son").classes == ("low", "middle", "high", "top")
    assert mobility(frame, "son", "father").classes == ("low", "middle", "high", "top")
    other = frame.with_columns(pl.col("father").cast(pl.String).cast(pl.Enum(["high", "low"])))
    with pytest.raises(UsageError, match="same order, or plain text"):
        mobility(other, "father", "son")
