"""Names in settings stand for something, or the nearest is offered."""

from __future__ import annotations

from typing import Any

import pytest

from worldclass.claims.named import beyond_ranges, unknown_names


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ({"country": "CHN", "without": ["SOUTH_ASIA"]}, ""),
        ({"country": ""}, ""),
        ({"country": "CHINA"}, "'CHINA' is no country or aggregate. Did you mean CHN"),
        ({"country": ["USA", "norht"]}, "Did you mean NORTH"),
        ({"theory": "bromma", "class": ["lumpen", "proletariat"]}, ""),
        ({"theory": "bromma", "class": "lumpn"}, "'lumpn' is no class of bromma"),
        ({"theory": "bromna", "class": "lumpen"}, "Did you mean 'bromma'?"),
        ({"theory": "bromma", "parameters": {"tau": 1500}}, ""),
        ({"theory": "bromma", "parameters": {"tua": 1500}}, "Did you mean tau"),
        ({"theory": "bromma", "parameters": {"tau": "high"}}, "is a number"),
        ({"theory": "bromma", "parameters": {"threshold": "relativ"}}, "Did you mean relative"),
    ],
)
def test_names(raw: dict[str, Any], told: str) -> None:
    found = "\n".join(map(str, unknown_names(raw, "here")))
    assert told in found
    assert bool(told) == bool(found)


def test_values_beyond_the_range_of_a_theory_are_counted_once_a_parameter() -> None:
    settings = [
        {"theory": "bromma", "parameters": {"tau": tau, "manager_scale": 0.5}}
        for tau in (1, 2, 1500, 9e9)
    ]
    (problem,) = beyond_ranges([*settings, {"country": "USA"}], "term")
    assert "3 of 4 values of 'tau'" in problem.what
    assert "1 … 9e+09" in problem.what
    assert problem.severity == "warning"
    assert not list(beyond_ranges(settings[2:3], "term"))
