"""The armed forces of ISCO-68 have codes of five digits, and no number of four is one of them."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import worldclass as wc
from worldclass.occupations.classification import classification, classifications, codes
from worldclass.occupations.longer import shortened

ARMY = ["10000", "10001", "10002", "10003", "10009"]


def test_only_isco_68_has_codes_of_five_digits() -> None:
    found = {name for name in classifications() if classification(name).longer}
    assert found == {"isco68"}
    longer = classification("isco68").longer
    assert [str(code) for code in longer] == ARMY
    extras = {code for extra in classification("isco68").extras for code in extra.codes}
    assert set(longer.values()) <= extras
    assert not any(codes("isco68", 2).count(short // 100 * 100) for short in longer.values())


def test_they_are_coded_and_converted_however_they_are_written() -> None:
    for column in (
        ARMY,
        [int(code) for code in ARMY],
        [float(code) for code in ARMY],
        [f" {code}.0" for code in ARMY],
        pd.Categorical(ARMY),
    ):
        people = pd.DataFrame({"isco68": column, "self_employed": 0, "employees": 0})
        assert wc.classify(people, "siops")["class"].tolist() == [42, 63, 44, 39, 73]
        coded = wc.classify(people, "egp11")
        assert coded["class"].tolist()[:4] == ["7", "1", "7", "8"]
        assert coded["class_missing"].tolist()[4] == "isco68: not covered"
    assert wc.recode(ARMY, "isco68", "isco88") == ["3452", "1229", "3452", "5164", "1229"]
    assert wc.recode(ARMY, "isco68", "isco68") == ARMY


@pytest.mark.parametrize("kind", [pl.String, pl.Int32, pl.Float64])
def test_the_numbers_that_stand_for_them_are_no_codes(kind: type[pl.DataType]) -> None:
    """1091 is in no list of ISCO-68; 10004 and 1000 are none either."""
    strange = pl.Series("isco68", [*classification("isco68").longer.values(), 10004, 1000])
    coded = wc.classify(strange.cast(pl.Int64).cast(kind).to_frame(), "siops")
    assert coded["class"].null_count() == len(strange)
    assert coded["class_missing"].null_count() == 0
    assert wc.recode(strange, "isco68", "isco88").null_count() == len(strange)


def test_the_report_writes_codes_as_the_data_do() -> None:
    people = pl.DataFrame({"isco68": ["10009", "1091"], "self_employed": 0, "employees": 0})
    report = wc.coding_report(people, "egp11")
    examples = dict(report.select("item", "examples").rows())
    assert examples["no class: isco68: not covered"] == "10009"
    assert examples["no class: isco68: malformed code"] == "1091 (no code)"


def test_a_column_without_them_is_left_alone() -> None:
    for column in (pl.Series([110, None]), pl.Series(["0110", None]), pl.Series([None, None])):
        assert shortened(column, "isco68") is column
    groups = pl.Series(["10", "11"])
    assert shortened(groups, "isco68", 2) is groups
