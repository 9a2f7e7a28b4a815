"""Hours in a unit of final product."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.flows.economy import Economy
from worldclass.flows.labour_multipliers import labour_multipliers
from worldclass.flows.values.labour_values import labour_values
from worldclass.flows.values.technique import Technique


@pytest.fixture
def hours(economy: Economy) -> np.ndarray:
    return np.random.default_rng(0).uniform(1, 9, (2, len(economy.output)))


def test_all_final_products_together_hold_all_hours(economy: Economy, hours: np.ndarray) -> None:
    table = labour_multipliers(economy, hours)
    demand = economy.final_demand.sum(axis=1)
    for sex, worked in (("female", hours[0]), ("male", hours[1]), ("total", hours.sum(axis=0))):
        part = table.filter(sex=sex)
        assert part["total"].to_numpy() @ demand == pytest.approx(worked.sum())
        assert (part["total"] > part["direct"]).all()
        np.testing.assert_allclose(part["domestic"] + part["foreign"], part["total"])


def test_the_total_is_the_labour_value(economy: Economy, hours: np.ndarray) -> None:
    """Solved by another way: the values of classical price theory."""
    both = hours.sum(axis=0)
    technique = Technique(
        tuple(" ".join(label) for label in economy.sectors),
        economy.transactions / economy.output,
        both / economy.output,
        economy.output,
    )
    found = labour_multipliers(economy, hours).filter(sex="total")["total"]
    np.testing.assert_allclose(found, labour_values(technique))


def test_a_closed_country_holds_no_foreign_hours(economy: Economy, hours: np.ndarray) -> None:
    country = economy.country_of_sector
    inside = economy.transactions * (country[:, None] == country)
    closed = replace(economy, transactions=inside)
    table = labour_multipliers(closed, hours)
    assert table["foreign"].to_list() == [0.0] * 36


def test_hours_come_by_sex(economy: Economy, hours: np.ndarray) -> None:
    with pytest.raises(UsageError, match=r"shape \(12,\); women and men"):
        labour_multipliers(economy, hours[0])


def test_the_unit_follows_that_of_the_economy(economy: Economy, hours: np.ndarray) -> None:
    """Million hours over million dollars are hours per dollar; over dollars they are not."""
    units = {"million USD": "hours per USD", "USD": "million hours per USD"}
    for unit, expected in units.items():
        frame = labour_multipliers(replace(economy, unit=unit), hours)
        assert frame["unit"].unique().to_list() == [expected]
