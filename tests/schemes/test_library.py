"""Loading schemes."""

from pathlib import Path

import polars as pl
import pytest

from worldclass.core.errors import TheoryError
from worldclass.schemes.classify import classify
from worldclass.schemes.compile import compile_scheme
from worldclass.schemes.library import list_schemes, load_scheme
from worldclass.theories.library import load_theory

from .conftest import SMALL, TABLE, Write

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


def test_a_table_that_was_changed_is_read_again(write_scheme: Write) -> None:
    """What was compiled before is not taken for a file of another content."""
    people = pl.DataFrame({"isco08": ["2310"], "self_employed": [0], "employees": [0]})
    found: list[str] = []
    for table in (TABLE, TABLE.replace("2,2,3,1,2", "2,3,3,1,2")):
        folder = write_scheme(table=table).folder
        assert folder is not None
        found += classify(people, folder / "small.toml")["class"].to_list()
    assert found == ["2", "3"]


DERIVED = """
base = "{base}"
[[class]]
id = "1"
label = "All"
when = "{column} IN ('1', '2', '3')"
"""


def test_a_base_that_was_changed_is_read_again(write_scheme: Write) -> None:
    people = pl.DataFrame({"isco08": ["2310"], "self_employed": [0], "employees": [0]})
    folder = write_scheme().folder
    assert folder is not None
    derived = write_scheme(DERIVED.format(base="small", column="small"), name="derived")
    assert classify(people, derived)["class"].to_list() == ["1"]
    (folder / "small.csv").write_text(TABLE.replace("2,2,3,1,2", "2,,3,1,2"))
    found = classify(people, folder / "derived.toml")["class_missing"].to_list()
    assert found == ["isco08: not covered"]


def test_a_scheme_that_derives_from_itself_is_refused(write_scheme: Write) -> None:
    with pytest.raises(TheoryError, match="'loop' derives from the scheme itself"):
        write_scheme(DERIVED.format(base="loop", column="loop"), name="loop")
    with pytest.raises(TheoryError, match="no base 'nobody'"):
        write_scheme(DERIVED.format(base="nobody", column="nobody"), name="heir")


def test_a_base_in_another_classification_is_refused(write_scheme: Write) -> None:
    body = (
        DERIVED.format(base="ipics", column="ipics")
        + """
[[occupation]]
classification = "isco68"
table = "small.csv"
source = "Made up."
"""
    )
    with pytest.raises(TheoryError, match="'ipics' cannot be coded from isco68"):
        compile_scheme(write_scheme(body, name="odd"))


def test_an_assumption_beyond_its_column_is_refused(write_scheme: Write) -> None:
    body = SMALL + '[simplified]\nassume = { self_employed = 5 }\nlost = "All."\n'
    with pytest.raises(TheoryError, match="'self_employed' cannot be 5"):
        write_scheme(body)
