"""Value added in trade and chains in the WIOD 2013 tables, beside published results.

The recomputed values are exact for these tables with final demand as published, that is without
the residual that balances rows (cells are cut to whole million dollars); with it, ratios are
0.001 higher.
"""

from __future__ import annotations

import functools

import numpy as np
import pytest

from worldclass.flows.chains import MANUFACTURES, ValueChains, value_chains
from worldclass.flows.economy import Economy
from worldclass.flows.validate import RESIDUAL, make_economy
from worldclass.flows.value_added_exports import value_added_trade
from worldclass.sources.input_output.wiod2013 import read_wiod2013
from worldclass.sources.mirror import Mirror

pytestmark = pytest.mark.mirror

EUROPE = {"AUT", "BEL", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR", "GRC", "IRL", "ITA", "LUX"}
EUROPE |= {"NLD", "PRT", "SWE"}
HIGH_INCOME = {*EUROPE, "AUS", "CAN", "CYP", "JPN", "KOR", "MLT", "SVN", "TWN", "USA"}


@functools.lru_cache(maxsize=3)
def table(mirror: Mirror, year: int) -> Economy:
    """The economy of a year."""
    return make_economy(read_wiod2013(mirror.root, year))[0]


def published(economy: Economy) -> tuple[str, ...]:
    """Categories of final demand that the release has."""
    return tuple(dict.fromkeys(c for _, c in economy.demands if c != RESIDUAL))


@pytest.mark.parametrize(
    ("year", "exports", "world", "countries", "balances"),
    [
        (1995, 5.459, 0.7841, (0.825, 0.837, 0.792, 0.918), (27.6, 22.6)),
        (2008, 17.34, 0.7057, (0.779, 0.750, 0.690, 0.802), (223.9, 188.1)),
        (2011, 18.34, 0.7245, (0.790, 0.754, 0.693, 0.815), (237.5, 196.2)),
    ],
)
def test_value_added_content_of_exports(
    mirror: Mirror,
    year: int,
    exports: float,
    world: float,
    countries: tuple[float, ...],
    balances: tuple[float, float],
) -> None:
    """Gross exports in trillions; ratios of the world, US, China, Germany, Japan; China–US gap."""
    economy = table(mirror, year)
    found = value_added_trade(economy, published(economy))
    assert found.exports.sum() / 1e6 == pytest.approx(exports, rel=5e-4)
    assert found.world_ratio == pytest.approx(world, abs=5e-5)
    ratio = dict(found.by_country().select("producer", "vax_ratio").iter_rows())
    ours = [ratio[name] for name in ("USA", "CHN", "DEU", "JPN")]
    assert ours == pytest.approx(countries, abs=1e-3)
    pair = found.by_pair().filter(producer="CHN", consumer="USA").row(0, named=True)
    assert pair["balance"] / 1e3 == pytest.approx(balances[0], abs=0.06)
    assert pair["value_added_balance"] / 1e3 == pytest.approx(balances[1], abs=0.06)


def test_the_china_us_gap_is_smaller_in_value_added_but_less_than_published(
    mirror: Mirror,
) -> None:
    """Johnson and Noguera (2012) find it 30 to 40 % smaller in 2004, with processing trade apart.

    These tables do not tell processing trade from other production: 23 %.
    """
    economy = table(mirror, 2004)
    pair = value_added_trade(economy, published(economy)).by_pair()
    row = pair.filter(producer="CHN", consumer="USA").row(0, named=True)
    assert 1 - row["value_added_balance"] / row["balance"] == pytest.approx(0.23, abs=0.005)


@pytest.fixture(scope="module")
def chains(mirror: Mirror) -> dict[int, ValueChains]:
    """Chains of 1995 and 2008."""
    found = {}
    for year in (1995, 2008):
        economy = table(mirror, year)
        found[year] = value_chains(economy, published(economy))
    return found


def test_german_cars_became_less_german(chains: dict[int, ValueChains]) -> None:
    """Timmer and others (2014): domestic value added 79 % in 1995, 66 % in 2008."""
    share, final = {}, {}
    for year, found in chains.items():
        row = found.by_chain(["c15"], ["DEU"]).row(0, named=True)
        share[year], final[year] = 1 - row["foreign_share"], row["final_output"] / 1e3
    assert share[1995] == pytest.approx(0.7907, abs=5e-5)
    assert share[2008] == pytest.approx(0.6669, abs=6e-5)
    assert (final[1995], final[2008]) == pytest.approx((127.7, 272.3), abs=0.06)


def test_most_manufacturing_chains_became_more_foreign(chains: dict[int, ValueChains]) -> None:
    """Timmer and others (2014): 85 % of 560 chains. 87.5 % of those that are not empty here."""
    countries = [name for name in chains[1995].countries if name != "ROW"]
    both = (
        chains[1995]
        .by_chain(MANUFACTURES, countries)
        .join(chains[2008].by_chain(MANUFACTURES, countries), on=["producer", "sector"])
    )
    rose = (both["foreign_share_right"] > both["foreign_share"]).mean()
    assert both.height == 551
    assert rose == pytest.approx(0.875, abs=1e-3)
    means = [chains[y].by_chain(MANUFACTURES, countries)["foreign_share"].mean() for y in chains]
    assert means == pytest.approx([0.239, 0.316], abs=6e-4)


def test_high_income_countries_lost_share_of_manufactures(chains: dict[int, ValueChains]) -> None:
    """Timmer and others (2014): 73.8 % in 1995, 56.0 % in 2008; 74.07 and 56.63 here."""
    shares = []
    for year in (1995, 2008):
        table = chains[year].by_contributor(MANUFACTURES)
        shares.append(table.filter(table["producer"].is_in(HIGH_INCOME))["share"].sum())
    assert shares == pytest.approx([0.7407, 0.5663], abs=6e-5)


@pytest.mark.parametrize(("year", "china"), [(1995, 0.041), (2008, 0.124)])
def test_china_in_manufactures(chains: dict[int, ValueChains], year: int, china: float) -> None:
    table = chains[year].by_contributor(MANUFACTURES)
    assert table.filter(producer="CHN")["share"].item() == pytest.approx(china, abs=6e-4)
    final = chains[year].final_output
    np.testing.assert_allclose(chains[year].value_added.sum(axis=0), final, atol=1e-6)
