"""Value added is counted where it is used at last, not where it crosses borders."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flows.conftest import random_raw
from worldclass.flows.economy import Economy
from worldclass.flows.validate import make_economy
from worldclass.flows.value_added_exports import gross_exports, value_added_trade


@pytest.fixture
def assembly() -> Economy:
    """A makes parts (40), B assembles them into 100, all used in A: B adds 60."""
    return Economy(
        "parts",
        2000,
        "million USD",
        "current",
        (("AAA", "parts"), ("BBB", "assembly")),
        (("AAA", "use"), ("BBB", "use")),
        np.array([[0.0, 40.0], [0.0, 0.0]]),
        np.array([[0.0, 0.0], [100.0, 0.0]]),
        np.array([40.0, 100.0]),
    )


def test_parts_that_come_home_are_not_exported_value_added(assembly: Economy) -> None:
    table = value_added_trade(assembly).by_country()
    found = dict(table.select("producer", "value_added_exports").iter_rows())
    assert found == {"AAA": 0.0, "BBB": 60.0}
    assert table["exports"].to_list() == [40.0, 100.0]
    assert table["vax_ratio"].to_list() == [0.0, 0.6]


def test_the_balance_of_a_pair_is_the_same_in_both_counts(assembly: Economy) -> None:
    """With two countries all trade is between them: balances agree, levels do not."""
    pairs = value_added_trade(assembly).by_pair()
    assert pairs["balance"].to_list() == [-60.0, 60.0]
    assert pairs["value_added_balance"].to_list() == [-60.0, 60.0]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(1, 5))
def test_all_value_added_is_used_somewhere(seed: int, countries: int, industries: int) -> None:
    economy, _ = make_economy(random_raw(countries, industries, seed=seed))
    found = value_added_trade(economy)
    np.testing.assert_allclose(found.absorbed.sum(axis=1), economy.value_added, rtol=1e-9)
    used = economy.demand_by_consumer().sum(axis=0)
    np.testing.assert_allclose(found.absorbed.sum(axis=0), used, rtol=1e-9)
    assert 0 < found.world_ratio <= 1
    # A country's balance with all others is the same in gross and in value-added terms.
    sums = found.by_pair().group_by("producer").agg(a="value_added_balance", b="balance")
    for row in sums.iter_rows(named=True):
        assert sum(row["a"]) == pytest.approx(sum(row["b"]), rel=1e-6, abs=1e-6)


def test_tables_by_country_pair_and_sector_have_the_same_sums(economy: Economy) -> None:
    found = value_added_trade(economy)
    tables = [found.by_country(), found.by_pair(), found.by_sector()]
    for name in ("value_added_exports", "exports"):
        sums = [table[name].sum() for table in tables]
        assert sums == pytest.approx([sums[0]] * 3)
    assert tables[2].height == len(economy.sectors)


def test_a_country_that_exports_nothing_has_no_ratio(assembly: Economy) -> None:
    own = np.array([[0.0, 0.0], [0.0, 100.0]])
    closed = replace(assembly, final_demand=own)
    ratio = value_added_trade(closed).by_country().filter(producer="BBB")["vax_ratio"]
    assert ratio.to_list() == [None]


def test_gross_exports_leave_out_sales_at_home(economy: Economy) -> None:
    sold = gross_exports(economy)
    for row, (country, _) in enumerate(economy.sectors):
        assert sold[row, economy.consumers.index(country)] == 0
    inside = economy.output.sum() - sold.sum()
    same = economy.country_of_sector
    home = economy.transactions[same[:, None] == same].sum() + sum(
        economy.final_demand[row, column]
        for row, (country, _) in enumerate(economy.sectors)
        for column, (user, _) in enumerate(economy.demands)
        if user == country
    )
    assert inside == pytest.approx(home)


def test_one_country_alone_has_no_ratio() -> None:
    found = value_added_trade(make_economy(random_raw(1, 3))[0])
    assert found.exports.sum() == 0
    assert np.isnan(found.world_ratio)
