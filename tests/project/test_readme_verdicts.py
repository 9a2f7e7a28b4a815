"""The verdicts in the README are those of the stored receipts."""

from __future__ import annotations

from pathlib import Path

import pytest

from worldclass.charts.verdicts import holding_text
from worldclass.claims.library import list_claims
from worldclass.claims.query import claims

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = [line for line in README.splitlines() if line.startswith("| ") and line.endswith(" % |")]


@pytest.mark.parametrize("name", list_claims())
def test_the_readme_states_the_verdict(name: str) -> None:
    evaluation = claims(name).evaluations[name]
    claim, verdict = evaluation.claim, evaluation.verdict
    found = [row for row in ROWS if f" {claim.number}. {claim.label}" in row]
    assert len(found) == 1, claim.label
    assert found[0].endswith(f"| {verdict.word} | {holding_text(verdict.share_holding)} |")


def test_the_readme_names_the_data_that_the_verdicts_rest_on() -> None:
    one = claims("worker-elite-grew").evaluations["worker-elite-grew"]
    assert f"population data {one.fingerprints['people'][:8]}" in README
