"""An adapter adds columns row by row, and touches nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from worldclass.core.errors import UsageError
from worldclass.surveys.adapt import adapt
from worldclass.surveys.canonical import REASONS

ESS = pl.DataFrame(
    {
        "idno": [5, 3, 4, 1, 2],
        "isco08": ["1112", " 110 ", "66666", "", None],
        "emplrel": [1, 2, 3, 7, 2],
        "emplno": [66666.0, 4.0, 66666.0, 66666.0, float("nan")],
        "jbspv": [1, 2, 2, 9, 2],
        "njbspv": [12, 66666, 66666, 66666, 66666],
        "agea": [40, 999, 50, 60, 200],
        "pspwght": [0.5, 1.0, 1.5, 1.0, 1.0],
        "psu": [1, 1, 2, 2, 3],
    }
)


def test_rows_and_the_other_columns_stay() -> None:
    frame = adapt(ESS, "ess")
    others = [name for name in ESS.columns if name != "isco08"]
    assert_frame_equal(frame.select(others), ESS.select(others))
    assert frame.columns[: len(ESS.columns)] == ESS.columns


def test_a_variable_with_our_name_is_replaced() -> None:
    frame = adapt(ESS, "ess")
    assert frame["isco08"].to_list() == ["1112", "0110", None, None, None]
    assert frame["isco08_missing"].to_list() == [None, None, "not applicable", None, None]
    assert frame["isco08_missing"].dtype == pl.Enum(REASONS)


def test_lazy_is_eager_and_streams() -> None:
    eager = adapt(ESS, "ess")
    lazy = adapt(ESS.lazy(), "ess")
    assert isinstance(lazy, pl.LazyFrame)
    assert_frame_equal(lazy.collect(), eager)
    assert_frame_equal(lazy.collect(engine="streaming"), eager)


def test_chunks_and_order_do_not_matter() -> None:
    whole = adapt(ESS, "ess")
    chunked = pl.concat([ESS[:1], ESS[1:4], ESS[4:]], rechunk=False)
    assert_frame_equal(adapt(chunked, "ess"), whole)
    assert_frame_equal(adapt(ESS.reverse(), "ess").reverse(), whole)
    one_by_one = pl.concat([adapt(ESS[row : row + 1], "ess") for row in range(len(ESS))])
    assert_frame_equal(one_by_one, whole)


def test_an_empty_frame_gets_the_same_columns() -> None:
    assert adapt(ESS.clear(), "ess").schema == adapt(ESS, "ess").schema


@pytest.mark.parametrize(
    "codes",
    [
        pl.Series([1, 2, 7, 4, None], dtype=pl.Int8),
        pl.Series([1, 2, 7, 4, None], dtype=pl.UInt64),
        pl.Series([1.0, 2.0, 7.0, 4.5, float("nan")]),
        pl.Series(["1", " 2", "07", "x", ""]),
        pl.Series(["1.0", "2.0", "7.0", "7.5", None]),
        pl.Series(["1", "2", "7", "4", None], dtype=pl.Categorical),
        pl.Series(["1", "2", "7", "4", None], dtype=pl.Enum(["1", "2", "4", "7"])),
    ],
)
def test_codes_are_read_from_any_kind_of_column(codes: pl.Series) -> None:
    frame = adapt(pl.DataFrame({"emplrel": codes}), "ess")
    assert frame["self_employed"].to_list() == [False, True, None, None, None]
    assert frame["self_employed_missing"].to_list() == [
        None,
        None,
        "refused",
        "unknown code",
        None,
    ]


def test_labels_are_no_codes() -> None:
    frame = adapt(pl.DataFrame({"emplrel": ["Employee", "Self-employed"]}), "ess")
    assert frame["self_employed_missing"].to_list() == ["unknown code"] * 2


@pytest.mark.parametrize("strange", [10**18, -(10**18), -1, 12345, float("inf"), 1.5])
def test_a_number_that_is_no_code_never_becomes_a_value(strange: float) -> None:
    frame = adapt(pl.DataFrame({"isco08": [strange], "emplrel": [strange]}), "ess")
    assert frame["isco08"].to_list() == [None]
    assert frame["isco08_missing"].to_list() == ["unknown code"]
    assert frame["self_employed_missing"].to_list() == ["unknown code"]


def test_names_are_found_whatever_their_case() -> None:
    frame = adapt(pl.DataFrame({"EmplRel": [2]}), "ess")
    assert frame["self_employed"].to_list() == [True]


def test_names_that_differ_only_in_case_are_refused() -> None:
    with pytest.raises(UsageError, match="differ only in upper and lower case"):
        adapt(pl.DataFrame({"EMPLREL": [2], "Emplrel": [1]}), "ess")


def test_statistics_get_weight_and_sampling_unit() -> None:
    frame = adapt(ESS, "ess")
    assert frame["weight"].to_list() == ESS["pspwght"].to_list()
    assert frame["psu"].to_list() == ESS["psu"].to_list()
    assert "stratum" not in frame.columns


def test_a_column_of_ones_own_is_not_written_over() -> None:
    with pytest.raises(UsageError, match="has a column 'self_employed' already"):
        adapt(ESS.with_columns(self_employed=pl.lit(1)), "ess")
    with pytest.raises(UsageError, match="adapted before"):
        adapt(adapt(ESS, "ess"), "ess")
    own = ESS.with_columns(weight=pl.lit(9.0))
    assert adapt(own, "ess")["weight"].to_list() == [9.0] * 5


def test_a_frame_of_another_survey_is_refused_with_a_suggestion() -> None:
    rows = pl.DataFrame({"EMPREL": [1], "WRKSUP": [1], "NSUP": [3], "ISCO08": [2310]})
    with pytest.raises(UsageError, match="issp-2019"):
        adapt(rows.select("EMPREL", "WRKSUP"), "ess")


def test_a_survey_s_code_column_does_not_make_a_frame_another_survey_s() -> None:
    """Occupations alone would be coded by the simplified method, with another survey's codes."""
    with pytest.raises(UsageError, match="of ess; name that"):
        adapt(ESS.with_columns(isco08=pl.lit("2310")), "issp")


def test_occupations_alone_are_adapted_while_no_other_survey_fits() -> None:
    rows = pl.DataFrame({"ISCO08": [2310, -9]})
    assert adapt(rows, "issp")["isco08_missing"].to_list() == [None, "no answer"]


def test_an_assumption_that_is_not_in_the_file_is_refused() -> None:
    with pytest.raises(UsageError, match="autonomy-bands"):
        adapt(ESS, "ess", assume=["everyone-employs"])


def test_dates_are_no_codes() -> None:
    with pytest.raises(UsageError, match="no codes of a survey"):
        adapt(pl.DataFrame({"emplrel": [date(2020, 1, 1)]}), "ess")


@pytest.fixture
def extract() -> pl.DataFrame:
    path = Path(__file__).parents[2] / ".." / "shared" / "data" / "survey" / "ess6.parquet"
    if not path.is_file():
        pytest.skip("no survey extract beside the checkout")
    return pl.read_parquet(path)


def test_the_extract_of_digclass(extract: pl.DataFrame) -> None:
    frame = adapt(extract, "digclass-ess")
    assert frame["row_id"].equals(extract["row_id"])
    assert frame["control_work"].null_count() == len(frame)
    spoilt = extract["control_work"].is_not_null().sum()
    assert (frame["control_work_missing"] == "unusable").sum() == spoilt
    leftover = extract["emplno"] == 8888
    assert leftover.sum() > 0
    assert set(frame.filter(leftover)["employees_missing"]) == {"don't know"}
    assert frame["employees"].max() < 7777
    words = {None: None, 0: "employee", 1: "self-employed", 2: "not-employed"}
    assert frame["work_status"].to_list() == [words[code] for code in extract["work_status"]]
    assert frame["isco08"].to_list() == extract["isco08"].to_list()
    assert frame["supervisor"].cast(pl.Int8).equals(extract["is_supervisor"], check_names=False)
    assert_frame_equal(adapt(extract.lazy(), "digclass-ess").collect(), frame)
