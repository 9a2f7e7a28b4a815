"""Units of incomes and their conversion."""

import pytest

from worldclass.people.columns import columns
from worldclass.theories.units import measure, unit_label, unit_names, unit_problem


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("ppp2021_day", 1.0),
        ("ppp2017_day", 270.970 / 245.120),
        ("ppp2011_day", 270.970 / 224.939),
        ("ppp2005_day", 270.970 / 195.3),
        ("ppp2021_month", 12 / 365),
    ],
)
def test_us_prices_carry_a_threshold_to_2021(unit: str, factor: float) -> None:
    found = measure(unit, columns()["welfare"])
    assert found is not None
    assert found.factor == pytest.approx(factor)
    assert found.reference is None


def test_a_reference_income_belongs_to_one_column() -> None:
    assert measure("mean_welfare:BRA", columns()["labour_income"]) is None
    found = measure("world_mean_labour_income", columns()["labour_income"])
    assert found is not None
    assert found.reference == "world_mean_labour_income"


@pytest.mark.parametrize(
    "unit",
    ["ppp1990_day", "mean_welfare", "mean_welfare:bra", "national_mean_labour_income:BRA", ""],
)
def test_an_unknown_unit_is_explained(unit: str) -> None:
    assert unit_problem(unit)


def test_every_unit_has_words() -> None:
    for unit in unit_names():
        assert unit_label(unit)
