"""Two theories on the questions that they share."""

from __future__ import annotations

from pathlib import Path

import pytest

import worldclass as wc
from tests.claims.gauges import TOML, write_claim
from worldclass.core.errors import ClaimError


def test_claims_with_one_question_stand_side_by_side(tmp_path: Path) -> None:
    one = write_claim(tmp_path)
    rival = TOML.replace("own-claim", "rival").replace('"> 0"', '"< 2"')
    other = write_claim(tmp_path, rival.replace('"bromma"', '"sakai"'), "rival")
    found = wc.compare_claims(one, other, cache=False)
    assert found.columns == [
        "question", "claim", "theory", "label", "verdict", "share_holding",
        "other_claim", "other_theory", "other_label", "other_verdict", "other_share_holding",
    ]  # fmt: skip
    assert found.select("question", "claim", "verdict", "other_claim", "other_verdict").row(0) == (
        "which-is-higher", "own-claim", "depends", "rival", "holds",
    )  # fmt: skip
    again = wc.compare_claims(wc.claims(one, cache=False), wc.claims(other, cache=False))
    assert again.equals(found)


def test_theories_without_a_common_question_cannot_be_compared(tmp_path: Path) -> None:
    one = write_claim(tmp_path)
    text = TOML.replace("own-claim", "second").replace("which-is-higher", "which-is-older")
    with pytest.raises(ClaimError, match="no claim on the same question") as caught:
        wc.compare_claims(one, write_claim(tmp_path, text, "second"), cache=False)
    assert "which-is-older" in caught.value.where
