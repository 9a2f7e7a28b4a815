"""The template is a sound claim as it stands, for every theory of the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from worldclass.claims.check import check_claim
from worldclass.claims.library import load_claim
from worldclass.claims.template import claim_template
from worldclass.core.errors import ClaimError


@pytest.mark.parametrize("theory", ["bromma", "kharas", "ilo-status"])
def test_it_passes_the_checker_without_a_word(theory: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(claim_template("mine", theory), encoding="utf-8")
    claim = load_claim(file)
    assert (claim.id, claim.theory) == ("mine", theory)
    assert check_claim(claim) == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("My claim No. 3", "my-claim-no-3"),
        ("2008", "claim-2008"),
        ("É", "claim"),
        ("x" * 90, "x" * 60),
    ],
)
def test_any_name_becomes_an_id(name: str, slug: str) -> None:
    assert f'id = "{slug}"' in claim_template(name)


def test_every_key_of_the_schema_is_explained() -> None:
    from worldclass.claims.schema import Choice, Claim, Part

    text = claim_template()
    for schema in (Claim, Part, Choice):
        for name, entry in schema.model_fields.items():
            assert (entry.alias or name) in text, name


def test_an_unknown_theory_is_refused_with_the_nearest() -> None:
    with pytest.raises(ClaimError, match="Did you mean bromma"):
        claim_template("mine", "broma")
