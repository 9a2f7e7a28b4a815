"""What each assumption contributes to the uncertainty of a class's size."""

from __future__ import annotations

import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import UsageError
from worldclass.people.assumptions import assumptions


@pytest.fixture(scope="module")
def elite() -> pl.DataFrame:
    return wc.contributions("bromma", "worker-elite", country="BRA", year=2019)


def names(frame: pl.DataFrame, kind: str) -> set[str]:
    return set(frame.filter(pl.col("kind") == kind)["assumption"]) - {"together"}


def test_shares_of_the_variance_add_up_to_1(elite: pl.DataFrame) -> None:
    assert elite["share_of_variance"].sum() == pytest.approx(1)
    assert elite["assumption"][-1] == "together"


def test_an_assumption_alone_explains_a_share_that_is_not_negative(elite: pl.DataFrame) -> None:
    alone = elite.filter(pl.col("assumption") != "together")["share_of_variance"].drop_nulls()
    assert (alone >= 0).all()
    assert alone.max() < 1.5  # type: ignore[operator]


def test_assumptions_stand_in_order_of_their_effect_and_definitions_after_them(
    elite: pl.DataFrame,
) -> None:
    kinds = elite["kind"][:-1].to_list()
    assert kinds == sorted(kinds, key=lambda kind: kind == "definition")
    ends = elite.filter(pl.col("kind") == "assumption").drop_nulls("low")
    reach = ends.select(
        pl.max_horizontal("low", "high", "central") - pl.min_horizontal("low", "high", "central")
    )
    assert reach.to_series().is_sorted(descending=True)


def test_the_centre_is_the_atlas_s(elite: pl.DataFrame) -> None:
    frame = wc.atlas("bromma", country="BRA", year=2019, sex="total")
    size = frame.filter(frame["class"] == "worker-elite")["persons"].item()
    assert elite["central"].drop_nulls().to_list() == pytest.approx(
        [size] * (elite.height - 1), rel=1e-5
    )


def test_the_ends_of_a_definition_are_those_of_a_sweep(elite: pl.DataFrame) -> None:
    row = elite.filter(pl.col("assumption") == "tau").row(0, named=True)
    swept = wc.sweep("bromma", {"tau": [750, 3000]}, country="BRA", year=2019)
    sizes = swept.filter(pl.col("class") == "worker-elite").sort("tau")["persons"].to_list()
    assert [row["low"], row["high"]] == pytest.approx(sizes, rel=1e-4)
    assert row["share_of_variance"] is None


def test_definitions_that_do_not_touch_a_class_are_absent(elite: pl.DataFrame) -> None:
    assert names(elite, "definition") >= {"tau", "threshold", "manager_scale"}
    assert "capitalist_income" not in names(elite, "definition")


def test_a_theory_of_welfare_hangs_on_no_assumption_about_labour() -> None:
    frame = wc.contributions("kharas", "rich", country="BRA", year=2019)
    assert names(frame, "assumption") <= {
        "accounts_consumption", "ppp", "survey_growth", "welfare_mean",
    }  # fmt: skip
    assert "accounts_consumption" in names(frame, "assumption")


def test_a_class_that_is_published_hangs_on_nothing() -> None:
    """Employees are a margin: no assumption moves them, and none may seem to."""
    for klass in ("outside", "unemployed", "employees"):
        frame = wc.contributions("ilo-status", klass, country="BRA", year=2019)
        reach = (frame["high"] - frame["low"]).abs() / frame["central"]
        assert (reach.drop_nulls() < 1e-3).all(), klass
        assert names(frame, "assumption") == set(), klass


def test_employers_hang_on_their_assumed_share() -> None:
    frame = wc.contributions("ilo-status", "employers", country="BRA", year=2019)
    first = frame.row(0, named=True)
    item = assumptions()["employer_share"]
    group = item.groups.index("upper-middle")
    low, central, high = (v[group] for v in (item.low, item.central, item.high))  # type: ignore[index]
    assert first["assumption"] == "employer_share"
    assert first["low"] / first["central"] == pytest.approx(low / central, rel=1e-4)
    assert first["high"] / first["central"] == pytest.approx(high / central, rel=0.02)


def test_the_splits_of_a_theory_are_named_by_it() -> None:
    frame = wc.contributions("bromma", "lumpen", country="BRA", year=2019)
    assert names(frame, "split") == {"detached"}


def test_a_fixed_anchor_is_no_longer_uncertain(elite: pl.DataFrame) -> None:
    fixed = wc.contributions(
        "bromma", "worker-elite", country="BRA", year=2019, anchor="national-accounts"
    )
    assert "anchor" in names(elite, "assumption")
    assert not {"anchor", "survey_pay", "household_labour_part"} & names(fixed, "assumption")


@pytest.mark.parametrize("wrong", [{"klass": "elite"}, {"country": "X"}, {"anchor": "gold"}])
def test_what_cannot_be_meant_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        wc.contributions(**({"theory": "bromma", "klass": "lumpen", "country": "BRA"} | wrong))
