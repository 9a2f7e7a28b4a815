"""Adapters are found by id, in files, and suggested by the columns of a file."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from worldclass.core.errors import UsageError
from worldclass.surveys.adapt import adapt
from worldclass.surveys.library import detect_survey, list_surveys, load_survey

OWN = """
id = "own"
label = "A survey of one's own"
version = "1"
description = "Two questions."
lost = "All else."
[[source]]
title = "Questionnaire"
edition = "1"
address = "shelf 3"
[fits]
any = ["q1", "q2"]
[[column]]
name = "self_employed"
[[column.from]]
variable = ["q1"]
map = { a = 0, b = 1 }
missing = { "?" = "don't know" }
"""


def test_adapters_for_the_great_surveys_ship() -> None:
    surveys = {"ess", "issp", "issp-2019", "gld", "ipums", "lis", "eu-lfs", "eu-silc"}
    assert surveys | {"digclass-ess"} <= set(list_surveys())


def test_an_unknown_id_is_answered_with_a_guess() -> None:
    with pytest.raises(UsageError, match="Did you mean 'eu-silc'"):
        load_survey("eusilc")


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    frame = adapt(pl.DataFrame({"q1": ["a", "b", "?", "c"]}), file)
    assert frame["self_employed"].to_list() == [False, True, None, None]
    assert frame["self_employed_missing"].to_list() == [None, None, "don't know", "unknown code"]


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (["ESSROUND", "EMPLREL", "ISCO08"], "ess"),
        (["isco08", "emplno", "self_employed", "is_supervisor", "row_id"], "digclass-ess"),
        (["EMPREL", "WRKSUP", "NSUP", "NEMPLOY"], "issp"),
        (["EMPREL", "WRKSUP", "NSUP"], "issp-2019"),
        (["countrycode", "lstatus", "empstat", "occup_isco"], "gld"),
        (["sample", "serial", "classwkd", "occisco"], "ipums"),
        (["pid", "dname", "status1", "pwgt"], "lis"),
        (["coeffy", "stapro", "isco08_3d", "supvisor"], "eu-lfs"),
        (["PB010", "PB020", "PL040", "PL051"], "eu-silc"),
    ],
)
def test_columns_point_to_their_survey(names: list[str], first: str) -> None:
    assert detect_survey(names)[0] == first


def test_columns_of_no_survey_point_nowhere() -> None:
    assert detect_survey(["isco08", "income"]) == []


@pytest.mark.parametrize(
    ("found", "instead", "message"),
    [
        ("map = {", "mpa = {", "'column.*mpa' is not known"),
        ("b = 1", "b = 2", "2 is not 0 or 1"),
        ('"don\'t know" }', '"forgot" }', "column"),
        ('name = "self_employed"', 'name = "class"', "there is no column 'class'"),
        ("missing = {", 'missing = { a = "refused",', "both a value and missing"),
        ("map = { a = 0, b = 1 }", "digits = 4", "'digits' is for occupation codes"),
        ('variable = ["q1"]\n', "", "needs a 'variable'"),
        ('variable = ["q1"]', 'variable = ["q1"]\nassume = "x"', "no assumption 'x'"),
        (
            'variable = ["q1"]',
            'variable = ["q1"]\nwhen = [{ column = "age", is = ["1"] }]',
            "not defined before it",
        ),
        (
            'variable = ["q1"]',
            'variable = ["q1"]\nwhen = [{ variable = "q2" }]',
            "one of 'is', 'not'",
        ),
        ('lost = "All else."', "", "'lost' is missing"),
        ("[fits]", "[fits", "not valid TOML"),
        (
            'name = "self_employed"\n[[column.from]]\nvariable = ["q1"]\nmap = { a = 0, b = 1 }',
            'name = "employees"\n[[column.from]]\nvariable = ["q1"]\nnumber = [0, 99999]',
            "'number' goes beyond 66665",
        ),
    ],
)
def test_a_malformed_file_is_refused_with_the_place(
    tmp_path: Path, found: str, instead: str, message: str
) -> None:
    assert found in OWN
    file = tmp_path / "own.toml"
    file.write_text(OWN.replace(found, instead), encoding="utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        load_survey(file)
    assert "own.toml" in str(caught.value)


def test_a_huge_or_binary_file_is_refused(tmp_path: Path) -> None:
    huge = tmp_path / "huge.toml"
    huge.write_text("a = 1\n" * 50_000, encoding="utf-8")
    with pytest.raises(UsageError, match="larger than"):
        load_survey(huge)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        load_survey(binary)
