"""From a claim to its verdict: known gauges give known curves."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.claims import gauges
from tests.claims.gauges import PART, choice, claim, score, two_gauges
from worldclass.claims import values
from worldclass.claims.data import Data
from worldclass.claims.evaluate import evaluate
from worldclass.core.errors import ClaimError, UsageError


def test_a_curve_has_one_row_a_specification_and_the_verdict_its_share(tmp_path: Path) -> None:
    found = evaluate(two_gauges(), cache=tmp_path)
    curve = found.specifications
    assert curve.columns == [
        "claim", "specification", "level", "estimate", "p05", "p95", "share_holding",
    ]  # fmt: skip
    assert curve["level"].to_list() == ["1", "2", "3", "4"]
    assert curve["estimate"].to_list() == [-1.5, -0.5, 0.5, 1.5]
    assert curve["share_holding"].to_list() == [0, 0, 1, 1]
    assert (found.verdict.word, found.verdict.share_holding) == ("depends", 0.5)
    assert found.verdict.estimate == 0
    assert found.possible == 4


def test_draws_move_the_estimate_between_its_percentiles(tmp_path: Path) -> None:
    found = evaluate(two_gauges(spread=1.0), draws=16, cache=tmp_path)
    moved = np.array([score(draw) for draw in range(16)])
    row = found.specifications.row(1, named=True)
    assert row["estimate"] == -0.5
    assert row["p05"] == pytest.approx(np.percentile(moved, 5) - 0.5)
    assert row["p95"] == pytest.approx(np.percentile(moved, 95) - 0.5)
    assert row["share_holding"] == pytest.approx((moved > 0.5).mean())
    assert found.draws == 16


def test_all_parts_must_hold_in_the_same_draw(tmp_path: Path) -> None:
    parts = [PART, {**PART, "id": "small", "estimate": "high - low", "holds": "< 0"}]
    found = evaluate(two_gauges([2.5, 2.6], spread=1, parts=parts), draws=8, cache=tmp_path)
    assert found.verdict.share_holding == 0
    assert found.verdict.word == "fails"
    assert found.parts.group_by("part").len().sort("part")["len"].to_list() == [2, 2]
    shares = found.parts.filter(pl.col("specification") == 1)["share_holding"]
    assert 0 < shares[0] < 1


def test_parts_with_draws_and_without_go_together(tmp_path: Path) -> None:
    still = {**PART, "id": "still", "estimate": "low", "holds": "> 2"}
    drawn = evaluate(two_gauges(spread=3), draws=8, cache=tmp_path)
    for parts in ([PART, still], [still, PART]):
        terms = {"high": {"level": "$level", "spread": 3}, "low": {"quantity": "constant",
                                                                   "value": 2.5}}  # fmt: skip
        mixed = claim(terms, choices=[choice("level", (1, 2, 3, 4))], parts=parts)
        found = evaluate(mixed, draws=8, cache=tmp_path)
        assert found.verdict.share_holding == drawn.verdict.share_holding
        assert found.draws == 8


def test_the_size_of_blocks_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = evaluate(two_gauges(spread=3), draws=24, cache=tmp_path / "a")
    monkeypatch.setattr(values, "DRAWS_AT_ONCE", 5)
    monkeypatch.setitem(
        gauges.__dict__["register"].__globals__["_own"],
        "test-gauge",
        replace(gauges.GAUGE, at_once=1),
    )
    narrow = evaluate(two_gauges(spread=3), draws=24, cache=tmp_path / "b")
    assert_frame_equal(wide.specifications, narrow.specifications)
    assert wide.verdict == narrow.verdict


def test_what_was_computed_is_read_again_and_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = evaluate(two_gauges(spread=3), draws=24, cache=tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("computed again")

    monkeypatch.setattr(import_module("worldclass.claims.evaluate"), "compute", fail)
    again = evaluate(two_gauges(spread=3), draws=24, cache=tmp_path)
    assert again.verdict == first.verdict
    assert again.evidence == first.evidence
    assert_frame_equal(again.specifications, first.specifications)
    assert_frame_equal(again.parts, first.parts)
    with pytest.raises(AssertionError, match="computed again"):
        evaluate(two_gauges(spread=3), draws=24, cache=tmp_path, fresh=True)


def test_a_share_of_the_draws_is_computed_once(tmp_path: Path) -> None:
    """Blocks of an interrupted or smaller run serve the larger one."""
    seen: list[tuple[int, int]] = []
    evaluate(two_gauges(spread=3), draws=16, cache=tmp_path)
    before = len(list(tmp_path.rglob("*.npy")))
    evaluate(two_gauges(spread=3), draws=24, cache=tmp_path, progress=lambda *p: seen.append(p))
    assert len(list(tmp_path.rglob("*.npy"))) == before + 1
    assert seen[-1][0] == seen[-1][1] == 5 * 25


def test_a_damaged_block_is_computed_again(tmp_path: Path) -> None:
    first = evaluate(two_gauges(spread=3), draws=16, cache=tmp_path)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:20])
    again = evaluate(two_gauges(spread=3), draws=16, cache=tmp_path)
    assert_frame_equal(again.specifications, first.specifications)


def test_absent_data_leave_no_verdict_and_name_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)
    found = evaluate(two_gauges(quantity="test-sheet"), cache=tmp_path)
    assert found.verdict.word == "not testable here"
    assert found.verdict.share_holding is None
    assert found.absent == ("events",)
    assert "--events FILE" in found.verdict.because
    assert found.specifications.columns[2] == "level"
    file = tmp_path / "events.csv"
    file.write_text("day,number\n")
    known = evaluate(two_gauges(quantity="test-sheet"), Data(events=file), cache=tmp_path)
    assert known.verdict.word == "depends"
    assert known.draws == 1
    assert (known.specifications["p05"] == known.specifications["estimate"]).all()


def test_an_assumption_is_not_tested_by_its_own_numbers(tmp_path: Path) -> None:
    found = evaluate(
        two_gauges(assumed="The level is assumed.", would_test="A survey would."), cache=tmp_path
    )
    assert found.verdict.word == "not testable here"
    assert found.verdict.share_holding == 0.5
    assert "A survey would." in found.verdict.because
    assert found.specifications.height == 4


def test_a_value_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClaimError, match="inf at the centre") as caught:
        evaluate(claim({"high": {"level": "inf"}, "low": {"level": 1}}, choices=[]), cache=tmp_path)
    assert "level=inf" in caught.value.where
    part = {**PART, "estimate": "1 / (high - 2)"}
    with pytest.raises(ClaimError, match="division by zero") as caught:
        evaluate(two_gauges(parts=[{**part, "estimate": "low / (high - 2)"}]), cache=tmp_path)
    assert "specification 2 (level 2)" in caught.value.where


def test_a_grid_that_is_too_large_is_sampled_and_says_so(tmp_path: Path) -> None:
    many = claim(
        {"high": {"level": "$level", "spread": "$spread"}, "low": {"level": 25}},
        choices=[choice("level", range(50)), choice("spread", range(40))],
    )
    found = evaluate(many, most=100, draws=8, cache=tmp_path)
    assert (found.specifications.height, found.possible) == (100, 2000)
    assert found.specifications["level"].value_counts()["count"].unique().to_list() == [2]
    assert "100 specifications (a sample of 2,000)" in found.verdict.because


@pytest.mark.parametrize("wrong", [{"draws": 1}, {"most": 0}])
def test_too_few_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="too few"):
        evaluate(two_gauges(), cache=False, **wrong)
