"""One word, from cut-offs that were fixed before any run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.gauges import two_gauges
from worldclass.charts.verdicts import holding_text
from worldclass.claims.cutoffs import Cutoffs, cutoffs
from worldclass.claims.evaluate import evaluate
from worldclass.claims.verdict import word_of


def test_the_cut_offs_are_those_that_were_laid_down() -> None:
    fixed = cutoffs()
    assert (fixed.holds, fixed.fails) == (0.9, 0.1)
    assert (fixed.draws, fixed.most_specifications, fixed.seed) == (64, 10_000, 20261126)


@pytest.mark.parametrize(
    ("holding", "word"), [(10, "holds"), (9, "holds"), (8, "depends"), (2, "depends"),
                          (1, "fails"), (0, "fails")],
)  # fmt: skip
def test_nine_in_ten_hold_and_one_in_ten_fails(tmp_path: Path, holding: int, word: str) -> None:
    levels = [1 + k / 100 for k in range(10 - holding)] + [3 + k / 100 for k in range(holding)]
    found = evaluate(two_gauges(levels), cache=tmp_path).verdict
    assert (found.word, found.share_holding) == (word, holding / 10)
    assert f"{10 * holding} % of 640 combinations of 10 specifications" in found.because


def test_a_share_just_short_of_a_cut_off_is_not_rounded_across_it() -> None:
    assert word_of(0.8999, cutoffs()) == "depends"
    assert holding_text(0.8999) == "89.99 %"
    assert holding_text(0.1000001) != "10 %"
    assert [holding_text(share) for share in (0, 0.1, 0.123, 0.9, 1)] == [
        "0 %", "10 %", "12 %", "90 %", "100 %",
    ]  # fmt: skip


def test_what_decides_is_named_and_ranked(tmp_path: Path) -> None:
    found = evaluate(two_gauges(spread=0.1), draws=8, cache=tmp_path).verdict
    assert found.deciding[0].choice == "level"
    assert "'The level' (100 %)" in found.because
    assert len(found.tree) == 2


def test_cut_offs_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="not below"):
        Cutoffs(holds=0.1, fails=0.9, draws=64, most_specifications=100, seed=1)
