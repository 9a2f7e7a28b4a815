"""Each shipped adapter reads its survey's codes, and keeps every kind of missing apart."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from worldclass.surveys.adapt import adapt
from worldclass.surveys.canonical import companion
from worldclass.surveys.library import list_surveys, load_survey


def both(rows: dict[str, list[Any]], survey: str, column: str, **options: Any) -> list[Any]:
    """A column's values, with the kind of missing in the place of the empty ones."""
    frame = adapt(pl.DataFrame(rows, strict=False), survey, **options)
    pairs = zip(frame[column], frame[companion(column)], strict=True)
    for value, why in frame.select(column, companion(column)).iter_rows():
        assert value is None or why is None
    return [why if value is None else value for value, why in pairs]


@pytest.mark.parametrize("name", list_surveys())
def test_every_adapter_says_where_it_comes_from_and_what_is_lost(name: str) -> None:
    survey = load_survey(name)
    assert survey.id == name
    assert survey.sources and survey.lost
    made = {column.name for column in survey.columns}
    from worldclass.surveys.canonical import kinds

    assert made | set(survey.absent) == set(kinds()), (
        "a column is neither made nor said to be absent"
    )


def test_ess_keeps_kinds_of_missing_apart() -> None:
    rows = {"isco08": [1112, 110, 66666, 77777, 88888, 99999, 55555, None]}
    kinds = ["not applicable", "refused", "don't know", "no answer", "unknown code", None]
    assert both(rows, "ess", "isco08") == ["1112", "0110", *kinds]
    rows = {"emplrel": [1, 2, 3, 6, 7, 8, 9, 4]}
    assert both(rows, "ess", "self_employed") == [False, True, True, *kinds[:5]]


def test_ess_missing_values_of_stata_are_the_codes_that_they_stand_for() -> None:
    """Stata files of the ESS have .a to .d in place of 6, 7, 8 and 9; read, they are letters."""
    kinds = ["not applicable", "refused", "don't know", "no answer"]
    for variable, column in (
        ("isco08", "isco08"),
        ("emplrel", "self_employed"),
        ("iorgact", "control_work"),
    ):
        assert both({variable: list("abcd")}, "ess", column) == kinds
    rows = {"emplrel": ["2", "1", "a"], "emplno": ["b", "a", "a"], "jbspv": ["a", "c", "a"]}
    assert both(rows, "ess", "employees") == ["refused", "don't know", "not applicable"]
    assert both(rows, "ess", "work_status") == ["self-employed", "employee", "not-employed"]


def test_ess_rounds_one_to_five_are_coded_in_isco_88_com() -> None:
    frame = adapt(pl.DataFrame({"iscoco": [1229.0, 100.0]}), "ess")
    assert frame["isco88com"].to_list() == ["1229", "0100"]
    assert frame["isco88"].to_list() == ["1229", "0100"]
    assert "isco08" not in frame.columns


def test_ess_employees_come_from_the_question_that_was_asked() -> None:
    rows = {
        "emplrel": [2, 2, 2, 3, 1, 1, 1, 1, 7, 6],
        "emplno": [3, 77777, 8888, 66666, 66666, 66666, 66666, 66666, 66666, 66666],
        "jbspv": [2, 2, 2, 1, 2, 1, 1, 8, 1, 6],
        "njbspv": [66666, 66666, 66666, 4, 66666, 12, 88888, 66666, 5, 66666],
    }
    expected = [3, "refused", "don't know", 0, 0, 12, "don't know", "don't know", "refused"]
    assert both(rows, "ess", "employees") == [*expected, "not applicable"]


def test_a_variable_that_the_frame_lacks_leaves_only_its_rows_empty() -> None:
    rows = {"emplrel": [2, 1, 1], "emplno": [3, 66666, 66666], "jbspv": [2, 1, 2]}
    assert both(rows, "ess", "employees") == [3, None, 0]


def test_ess_control_over_daily_work_is_put_into_bands_only_if_asked() -> None:
    rows = {"wkdcorga": [0, 1, 2, 4, 5, 7, 8, 10, 88]}
    with pytest.raises(Exception, match="None of our columns"):
        adapt(pl.DataFrame(rows), "ess")
    bands = both(rows, "ess", "control_daily", assume="autonomy-bands")
    assert bands == [4, 4, 3, 3, 2, 2, 1, 1, "don't know"]


def test_ess_asks_for_the_status_in_the_last_job_too() -> None:
    """Retired and unemployed persons keep it; only who never had a job is not employed."""
    rows = {"mnactic": [1, 6, 3, 6, 1, 6], "emplrel": [1, 1, 2, 6, 7, None]}
    expected = ["employee", "employee", "self-employed", "not-employed", "refused", None]
    assert both(rows, "ess", "work_status") == expected


def test_issp_asks_for_the_status_in_the_last_job_too() -> None:
    rows = {
        "EMPREL": [1, 1, 3, 0, None, None],
        "NEMPLOY": [0, 0, 2, 0, None, None],
        "WORK": [1, 2, 2, 3, 3, 2],
    }
    known = ["employee", "employee", "self-employed", "not-employed", "not-employed"]
    assert both(rows, "issp", "work_status") == [*known, "no answer"]
    rows = {"EMPREL": [1, 4, -4, -9], "WRKSUP": [2, 2, -4, -4], "WORK": [2, 2, 3, 2]}
    expected = ["employee", "self-employed", "not-employed", "no answer"]
    assert both(rows, "issp-2019", "work_status") == expected


def test_eu_silc_asks_for_the_status_in_the_last_job_too() -> None:
    rows = {
        "PL031": [1, 7, 5, 10, 7],
        "PL040": [3, 3, 2, None, None],
        "PL040_F": [1, 1, 1, -2, -1],
    }
    known = ["employee", "employee", "self-employed", "not-employed"]
    assert both(rows, "eu-silc", "work_status") == [*known, "no answer"]
    rows = {
        "PL040A": [3, None, None],
        "PL040A_F": [1, -2, -2],
        "PL040B": [None, 1, None],
        "PL040B_F": [-2, 1, -2],
    }
    assert both(rows, "eu-silc", "work_status") == ["employee", "self-employed", "not-employed"]


def test_where_the_last_job_is_not_asked_persons_without_a_job_are_not_employed() -> None:
    rows = {"lstatus": [1, 2, 3], "empstat": [1, None, None]}
    expected = ["employee", "not-employed", "not-employed"]
    assert both(rows, "gld", "work_status") == expected
    rows = {"emp": [1, 0, 0, 1], "status1": [100, 210, None, None]}
    expected = ["employee", "self-employed", "not-employed", "no answer"]
    assert both(rows, "lis", "work_status") == expected
    rows = {"EMPSTATD": [110, 210, 340, 110], "CLASSWKD": [210, 120, 0, 999]}
    expected = ["employee", "self-employed", "not-employed", "no answer"]
    assert both(rows, "ipums", "work_status") == expected


def test_issp_takes_employees_from_nemploy_or_nsup() -> None:
    rows = {
        "EMPREL": [1, 2, 3, 3, 4, 1, 1, 0, 8, 9, 5],
        "NEMPLOY": [0, 0, 7, 9999, 0, 0, 0, 0, 0, 0, 0],
        "WRKSUP": [2, 2, 2, 2, 2, 1, 1, 0, 8, 9, 2],
        "NSUP": [0, 0, 0, 0, 0, 25, 9998, 0, 0, 0, 0],
    }
    kinds = ["not applicable", "don't know", "no answer", "unknown code"]
    expected = [0, 0, 7, "no answer", 0, 25, "don't know", *kinds]
    assert both(rows, "issp", "employees") == expected


def test_issp_since_2019_knows_employees_in_bands() -> None:
    rows = {
        "EMPREL": [1, 2, 3, 4, 5, -4, -9],
        "WRKSUP": [1, 2, 2, 2, 2, -4, -8],
        "NSUP": [3, -4, -4, -4, -4, -4, -9],
    }
    last = ["not applicable", "no answer"]
    assert both(rows, "issp-2019", "employees") == [3, 0, "not asked", "not asked", 0, *last]
    lower = both(rows, "issp-2019", "employees", assume=["lower-bound"])
    assert lower == [3, 0, 1, 10, 0, *last]


def test_the_two_codings_of_issp_are_not_mistaken_for_each_other() -> None:
    old = pl.DataFrame({"EMPREL": [4], "NEMPLOY": [0], "WRKSUP": [2]})
    with pytest.raises(Exception, match=r"NEMPLOY[\s\S]*issp"):
        adapt(old, "issp-2019")
    new = adapt(pl.DataFrame({"EMPREL": [4], "WRKSUP": [2]}), "issp")
    assert "employees" not in new.columns


def test_gld_takes_the_classification_from_its_column() -> None:
    rows = {
        "lstatus": [1, 1, 2, 1],
        "isco_version": ["isco_2008", "isco_1988", "isco_2008", "isco_2008"],
        "occup_isco": ["0110", "5100", "", "5000"],
        "empstat": [1, 3, None, 5],
    }
    assert both(rows, "gld", "isco08") == ["0110", "not applicable", "not applicable", "5000"]
    assert both(rows, "gld", "isco88") == ["not applicable", "5100", *["not applicable"] * 2]
    assert both(rows, "gld", "self_employed") == [False, True, "not applicable", "unusable"]


def test_gld_employers_are_given_employees_only_if_asked() -> None:
    rows = {
        "lstatus": [1] * 4 + [3],
        "empstat": [1, 2, 3, 4, None],
        "firmsize_l": [50, 2, 10, 1, None],
    }
    last = "not applicable"
    assert both(rows, "gld", "employees") == ["not asked", 0, "not asked", 0, last]
    given = both(rows, "gld", "employees", assume="at-least-one")
    assert given == ["not asked", 0, 1, 0, last]
    given = both(rows, "gld", "employees", assume="firm-size")
    assert given == ["not asked", 0, 9, 0, last]


def test_gld_main_activity_combines_status_and_reason() -> None:
    rows = {
        "lstatus": [1, 2, 3, 3, 3, None],
        "nlfreason": [None, None, 1, 3, None, None],
        "age": 30,
    }
    expected = ["working", "unemployed", "education", "retired", None, "not applicable"]
    frame = pl.DataFrame({k: v if isinstance(v, list) else [v] * 6 for k, v in rows.items()})
    assert both(frame.to_dict(as_series=False), "gld", "main_activity") == expected


def test_ipums_reads_class_of_worker_in_detail_or_in_general() -> None:
    rows = {"CLASSWKD": [0, 110, 120, 210, 310, 400, 999, 777]}
    kinds = ["unusable", "no answer", "unknown code"]
    expected = ["not applicable", True, True, False, True, *kinds]
    assert both(rows, "ipums", "self_employed") == expected
    rows = {"CLASSWK": [0, 1, 2, 3, 4, 9]}
    expected = ["not applicable", True, False, True, "unusable", "no answer"]
    assert both(rows, "ipums", "self_employed") == expected


def test_ipums_occupations_have_three_digits_or_one() -> None:
    assert both({"ISCO88A": [10, 111, 998, 999]}, "ipums", "isco88") == [
        "0100",
        "1110",
        "no answer",
        "not applicable",
    ]
    assert both({"OCCISCO": [1, 10, 11, 99]}, "ipums", "isco88") == [
        "1000",
        "0000",
        "unusable",
        "not applicable",
    ]


def test_lis_employers_have_an_unknown_number_of_employees() -> None:
    rows = {"status1": [100, 210, 220, 240, 110], "occb1": [0, 1, 9, 10, 12]}
    assert both(rows, "lis", "employees") == ["not asked", "not asked", 0, 0, "not asked"]


def test_lis_occupations_are_not_read_as_their_codes_were_not_verified() -> None:
    rows = pl.DataFrame({"status1": [100], "occb1": [1]})
    assert "isco08" not in adapt(rows, "lis").columns
    assert "occb1" in load_survey("lis").absent["isco08"]


def test_eu_lfs_supervision_is_asked_of_employees() -> None:
    rows = {"STAPRO": [0, 1, 2, 3, 3, 4, 9, None], "SUPVISOR": [9, 9, 9, 1, 2, 9, 9, None]}
    none = "not applicable"
    expected = [none, none, none, True, False, none, none, "no answer"]
    assert both(rows, "eu-lfs", "supervisor") == expected
    assert both(rows, "eu-lfs", "employees")[:6] == [
        "not asked",
        "not asked",
        0,
        "not asked",
        "not asked",
        0,
    ]


def test_eu_lfs_main_activity_is_not_read_before_2021() -> None:
    rows = {"STAPRO": [3, 3], "YEAR": [2019, 2022], "MAINSTAT": [3, 3]}
    assert both(rows, "eu-lfs", "main_activity") == ["unusable", "retired"]


def test_eu_lfs_firm_sizes_are_not_read_from_2021_on() -> None:
    """10 stood for exactly ten persons; since 2021 it stands for ten to nineteen."""
    rows = {"STAPRO": [1, 1], "YEAR": [2019, 2022], "SIZEFIRM": [10, 10]}
    assert both(rows, "eu-lfs", "employees", assume="firm-size") == [9, "unusable"]
    either = both(rows, "eu-lfs", "employees", assume=["firm-size", "at-least-one"])
    assert either == [9, 1]


def test_eu_silc_says_by_flags_why_a_value_is_missing() -> None:
    rows = {
        "PB020": ["AT"] * 5,
        "PL040": [1, 3, None, None, None],
        "PL040_F": [1, 1, -1, -2, None],
        "PL150": [None, 2, None, None, None],
        "PL150_F": [-2, 1, -1, -3, None],
    }
    none = "not applicable"
    expected = [True, False, "no answer", none, None]
    assert both(rows, "eu-silc", "self_employed") == expected
    assert both(rows, "eu-silc", "supervisor") == [none, False, "no answer", "not asked", None]


def test_eu_silc_codes_of_malta_and_slovenia_are_major_groups() -> None:
    rows = {"PB020": ["AT", "MT", "SI", "AT"], "PL051": ["1", "1", "5", "51"]}
    assert both(rows, "eu-silc", "isco08") == ["0100", "1000", "5000", "5100"]


def test_eu_silc_employees_from_the_local_unit_only_if_asked() -> None:
    rows = {"PB020": ["AT"] * 4, "PL040A": [1, 2, 3, 1], "PL130": [4, 1, 50, 11]}
    assert both(rows, "eu-silc", "employees") == ["not asked", 0, "not asked", "not asked"]
    given = both(rows, "eu-silc", "employees", assume="firm-size")
    assert given == [3, 0, "not asked", 10]


def test_lis_occupations_are_major_groups() -> None:
    rows = {"status1": [110, 210, 220, None], "occb1": [2, 9, 10, None]}
    assert both(rows, "lis", "isco88") == ["2000", "9000", "0000", None]
