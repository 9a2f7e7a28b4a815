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
