"""Coding the raw variables of surveys: kinds of missing values reach the reasons."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import worldclass as wc
from worldclass.core.errors import UsageError
from worldclass.schemes.unreadable import UnreadableValueWarning
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


@pytest.mark.filterwarnings("ignore::worldclass.schemes.unreadable.UnreadableValueWarning")
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


@pytest.mark.filterwarnings("ignore::worldclass.schemes.unreadable.UnreadableValueWarning")
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


def test_retired_and_unemployed_persons_are_coded_by_their_last_job() -> None:
    people = pl.DataFrame(
        {
            "isco08": [2310, 2310, 66666],
            "emplrel": [1, 1, 6],
            "mnactic": [6, 3, 6],
            "agea": [70, 50, 70],
        }
    )
    retired_professional, teaching, never_worked = "82", "25", "88"
    coded = wc.classify(people, "eseg", survey="ess")["class"].to_list()
    assert coded == [retired_professional, teaching, never_worked]


GLD = pl.DataFrame(
    {
        "lstatus": [1, 1, 1, 1, 3],
        "isco_version": ["isco_2008", "isco_1988", "isco_1988", "isco_2008", "isco_2008"],
        "occup_isco": ["2310", "2310", "9998", "", ""],
        "empstat": [1, 1, 1, 1, None],
    }
)


@pytest.mark.parametrize("kind", ["polars", "lazy", "pandas"])
def test_each_row_is_coded_by_the_classification_that_it_has(kind: str) -> None:
    frame = {"polars": GLD, "lazy": GLD.lazy(), "pandas": GLD.to_pandas()}[kind]
    coded = wc.classify(frame, "isei", survey="gld")
    coded = coded.collect() if kind == "lazy" else pl.DataFrame(coded)
    assert coded["class"].fill_nan(None).to_list() == [76.0, 77.0, None, None, None]
    assert coded["class_missing"].cast(pl.String).to_list() == [
        None,
        None,
        "isco88: unknown code",
        "isco08: missing",
        "isco08: not applicable",
    ]
    only = wc.classify(GLD, "isei", survey="gld", occupation="isco08")
    assert only["class"].null_count() == 4


def test_stacked_rounds_are_coded_by_their_own_classification() -> None:
    rounds = pl.DataFrame({"isco08": [2310, None], "iscoco": [None, 2310], "emplrel": [1, 1]})
    rounds = rounds.with_columns(jbspv=2, njbspv=66666, emplno=66666)
    coded = wc.classify(rounds, "esec", survey="ess")
    assert coded["class"].null_count() == 0
    report = wc.coding_report(rounds, "esec", survey="ess")
    turned = report.filter(item="coded by another classification")
    assert turned.select("column", "rows").rows() == [("isco88com", 1)]


def test_early_rounds_are_coded_by_schemes_that_take_isco_88() -> None:
    early = pl.DataFrame({"iscoco": [2310, 66666], "emplrel": [1, 1]})
    early = early.with_columns(jbspv=2, njbspv=66666, emplno=66666)
    coded = wc.classify(early, "egp11", survey="ess")
    assert coded["class"].to_list() == ["1", None]
    assert coded["class_missing"].to_list() == [None, "isco88: not applicable"]


def test_an_unknown_code_of_a_survey_has_no_number_in_the_report() -> None:
    rows = pl.DataFrame({"isco08": ["x", "2310"], "emplrel": 1, "jbspv": 2, "njbspv": 66666})
    report = wc.coding_report(rows, "isei", survey="ess")
    found = report.filter(item="no class: isco08: unknown code")
    assert found.select("rows", "examples").rows() == [(1, "")]


def test_assumptions_of_a_survey_are_made_if_asked_for_and_named_if_not() -> None:
    frame = GLD.with_columns(
        empstat=pl.Series([1, 3, 1, 1, None]), isco_version=pl.lit("isco_2008")
    )
    with pytest.warns(wc_warning(), match=r"Could be assumed .*at-least-one"):
        plain = wc.classify(frame, "esec", survey="gld")
    assert plain["class_missing"].to_list()[1] == "employees: not asked"
    with pytest.warns(wc_warning()):
        assumed = wc.classify(frame, "esec", survey="gld", assume=["at-least-one"])
    assert assumed["class"].to_list()[1] is not None
    with pytest.raises(UsageError, match=r"Could be assumed .*at-least-one"):
        wc.classify(frame, "esec", survey="gld", method="full")
    with pytest.raises(UsageError, match="no assumption 'everything'"):
        wc.classify(frame, "esec", survey="gld", assume=["everything"])


def wc_warning() -> type[Warning]:
    from worldclass.schemes.plan import SimplifiedMethodWarning

    return SimplifiedMethodWarning


def test_digits_have_no_meaning_where_the_adapter_writes_the_codes() -> None:
    with pytest.raises(UsageError, match="digits=2 has no meaning"):
        wc.classify(ESS, "esec", survey="ess", digits=2)
    own = ESS.select("emplrel", "jbspv", "njbspv", "emplno").with_columns(isco88=pl.lit("23"))
    assert wc.classify(own, "isei", survey="ess", digits=2)["class"].null_count() == 0


@pytest.mark.filterwarnings("ignore::worldclass.schemes.plan.SimplifiedMethodWarning")
def test_the_report_holds_what_the_adapter_says() -> None:
    frame = GLD.with_columns(empstat=pl.Series([1, 3, 7, 1, None]))
    report = wc.coding_report(frame, "esec", survey="gld", assume=["firm-size"])
    unknown = report.filter(item="unknown code", column="self_employed")
    assert unknown.select("rows", "examples").rows() == [(1, "7")]
    words = {
        item: report.filter(item=item)["examples"].str.join(" ").item()
        for item in ("lost", "could be assumed", "assumed", "not in the survey")
    }
    assert "Supervision and the number of employees" in words["lost"]
    assert "at-least-one" in words["could be assumed"]
    assert "firm-size" in words["assumed"]
    assert "supervisors cannot be told" in words["not in the survey"]
    issp = pl.DataFrame({"ISCO08": [2310], "EMPREL": [1], "NEMPLOY": [0], "WRKSUP": [2]})
    found = wc.coding_report(issp, "esec", survey="issp").filter(item="not verified")
    assert set(found["column"]) >= {"self_employed", "supervisor"}


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([None, 1, 2, "1", " 2", 2.0, float("nan"), "x"]), max_size=8),
    st.integers(0, 8),
)
def test_a_head_without_values_changes_no_class(values: list[object], cut: int) -> None:
    """Of a pandas column of objects, the type of which is the business of each value alone."""
    head = [None] * 3
    frame = pd.DataFrame({"emplrel": pd.Series([*head, *values], dtype=object)})
    frame = frame.assign(isco08=2310, jbspv=2, njbspv=66666, emplno=0)
    whole = wc.classify(frame, "esec", survey="ess")["class_missing"].astype(object).tolist()
    parts = [
        wc.classify(part, "esec", survey="ess")["class_missing"].astype(object).tolist()
        for part in (frame.iloc[: cut + 3], frame.iloc[cut + 3 :])
    ]
    assert [str(one) for one in whole] == [str(one) for part in parts for one in part]
    assert [str(one) for one in whole[:3]] == ["self_employed: missing"] * 3


def test_an_empty_variable_of_a_survey_is_not_an_absent_one() -> None:
    """Nobody is taken for an employee because a column without any value has no type."""
    empty = ESS.with_columns(emplrel=pl.lit(None))
    assert empty["emplrel"].dtype == pl.Null
    for kind in (empty, empty.lazy().collect(), empty.to_pandas(), empty.to_arrow()):
        coded = pl.DataFrame(wc.classify(kind, "esec", survey="ess"))
        assert coded["class"].null_count() == len(ESS)
        assert coded["class_missing"].cast(pl.String)[0] == "self_employed: missing"


def test_columns_that_no_adapter_reads_may_hold_anything() -> None:
    frame = ESS.with_columns(note=pl.Series([[1]] * 6)).to_pandas()
    frame["other"] = frame["note"]
    assert wc.classify(frame, "esec", survey="ess")["class"].tolist()[0] == "1"


def test_a_survey_that_is_named_is_not_suggested_again() -> None:
    people = pl.DataFrame({"status1": [110, 210], "dname": ["de15", "de15"]})
    with pytest.raises(UsageError, match="needs one of the columns") as refused:
        wc.classify(people, "isei", survey="lis")
    assert "survey=" not in str(refused.value)
    with pytest.raises(UsageError, match=r"lis \(survey=…\)"):
        wc.classify(people, "isei")


def test_columns_of_one_s_own_beside_a_survey_s_are_looked_through() -> None:
    """The adapter reads the occupation only; 9 means nothing in our column of supervisors."""
    people = pl.DataFrame(
        {"isco08": [2310, 2310], "self_employed": [0, 0], "supervisor": [1, 9], "employees": [0, 0]}
    )
    with pytest.warns(UnreadableValueWarning, match="'supervisor'.* 9") as caught:
        coded = wc.classify(people, "esec", survey="ess")
    assert coded["class_missing"].to_list() == [None, "supervisor: missing"]
    assert "survey=" not in str(caught[0].message)
