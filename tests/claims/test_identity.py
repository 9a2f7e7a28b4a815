"""What a result depends on, and nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.claims.gauges import choice, claim, two_gauges
from worldclass.claims.cache import open_cache
from worldclass.claims.cutoffs import cutoffs
from worldclass.claims.data import Data
from worldclass.claims.identity import facts_of, identity_of
from worldclass.theories.library import load_theory


def test_it_follows_claim_data_and_cut_offs(tmp_path: Path) -> None:
    events = tmp_path / "events.csv"
    events.write_text("day\n")
    made = two_gauges(quantity="test-sheet")
    here = identity_of(made, Data(events=events), cutoffs())
    assert here.content == identity_of(made, Data(events=events), cutoffs()).content
    assert (here.absent, here.possible) == ((), 4)
    fewer = cutoffs().model_copy(update={"draws": 8})
    for other in (
        identity_of(two_gauges([1, 2], quantity="test-sheet"), Data(events=events), cutoffs()),
        identity_of(made, Data(events=events), fewer),
        identity_of(made, Data(), cutoffs()),
    ):
        assert other.content != here.content


def test_theories_are_those_whose_classes_the_terms_measure() -> None:
    """Also those that a choice names."""
    terms = {
        "high": {"quantity": "class-size", "class": "proletariat", "theory": "$theory"},
        "low": {"quantity": "class-size", "class": "lumpen"},
    }
    made = claim(
        terms,
        choices=[choice("theory", ["classical-marxist", "bromma"])],
        common={"country": "BRA", "year": 2023},
    )
    found = identity_of(made, Data(), cutoffs()).content["theories"]
    assert found == {
        name: load_theory(name).digest for name in ("bromma", "classical-marxist")
    }  # fmt: skip
    assert identity_of(two_gauges(), Data(), cutoffs()).content["theories"] == {}


def test_facts_are_remembered_for_quantities_of_the_package_only(tmp_path: Path) -> None:
    kept = open_cache(tmp_path)
    terms = {"high": {"value": 2}, "low": {"value": "$low"}}
    constants = claim(terms, choices=[choice("low", [1, 3])], quantity="constant")
    first = facts_of(constants, kept)
    (note,) = tmp_path.rglob("*.json")
    assert facts_of(constants, kept) == first == facts_of(constants)
    note.write_text("{}")
    assert facts_of(constants, kept) == first
    facts_of(two_gauges(), kept)
    assert len(list(tmp_path.rglob("*.json"))) == 1
