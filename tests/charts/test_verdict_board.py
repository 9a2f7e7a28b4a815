"""Boards tell every verdict by bar, word and sign, with the cut-offs."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.charts.verdict_board import ANALYTIC, COMPANION, comparison_board, verdict_board
from worldclass.charts.verdicts import Cutoffs
from worldclass.core.errors import UsageError

CUTOFFS = Cutoffs(0.9, 0.1)


def verdicts(**changed: object) -> pl.DataFrame:
    shares = {"holds": 0.97, "depends": 0.44, "fails": 0.03, "not testable here": None}
    rows = [
        {"claim": f"c{i}", "number": i + 1, "label": f"The statement of claim {i + 1}",
         "kind": "empirical", "origin": "text", "verdict": word, "share_holding": share,
         "question": "Does it grow?" if i < 2 else "Does it move?",
         "theory": ("One", "Another")[i % 2]} | changed
        for i, (word, share) in enumerate(shares.items())
    ]  # fmt: skip
    return pl.DataFrame(rows)


@pytest.mark.parametrize("width", [760, 340])
def test_a_board_is_valid_and_tells_every_claim(width: int) -> None:
    drawn = verdict_board(verdicts(), title="Verdicts", cutoffs=CUTOFFS, width=width)
    drawn.framed().to_dict()
    told = drawn.caption.description
    assert "1. The statement of claim 1: holds (97 %)" in told
    assert "4. The statement of claim 4: not testable here." in told
    shown = [row["text"] for row in drawn.data["board_texts"] if row["kind"] == "verdict"]
    assert shown == ["holds, 97 %", "depends, 44 %", "fails, 3 %", "not testable here"]


def test_bars_are_as_long_as_their_shares_and_cutoffs_stand_between() -> None:
    drawn = verdict_board(verdicts(), title="Verdicts", cutoffs=CUTOFFS)
    bars = [row for row in drawn.data["board_bars"] if row["kind"] == "bar"]
    track = next(row for row in drawn.data["board_bars"] if row["kind"] == "track")
    whole = track["x2"] - track["x"]
    assert [(bar["x2"] - bar["x"]) / whole for bar in bars] == pytest.approx([0.97, 0.44, 0.03])
    dashed = [row["x"] for row in drawn.data["board_lines"] if row["dashed"]]
    assert [(x - track["x"]) / whole for x in dashed] == pytest.approx([0.1, 0.9])
    assert "10 % and 90 %" in drawn.caption.footnote


def test_an_assumed_share_is_hollow() -> None:
    own = verdicts().with_columns(share_holding=pl.lit(0.5))
    drawn = verdict_board(own, title="Verdicts", cutoffs=CUTOFFS)
    hollow = [row for row in drawn.data["board_bars"] if row["kind"] == "hollow"]
    assert [row["verdict"] for row in hollow] == ["not testable here"]


def test_marks_are_explained_where_they_occur() -> None:
    plain = verdict_board(verdicts(), title="", cutoffs=CUTOFFS).caption.footnote
    marked = verdict_board(
        verdicts(kind="analytic", origin="companion"), title="", cutoffs=CUTOFFS
    ).caption.footnote
    assert COMPANION not in plain and ANALYTIC not in plain
    assert COMPANION in marked and ANALYTIC in marked


def test_a_comparison_groups_theories_by_question() -> None:
    drawn = comparison_board(verdicts(), title="Two theories", cutoffs=CUTOFFS)
    drawn.framed().to_dict()
    texts = [r["text"] for r in drawn.data["board_texts"] if r["kind"] in ("heading", "label")]
    assert texts[0] == "Does it grow?" and texts[3] == "Does it move?"
    assert texts[1].startswith("One: ") and texts[2].startswith("Another: ")


def test_a_share_just_below_a_cutoff_is_not_rounded_across_it() -> None:
    near = verdicts().with_columns(share_holding=pl.lit(0.8996))
    told = verdict_board(near, title="", cutoffs=CUTOFFS).caption.description
    assert "89.96 %" in told and "90 %" not in told


def test_missing_columns_and_rows_are_refused() -> None:
    with pytest.raises(UsageError, match="share_holding"):
        verdict_board(verdicts().drop("share_holding"), title="", cutoffs=CUTOFFS)
    with pytest.raises(UsageError, match="question"):
        comparison_board(verdicts().drop("question"), title="", cutoffs=CUTOFFS)
    with pytest.raises(UsageError, match="no verdict"):
        verdict_board(verdicts().clear(), title="", cutoffs=CUTOFFS)


def test_the_axis_says_that_it_is_in_per_cent() -> None:
    drawn = verdict_board(verdicts(), title="Verdicts", cutoffs=CUTOFFS)
    lines = drawn.data["board_lines"]
    assert [line["text"] for line in lines] == ["0", "10", "90", "100 %"]
