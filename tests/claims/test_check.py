"""What is wrong with a claim is said before any data are read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.claims.gauges import PART, choice, claim, two_gauges
from worldclass.claims.check import check_claim, refuse_unsound
from worldclass.claims.library import list_claims, load_claim
from worldclass.claims.registry import list_quantities
from worldclass.core.errors import ClaimError


def told(made: Any) -> str:
    return "\n".join(map(str, check_claim(made)))


def test_a_sound_claim_has_no_problem() -> None:
    assert check_claim(two_gauges(spread=1)) == []
    refuse_unsound(two_gauges())


@pytest.mark.parametrize(
    ("estimate", "holds", "words"),
    [
        ("high - high", ">= 0", "cannot fail"),
        ("high + low", ">= 0", "cannot fail"),
        ("high / (high + low)", "<= 1", "cannot fail"),
        ("max(high, low) - low", ">= 0", "cannot fail"),
        ("high + low", "< 0", "cannot hold"),
        ("high - high", "> 0", "cannot hold"),
        ("1 / (high - high)", "> 0", "does every formula have a value"),
    ],
)
def test_a_claim_that_the_world_cannot_decide_is_refused_with_a_lesson(
    estimate: str, holds: str, words: str
) -> None:
    parts = [{**PART, "estimate": f"{estimate} + 0 * (low - low)", "holds": holds}]
    made = claim({"high": {"level": "$level"}, "low": {"level": 2}}, parts=parts,
                 choices=[choice("level", [1, 3])])  # fmt: skip
    (problem,) = check_claim(made)
    assert problem.severity == "refused"
    assert words in problem.what
    assert len(problem.remedy) > 60
    with pytest.raises(ClaimError, match=words):
        refuse_unsound(made)


def test_a_rare_world_is_enough_for_a_claim_to_stand() -> None:
    """One in ten thousand imagined worlds decides otherwise."""
    made = two_gauges(parts=[{**PART, "estimate": "high - 2000 * low", "holds": "> 0"}])
    assert not [one for one in check_claim(made) if one.severity == "refused"]


def test_parts_that_contradict_each_other_cannot_hold_together() -> None:
    parts = [PART, {**PART, "id": "other", "estimate": "low - high"}]
    assert "contradict one another" in told(two_gauges(parts=parts))


def test_a_part_and_an_option_that_decide_nothing_are_pointed_at() -> None:
    parts = [PART, {**PART, "id": "idle", "estimate": "high", "holds": ">= 0"}]
    assert "warning: part.idle" in told(two_gauges(parts=parts))
    made = claim(
        {"high": {"level": 1}, "low": {"level": 2}, "switch": {"quantity": "constant",
                                                              "value": "$switch"}},
        choices=[choice("switch", [0, 1000])],
        parts=[{**PART, "estimate": "high - low + switch"}],
    )  # fmt: skip
    assert "option '1000' it held in all of 250" in told(made)


@pytest.mark.parametrize(
    ("terms", "parts", "words"),
    [
        ({"idle": {"level": 1}}, [PART], "No part mentions the term 'idle'"),
        ({}, [{**PART, "estimate": "high - lwo"}], "Did you mean low"),
        ({}, [{**PART, "estimate": "high ** low"}], "write a * a"),
        ({}, [PART, {**PART, "id": "two", "estimate": "1 + 1"}], "mentions no term"),
        ({"max": {"level": 1}}, [PART], "that is a function"),
        ({"more": {"quantity": "no-such"}}, [PART], "no quantity 'no-such'"),
        ({"more": {"level": "high"}}, [{**PART, "estimate": "high - low + more"}], "level"),
    ],
)
def test_formulas_and_terms_that_do_not_fit_are_refused(
    terms: dict[str, Any], parts: list[dict[str, Any]], words: str
) -> None:
    made = claim({"high": {"level": 1}, "low": {"level": 2}, **terms}, parts=parts)
    assert words in told(made)
    assert check_claim(made)[0].severity == "refused"


def test_choices_that_change_nothing_are_found() -> None:
    made = two_gauges([1, 1.0, 2])
    assert check_claim(made) == []  # equal numbers are one option
    options = {"one": {"level": 1}, "uno": {"level": 1}}
    same = {"id": "level", "label": "L", "reason": "R", "options": options}
    made = claim({"high": {"level": "$level"}, "low": {"level": 2}}, choices=[same])
    assert "'one' and 'uno' say the same" in told(made)
    made = claim(
        {"high": {"level": "$level"}, "low": {"quantity": "constant", "value": 1}},
        choices=[choice("level", [1, 2]), choice("idle", [1, 2])],
        common={"quantity": "test-gauge", "value": "$idle"},
        parts=[PART],
    )
    assert "'idle' changes no term" in told(made)


@pytest.mark.parametrize("name", list_claims())
def test_the_shipped_claims_are_sound(name: str) -> None:
    made = load_claim(name)
    used = {one.get("quantity", made.common.get("quantity")) for one in made.terms.values()}
    if missing := used - set(list_quantities()):
        pytest.skip(f"no quantity {missing}")
    assert [str(one) for one in check_claim(made) if one.severity == "refused"] == []
