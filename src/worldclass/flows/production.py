"""What each country's final demand requires of every sector: what all flows are counted from.

    M = (I − A)⁻¹·Y_c,   Σ_c M = x,

with Y_c the final demand of consumer c. An amount s of each sector (hours, persons, pay) is
embodied in what c consumes by s/x·M: the total is conserved, because the rows of M sum to x.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import EconomyError
from worldclass.flows.solve import Method, requirements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from worldclass.flows.economy import Economy, Label, Satellite

    Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Production:
    """Output by the final demand that requires it.

    Attributes
    ----------
    name, year, unit
        Of the table.
    sectors
        Country and industry, length n; the sectors of a country lie together.
    consumers
        Countries of final demand, length C.
    output, value_added
        x and v, shape (n,).
    required
        M, shape (n, C); rows sum to x.
    trade
        Deliveries for intermediate and final use, shape (producers, consumers): gross exports off
        the diagonal, in the order of `countries` and `consumers`.
    final_trade
        Those for final use alone, same shape.
    industry_names
        Name of each industry code.
    satellites
        Accounts that came with the table, by row.
    method, residual
        How the system was solved, and what was left.
    """

    name: str
    year: int
    unit: str
    sectors: tuple[Label, ...]
    consumers: tuple[str, ...]
    output: Array
    value_added: Array
    required: Array
    trade: Array
    final_trade: Array
    industry_names: Mapping[str, str] = field(default_factory=dict[str, str])
    satellites: Mapping[str, Satellite] = field(default_factory=dict[str, "Satellite"])
    method: str = ""
    residual: float = 0.0

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Producing countries, in order."""
        return tuple(dict.fromkeys(country for country, _ in self.sectors))

    @cached_property
    def everyone(self) -> tuple[str, ...]:
        """Producing countries, then those that only consume."""
        return tuple(dict.fromkeys((*self.countries, *self.consumers)))

    @property
    def final_demand(self) -> Array:
        """Spending of each consumer on final products, shape (C,)."""
        return self.final_trade.sum(axis=0)

    @cached_property
    def starts(self) -> NDArray[np.int_]:
        """First sector of each country, shape (countries,).

        Raises
        ------
        EconomyError
            The sectors of a country do not lie together.
        """
        owners = [country for country, _ in self.sectors]
        first = [k for k, one in enumerate(owners) if k == 0 or owners[k - 1] != one]
        if len(first) > len(self.countries):
            apart = next(owners[k] for k in first if owners.index(owners[k]) != k)
            raise EconomyError(
                f"The sectors of {apart} do not lie together.",
                where=f"{self.name}, {self.year}",
                remedy="Solve the economy with `produce`, which puts them in order.",
            )
        return np.array(first)

    @cached_property
    def per_output(self) -> Array:
        """M/x, shape (n, C): the share of each sector's output that each consumer requires."""
        safe = np.where(self.output > 0, self.output, 1.0)
        return self.required / safe[:, None]


def produce(
    economy: Economy, categories: Sequence[str] | None = None, method: Method = "auto"
) -> Production:
    """Solve an economy for what each country's final demand requires.

    Parameters
    ----------
    economy
        A checked economy.
    categories
        Categories of final demand to count; by default all, and only then is everything that
        is worked embodied in some consumption. `trade` counts all deliveries whatever they are.
    method
        As in `worldclass.flows.solve.requirements`.

    Raises
    ------
    EconomyError
        The economy is not productive; or no column has one of the categories.
    """
    ordered = together(economy)
    if categories is not None:
        known = dict.fromkeys(category for _, category in ordered.demands)
        if unknown := [one for one in categories if one not in known]:
            raise EconomyError(
                f"Final demand has no category {', '.join(unknown)}.",
                where=f"{ordered.name}, {ordered.year}",
                remedy=f"Its categories are {', '.join(known)}.",
            )
    demand = ordered.demand_by_consumer(None if categories is None else tuple(categories))
    solution = requirements(ordered, demand, method)
    starts = np.flatnonzero(np.diff(ordered.country_of_sector, prepend=-1))
    final = np.add.reduceat(demand, starts, axis=0)
    return Production(
        name=ordered.name,
        year=ordered.year,
        unit=ordered.unit,
        sectors=ordered.sectors,
        consumers=ordered.consumers,
        output=ordered.output,
        value_added=ordered.value_added,
        required=solution.values,
        trade=_trade(ordered, starts),
        final_trade=final,
        industry_names=ordered.industry_names,
        satellites=ordered.satellites,
        method=solution.method,
        residual=solution.residual,
    )


def together(economy: Economy) -> Economy:
    """The economy with the sectors of each country in neighbouring rows."""
    owners = economy.country_of_sector
    if (np.diff(owners) >= 0).all():
        return economy
    from dataclasses import replace

    order = np.argsort(owners, kind="stable")
    return replace(
        economy,
        sectors=tuple(economy.sectors[i] for i in order),
        transactions=economy.transactions[np.ix_(order, order)],
        final_demand=economy.final_demand[order],
        output=economy.output[order],
        satellites={
            name: replace(one, values=one.values[order]) for name, one in economy.satellites.items()
        },
    )


def _trade(economy: Economy, starts: NDArray[np.int_]) -> Array:
    """All deliveries between countries, shape (producers, consumers)."""
    owners = np.eye(len(starts))[economy.country_of_sector]
    between = np.add.reduceat(economy.transactions @ owners, starts, axis=0)
    total = np.add.reduceat(economy.demand_by_consumer(), starts, axis=0)
    places = {country: place for place, country in enumerate(economy.consumers)}
    for column, country in enumerate(economy.countries):
        if country in places:
            total[:, places[country]] += between[:, column]
    return total
