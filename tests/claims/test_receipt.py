"""Receipts stand for a run only where everything agrees, and never go stale unnoticed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.claims.gauges import two_gauges
from worldclass.claims import receipt
from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.data import Data
from worldclass.claims.evaluate import evaluate
from worldclass.claims.identity import identity_of
from worldclass.claims.library import list_claims, load_claim
from worldclass.claims.receipt import differences, receipt_base, receipts_folder
from worldclass.claims.schema import Claim
from worldclass.claims.stored import load_evaluation, read_note, save_evaluation

STORED = sorted(receipts_folder().glob("*/*.json"))


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Claim:
    """A claim about events with its receipt."""
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)
    monkeypatch.setattr(receipt, "receipts_folder", lambda: tmp_path / "receipts")
    events = tmp_path / "events.csv"
    events.write_text("day\n")
    claim = two_gauges(quantity="test-sheet")
    data = Data(events=events)
    found = evaluate(claim, data, cache=False)
    save_evaluation(
        found, receipt_base(claim.theory, claim.id), identity_of(claim, data, cutoffs()).content
    )
    return claim


def test_a_receipt_stands_in_for_absent_data_and_says_so(made: Claim) -> None:
    found = evaluate(made, cache=False)
    assert found.receipt
    assert found.absent == ("events",)
    assert found.verdict.word == "depends"
    assert found.specifications.height == 4
    assert "events" in found.fingerprints


def test_a_receipt_of_the_same_data_saves_the_work(made: Claim, tmp_path: Path) -> None:
    same = Data(events=tmp_path / "events.csv")
    assert evaluate(made, same, cache=False).receipt
    assert not evaluate(made, same, cache=False, fresh=True).receipt


def test_other_data_draws_or_claims_are_computed(made: Claim, tmp_path: Path) -> None:
    other = tmp_path / "others.csv"
    other.write_text("day\n2020-06-01\n")
    assert not evaluate(made, Data(events=other), cache=False).receipt
    assert not evaluate(made, draws=8, cache=False).receipt
    changed = two_gauges([1, 2], quantity="test-sheet")
    assert evaluate(changed, cache=False).verdict.share_holding is None


def test_what_differs_is_named(made: Claim) -> None:
    identity = identity_of(made, Data(), cutoffs())
    stored = json.loads(receipt_base(made.theory, made.id).with_suffix(".json").read_text())
    assert differences(stored["identity"], identity) == []
    assert differences({**stored["identity"], "claim": "y", "engine": 0}, identity) == [
        "claim", "engine",
    ]  # fmt: skip


@pytest.mark.skipif(not STORED, reason="no receipts: see scripts/build_claim_receipts.py")
def test_every_shipped_claim_has_a_receipt_and_every_receipt_a_claim() -> None:
    claims = {receipt_base(load_claim(name).theory, name) for name in list_claims()}
    assert claims == {file.with_suffix("") for file in STORED}


@pytest.mark.skipif(not STORED, reason="no receipts: see scripts/build_claim_receipts.py")
@pytest.mark.parametrize("name", list_claims())
def test_no_receipt_is_stale(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else: raise no version without scripts/build_claim_receipts.py."""
    monkeypatch.delenv("WORLDCLASS_MIRROR", raising=False)
    claim = load_claim(name)
    base = receipt_base(claim.theory, claim.id)
    note = read_note(base)
    assert note is not None
    assert differences(note["identity"], identity_of(claim, Data(), cutoffs())) == []
    found = load_evaluation(claim, base)
    assert found is not None
    assert found.verdict.share_holding == pytest.approx(
        found.specifications["share_holding"].mean(), abs=1e-5
    )
