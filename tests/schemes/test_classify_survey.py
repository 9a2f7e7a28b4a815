"""Coding the raw variables of surveys: kinds of missing values reach the reasons."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import UsageError
from worldclass.sources.mirror import Mirror

ESS = pl.DataFrame(
    {
        "isco08": [2310, 99999, 66666, 7127, 5223, 7127],
        "emplrel": [1, 1, 6, 2, 8, 2],
        "emplno": [66666, 66666, 66666, 3, 66666, 77777],
        "jbspv": [1, 2, 6, 2, 7, 2],
        "njbspv": [5, 66666, 66666, 66666, 77777, 66666],
        "idno": [1, 2, 3, 4, 5, 6],
    }
)
EXPECTED = [
    ("1", None),
    (None, "isco08: no answer"),
    (None, "isco08: not applicable"),
    ("4", None),
    (None, "self_employed: don't know"),
    (None, "employees: refused"),
]


@pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "arrow", "duckdb"])
def test_missing_codes_of_a_survey_become_reasons_in_every_kind_of_frame(kind: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    made = {
        "polars": lambda: ESS,
        "lazy": ESS.lazy,
        "pandas": ESS.to_pandas,
        "arrow": ESS.to_arrow,
        "duckdb": lambda: duckdb.from_arrow(ESS.to_arrow()),
    }[kind]()
    coded = wc.classify(made, "esec", survey="ess")
    frame = (
        coded.collect()
        if kind == "lazy"
        else coded.pl()
        if kind == "duckdb"
        else pl.DataFrame(coded)
    )
    columns = [frame[name].cast(pl.String).to_list() for name in ("class", "class_missing")]
    assert list(zip(*columns, strict=True)) == EXPECTED
    assert frame["idno"].to_list() == ESS["idno"].to_list()
    assert frame.columns == [*ESS.columns, "class", "class_missing"]


def test_without_the_adapter_the_same_numbers_are_no_codes() -> None:
    people = ESS.rename({"jbspv": "supervisor"}).with_columns(self_employed=pl.lit(0))
    coded = wc.classify(people, "esec")
    assert coded["class_missing"].to_list()[1:3] == ["isco08: malformed code"] * 2


def test_the_report_names_what_a_survey_cannot_give() -> None:
    frame = ESS.with_columns(age=pl.lit(40))
    report = wc.coding_report(frame, "esec", survey="ess")
    found = dict(report.select("item", "rows").rows())
    assert found["class given"] == 2
    assert found["no class: employees: refused"] == 1


def test_a_survey_whose_variables_are_not_there_is_refused() -> None:
    with pytest.raises(UsageError):
        wc.classify(pl.DataFrame({"nothing": [1]}), "esec", survey="ess")


def test_the_extract_of_the_european_social_survey(mirror: Mirror) -> None:
    """Its four 'don't know' among numbers of employees, and its spoilt column, give no class."""
    people = pl.read_parquet(mirror.root / "survey" / "ess6.parquet")
    plain = wc.classify(people, "esec")
    adapted = wc.classify(people, "esec", survey="digclass-ess")
    lost = adapted.filter(plain["class"].is_not_null() & adapted["class"].is_null())
    assert Counter(lost["class_missing"].to_list()) == {"employees: don't know": 4}
    kept = adapted["class"].is_not_null()
    assert adapted["class"].filter(kept).equals(plain["class"].filter(kept))
    wright = wc.classify(people, "wright-power", survey="digclass-ess")
    assert (wright["class_missing"] == "control_work: unusable").sum() > 10_000
