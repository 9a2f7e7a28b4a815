"""Frames of any kind are read the same way, and bad rows are named."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, shares
from worldclass.statistics.sample import read_sample

WEIGHTED = SurveyDesign(weight="w")


@pytest.mark.parametrize(
    ("weights", "word"),
    [
        ([1.0, -2.0, 1.0], r"row 1: -2"),
        ([1.0, float("nan"), 1.0], r"row 1: nan"),
        ([1.0, None, 1.0], r"row 1: nan"),
        ([float("inf"), 1.0, 1.0], r"row 0: inf"),
        ([0.0, 0.0, 0.0], "all weights are 0"),
    ],
)
def test_bad_weights_are_errors_that_name_rows(weights: list[float | None], word: str) -> None:
    frame = pl.DataFrame({"class": ["a", "b", "a"], "w": weights})
    with pytest.raises(UsageError, match=word):
        shares(frame, "class", design=WEIGHTED)


def test_an_absent_column_is_named_beside_those_that_are_there(people: pl.DataFrame) -> None:
    with pytest.raises(UsageError, match=r"'weight'(.|\n)*stratum"):
        shares(people, "class", design=SurveyDesign(weight="weight"))
    with pytest.raises(UsageError, match="starts with 'rep'"):
        shares(people, "class", design=SurveyDesign(weight="w", replicates="rep*", method="brr"))


def test_pandas_arrow_and_lazy_frames_give_the_same(people: pl.DataFrame) -> None:
    design = SurveyDesign(weight="w", psu="psu", strata="stratum")
    expected = shares(people, "class", design=design)
    for kind in (people.lazy(), people.to_pandas(), people.to_arrow()):
        assert shares(kind, "class", design=design).equals(expected)
    with pytest.raises(UsageError, match="not a table"):
        shares([1, 2], "class")


def test_a_stratum_with_one_unit_is_an_error_that_names_it(people: pl.DataFrame) -> None:
    alone = people.with_columns(stratum=pl.when(pl.col("psu") == 0).then(99).otherwise("stratum"))
    with pytest.raises(UsageError, match="one unit: 99"):
        shares(alone, "class", design=SurveyDesign(psu="psu", strata="stratum"))
    for way in ("centered", "certainty"):
        design = SurveyDesign(psu="psu", strata="stratum", single_psu=way)
        assert shares(alone, "class", design=design)["se"].min() > 0  # type: ignore[operator]


def test_missing_units_are_errors(people: pl.DataFrame) -> None:
    holes = people.with_columns(psu=pl.when(pl.col("psu") == 3).then(None).otherwise("psu"))
    with pytest.raises(UsageError, match="5 values are missing"):
        shares(holes, "class", design=SurveyDesign(psu="psu"))


def test_a_correction_that_differs_inside_a_stratum_is_an_error(people: pl.DataFrame) -> None:
    for correction in (pl.col("psu") + 100, pl.lit(3)):
        frame = people.with_columns(units=correction)
        with pytest.raises(UsageError, match="differs inside a stratum"):
            shares(frame, "class", design=SurveyDesign(psu="psu", strata="stratum", fpc="units"))


def test_a_unit_number_used_in_two_strata_is_two_units(people: pl.DataFrame) -> None:
    again = people.with_columns(psu=pl.col("psu") % 6)
    design = SurveyDesign(weight="w", psu="psu", strata="stratum")
    assert shares(again, "class", design=design).equals(shares(people, "class", design=design))


@pytest.mark.parametrize("column", ["psu", "stratum"])
def test_units_and_strata_that_are_no_number_are_missing(people: pl.DataFrame, column: str) -> None:
    nowhere = pl.when(pl.col("psu") == 3).then(float("nan"))
    holes = people.with_columns(nowhere.otherwise(column).alias(column))
    assert holes[column].is_nan().sum() == 5
    with pytest.raises(UsageError, match=f"5 values are missing(.|\\n)*column {column}"):
        shares(holes, "class", design=SurveyDesign(psu="psu", strata="stratum"))


def test_without_a_star_replicates_are_one_column_and_not_a_prefix(people: pl.DataFrame) -> None:
    frame = people.with_columns(rw1=pl.col("w") * 0.9, rw2=pl.col("w"), rw10=pl.col("w") * 7)

    def read(replicates: str | list[str]) -> int:
        design = SurveyDesign(weight="w", replicates=replicates, method="bootstrap")
        held = read_sample(frame, ["class"], design).replicates
        assert held is not None
        return held.shape[1]

    assert [read("rw1"), read(["rw1", "rw2"]), read("rw1*"), read("rw*")] == [1, 2, 2, 3]
    with pytest.raises(UsageError, match="no column 'rw'"):
        read("rw")
