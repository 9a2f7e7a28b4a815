"""A design says how a survey was drawn, and does not contradict itself."""

from __future__ import annotations

from typing import Any

import pytest

from worldclass.core.errors import UsageError
from worldclass.statistics import SurveyDesign


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"method": "brr"}, "belong to replicate weights"),
        ({"weight": "w", "replicates": "r*"}, "method = None"),
        ({"weight": "w", "replicates": "r*", "method": "jk2"}, "'jk2'"),
        ({"replicates": "r*", "method": "brr"}, "weight of the full sample"),
        ({"weight": "w", "replicates": "r*", "method": "brr", "psu": "p"}, "already carry"),
        ({"weight": "w", "replicates": "r*", "method": "fay", "fay": 1.0}, "0 ≤ fay < 1"),
        ({"weight": "w", "replicates": "r*", "method": "jkn"}, "factor for each replicate"),
        ({"single_psu": "adjust"}, "single_psu"),
    ],
)
def test_a_contradiction_is_named(given: dict[str, Any], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        SurveyDesign(**given)


def test_without_any_column_the_design_says_simple_random_sampling() -> None:
    assert SurveyDesign().describe().startswith("simple random sampling")
    assert "every row taken as its own unit" in SurveyDesign(weight="w").describe()
