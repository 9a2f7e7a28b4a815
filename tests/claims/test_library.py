"""Claims that ship with the package, and claims in files of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.gauges import TOML, write_claim
from worldclass.claims.library import is_shipped, list_claims, load_claim, theories_with_claims
from worldclass.core.datafile import package_file
from worldclass.core.errors import ClaimError

THEORY = """
id = "own"
label = "A theory for a test"
version = "1"
description = "d"
citation = "c"
source_notes = "s"
lost = "l"
[[class]]
id = "all"
label = "All"
"""


def test_each_claim_lies_under_its_theory_and_its_own_name() -> None:
    root = package_file("worldclass.claims", "files")
    for theory in theories_with_claims():
        for name in list_claims(theory):
            assert (load_claim(name).theory, load_claim(name).id) == (theory, name)
            assert root.joinpath(theory, f"{name}.toml").is_file()


def test_claims_of_a_theory_come_by_number_and_no_number_twice() -> None:
    for theory in theories_with_claims():
        numbers = [load_claim(name).number for name in list_claims(theory)]
        assert numbers == sorted(set(numbers))


def test_all_claims_are_listed_and_none_twice() -> None:
    everything = list_claims()
    assert len(everything) == len(set(everything))
    assert everything == [name for theory in theories_with_claims() for name in list_claims(theory)]


def test_a_file_of_ones_own_is_read_and_is_not_shipped(tmp_path: Path) -> None:
    own = load_claim(write_claim(tmp_path))
    assert (own.id, len(own.choices)) == ("own-claim", 1)
    assert not is_shipped(own)
    assert load_claim(own) is own
    assert is_shipped(load_claim(list_claims()[0]))


def test_shared_choices_come_first(tmp_path: Path) -> None:
    text = TOML.replace("[common]", 'shared = ["anchor"]\n[common]')
    text = text.replace("[term.low]", '[term.low]\nplaces = ["$anchor"]')
    assert [one.id for one in load_claim(write_claim(tmp_path, text)).choices] == [
        "anchor", "level",
    ]  # fmt: skip


def test_a_theory_beside_the_claim_is_its_theory(tmp_path: Path) -> None:
    text = TOML.replace('"bromma"', '"own"')
    assert "theory" not in load_claim(write_claim(tmp_path, text)).common
    theory = tmp_path / "own.toml"
    theory.write_text(THEORY, encoding="utf-8")
    assert load_claim(write_claim(tmp_path, text)).common["theory"] == str(theory)
    named = text.replace("[common]", '[common]\ntheory = "own.toml"')
    assert load_claim(write_claim(tmp_path, named)).common["theory"] == str(theory)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("kind = ", "kinds = "), "Key 'kinds' is not known"),
        (("[term.high]", "[term.High]"), "High"),
        (('holds = "> 0"', 'holds = "positive"'), "holds"),
        (('"$level"', '"$lvel"'), "lvel"),
        (("values = [1, 2, 3, 4]", "values = [1]"), "2 to"),
        (("[common]", 'shared = ["ancor"]\n[common]'), "no shared choice 'ancor'"),
        (("[common]", "[common"), "not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_in_words(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    file = write_claim(tmp_path, TOML.replace(*change))
    with pytest.raises(ClaimError, match=told) as caught:
        load_claim(file)
    assert str(file) in caught.value.where
    assert caught.value.remedy


def test_unknown_names_bring_the_nearest(tmp_path: Path) -> None:
    near = list_claims()[0]
    with pytest.raises(ClaimError, match=f"Did you mean.*{near}"):
        load_claim(near[:-1])
    with pytest.raises(ClaimError, match="Did you mean 'bromma'"):
        list_claims("broma")
    with pytest.raises(ClaimError, match="no such file"):
        load_claim(tmp_path / "none.toml")


def test_a_changed_copy_of_a_claim_is_another_claim() -> None:
    claim = load_claim(list_claims()[0])
    assert is_shipped(claim)
    changed = claim.model_copy(update={"parts": claim.parts[:1], "label": "Another"})
    assert changed.digest != claim.digest == claim.model_copy().digest
    assert not is_shipped(changed)
