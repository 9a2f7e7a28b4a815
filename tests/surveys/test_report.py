"""The report says what was made, from what, and what is lost."""

from __future__ import annotations

import polars as pl

from worldclass.surveys.adapt import adapt, plan_adaptation
from worldclass.surveys.report import adaptation_report, facts, unknown_codes

ROWS = pl.DataFrame({"emplrel": [1, 2, 4, 5, 7, None], "jbspv": [1, 2, 1, 2, 8, 2], "agea": 40})


def test_rows_of_a_column_add_up() -> None:
    report = adaptation_report(ROWS, "ess")
    for column in ("self_employed", "supervisor", "age"):
        lines = report.filter(pl.col("rows").is_not_null(), column=column)
        assert lines["rows"].sum() == len(ROWS)
        assert abs(lines["share"].sum() - 1) < 1e-12


def test_it_counts_what_adapt_makes() -> None:
    report = adaptation_report(ROWS.lazy(), "ess")
    frame = adapt(ROWS, "ess")
    made = report.filter(item="made", column="self_employed")
    assert made["rows"].item() == frame["self_employed"].is_not_null().sum()
    assert made["variables"].item() == "emplrel"
    refused = report.filter(item="missing", column="self_employed", detail="refused")
    assert refused["rows"].item() == 1


def test_codes_that_the_file_does_not_know_are_shown() -> None:
    report = adaptation_report(ROWS, "ess").filter(item="unknown code")
    assert report.select("column", "rows", "detail").rows() == [
        ("self_employed", 2, "4, 5"),
        ("work_status", 2, "4, 5"),
    ]


def test_what_could_not_be_made_is_named_with_the_variable() -> None:
    report = adaptation_report(ROWS, "ess").filter(item="not made")
    why = dict(report.select("column", "detail").iter_rows())
    assert "iorgact" in why["control_work"]
    assert "mnactic" in why["main_activity"]
    assert set(adaptation_report(ROWS, "ess").filter(item="not in the survey")["column"]) == {
        "isco68",
        "esco",
    }


def test_assumptions_are_said_to_be_made_or_possible() -> None:
    rows = ROWS.with_columns(wkdcorga=pl.lit(5))
    assert (
        "autonomy-bands"
        in adaptation_report(rows, "ess").filter(item="could be assumed")["detail"].item()
    )
    report = adaptation_report(rows, "ess", assume="autonomy-bands")
    assert report.filter(item="assumed").height == 1
    assert report.filter(item="made", column="control_daily")["rows"].item() == len(ROWS)


def test_parts_that_no_document_confirmed_are_named() -> None:
    rows = pl.DataFrame({"status1": [100], "emp": [1]})
    report = adaptation_report(rows, "lis").filter(item="not verified")
    assert report["column"].to_list() == ["work_status"]


def test_facts_of_some_columns_leave_the_others_out() -> None:
    rows = pl.DataFrame({"lstatus": [1], "empstat": [1]})
    lines = facts(plan_adaptation(rows, "gld"), ["firm-size"], {"employees"})
    assert {line["column"] for line in lines} == {"employees", None}
    items = [line["item"] for line in lines]
    assert items == ["lost", "lost", "could be assumed", "assumed"]


def test_unknown_codes_are_counted_for_the_columns_asked_for() -> None:
    plan = plan_adaptation(ROWS, "ess")
    assert unknown_codes(ROWS, plan, {"self_employed"}) == [("self_employed", 2, ("4", "5"))]
    assert unknown_codes(ROWS, plan, {"age"}) == []


def test_an_empty_frame_has_a_report() -> None:
    report = adaptation_report(ROWS.clear(), "ess")
    assert report.filter(item="made")["rows"].to_list() == [0] * report.filter(item="made").height
