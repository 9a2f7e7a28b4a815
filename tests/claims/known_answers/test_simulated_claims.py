"""What data can, and cannot, change about claims that rest on runs of a model.

People enter the model as classes in the order of their mean incomes, from the lowest to the
highest: however poor or rich a world is made, some of its people are hard pressed and others are
not. In half of the specifications hardship comes by chance, and people matter only by who joins
whom. No world was found that makes these claims fail as a whole; another mechanism would, which is
a hypothesis of its own. Known here are the parts.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.claims.known_answers.cases import SIMULATED
from worldclass.claims.data import Data
from worldclass.claims.library import load_claim
from worldclass.claims.quantities.wave_change import WaveChange, evaluate
from worldclass.claims.specifications import specify
from worldclass.claims.terms import make_plan

Worlds = Callable[[str], Data]


def changes(hypothesis: str, hardship_from: str, data: Data) -> np.ndarray:
    """Changes of waves on a small torus in four draws."""
    one = WaveChange.model_validate(
        {"hypothesis": hypothesis, "hardship_from": hardship_from, "side": 20, "seeds": 1}
    )
    return evaluate([one], range(4), data)[0]


@pytest.mark.parametrize("claim", SIMULATED)
def test_half_of_the_specifications_leave_hardship_to_chance(claim: str) -> None:
    made = specify(load_claim(claim), 100, seed=0)
    asked = make_plan(made).asked["wave-change"].settings
    assert np.mean([one.hardship_from == "chance" for one in asked]) == 0.5


@pytest.mark.parametrize("people", ["as found", "one class"])
def test_where_hardship_comes_by_chance_cops_deter_whoever_the_people_are(
    people: str, worlds: Worlds
) -> None:
    found = changes("repression-deters", "chance", worlds(people))
    assert (found <= 0).all()
    assert (found < 0).any()  # in some draws nobody rebels with few cops either


def test_where_nobody_rebels_more_cops_change_nothing_and_the_part_is_not_met(
    worlds: Worlds,
) -> None:
    """In one class all are pressed alike, and in some draws not enough for anybody to act."""
    found = changes("repression-deters", "class", worlds("one class"))
    assert (found == 0).any()
    rule = next(one for one in load_claim(SIMULATED[0]).parts if one.id == "repression").holds
    assert rule == "< 0"  # no change is no fall
