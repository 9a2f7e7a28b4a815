"""Made worlds, each built once a session, and what the engine says of claims there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.claims.known_answers.others import make_world
from worldclass.claims.data import Data
from worldclass.claims.evaluate import evaluate
from worldclass.claims.evaluation import Verdict
from worldclass.claims.library import load_claim
from worldclass.claims.schema import Claim

DRAWS, MOST = 3, 48
"""Draws, and most specifications of the claim's own grid: enough where the answer is known."""
SLOW = {
    "protest-wave-faded": (2, 5),
    "proletariat-gives-the-surplus": (2, 24),
    "northern-workers-are-exploited": (2, 21),
    "northern-aristocracy-commands-more": (2, 21),
}
"""The same for claims of which each value takes long."""
Worlds = Callable[[str], Data]
Judge = Callable[[str | Claim, str], Verdict]


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """A made world by its name."""
    made: dict[str, Data] = {}

    def find(name: str) -> Data:
        if name not in made:
            made[name] = make_world(name, tmp_path_factory.mktemp("world"))
        return made[name]

    return find


@pytest.fixture(scope="session")
def judge(worlds: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """What the engine says of a claim in a world by its name; values are computed once."""
    cache = tmp_path_factory.mktemp("values")

    def look(claim: str | Claim, name: str) -> Verdict:
        found = load_claim(claim)
        draws, most = SLOW.get(found.id, (DRAWS, MOST))
        return evaluate(found, worlds(name), draws=draws, most=most, cache=cache).verdict

    return look
