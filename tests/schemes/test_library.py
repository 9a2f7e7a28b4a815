"""Loading schemes."""

from pathlib import Path

import pytest

from worldclass.core.errors import TheoryError
from worldclass.schemes.library import list_schemes, load_scheme
from worldclass.theories.library import load_theory

from .conftest import SMALL, Write

NAMED = """
egp11 egp7 egp5 egp3 egp-mp esec esec6 esec5 esec3 esec-mp eseg oesch16 oesch8 oesch5
wright-simple wright-decision wright-power msec msec-proto microclass ordc ipics oep isei
siops mps
""".split()  # noqa: SIM905 - easier to hold against the design


@pytest.mark.parametrize("name", NAMED)
def test_every_named_scheme_ships_and_says_where_it_comes_from(name: str) -> None:
    scheme = load_scheme(name)
    assert scheme.id == name
    assert any(character.isdigit() for character in scheme.citation)  # a year
    assert scheme.lost
    assert scheme.source_notes


def test_the_list_holds_every_named_scheme() -> None:
    assert set(NAMED) <= set(list_schemes())


def test_a_misspelt_name_is_guessed() -> None:
    with pytest.raises(TheoryError, match="Did you mean 'esec'"):
        load_scheme("eesec")


def test_a_scheme_asked_for_as_a_theory_is_explained() -> None:
    with pytest.raises(TheoryError, match="is an occupational scheme") as caught:
        load_theory("esec")
    assert "worldclass.classify" in caught.value.remedy


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('label = "Owners"', 'label = "Owners"\nwhen = "self_employed = 1"', "needs 'base'"),
        ('id = "2"', 'id = "1"', "class ids occur twice"),
        ('table = "small.csv"', 'table = "../small.csv"', "table"),
        ('classification = "isco08"', 'classification = "soc2018"', "classification"),
        ("digits = 2", "digits = 2\ncolour = 1", "colour"),
    ],
)
def test_a_malformed_file_is_refused(write_scheme: Write, old: str, new: str, message: str) -> None:
    with pytest.raises(TheoryError, match=message):
        write_scheme(SMALL.replace(old, new, 1))


def test_a_file_that_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(TheoryError, match="nothing"):
        load_scheme(tmp_path / "nothing.toml")
