"""A national table becomes a technique."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from worldclass.core.errors import SourceError, UsageError
from worldclass.flows.values.national import national_technique, with_fixed_capital
from worldclass.sources.input_output.raw import RawAccount, RawTable


@pytest.fixture
def raw() -> RawTable:
    """Farms, mills, government, servants and an industry without output."""
    sectors = tuple(("USA", code) for code in ("A01", "C10", "O84", "T", "U"))
    rows = {
        "H_EMPE": [10.0, 20.0, 5.0, 2.0, 0.0],
        "COMP": [10.0, 60.0, 20.0, 2.0, 0.0],
        "LAB": [20.0, 60.0, 20.0, 2.0, 0.0],
        "VA": [40.0, 100.0, 25.0, 2.0, 0.0],
    }
    return RawTable(
        "example", "here", 2000, "million USD", "current", sectors, sectors,
        np.array([[10.0, 40, 1, 0, 0], [20, 50, 4, 0, 0], [0] * 5, [0] * 5, [0] * 5]),
        (("USA", "CONS_h"), ("ROW", "EXP")),
        np.array([[30.0, 19.0], [90.0, 36.0], [30.0, 0.0], [2.0, 0.0], [0.0, 0.0]]),
        sectors, np.array([100.0, 200.0, 30.0, 2.0, 0.0]),
        accounts={
            name: RawAccount(name, "", (name,), sectors, np.array([values]))
            for name, values in rows.items()
        },
    )  # fmt: skip


def test_government_and_empty_industries_are_left_out(raw: RawTable) -> None:
    found = national_technique(raw)
    assert found.industries == ("A01", "C10")
    assert found.inputs.tolist() == [[0.1, 0.2], [0.2, 0.25]]


def test_columns_in_another_order_are_matched_by_label(raw: RawTable) -> None:
    order = [1, 0, 2, 4, 3]
    mixed = replace(
        raw,
        columns=tuple(raw.columns[at] for at in order),
        transactions=raw.transactions[:, order],
    )
    assert (national_technique(mixed).inputs == national_technique(raw).inputs).all()


def test_employees_without_pay_cannot_be_weighed_by_it(raw: RawTable) -> None:
    paid = replace(raw.accounts["COMP"], values=np.array([[0.0, 60, 20, 2, 0]]))
    with pytest.raises(UsageError, match="A01: employees are not paid"):
        national_technique(replace(raw, accounts={**raw.accounts, "COMP": paid}))


def test_simple_labour_weighs_hours_by_pay(raw: RawTable) -> None:
    """Mills pay three times as much an hour: their hour counts three."""
    assert national_technique(raw).labour.tolist() == [0.1, 0.3]
    assert national_technique(raw, labour="hours").labour.tolist() == [0.1, 0.1]


def test_wage_and_value_of_labour_power_are_means_over_industries(raw: RawTable) -> None:
    found = national_technique(raw)
    assert found.wage == 2.0
    assert found.value_of_labour_power == pytest.approx((0.5 + 0.6) / 2)


def test_the_bundle_is_consumption_per_hour_worked_or_simple(raw: RawTable) -> None:
    per_hour, per_simple = national_technique(raw), national_technique(raw, bundle_per="simple")
    assert per_hour.wage_goods == pytest.approx([1.0, 3.0])
    assert per_simple.wage_goods == pytest.approx([30 / 70, 90 / 70])


def test_stocks_are_spread_as_capital_is_formed(raw: RawTable) -> None:
    """Farms own 50, mills 300; capital is formed of mill and farm products as 3 to 1."""
    stocks = RawAccount("K", "", ("K",), raw.rows, np.array([[50.0, 300.0, 9.0, 9.0, 0.0]]))
    formed = np.column_stack([raw.final_demand, [10.0, 30.0, 5.0, 0.0, 0.0]])
    held = replace(
        raw,
        accounts={**raw.accounts, "K": stocks},
        final_demand=formed,
        demand_columns=(*raw.demand_columns, ("USA", "GFCF")),
    )
    bare = national_technique(held)
    found = with_fixed_capital(bare, held, depreciation_rate=0.1, turnover=0.5)
    assert found.capital is not None
    assert found.depreciation is not None
    np.testing.assert_allclose(found.capital, [[0.125, 0.375], [0.375, 1.125]])
    np.testing.assert_allclose(found.depreciation, found.capital / 10)
    assert not found.circulating
    with pytest.raises(UsageError, match=r"depreciation_rate = 1\.2"):
        with_fixed_capital(bare, held, depreciation_rate=1.2, turnover=0.5)
    with pytest.raises(SourceError, match="0 columns of GFCF"):
        with_fixed_capital(bare, raw, depreciation_rate=0.1, turnover=0.5)


def test_what_is_missing_is_named(raw: RawTable) -> None:
    with pytest.raises(UsageError, match="X99"):
        national_technique(raw, without=("X99",))
    with pytest.raises(SourceError, match="no account COMP"):
        rest = {name: one for name, one in raw.accounts.items() if name != "COMP"}
        national_technique(replace(raw, accounts=rest))
