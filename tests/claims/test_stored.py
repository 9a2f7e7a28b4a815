"""Evaluations in files come back as they went, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from tests.claims.gauges import PART, two_gauges
from worldclass.claims.evaluate import evaluate
from worldclass.claims.stored import load_evaluation, read_note, save_evaluation

IDENTITY = {"claim": "x", "cutoffs": {"holds": 0.9}}
PARTS = [PART, {**PART, "id": "other", "holds": "< 3"}]


def test_all_of_an_evaluation_comes_back(tmp_path: Path) -> None:
    made = two_gauges(spread=1, parts=PARTS)
    first = evaluate(made, draws=8, cache=False)
    save_evaluation(first, tmp_path / "a.b", IDENTITY)
    again = load_evaluation(made, tmp_path / "a.b", IDENTITY)
    assert again is not None
    assert again.verdict == first.verdict
    assert (again.evidence, again.fingerprints) == (first.evidence, first.fingerprints)
    assert (again.version, again.computed) == (first.version, first.computed)
    assert_frame_equal(again.specifications, first.specifications)
    assert_frame_equal(again.parts, first.parts)


def test_rounding_keeps_six_digits_of_the_curve_and_all_of_the_verdict(tmp_path: Path) -> None:
    made = two_gauges([1 / 3, 2, 3, 4], spread=1)
    first = evaluate(made, draws=8, cache=False)
    save_evaluation(first, tmp_path / "a", IDENTITY, digits=6)
    again = load_evaluation(made, tmp_path / "a")
    assert again is not None
    assert again.verdict == first.verdict
    assert again.specifications["estimate"][0] == -2.16667
    assert_frame_equal(again.specifications, first.specifications, rel_tol=1e-5)


@pytest.mark.parametrize("harm", ["other", "table", "json", "half", "none"])
def test_what_is_damaged_or_of_something_else_is_not_taken(tmp_path: Path, harm: str) -> None:
    made = two_gauges()
    save_evaluation(evaluate(made, cache=False), tmp_path / "a", IDENTITY)
    note, table = tmp_path / "a.json", tmp_path / "a.parquet"
    if harm == "table":
        table.write_bytes(table.read_bytes() + b"x")
    elif harm == "json":
        note.write_text("[1]")
    elif harm == "half":
        note.write_text(note.read_text()[:100])
    elif harm == "none":
        note.unlink()
        assert read_note(tmp_path / "a") is None
    else:
        content = json.loads(note.read_text())
        note.write_text(json.dumps({**content, "identity": {}}))
    assert load_evaluation(made, tmp_path / "a", IDENTITY) is None
