"""The page of flows shows what the package computes today."""

from __future__ import annotations

from pathlib import Path

from validation.flows.north_south import factors
from validation.flows.others import others
from validation.marked import text_between
from worldclass.sources.mirror import Mirror

PAGE = Path(__file__).resolve().parents[2] / "docs" / "flows.md"


def test_the_page_holds_todays_comparison(mirror: Mirror) -> None:
    """Otherwise run `python -m validation.flows --page docs/flows.md`."""
    shown = text_between(PAGE, "results")
    assert factors().markdown() in shown
    assert others(mirror).markdown() in shown
