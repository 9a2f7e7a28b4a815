"""Persons in a frame: bad values are refused, splits become expected shares."""

import polars as pl
import pytest

from worldclass.core.errors import TheoryError
from worldclass.theories import (
    CompiledTheory,
    class_shares,
    classify_frame,
    compile_theory,
    load_theory,
)


def kharas() -> CompiledTheory:
    return compile_theory(load_theory("kharas"))


def status() -> CompiledTheory:
    return compile_theory(load_theory("ilo-status"))


def cell(**given: object) -> pl.DataFrame:
    row: dict[str, object] = {
        "sex": "male",
        "age": "15+",
        "status": "unemployed",
        "sector": None,
        "occupation": None,
        "labour_income": None,
        "long_term_unemployed": 0.4,
        "national_mean_labour_income": 900.0,
    }
    return pl.DataFrame([{**row, **given}])


def test_the_class_is_an_ordered_category() -> None:
    out = classify_frame(pl.DataFrame({"status": ["outside", "employer"]}), status())
    assert out["class"].dtype == pl.Enum(status().classes)
    assert out["class"].to_list() == ["outside", "employers"]


def test_the_new_column_may_have_another_name_and_others_stay() -> None:
    frame = pl.DataFrame({"status": ["outside"], "weight": [2.5]})
    out = classify_frame(frame, status(), column="ilo")
    assert out.columns == ["status", "weight", "ilo"]


def test_an_empty_frame_has_no_classes() -> None:
    out = classify_frame(pl.DataFrame({"status": []}, schema={"status": pl.String}), status())
    assert out["class"].to_list() == []


@pytest.mark.parametrize("kind", [pl.Float32, pl.Int64, pl.Decimal(10, 2)])
def test_any_type_of_number_will_do(kind: pl.DataType) -> None:
    frame = pl.DataFrame({"welfare": pl.Series([5, 50, 500]).cast(kind)})
    expected = ["poor-or-vulnerable", "middle-class", "rich"]
    assert classify_frame(frame, kharas())["class"].to_list() == expected


@pytest.mark.parametrize("kind", [pl.Categorical, pl.Enum(["outside", "employee"])])
def test_any_type_of_text_will_do(kind: pl.DataType) -> None:
    frame = pl.DataFrame({"status": pl.Series(["outside", "employee"]).cast(kind)})
    assert classify_frame(frame, status())["class"].to_list() == ["outside", "employees"]


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        ({"sex": ["male"]}, "no column 'status'"),
        ({"status": ["retired", "employee"]}, r"unknown codes: \['retired'\]"),
        ({"status": ["employee", None]}, "empty in 1 rows"),
        ({"status": [1]}, "has type Int64"),
    ],
)
def test_a_bad_category_is_refused(frame: dict[str, list[object]], said: str) -> None:
    with pytest.raises(TheoryError, match=said):
        classify_frame(pl.DataFrame(frame), status())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["10"], "has type String"),
        ([1.0, float("inf")], "infinite in row 1"),
        ([float("-inf")], "infinite in row 0"),
    ],
)
def test_a_bad_income_is_refused(values: list[object], said: str) -> None:
    with pytest.raises(TheoryError, match=said):
        classify_frame(pl.DataFrame({"welfare": values}), kharas())


def test_many_unknown_codes_are_counted() -> None:
    frame = pl.DataFrame({"status": [f"code{number}" for number in range(8)]})
    with pytest.raises(TheoryError, match="and 3 more"):
        classify_frame(frame, status())


def test_reference_incomes_come_as_numbers_names_or_columns() -> None:
    compiled = compile_theory(load_theory("milanovic"))
    frame = pl.DataFrame({"welfare": [25.0], "italy": [50.0], "mean_welfare_bra": [20.0]})
    out = classify_frame(frame, compiled, {"mean_welfare:ITA": "italy"})
    assert out["class"].to_list() == ["middle-class"]
    out = classify_frame(frame, compiled, {"mean_welfare:ITA": 22, "mean_welfare:BRA": 21})
    assert out["class"].to_list() == ["rich"]


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_a_reference_income_must_be_positive(value: float) -> None:
    compiled = compile_theory(load_theory("milanovic"))
    frame = pl.DataFrame({"welfare": [25.0]})
    with pytest.raises(TheoryError, match="missing or not positive"):
        classify_frame(frame, compiled, {"mean_welfare:ITA": 22, "mean_welfare:BRA": value})


def test_a_missing_reference_income_is_named() -> None:
    compiled = compile_theory(load_theory("milanovic"))
    with pytest.raises(TheoryError, match="'mean_welfare:BRA' is not given"):
        classify_frame(pl.DataFrame({"welfare": [25.0]}), compiled)


def test_a_split_needs_its_column_or_expected_shares() -> None:
    compiled = compile_theory(load_theory("bromma"))
    with pytest.raises(TheoryError, match="no column 'detached'") as caught:
        classify_frame(cell(), compiled)
    assert "class_shares" in caught.value.remedy
    with pytest.raises(TheoryError, match=r"is 0\.5 in row 0"):
        classify_frame(cell(detached=0.5, counts_as_manager=0), compiled)


@pytest.mark.parametrize(("estimate", "lumpen"), [("low", 0.4), ("central", 0.4), ("high", 1.0)])
def test_the_unemployed_are_divided_by_the_share_of_long_term_unemployment(
    estimate: str, lumpen: float
) -> None:
    compiled = compile_theory(load_theory("bromma"))
    out = class_shares(cell(), compiled, estimate=estimate)  # pyright: ignore
    assert out["share_lumpen"].item() == lumpen
    assert out["share_proletariat"].item() == pytest.approx(1 - lumpen)


@pytest.mark.parametrize(
    ("sex", "estimate", "lumpen"),
    [
        ("male", "low", 0.0),
        ("male", "central", 0.25),
        ("male", "high", 1.0),
        ("female", "central", 0.05),
        ("female", "high", 0.2),
    ],
)
def test_inactive_persons_of_prime_age_are_divided_by_sex(
    sex: str, estimate: str, lumpen: float
) -> None:
    compiled = compile_theory(load_theory("bromma"))
    frame = cell(sex=sex, age="25-54", status="outside")
    out = class_shares(frame, compiled, estimate=estimate)  # pyright: ignore
    assert out["share_lumpen"].item() == lumpen
    assert out["share_dependants"].item() == pytest.approx(1 - lumpen)


def test_half_of_the_managers_may_count_as_workers() -> None:
    compiled = compile_theory(load_theory("bromma"), {"manager_scale": 0.5})
    frame = cell(
        status="employee",
        sector="services",
        occupation="manager-professional",
        labour_income=2000.0,
    )
    out = class_shares(frame, compiled)
    assert out["share_middle_classes"].item() == 0.5
    assert out["share_worker_elite"].item() == 0.5


def test_a_share_outside_0_to_1_is_refused_where_it_is_needed() -> None:
    compiled = compile_theory(load_theory("bromma"))
    with pytest.raises(TheoryError, match=r"is 1\.5 in row 0"):
        class_shares(cell(long_term_unemployed=1.5), compiled)
    employed = cell(long_term_unemployed=None, status="employer", labour_income=5000.0)
    assert class_shares(employed, compiled)["share_capitalists"].item() == 1.0
