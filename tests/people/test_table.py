"""The population table as a frame."""

from __future__ import annotations

import re

import numpy as np
import polars as pl
import pytest

import worldclass as wc
from worldclass.core.errors import UsageError
from worldclass.people.columns import columns
from worldclass.people.snapshot import Snapshot
from worldclass.people.table import people

ANCHORS = ("national_accounts", "household_survey", "earnings_survey")
INCOMES = [f"labour_income_{anchor}" for anchor in ANCHORS]
WORKED = pl.col("status").is_in(["employer", "own-account", "employee", "family-worker"])


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    return people()


def test_every_column_is_documented() -> None:
    documented = people.__doc__ or ""
    for name in people("BRA", 2023).columns:
        assert re.search(rf"\b{name}\b", documented), name


def test_every_country_year_and_sex_has_the_same_21_cells(table: pl.DataFrame) -> None:
    counts = table.group_by("country", "year", "sex").len()
    assert counts.height == 188 * 33 * 2
    assert set(counts["len"]) == {21}


def test_codes_are_those_that_rules_may_name(table: pl.DataFrame) -> None:
    for name in ("sex", "age", "status", "sector", "occupation"):
        allowed = set(columns()[name].codes) | ({None} if columns()[name].nullable else set())
        assert set(table[name].unique()) <= allowed, name


def test_values_are_missing_where_they_do_not_apply_and_nowhere_else(table: pl.DataFrame) -> None:
    missing = {
        "sector": ~WORKED,
        "occupation": pl.col("status") != "employee",
        "labour_income_log_sd": ~WORKED | (pl.col("status") == "family-worker"),
        **dict.fromkeys(INCOMES, ~WORKED),
    }
    for name in table.columns:
        expected = table.select(missing.get(name, pl.lit(False)).alias("x"))["x"]
        assert (table[name].is_null() == expected).all(), name
        if table[name].dtype.is_float():
            assert not table[name].is_nan().any(), name


def test_contributing_family_workers_have_an_income_of_zero(table: pl.DataFrame) -> None:
    family = table.filter(pl.col("status") == "family-worker")
    assert family.select(INCOMES).sum().sum_horizontal().item() == 0
    paid = table.filter(WORKED & (pl.col("status") != "family-worker"))
    assert (paid.select(INCOMES).min_horizontal() > 0).all()


def test_welfare_is_the_same_for_every_cell_of_a_country_and_year(table: pl.DataFrame) -> None:
    for anchor in ("household_survey", "national_accounts"):
        distinct = table.group_by("country", "year").agg(pl.col(f"welfare_{anchor}").n_unique())
        assert set(distinct[f"welfare_{anchor}"]) == {1}


def test_flags_say_nothing_of_cells_that_they_do_not_concern(table: pl.DataFrame) -> None:
    idle = table.filter(~WORKED)
    assert not idle["status_imputed"].any()
    assert not idle["labour_income_imputed"].any()
    assert set(table["welfare_imputed"]) == {True, False}


def test_intervals_belong_to_every_number_and_hold_most_centres() -> None:
    frame = people(["BRA", "ETH"], [2000, 2019], intervals=True, draws=64)
    plain = people(["BRA", "ETH"], [2000, 2019])
    assert frame.select(plain.columns).equals(plain)
    for name in ("persons", "welfare_household_survey", *INCOMES, "labour_income_log_sd"):
        low, high = frame[f"{name}_p05"], frame[f"{name}_p95"]
        assert (low <= high).drop_nulls().all()
        assert (low.is_null() == frame[name].is_null()).all()
        inside = (frame[name] >= low * 0.999) & (frame[name] <= high * 1.001)
        assert inside.drop_nulls().mean() > 0.95, name  # type: ignore[operator]


def test_more_draws_than_are_stored_are_really_made(snapshot: Snapshot) -> None:
    """The 5th percentile of 300 draws is not that of 256."""
    many = people("BRA", 2019, intervals=True, draws=300)
    stored = people("BRA", 2019, intervals=True, draws=256)
    assert not np.array_equal(many[f"{INCOMES[0]}_p05"], stored[f"{INCOMES[0]}_p05"])


@pytest.mark.parametrize("draws", [0, 1, -1])
def test_an_interval_needs_two_draws(draws: int) -> None:
    with pytest.raises(UsageError, match="interval"):
        people("BRA", 2019, intervals=True, draws=draws)


def test_countries_can_be_named_and_years_come_in_order() -> None:
    frame = people(["Brazil", "ind"], [2019, 2001])
    assert frame["country"].unique(maintain_order=True).to_list() == ["BRA", "IND"]
    assert frame["year"].unique(maintain_order=True).to_list() == [2001, 2019]


@pytest.mark.parametrize(
    ("country", "year", "said"),
    [
        ("Atlantis", 2019, "no country or aggregate 'Atlantis'"),
        ("WORLD", 2019, "does not cover WORLD"),
        ("VAT", 2019, "does not cover VAT"),
        ("BRA", 1990, "data do not cover 1990"),
        ("BRA", [2019, 2050], "data do not cover 2050"),
        ("BRA", "2019:2050", "data do not cover 2024"),
        ("BRA", "MMXIX", "'MMXIX' is neither a year"),
        ("BRA", 2019.5, "2019.5 is no year"),
        ("BRA", [], "No year is left"),
        ([], 2019, "does not cover nothing"),
    ],
)
def test_what_is_not_in_the_table_is_refused_by_name(
    country: str | list[str], year: object, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        people(country, year)  # type: ignore[arg-type]
    assert caught.value.remedy


@pytest.mark.parametrize("year", [1990, [2019, 2050]])
def test_a_year_out_of_range_is_answered_with_the_range(year: object) -> None:
    with pytest.raises(UsageError) as caught:
        wc.people(year=year)
    assert caught.value.where == "year"
    assert "1991 to 2023" in caught.value.remedy


def test_years_may_be_a_range_in_words_as_in_the_atlas() -> None:
    assert people("BRA", "2018:2019").equals(people("BRA", [2018, 2019]))
    assert people("BRA", "2022:")["year"].unique().sort().to_list() == [2022, 2023]


def test_years_may_come_from_an_array() -> None:
    one = np.arange(2019, 2020)[0]
    assert people("BRA", one).equals(people("BRA", 2019))


def test_the_package_gives_the_table_by_its_name() -> None:
    assert wc.people("BRA", 2019).equals(people("BRA", 2019))
