"""The coding report says what a coding repaired, missed, assumed and lost."""

import polars as pl
import pytest

from worldclass.schemes.plan import SimplifiedMethodWarning
from worldclass.schemes.report import coding_report

PERSONS = pl.DataFrame(
    {
        "isco08": ["2310", "110", " 110", "2319", "9999", "x", None, "5221.0"],
        "self_employed": [0, 0, 0, 0, 0, 0, 0, 7],
        "employees": [0, 6666, 0, 0, 0, 0, 0, 88888],
    }
)


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], tuple[int, str]]:
    with pytest.warns(SimplifiedMethodWarning):
        report = coding_report(PERSONS, "esec")
    return {(item, name): (rows, text) for item, name, rows, _, text in report.rows()}


def test_each_kind_of_repair_is_counted_with_examples(
    found: dict[tuple[str, str], tuple[int, str]],
) -> None:
    assert found["repaired: zeros put in front", "isco08"] == (2, " 110, 110")
    assert found["repaired: spaces removed", "isco08"] == (1, " 110")
    assert found["repaired: '.0' removed", "isco08"] == (1, "5221.0")


def test_each_reason_is_counted_with_examples(
    found: dict[tuple[str, str], tuple[int, str]],
) -> None:
    assert found["no class: isco08: malformed code", "isco08"] == (1, "x")
    assert found["no class: isco08: missing", "isco08"] == (1, "")
    assert found["no class: self_employed: missing", "self_employed"] == (1, "")
    reasons = sum(rows for (item, _), (rows, _) in found.items() if item.startswith("no class"))
    assert found["rows read", ""][0] == reasons + found["class given", "class"][0] == 8


def test_numbers_that_look_like_missing_codes_are_pointed_out(
    found: dict[tuple[str, str], tuple[int, str]],
) -> None:
    odd = found["looks like a missing code, taken as a number (see survey=)", "employees"]
    assert odd == (2, "6666, 88888")
    assert found["value not understood, taken as missing", "self_employed"] == (1, "7")


def test_assumptions_and_losses_are_named(
    found: dict[tuple[str, str], tuple[int, str]],
) -> None:
    assert found["assumed for want of the column", "supervisor"] == (8, "supervisor = 0")
    assert ("lost by the simplified method", "") not in found, "supervision is only a part of it"
    with pytest.warns(SimplifiedMethodWarning):
        report = coding_report(PERSONS[["isco08"]], "esec")
    assert report.filter(item="lost by the simplified method")["rows"].to_list() == [8]


def test_columns_that_could_help_but_are_not_read_are_pointed_out() -> None:
    people = pl.DataFrame(
        {
            "isco08": ["2310", "", None],
            "isco88com": ["2310", "2310", None],
            "supervisor": pl.Series([None, None, None], dtype=pl.Int8),
            "is_supervisor": [0, 1, None],
            "self_employed": 0,
            "employees": 0,
        }
    )
    report = coding_report(people, "esec")
    found = {item: rows for item, _, rows, _, _ in report.rows() if " is empty in rows " in item}
    assert found == {
        "isco08 is empty in rows where isco88com is not (see occupation=)": 1,
        "supervisor is empty in rows where is_supervisor is not (rename or fill one of them)": 2,
    }
    report = coding_report(people, "esec", occupation="isco88com")
    assert not report["item"].str.contains("isco08 is empty").any()


def test_an_unknown_unit_group_of_a_known_minor_group_is_told_apart() -> None:
    report = coding_report(pl.DataFrame({"isco08": ["2319", "9999", "2310"]}), "isei")
    rows = {item: (count, text) for item, _, count, _, text in report.rows()}
    assert rows["unknown unit group of a known minor group"] == (1, "2319")
    assert rows["no class: isco08: unknown code"] == (2, "2319, 9999")
