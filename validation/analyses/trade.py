"""Value added in trade and chains, ours beside published results."""

from __future__ import annotations

from validation.analyses.world import economy, published
from validation.tables import Results
from worldclass.flows.chains import MANUFACTURES, ValueChains, value_chains
from worldclass.flows.value_added_exports import value_added_trade
from worldclass.sources.input_output.wiod2013 import wiod2013_years
from worldclass.sources.mirror import Mirror

COUNTRIES = ("USA", "CHN", "DEU", "JPN")
HIGH_INCOME = (
    *("AUS", "AUT", "BEL", "CAN", "CYP", "DEU", "DNK", "ESP", "FIN", "FRA", "GBR", "GRC", "IRL"),
    *("ITA", "JPN", "KOR", "LUX", "MLT", "NLD", "PRT", "SVN", "SWE", "TWN", "USA"),
)


def ratios(mirror: Mirror) -> Results:
    """Value added exports over gross exports."""
    rows = []
    for year in wiod2013_years(mirror.root):
        table = economy(mirror.root, year)
        found = value_added_trade(table, published(table))
        ratio = dict(found.by_country().select("producer", "vax_ratio").iter_rows())
        pair = found.by_pair().filter(producer="CHN", consumer="USA").row(0, named=True)
        rows.append(
            (
                str(year),
                100 * found.world_ratio,
                *(100 * ratio[name] for name in COUNTRIES),
                pair["balance"] / 1e3,
                pair["value_added_balance"] / 1e3,
            )
        )
    return Results(
        "Value added in exports, percent of gross exports; China's balance with the US, billion $",
        ("Year", "World", *COUNTRIES, "Gross balance", "Value-added balance"),
        rows,
        after="Johnson and Noguera (2012) find the balance of 2004 30 to 40 % smaller in value "
        "added; they tell processing trade apart, which these tables do not.",
        digits=1,
    )


def chains(mirror: Mirror) -> Results:
    """Slicing up: published against ours."""
    found = {}
    for year in (1995, 2008):
        table = economy(mirror.root, year)
        found[year] = value_chains(table, published(table))
    named = [name for name in found[1995].countries if name != "ROW"]
    tables = {year: one.by_chain(MANUFACTURES, named) for year, one in found.items()}
    cars = [
        100 * (1 - one.by_chain(["c15"], ["DEU"])["foreign_share"].item()) for one in found.values()
    ]
    both = tables[1995].join(tables[2008], on=["producer", "sector"])
    rose = 100 * (both["foreign_share_right"] > both["foreign_share"]).mean()
    rich = [_share(one, HIGH_INCOME) for one in found.values()]
    means = [100 * one["foreign_share"].mean() for one in tables.values()]
    return Results(
        "Global value chains, percent: Timmer and others (2014) and ours",
        ("Result", "Published 1995", "Published 2008", "Ours 1995", "Ours 2008"),
        [
            ("domestic part of German transport equipment", 79.0, 66.0, *cars),
            ("high-income countries' part of all manufactures", 73.8, 56.0, *rich),
            (
                "China's part of all manufactures",
                None,
                None,
                *(_share(x, ("CHN",)) for x in found.values()),
            ),
            ("foreign part of a manufacturing chain, mean of 40 countries", None, None, *means),
            (f"chains whose foreign part rose ({both.height})", None, 85.0, None, rose),
        ],
        after="Ours counts net taxes on products and transport margins as value added where they "
        "fall, because the mirror's tables have no rows for them.",
        digits=1,
    )


def _share(chains: ValueChains, names: tuple[str, ...]) -> float:
    table = chains.by_contributor(MANUFACTURES)
    return 100 * table.filter(table["producer"].is_in(names))["share"].sum()
