"""Pictures of evaluations: one curve a claim, all parts or one; boards; comparisons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.claims.made_up import (
    absent_evaluation,
    made_up_claim,
    made_up_evaluation,
    made_up_theory,
)
from worldclass.claims.choice_words import choice_label
from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.frame import verdict_table
from worldclass.claims.library import list_claims, load_claim
from worldclass.claims.pictures import (
    board,
    comparison,
    curve,
    draw,
    headline,
    limits,
    shared_questions,
)
from worldclass.claims.query import claims
from worldclass.core.errors import UsageError


def test_a_claim_draws_itself_with_all_its_conditions_or_one() -> None:
    evaluation = made_up_evaluation()
    assert {"curve0", "curve1", "states"} <= set(curve(evaluation).data)
    one = curve(evaluation, part="share")
    assert "curve1" not in one.data and "states" not in one.data
    assert one.data["curve0"][0]["estimate"] < 2  # the ratio, not the number of persons
    frame = verdict_table([evaluation])
    assert frame.plot().to_dict() == draw(evaluation).to_dict()


def test_an_unknown_condition_and_absent_data_are_refused_with_a_remedy() -> None:
    with pytest.raises(UsageError, match="no condition 'shape'") as caught:
        draw(made_up_evaluation(), part="shape")
    assert "number, share" in caught.value.remedy
    with pytest.raises(UsageError, match="not evaluated") as caught:
        draw(absent_evaluation())
    assert "--events" in caught.value.remedy


def test_the_headline_is_verdict_share_and_size() -> None:
    told = [headline(one) for one in made_up_theory()]
    assert told[0] == "Holds: all conditions are met in 100 % of 6 specifications × 16 draws"
    assert "; least often “" not in told[0]  # both conditions are met in all combinations
    assert told[1].startswith("Depends: ") and told[2].startswith("Fails: ")
    assert told[3].startswith("Not testable here (the numbers rest on what is assumed): ")
    assert told[4] == "Not testable here"


def test_pictures_use_the_cutoffs_of_verdicts() -> None:
    assert (limits().holds, limits().fails) == (cutoffs().holds, cutoffs().fails)


def test_a_board_has_a_row_a_claim() -> None:
    told = board(made_up_theory(), title="Verdicts").caption.description
    assert told.count("The worker elite grew") == 5


def test_a_comparison_has_the_shared_questions_only() -> None:
    found = made_up_theory()
    both = {"One": found, "Another": [found[0], found[2]]}
    assert shared_questions(both) == ["size-of-the-worker-elite", "fall"]
    drawn = comparison(both, title="Both")
    headings = [r["text"] for r in drawn.data["board_texts"] if r["kind"] == "heading"]
    assert headings == ["Size of the worker elite", "Fall"]
    with pytest.raises(UsageError, match="share no question"):
        comparison({"One": found[:1], "Another": found[1:]}, title="None")


def test_a_frame_of_several_claims_draws_their_board() -> None:
    evaluations = [made_up_evaluation(), made_up_evaluation(made_up_claim("another"))]
    drawn = verdict_table(evaluations).plot().to_dict()
    assert drawn == board(evaluations).framed().to_dict()


@pytest.mark.parametrize("name", list_claims())
def test_every_stored_result_draws_its_curve(name: str) -> None:
    """Whatever its choices are called: `column`, `first` and `state` are names of choices."""
    evaluation = claims(name).evaluations[name]
    picture = curve(evaluation)
    drawn = {row["state"] for row in picture.data["curve0"]}
    assert drawn and len(picture.data["curve0"]) <= evaluation.specifications.height


def test_choices_may_bear_the_names_that_the_picture_uses() -> None:
    claim = made_up_claim()
    evaluation = made_up_evaluation(claim)
    renamed = {"tau": "column", "anchor": "state"}
    choices = [one.model_copy(update={"id": renamed[one.id]}) for one in claim.choices]
    other = replace(
        evaluation,
        claim=claim.model_copy(update={"choices": tuple(choices)}),
        specifications=evaluation.specifications.rename(renamed),
    )
    assert curve(other).data["curve0"] == curve(evaluation).data["curve0"]


def test_bare_numbers_of_a_choice_have_the_unit_of_the_parameter_that_they_set() -> None:
    found = {one.id: choice_label(claim, one) for name in ("most-live-on-low-incomes",
             "aristocracy-majority-in-the-north", "worker-elite-grew")
             for claim in [load_claim(name)] for one in claim.choices}  # fmt: skip
    assert found["low"] == "Up to how much a day (PPP dollars of 2011 a day)"
    assert "× the mean labour income" in found["aristocracy_income"]
    assert found["threshold"] == "Threshold of the worker elite"  # its options say dollars
    drawn = curve(claims("most-live-on-low-incomes").evaluations["most-live-on-low-incomes"])
    assert found["low"] in str(drawn.data)
