"""Made worlds, each built once a session, and what the engine says of claims there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.claims.known_answers.others import make_world
from worldclass.claims.data import Data
from worldclass.claims.evaluate import evaluate
from worldclass.claims.evaluation import Verdict
from worldclass.claims.library import load_claim

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
Judge = Callable[[str, str], Verdict]


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
def judge(worlds: Worlds) -> Judge:
    """What the engine says of a shipped claim, as it stands, in a world by its name."""

    def look(claim: str, name: str) -> Verdict:
        draws, most = SLOW.get(claim, (DRAWS, MOST))
        found = evaluate(load_claim(claim), worlds(name), draws=draws, most=most, cache=False)
        return found.verdict

    return look
