"""Names in settings stand for something, or the nearest is offered."""

from __future__ import annotations

from typing import Any

import pytest

from worldclass.claims.named import unknown_names


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
        ({"theory": "bromma", "parameters": {"tau": 9e9}}, "warning: here: tau = 9e+09 lies"),
        ({"theory": "bromma", "parameters": {"threshold": "relativ"}}, "Did you mean relative"),
    ],
)
def test_names(raw: dict[str, Any], told: str) -> None:
    found = "\n".join(map(str, unknown_names(raw, "here")))
    assert told in found
    assert bool(told) == bool(found)
