"""Weighted shares of classes."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign, shares

DESIGN = SurveyDesign(weight="w", psu="psu", strata="stratum")
WEIGHTS = [0.0, 1e-3, 0.7, 1.0, 12.5, 1e6]


def test_persons_without_a_class_are_left_out_and_counted() -> None:
    frame = pl.DataFrame({"class": ["a", None, "b", None, "a"], "g": [1, 1, 1, 2, 2]})
    found = shares(frame, "class", by="g")
    assert found.select("g", "class", "share", "n", "missing").rows() == [
        (1, "a", 0.5, 1, 1),
        (1, "b", 0.5, 1, 1),
        (2, "a", 1.0, 1, 1),
        (2, "b", 0.0, 0, 1),
    ]
    with pytest.raises(UsageError, match="all values are missing"):
        shares(frame.with_columns(pl.lit(None, pl.String).alias("class")), "class")


def test_the_order_and_the_empty_classes_of_a_scheme_are_kept() -> None:
    kind = pl.Enum(["9", "1", "5"])
    frame = pl.DataFrame({"class": pl.Series(["1", "9", "1"], dtype=kind)})
    found = shares(frame, "class")
    assert found["class"].dtype == kind
    assert found.select("class", "n").rows() == [("9", 1), ("1", 2), ("5", 0)]
    assert found.filter(pl.col("class") == "5")["p95"].item() > 0


def test_the_result_says_how_the_sample_was_taken_to_be_drawn(people: pl.DataFrame) -> None:
    assert "simple random sampling" in shares(people, "class")["design"][0]
    assert "psu in stratum" in shares(people, "class", design=DESIGN)["design"][0]


def test_a_group_varies_with_the_whole_sample(people: pl.DataFrame) -> None:
    """Groups of a clustered sample are no samples of their own: units without members count."""
    whole = shares(people, "class", by="sex", design=DESIGN)
    apart = shares(people.filter(sex="men"), "class", design=DESIGN)
    assert whole.filter(sex="men")["share"].to_list() == apart["share"].to_list()
    assert whole["n"].sum() == people.height


@settings(max_examples=25, deadline=None)
@given(factor=st.floats(1e-6, 1e6), seed=st.integers(0, 1000))
def test_scale_of_weights_and_order_of_rows_change_nothing(
    people: pl.DataFrame, factor: float, seed: int
) -> None:
    expected = shares(people, "class", by="sex", design=DESIGN)
    changed = people.with_columns(pl.col("w") * factor).sample(fraction=1, shuffle=True, seed=seed)
    found = shares(changed, "class", by="sex", design=DESIGN)
    for name in ("share", "se", "p05", "p95", "deff"):
        assert found[name].to_list() == pytest.approx(expected[name].to_list(), rel=1e-9)


@settings(max_examples=50, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.sampled_from([0.0, 1e-3, 0.7, 1.0, 12.5, 1e6]),
            st.integers(0, 3),
        ),
        min_size=2,
        max_size=40,
    ).filter(
        lambda rows: all(sum(w for _, w, h in rows if h == g) > 0 for g in {r[2] for r in rows})
    )
)
def test_shares_sum_to_one_and_intervals_hold_them(rows: list[tuple[str, float, int]]) -> None:
    frame = pl.DataFrame(rows, schema=["class", "w", "group"], orient="row")
    found = shares(frame, "class", by="group", design=SurveyDesign(weight="w"))
    sums = found.group_by("group").agg(pl.col("share").sum())["share"]
    assert sums.to_list() == pytest.approx([1.0] * sums.len())
    held = found.drop_nulls(["p05", "p95"])
    assert (held["p05"] <= held["share"] + 1e-12).all()
    assert (held["share"] <= held["p95"] + 1e-12).all()
