"""Made worlds, each built once a session, and what the engine says of claims there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.claims.known_answers.peoples import make_people
from worldclass.claims.data import Data
from worldclass.claims.evaluate import evaluate
from worldclass.claims.evaluation import Evaluation
from worldclass.claims.library import load_claim

DRAWS, MOST = 3, 48
"""Draws, and most specifications of the claim's own grid: enough where the answer is known."""
Judge = Callable[[str, Data], Evaluation]


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Data]:
    """A world of people by its name."""
    made: dict[str, Data] = {}

    def find(name: str) -> Data:
        if name not in made:
            made[name] = make_people(name, tmp_path_factory.mktemp("people"))
        return made[name]

    return find


@pytest.fixture(scope="session")
def judge() -> Judge:
    """A shipped claim, as it stands, evaluated on some data."""

    def look(claim: str, data: Data) -> Evaluation:
        return evaluate(load_claim(claim), data, draws=DRAWS, most=MOST, cache=False)

    return look
