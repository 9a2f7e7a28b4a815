"""The page of analyses says what the code gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from validation.analyses import prices, trade
from worldclass.sources.mirror import Mirror

PAGE = Path(__file__).resolve().parents[2] / "docs" / "flows-analysis.md"


def test_the_three_industries_are_as_computed() -> None:
    assert prices.ochoa().markdown() in PAGE.read_text(encoding="utf-8")


@pytest.mark.mirror
def test_tables_that_rest_on_the_mirror_are_as_computed(mirror: Mirror) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for table in (trade.chains(mirror), prices.united_states(mirror)):
        assert table.markdown() in text
