"""Production by final demand: everything is required by somebody, in any order of sectors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from worldclass.core.errors import EconomyError
from worldclass.flows.economy import Economy
from worldclass.flows.embodied import embodied, embodied_by, group_positions
from worldclass.flows.production import produce


def test_all_output_is_required_by_some_final_demand(economy: Economy) -> None:
    production = produce(economy)
    np.testing.assert_allclose(production.required.sum(axis=1), economy.output, rtol=1e-11)


def test_final_demand_of_one_category_requires_a_part(economy: Economy) -> None:
    parts = [produce(economy, [name]).required for name in ("households", "investment")]
    np.testing.assert_allclose(sum(parts), produce(economy).required, rtol=1e-10)


def test_an_unknown_category_lists_the_known(economy: Economy) -> None:
    with pytest.raises(EconomyError, match="households, investment"):
        produce(economy, ["government"])


def test_trade_counts_intermediate_and_final_deliveries(economy: Economy) -> None:
    production = produce(economy)
    z = economy.transactions.reshape(3, 4, 3, 4).sum(axis=(1, 3))
    y = economy.final_demand.reshape(3, 4, 3, 2).sum(axis=(1, 3))
    np.testing.assert_allclose(production.trade, z + y)
    np.testing.assert_allclose(production.final_trade, y)


def test_embodied_amounts_are_conserved_and_world_net_is_zero(economy: Economy) -> None:
    production = produce(economy)
    hours = np.random.default_rng(3).random((5, 2, 12))
    flows = embodied(production, hours)
    given = hours.reshape(5, 2, 3, 4).sum(axis=-1)
    np.testing.assert_allclose(flows.sum(axis=-1), given, rtol=1e-11)
    net = flows.sum(axis=-2) - flows.sum(axis=-1)
    np.testing.assert_allclose(net.sum(axis=-1), 0.0, atol=1e-11)


def test_groups_of_industries_sum_to_the_whole(economy: Economy) -> None:
    production = produce(economy)
    hours = np.random.default_rng(3).random(12)
    position, names = group_positions(production, [i[1] in ("i0", "i2") for i in economy.sectors])
    by = embodied_by(production, hours, position, len(names))
    np.testing.assert_allclose(by.sum(axis=1), embodied(production, hours), rtol=1e-12)
    between = (hours[:, None] * production.per_output).reshape(3, 4, 3)
    np.testing.assert_allclose(by[:, 0], between[:, [0, 2]].sum(axis=1), rtol=1e-12)


def test_the_order_of_sectors_does_not_matter(economy: Economy) -> None:
    order = np.random.default_rng(5).permutation(12)
    mixed = replace(
        economy,
        sectors=tuple(economy.sectors[i] for i in order),
        transactions=economy.transactions[np.ix_(order, order)],
        final_demand=economy.final_demand[order],
        output=economy.output[order],
    )
    straight, shuffled = produce(economy), produce(mixed)
    places = [shuffled.sectors.index(one) for one in straight.sectors]
    columns = [shuffled.consumers.index(one) for one in straight.consumers]
    np.testing.assert_allclose(
        shuffled.required[np.ix_(places, columns)], straight.required, rtol=1e-10
    )
    rows = [shuffled.countries.index(one) for one in straight.countries]
    np.testing.assert_allclose(shuffled.trade[np.ix_(rows, columns)], straight.trade, rtol=1e-10)


def test_a_country_whose_sectors_lie_apart_is_refused(economy: Economy) -> None:
    """Summed by rows it would be given what others work."""
    apart = replace(produce(economy), sectors=(*economy.sectors[1:], economy.sectors[0]))
    with pytest.raises(EconomyError, match="sectors of C00 do not lie together"):
        embodied(apart, np.ones(12))


def test_amounts_that_are_no_numbers_are_refused(economy: Economy) -> None:
    hours = np.ones((2, 12))
    hours[1, 5] = np.nan
    with pytest.raises(EconomyError, match="not finite in 1 of 12: C01 i1"):
        embodied(produce(economy), hours)


def test_amounts_of_another_size_are_refused(economy: Economy) -> None:
    with pytest.raises(EconomyError, match=r"shape \(11,\); the table has 12"):
        embodied(produce(economy), np.ones(11))


def test_hours_where_nothing_is_produced_are_named(economy: Economy) -> None:
    production = produce(economy)
    closed = replace(production, output=np.where(np.arange(12) == 9, 0.0, production.output))
    with pytest.raises(EconomyError, match="without output, 1 of 12: C02 i1"):
        embodied(closed, np.ones(12))
