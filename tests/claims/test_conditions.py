"""The conditions of a rule: each has its own number, and the one met least often is named."""

from __future__ import annotations

import polars as pl
import pytest

from tests.claims.made_up import absent_evaluation, made_up_claim, made_up_evaluation
from worldclass.claims.conditions import conditions, least_met
from worldclass.claims.frame import COLUMNS, CONDITION_COLUMNS, verdict_table
from worldclass.claims.library import list_claims
from worldclass.claims.pictures import headline
from worldclass.claims.query import claims


def test_the_condition_that_decides_need_not_be_the_first() -> None:
    frame = claims("women-into-waged-work")
    (found,) = frame.evaluations.values()
    least = least_met(found)
    assert least is not None and least.part.id == "faster" and found.claim.parts[0].id == "moved"
    # The first condition is met always: its number is no evidence for what the verdict says.
    first, *_ = conditions(found)
    assert first.share_holding == 1.0 and least.share_holding < 0.2
    assert least.part.label in headline(found)
    row = frame.row(0, named=True)
    assert row["condition"].startswith(first.part.label) and row["estimate"] == first.estimate
    assert row["least_met"] == f"{least.part.label} {least.part.holds}"


def test_a_rule_is_met_no_more_often_than_its_least_met_condition() -> None:
    for name in list_claims("bromma"):
        (found,) = claims(name).evaluations.values()
        least, share = least_met(found), found.verdict.share_holding
        if least is not None and share is not None:
            assert share <= least.share_holding + 1e-9, name


def test_the_first_condition_has_the_numbers_of_the_verdict() -> None:
    found = made_up_evaluation()
    first, second = conditions(found)
    verdict = found.verdict
    assert first.estimate == pytest.approx(verdict.estimate)
    assert (first.p05, first.p95) == (verdict.p05, verdict.p95)
    # Draws of the second are not kept: only the span of its specifications' intervals is known.
    assert second.p05 is None and second.low < second.estimate < second.high


def test_without_draws_the_percentiles_of_every_condition_are_known() -> None:
    found = made_up_evaluation(draws=1)
    assert all(one.p05 == one.low and one.p95 == one.high for one in conditions(found)[1:])


def test_the_table_of_conditions_marks_one_of_each_claim() -> None:
    frame = verdict_table([made_up_evaluation(), made_up_evaluation(made_up_claim("other"))])
    table = frame.conditions
    assert table.schema == pl.Schema(CONDITION_COLUMNS) and table.height == 4
    assert table.group_by("claim").agg(pl.col("least_met").sum())["least_met"].to_list() == [1, 1]
    assert frame.schema == pl.Schema(COLUMNS)


def test_a_claim_without_data_has_no_conditions() -> None:
    frame = verdict_table([absent_evaluation()])
    assert frame.conditions.is_empty() and frame["least_met"].to_list() == [None]
    assert frame["condition"].item()
