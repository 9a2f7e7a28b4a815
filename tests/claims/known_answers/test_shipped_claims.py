"""Every shipped claim holds in a world made so that it does, and fails in one made otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.claims.known_answers.cases import ASSUMED, FAILS, HOLDS, SIMULATED
from worldclass.claims.library import list_claims, load_claim

if TYPE_CHECKING:
    from tests.claims.known_answers.conftest import Judge


def test_every_claim_has_known_answers_both_ways() -> None:
    assert set(HOLDS) == set(FAILS)
    assert sorted([*HOLDS, *ASSUMED, *SIMULATED]) == sorted(list_claims())
    assert set(ASSUMED) == {name for name in list_claims() if load_claim(name).assumed}


@pytest.mark.parametrize(("claim", "world"), HOLDS.items())
def test_it_holds_where_the_world_is_as_it_says(claim: str, world: str, judge: Judge) -> None:
    found = judge(claim, world)
    assert found.word == "holds", found.because


@pytest.mark.parametrize(
    ("claim", "world"), [(claim, world) for claim, worlds in FAILS.items() for world in worlds]
)
def test_it_fails_where_the_world_is_otherwise(claim: str, world: str, judge: Judge) -> None:
    found = judge(claim, world)
    assert found.word == "fails", found.because


@pytest.mark.parametrize(("claim", "both"), ASSUMED.items())
def test_what_is_assumed_is_not_tested_whatever_the_numbers(
    claim: str, both: tuple[str, str], judge: Judge
) -> None:
    met, unmet = (judge(claim, world) for world in both)
    assert (met.word, unmet.word) == ("not testable here", "not testable here")
    assert met.share_holding is not None and met.share_holding >= 0.9
    assert unmet.share_holding is not None and unmet.share_holding <= 0.1


@pytest.mark.parametrize(
    ("claim", "part"), [(name, part.id) for name in HOLDS for part in load_claim(name).parts]
)
def test_every_part_counts(claim: str, part: str, judge: Judge) -> None:
    """Turned round, any part makes the claim fail in the world in which it holds."""
    found = load_claim(claim)
    turned = [
        one.model_copy(update={"holds": turn(one.holds)}) if one.id == part else one
        for one in found.parts
    ]
    assert judge(found.model_copy(update={"parts": tuple(turned)}), HOLDS[claim]).word == "fails"


def turn(rule: str) -> str:
    """The rule that is met where another is not.

    >>> turn(">= 90")
    '< 90'
    """
    sign, number = rule.split()
    opposite = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
    return f"{opposite[sign]} {number}"
