"""What every claim file of the package must be: sound, varied by each option, plain in words."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
import pytest

from worldclass.claims.check import check_claim
from worldclass.claims.library import list_claims, load_claim
from worldclass.claims.schema import Claim
from worldclass.claims.specifications import Specifications, sizes
from worldclass.claims.terms import make_plan
from worldclass.theories.library import list_theories

NAMES = list_claims()
CHOICES = [(name, one.id) for name in NAMES for one in load_claim(name).choices]


def texts(claim: Claim) -> list[str]:
    """All that a reader sees of a claim."""
    own = (
        claim.label, claim.statement, claim.source, claim.scope, claim.reading, claim.changes,
        claim.assumed, claim.would_test, claim.history,
    )  # fmt: skip
    parts = [text for one in claim.parts for text in (one.label, one.unit)]
    labels = [text for one in claim.choices for text in (one.label, one.reason, *one.settings)]
    return [*own, *parts, *labels]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_about_it_is_refused(name: str) -> None:
    assert [one for one in check_claim(load_claim(name)) if one.severity == "refused"] == []


@pytest.mark.parametrize(("name", "choice"), CHOICES)
def test_every_option_says_something_else_of_a_term(name: str, choice: str) -> None:
    """With all other choices at their first option, no two options ask for the same values."""
    claim = load_claim(name)
    place = [one.id for one in claim.choices].index(choice)
    options = np.zeros((sizes(claim)[place], len(claim.choices)), dtype=np.int64)
    options[:, place] = np.arange(len(options))
    plan = make_plan(Specifications(claim, options, len(options)))
    asked = np.array([rows for _, rows in plan.places.values()])
    assert len(np.unique(asked, axis=1).T) == len(options)


@pytest.mark.parametrize("name", NAMES)
def test_its_words_hold_no_placeholder_and_no_loose_end(name: str) -> None:
    for text in texts(load_claim(name)):
        assert not re.search(r"\$\{?[A-Za-z_]|\{[A-Za-z_]*\}|TODO|TBD|XXX|<[a-z]+>", text), text
        assert text == " ".join(text.split()), text


@pytest.mark.parametrize("name", NAMES)
def test_its_texts_are_sentences(name: str) -> None:
    claim = load_claim(name)
    for text in (claim.statement, claim.reading, claim.scope, claim.source, claim.changes):
        assert not text or text.endswith((".", "?", ")", "\N{RIGHT DOUBLE QUOTATION MARK}")), text


def test_theories_exist_and_number_their_claims_from_one() -> None:
    numbers: dict[str, list[int]] = defaultdict(list)
    for claim in map(load_claim, NAMES):
        assert claim.theory in list_theories()
        numbers[claim.theory].append(claim.number)
    assert len(numbers["bromma"]) == 20
    assert sum(map(len, numbers.values())) >= 26
    for theory, found in numbers.items():
        assert sorted(found) == list(range(1, len(found) + 1)), theory


def test_rivals_answer_the_same_question() -> None:
    """A question that several claims answer is one that theories differ about."""
    asked: dict[str, list[str]] = defaultdict(list)
    for claim in map(load_claim, NAMES):
        asked[claim.question].append(claim.theory)
    shared = {question: theories for question, theories in asked.items() if len(theories) > 1}
    assert len(shared) >= 5
    assert {"who-is-the-majority", "do-countries-converge", "does-the-lumpen-grow"} <= set(shared)
    for question, theories in shared.items():
        assert len(set(theories)) == len(theories), question
