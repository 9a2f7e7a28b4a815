"""Analyses of labour on the real tables: exact where they must be."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from worldclass.flows.chain_labour import chain_labour
from worldclass.flows.economy import Economy
from worldclass.flows.embodied_change import hours_change
from worldclass.flows.labour.satellite import labour_satellite
from worldclass.flows.labour_multipliers import labour_multipliers
from worldclass.flows.paths import path_search
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.wiod2013 import read_wiod2013
from worldclass.sources.mirror import Mirror

pytestmark = pytest.mark.mirror


@pytest.fixture(scope="module")
def years(mirror: Mirror) -> list[tuple[Economy, np.ndarray]]:
    """1995 and 1996, with hours of women and men.

    In 1996 a purchase abroad and a fall of inventories cancel in one cell of final demand.
    """
    found = []
    for year in (1995, 1996):
        economy, _ = make_economy(read_wiod2013(mirror.root, year))
        labour = labour_satellite(economy.sectors, economy.output, economy.value_added, year)
        found.append((economy, labour.hours))
    return found


def test_the_change_of_embodied_hours_is_explained_in_full(
    years: list[tuple[Economy, np.ndarray]],
) -> None:
    (old, hours), (new, later) = years
    table = hours_change(old, new, hours, later, ["NORTH", "SOUTH"])
    sums = table.group_by("producer", "sex", "consumer").agg(
        pl.col("effect").sum(), (pl.col("end") - pl.col("start")).first().alias("change")
    )
    scale = hours.sum()
    np.testing.assert_allclose(sums["effect"], sums["change"], atol=1e-12 * scale)
    ends = table.filter(factor="labour")
    assert ends["start"].sum() == pytest.approx(scale, rel=1e-9)
    assert ends["end"].sum() == pytest.approx(later.sum(), rel=1e-9)


def test_multipliers_and_chains_hold_the_hours_worked(
    years: list[tuple[Economy, np.ndarray]],
) -> None:
    economy, hours = years[0]
    table = labour_multipliers(economy, hours)
    demand = economy.final_demand.sum(axis=1)[economy.active]
    for place, sex in enumerate(("female", "male")):
        held = table.filter(sex=sex)["total"].to_numpy() @ demand
        assert held == pytest.approx(hours[place].sum(), rel=1e-9)
        worked = chain_labour(economy, hours).filter(sex=sex)["value"].sum()
        assert worked == pytest.approx(hours[place].sum(), rel=1e-9)


def test_paths_are_part_of_what_each_tier_holds(years: list[tuple[Economy, np.ndarray]]) -> None:
    economy, hours = years[0]
    search = path_search(economy, hours.sum(axis=0))
    for country in ("USA", "DEU", "IND"):
        demand = economy.demand_by_consumer()[:, economy.consumers.index(country)]
        found = search.paths(demand)
        table = found.frame()
        tiers = dict(table.group_by("tier").agg(pl.col("value").sum()).iter_rows())
        for tier, value in tiers.items():
            assert value <= found.tier_totals[tier] * (1 + 1e-9)
        assert table["value"].min() >= found.threshold
        assert len(set(found.nodes)) == len(found.nodes) > 300
