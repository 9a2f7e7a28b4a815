"""The page of verdicts tells every claim, whatever came out."""

from __future__ import annotations

from tests.claims.made_up import made_up_theory
from validation.claims import verdicts_page


def test_the_page_has_a_row_a_claim_and_says_why_some_cannot_be_tested() -> None:
    found = made_up_theory()
    page = verdicts_page(found)
    rows = [line for line in page.splitlines() if line.startswith("| ") and "elite grew" in line]
    assert [row.split(" | ")[1] for row in rows] == [one.verdict.word for one in found]
    assert "(companion)" in rows[1] and "(analytic)" in rows[2]
    assert "(60 %)" in rows[1]  # what decides
    assert "The composition by sex is put in. A survey." in page
    assert "Pass --events FILE." in page
    assert "Of 5 claims of all theories, 1 holds" in page
    assert "2026-11-26" in page and "`sha256:01234`" in page
    assert all(line.count(" | ") == 4 for line in rows)
