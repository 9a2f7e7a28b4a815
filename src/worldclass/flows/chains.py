"""Global value chains: who adds the value of a final product.

The chain of sector j ends in f_j, all final use of its product anywhere. Of that, country p adds

    g[p, j] = m_p[j] · f_j,    m_p (I − A) = v_p x̂⁻¹,

with v_p the value added of the sectors of p. Since Σ_p m_p = 1, the parts add up to f_j.

Source: Timmer, Erumban, Los, Stehrer and de Vries (2014), Journal of Economic Perspectives 28(2),
99-118; Los, Timmer and de Vries (2015), Journal of Regional Science 55, 66-92.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.amounts import counted_demand
from worldclass.flows.solve import multipliers

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.flows.economy import Array, Economy, Label

MANUFACTURES = tuple(f"c{number}" for number in range(3, 17))
"""Industries c3 to c16 of the WIOD 2013 release: food to other manufacturing, recycling."""


@dataclass(frozen=True, eq=False)
class ValueChains:
    """What each country adds to each final product.

    Attributes
    ----------
    year, unit
        Of the economy.
    sectors
        Country of completion and industry of each chain, length n.
    countries
        Countries that add value, length c.
    final_output
        f, shape (n,): final use of the product, at home and abroad.
    value_added
        g, shape (c, n).
    """

    year: int
    unit: str
    sectors: tuple[Label, ...]
    countries: tuple[str, ...]
    final_output: Array
    value_added: Array

    @cached_property
    def domestic(self) -> Array:
        """Part of the country where the chain ends, shape (n,)."""
        places = [self.countries.index(country) for country, _ in self.sectors]
        return self.value_added[places, np.arange(len(self.sectors))]

    @cached_property
    def foreign_share(self) -> Array:
        """(f − domestic) / f, shape (n,); NaN where a chain has no positive final output."""
        rest = self.final_output - self.domestic
        share = np.full(len(rest), np.nan)
        return np.divide(rest, self.final_output, out=share, where=self.final_output > 0)

    def chosen(
        self, industries: Sequence[str] | None = None, countries: Sequence[str] | None = None
    ) -> NDArray[np.bool_]:
        """Chains of some industries completed in some countries, shape (n,); all by default.

        Raises
        ------
        UsageError
            When an industry or a country is not in the economy.
        """
        return chosen_sectors(self.sectors, industries, countries)

    def by_chain(
        self, industries: Sequence[str] | None = None, countries: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """Chains with their final output and foreign share.

        Returns
        -------
        polars.DataFrame
            `year, producer, sector, final_output, domestic, foreign, foreign_share, unit`: the
            producer completes the product. Chains without positive final output are left out.
        """
        import polars as pl

        keep = np.flatnonzero(self.chosen(industries, countries) & (self.final_output > 0))
        return pl.DataFrame(
            {
                "year": pl.Series([self.year] * len(keep), dtype=pl.Int32),
                "producer": [self.sectors[at][0] for at in keep],
                "sector": [self.sectors[at][1] for at in keep],
                "final_output": self.final_output[keep],
                "domestic": self.domestic[keep],
                "foreign": (self.final_output - self.domestic)[keep],
                "foreign_share": self.foreign_share[keep],
                "unit": [self.unit] * len(keep),
            }
        )

    def by_contributor(
        self, industries: Sequence[str] | None = None, countries: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """What each country adds to the chosen chains together.

        Returns
        -------
        polars.DataFrame
            `year, producer, value_added, share, unit`: the producer adds value; the share is
            empty where the chains hold none.
        """
        import polars as pl

        added = self.value_added[:, self.chosen(industries, countries)].sum(axis=1)
        total = float(added.sum())
        return pl.DataFrame(
            {
                "year": pl.Series([self.year] * len(added), dtype=pl.Int32),
                "producer": self.countries,
                "value_added": added,
                "share": pl.Series(
                    added / total if total > 0 else [None] * len(added), dtype=pl.Float64
                ),
                "unit": [self.unit] * len(added),
            }
        )


def chosen_sectors(
    sectors: Sequence[Label],
    industries: Sequence[str] | None = None,
    countries: Sequence[str] | None = None,
) -> NDArray[np.bool_]:
    """Sectors of some industries in some countries, shape (n,); all by default.

    Raises
    ------
    UsageError
        When an industry or a country is not among the sectors.
    """
    keep = np.ones(len(sectors), dtype=bool)
    for place, wanted, word in ((0, countries, "country"), (1, industries, "industry")):
        if wanted is None:
            continue
        present = {label[place] for label in sectors}
        if unknown := [name for name in wanted if name not in present]:
            raise UsageError(
                f"{', '.join(unknown)}: no such {word} in the economy",
                remedy=f"It has {', '.join(sorted(present)[:8])} …",
            )
        keep &= np.array([label[place] in set(wanted) for label in sectors])
    return keep


def value_chains(economy: Economy, categories: tuple[str, ...] | None = None) -> ValueChains:
    """Slice the value of every final product by the countries that add it.

    Parameters
    ----------
    economy
        With n sectors of c countries; one transposed system with c right-hand sides is solved.
    categories
        Of final demand to count; all by default.

    Raises
    ------
    EconomyError
        When the economy is not productive.
    UsageError
        When final demand has no such category.

    Example
    -------
    >>> from worldclass.flows.economy import Economy
    >>> two = Economy(
    ...     "example", 2000, "million USD", "current", (("AAA", "all"), ("BBB", "all")),
    ...     (("AAA", "use"), ("BBB", "use")), np.array([[0.0, 50.0], [0.0, 0.0]]),
    ...     np.array([[50.0, 0.0], [60.0, 40.0]]), np.array([100.0, 100.0]),
    ... )
    >>> value_chains(two).foreign_share.tolist()
    [0.0, 0.5]
    """
    demand = counted_demand(economy, categories).sum(axis=1)
    parts = np.zeros((len(economy.countries), len(economy.sectors)))
    parts[economy.country_of_sector, np.arange(len(economy.sectors))] = np.where(
        economy.active, economy.value_added, 0.0
    )
    added = multipliers(economy, parts).values * demand
    return ValueChains(
        economy.year, economy.unit, economy.sectors, economy.countries, demand, added
    )
