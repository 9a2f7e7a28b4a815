"""Value added in exports: what of a country's value added others finally use.

A country's gross exports hold value added of other countries, and the same value added crosses
borders several times. Value added exports (VAX) count what is made in p and finally used in c:

    VAX[p, c] = Σ_{i in p} v_i/x_i · M[i, c],    M = (I − A)⁻¹ Y,  p ≠ c.

Source: Johnson and Noguera (2012), Journal of International Economics 86, 224-236.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from worldclass.flows.amounts import counted_demand
from worldclass.flows.solve import requirements

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.flows.economy import Array, Economy, Label


@dataclass(frozen=True, eq=False)
class ValueAddedTrade:
    """Value added by where it is made and used, beside gross trade.

    Attributes
    ----------
    year, unit
        Of the economy.
    sectors
        Country and industry, length n.
    partners
        Countries that use or buy: consumers of the economy, then countries that only produce.
    absorbed
        Value added of a sector finally used in a country, shape (n, partners).
    exports
        Gross sales of a sector to a country, for further processing or final use; zero to its
        own country. Shape (n, partners).
    """

    year: int
    unit: str
    sectors: tuple[Label, ...]
    partners: tuple[str, ...]
    absorbed: Array
    exports: Array

    @cached_property
    def value_added_exports(self) -> Array:
        """`absorbed` without what a sector's own country uses, shape (n, partners)."""
        return np.where(self._home, 0.0, self.absorbed)

    @cached_property
    def _home(self) -> NDArray[np.bool_]:
        country = np.array([name for name, _ in self.sectors])
        return country[:, None] == np.array(self.partners)

    @cached_property
    def world_ratio(self) -> float:
        """Value added exports of all countries over their gross exports; NaN without exports."""
        gross = float(self.exports.sum())
        return float(self.value_added_exports.sum()) / gross if gross > 0 else float("nan")

    def by_country(self) -> pl.DataFrame:
        """Exports of each country to all others.

        Returns
        -------
        polars.DataFrame
            `year, producer, value_added_exports, exports, vax_ratio, unit`; the ratio is empty
            where nothing is exported.
        """
        return self._table(["producer"])

    def by_pair(self) -> pl.DataFrame:
        """Exports of each country to each other, and the balances of both kinds.

        The ratio of a pair can exceed 1: value added also reaches a partner through third
        countries.

        Returns
        -------
        polars.DataFrame
            `year, producer, consumer, value_added_exports, exports, vax_ratio,
            value_added_balance, balance, unit`; balances are exports less imports of the pair.
        """
        table = self._table(["producer", "consumer"])
        back = table.select(
            "year",
            producer="consumer",
            consumer="producer",
            other_way="value_added_exports",
            other_gross="exports",
        )
        both = table.join(
            back, on=["year", "producer", "consumer"], how="left", maintain_order="left"
        )
        return both.with_columns(
            (both["value_added_exports"] - both["other_way"].fill_null(0.0)).alias(
                "value_added_balance"
            ),
            (both["exports"] - both["other_gross"].fill_null(0.0)).alias("balance"),
        ).select(
            *("year", "producer", "consumer", "value_added_exports", "exports", "vax_ratio"),
            *("value_added_balance", "balance", "unit"),
        )

    def by_sector(self) -> pl.DataFrame:
        """Exports of each sector to all other countries.

        A sector's ratio exceeds 1 where its value added leaves inside other sectors' exports, as
        that of services does.

        Returns
        -------
        polars.DataFrame
            `year, producer, sector, value_added_exports, exports, vax_ratio, unit`.
        """
        return self._table(["producer", "sector"])

    def _table(self, keys: list[str]) -> pl.DataFrame:
        import polars as pl

        n, partners = self.absorbed.shape
        long = pl.DataFrame(
            {
                "producer": np.repeat([name for name, _ in self.sectors], partners),
                "sector": np.repeat([name for _, name in self.sectors], partners),
                "consumer": list(self.partners) * n,
                "value_added_exports": self.value_added_exports.ravel(),
                "exports": self.exports.ravel(),
            }
        ).filter(pl.col("producer") != pl.col("consumer"))
        summed = long.group_by(keys, maintain_order=True).agg(
            pl.col("value_added_exports", "exports").sum()
        )
        ratio = pl.when(pl.col("exports") > 0).then(
            pl.col("value_added_exports") / pl.col("exports")
        )
        return summed.select(
            pl.lit(self.year, pl.Int32).alias("year"),
            *keys,
            "value_added_exports",
            "exports",
            ratio.alias("vax_ratio"),
            pl.lit(self.unit).alias("unit"),
        )


def value_added_trade(
    economy: Economy, categories: tuple[str, ...] | None = None
) -> ValueAddedTrade:
    """Value added of every sector by the country that finally uses it, and gross exports.

    What sectors make adds up to what countries use: Σ_c absorbed[i, c] = v_i, where all
    categories are counted.

    Parameters
    ----------
    economy
        With n sectors; one system of n equations is solved.
    categories
        Of final demand to count; all by default, the one that balances rows included.

    Raises
    ------
    EconomyError
        When the economy is not productive.
    UsageError
        When final demand has no such category.

    Example
    -------
    >>> import numpy as np
    >>> from worldclass.flows.economy import Economy
    >>> two = Economy(
    ...     "example", 2000, "million USD", "current", (("AAA", "all"), ("BBB", "all")),
    ...     (("AAA", "use"), ("BBB", "use")), np.array([[0.0, 50.0], [0.0, 0.0]]),
    ...     np.array([[50.0, 0.0], [60.0, 40.0]]), np.array([100.0, 100.0]),
    ... )
    >>> value_added_trade(two).by_country()["vax_ratio"].round(2).to_list()
    [0.4, 0.5]
    """
    demand = counted_demand(economy, categories)
    required = requirements(economy, demand).values
    share = np.divide(
        economy.value_added,
        economy.output,
        out=np.zeros_like(economy.output),
        where=economy.active,
    )
    partners = (*economy.consumers, *(c for c in economy.countries if c not in economy.consumers))
    absorbed = _widen(share[:, None] * required, len(partners))
    exports = gross_exports(economy, categories)
    return ValueAddedTrade(economy.year, economy.unit, economy.sectors, partners, absorbed, exports)


def gross_exports(economy: Economy, categories: tuple[str, ...] | None = None) -> Array:
    """Sales of each sector to each other country, intermediate and final, shape (n, partners).

    Partners are the economy's consumers, then countries that only produce.
    """
    partners = [*economy.consumers, *(c for c in economy.countries if c not in economy.consumers)]
    sold = _widen(counted_demand(economy, categories), len(partners))
    buyers = np.array([partners.index(country) for country in economy.countries])
    into = np.zeros((len(economy.sectors), len(partners)))
    into[np.arange(len(economy.sectors)), buyers[economy.country_of_sector]] = 1.0
    sold += economy.transactions @ into
    sold[into > 0] = 0.0
    return sold


def _widen(values: Array, columns: int) -> Array:
    wide = np.zeros((len(values), columns))
    wide[:, : values.shape[1]] = values
    return wide
