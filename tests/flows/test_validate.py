"""What a published table must be, what is repaired, and what is refused by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.flows.conftest import random_raw
from worldclass.core.errors import EconomyError, UsageError
from worldclass.flows.validate import RESIDUAL, make_economy
from worldclass.sources.input_output.raw import RawAccount, RawTable

Make = Callable[..., RawTable]


def test_a_flawless_table_needs_no_repair(raw_table: Make) -> None:
    economy, report = make_economy(raw_table())
    assert report.repairs == ()
    rows = economy.transactions.sum(axis=1) + economy.final_demand.sum(axis=1)
    np.testing.assert_allclose(rows, economy.output, rtol=1e-12)


@given(st.permutations(range(12)), st.permutations(range(12)))
def test_labels_decide_and_not_positions(columns: list[int], outputs: list[int]) -> None:
    raw = random_raw()
    shuffled = replace(
        raw,
        columns=tuple(raw.columns[i] for i in columns),
        transactions=raw.transactions[:, columns],
        output_labels=tuple(raw.rows[i] for i in outputs),
        output=raw.output[outputs],
    )
    straight, mixed = make_economy(raw)[0], make_economy(shuffled)[0]
    assert (straight.transactions == mixed.transactions).all()
    assert (straight.output == mixed.output).all()


def test_an_account_follows_the_labels_of_the_sectors(raw_table: Make) -> None:
    raw = raw_table()
    account = RawAccount(
        "labour", "hours", ("women",), tuple(reversed(raw.rows)), np.arange(12.0)[None]
    )
    economy, _ = make_economy(replace(raw, accounts={"labour": account}))
    assert economy.satellites["women"].values.tolist() == list(range(11, -1, -1))


def test_an_account_that_lacks_a_sector_names_it(raw_table: Make) -> None:
    raw = raw_table()
    account = RawAccount("labour", "hours", ("all",), raw.rows[:-1], np.ones((1, 11)))
    with pytest.raises(EconomyError, match=r"labour do not fit.*C02 i3"):
        make_economy(replace(raw, accounts={"labour": account}))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda raw: {"columns": (*raw.columns[:-1], ("C09", "i9"))}, "C02 i3.*C09 i9"),
        (lambda raw: {"columns": (*raw.columns[:-1], raw.columns[0])}, "occur twice: C00 i0"),
        (lambda raw: {"rows": (*raw.rows[:-1], raw.rows[0])}, "occur twice: C00 i0"),
        (lambda raw: {"demand_columns": (raw.demand_columns[0],) * 6}, "occur twice: C00 house"),
        (lambda raw: {"columns": raw.columns[:-1]}, "12 columns and 11 labels"),
        (lambda raw: {"output_labels": (*raw.rows[1:], ("C07", "x"))}, "C00 i0.*C07 x"),
    ],
)
def test_labels_that_do_not_fit_are_named(
    raw_table: Make, change: Callable[[RawTable], dict[str, object]], message: str
) -> None:
    raw = raw_table()
    with pytest.raises(EconomyError, match=message):
        make_economy(replace(raw, **change(raw)))  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_cell_that_is_no_number_is_named(raw_table: Make, value: float) -> None:
    raw = raw_table()
    transactions = raw.transactions.copy()
    transactions[1, 5] = value
    with pytest.raises(EconomyError, match="C00 i1 to C01 i1"):
        make_economy(replace(raw, transactions=transactions))
    demand = raw.final_demand.copy()
    demand[2, 0] = value
    with pytest.raises(EconomyError, match="C00 i2 to C00 households"):
        make_economy(replace(raw, final_demand=demand))


def test_negative_output_is_refused_by_name(raw_table: Make) -> None:
    raw = raw_table()
    output = raw.output.copy()
    output[3] = -5.0
    with pytest.raises(EconomyError, match=r"negative output: C00 i3 \(-5\)"):
        make_economy(replace(raw, output=output))


def test_inputs_without_output_are_refused_by_name(raw_table: Make) -> None:
    raw = raw_table()
    output = raw.output.copy()
    output[7] = 0.0
    with pytest.raises(EconomyError, match="without output: C01 i3"):
        make_economy(replace(raw, output=output))


def test_final_demand_without_output_is_refused_by_name(raw_table: Make) -> None:
    """It is not a rounding that could be set to 0."""
    raw = raw_table()
    transactions, output = raw.transactions.copy(), raw.output.copy()
    transactions[7], transactions[:, 7], output[7] = 0.0, 0.0, 0.0
    with pytest.raises(EconomyError, match="without output: C01 i3"):
        make_economy(replace(raw, transactions=transactions, output=output))


def test_output_that_is_recomputed_need_not_be_right(raw_table: Make) -> None:
    raw = raw_table()
    output = raw.output.copy()
    output[7], output[3] = 0.0, -5.0
    economy, report = make_economy(replace(raw, output=output), "recompute")
    np.testing.assert_allclose(economy.output, raw.output)
    assert "output became the sum" in str(report)


def test_output_that_would_be_negative_is_refused_by_name(raw_table: Make) -> None:
    """A row that delivers less than nothing in all."""
    raw = raw_table()
    demand = raw.final_demand.copy()
    demand[7, 0] -= 2 * raw.output[7]
    with pytest.raises(EconomyError, match="negative output: C01 i3"):
        make_economy(replace(raw, final_demand=demand), "recompute")


def test_two_accounts_of_one_name_are_refused(raw_table: Make) -> None:
    raw = raw_table()
    accounts = {
        name: RawAccount(name, "hours", ("all",), raw.rows, np.ones((1, 12))) for name in "ab"
    }
    with pytest.raises(EconomyError, match="accounts are named 'all'"):
        make_economy(replace(raw, accounts=accounts))


def test_a_small_gap_becomes_final_demand_of_the_producer(raw_table: Make) -> None:
    raw = raw_table()
    output = raw.output.copy()
    output[4] *= 1.001
    economy, report = make_economy(replace(raw, output=output))
    column = economy.demands.index(("C01", RESIDUAL))
    assert economy.final_demand[4, column] == pytest.approx(0.001 * raw.output[4])
    assert (economy.transactions == raw.transactions).all()
    assert "C01 i0" in str(report)


def test_a_large_gap_is_refused_until_a_repair_is_chosen(raw_table: Make) -> None:
    raw = raw_table()
    broken = replace(raw, output=raw.output * 1.2)
    with pytest.raises(EconomyError, match=r"16\.7 % of output"):
        make_economy(broken)
    scaled, _ = make_economy(broken, balance="scale")
    np.testing.assert_allclose(scaled.transactions, raw.transactions * 1.2)
    recomputed, _ = make_economy(broken, balance="recompute")
    np.testing.assert_allclose(recomputed.output, raw.output)
    with pytest.raises(EconomyError, match="do not balance"):
        make_economy(broken, balance="refuse")


@pytest.mark.parametrize("balance", ["residual", "scale", "recompute"])
def test_every_repair_leaves_balanced_rows(raw_table: Make, balance: str) -> None:
    raw = raw_table()
    output = raw.output * np.linspace(1.0, 1.004, 12)
    economy, report = make_economy(replace(raw, output=output), balance=balance)  # type: ignore[arg-type]
    rows = economy.transactions.sum(axis=1) + economy.final_demand.sum(axis=1)
    np.testing.assert_allclose(rows, economy.output, rtol=1e-12)
    assert len(report.repairs) == 1


def test_an_unknown_way_to_balance_lists_the_known(raw_table: Make) -> None:
    with pytest.raises(UsageError, match="residual, scale, recompute, refuse"):
        make_economy(raw_table(), balance="guess")  # type: ignore[arg-type]


def test_output_that_is_not_published_is_the_sum_of_the_row(raw_table: Make) -> None:
    raw = raw_table()
    economy, report = make_economy(replace(raw, output=None, output_labels=None))
    np.testing.assert_allclose(economy.output, raw.output)
    assert "not published" in str(report)


def test_negative_deliveries_are_kept_and_reported(raw_table: Make) -> None:
    raw = raw_table()
    transactions = raw.transactions.copy()
    transactions[0, 1] = -1.0
    demand = raw.final_demand.copy()
    demand[0, 0] += raw.transactions[0, 1] + 1.0
    economy, report = make_economy(replace(raw, transactions=transactions, final_demand=demand))
    assert economy.transactions[0, 1] == -1.0
    assert "negative transactions: 1 cells" in str(report)


def test_the_published_arrays_stay_as_they_were(raw_table: Make) -> None:
    raw = raw_table()
    before = [a.copy() for a in (raw.transactions, raw.final_demand, raw.output)]
    make_economy(replace(raw, output=raw.output * 1.001))
    for was, now in zip(before, (raw.transactions, raw.final_demand, raw.output), strict=True):
        assert (was == now).all()


def test_arrays_made_by_hand_must_fit_their_labels(raw_table: Make) -> None:
    economy, _ = make_economy(raw_table())
    with pytest.raises(EconomyError, match=r"output has shape \(11,\)"):
        replace(economy, output=economy.output[:-1])
    assert replace(economy, output=economy.output.astype(np.float32)).output.dtype == np.float64
