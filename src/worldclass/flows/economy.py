"""An economy: transactions, final demand and output of sectors, checked and in one order.

Symbols, after Miller & Blair (2009): Z transactions, Y final demand, x output, so that
x = Z·1 + Y·1 by rows and x = 1·Z + v by columns, with v value added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import EconomyError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]

Label = tuple[str, str]


@dataclass(frozen=True)
class Satellite:
    """What sectors use or emit besides products: hours, persons, compensation.

    Attributes
    ----------
    name, unit
        Such as "hours of women" and "million hours".
    values
        Shape (sectors,): totals of each sector, not coefficients.
    """

    name: str
    unit: str
    values: Array


@dataclass(frozen=True)
class Economy:
    """One year of an input-output table whose rows balance.

    Attributes
    ----------
    name
        Table and release.
    year
        Calendar year.
    unit, prices
        Such as "million USD" and "current basic prices".
    sectors
        Country and industry of each sector, length n.
    demands
        Country and category of each column of final demand, length m.
    transactions
        Z, shape (n, n): the row sells to the column.
    final_demand
        Y, shape (n, m).
    output
        x, shape (n,).
    satellites
        By name.
    industry_names
        Name of each industry code.

    Raises
    ------
    EconomyError
        An array whose shape does not fit the labels. Whether rows balance is for
        `worldclass.flows.validate.make_economy` to check.
    """

    name: str
    year: int
    unit: str
    prices: str
    sectors: tuple[Label, ...]
    demands: tuple[Label, ...]
    transactions: Array
    final_demand: Array
    output: Array
    satellites: Mapping[str, Satellite] = field(default_factory=dict[str, Satellite])
    industry_names: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        """Shapes must fit the labels; numbers are kept in double precision."""
        n, m = len(self.sectors), len(self.demands)
        shapes = {"transactions": (n, n), "final_demand": (n, m), "output": (n,)}
        for name, shape in shapes.items():
            values = np.asarray(getattr(self, name), dtype=np.float64)
            if values.shape != shape:
                raise EconomyError(
                    f"{name} has shape {values.shape}; {n} sectors and {m} columns of final demand "
                    f"ask for {shape}.",
                    where=f"{self.name}, {self.year}",
                    remedy="Give one label for every row and column.",
                )
            object.__setattr__(self, name, values)

    @cached_property
    def value_added(self) -> Array:
        """v = x − 1·Z, shape (n,): with net taxes on products and transport margins."""
        return self.output - self.transactions.sum(axis=0)

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Producing countries, in the order of the sectors."""
        return tuple(dict.fromkeys(country for country, _ in self.sectors))

    @cached_property
    def consumers(self) -> tuple[str, ...]:
        """Consuming countries, in the order of the columns of final demand."""
        return tuple(dict.fromkeys(country for country, _ in self.demands))

    @cached_property
    def industries(self) -> tuple[str, ...]:
        """Industry codes, in the order of the sectors."""
        return tuple(dict.fromkeys(industry for _, industry in self.sectors))

    @cached_property
    def country_of_sector(self) -> NDArray[np.int_]:
        """Position in `countries` of each sector's country, shape (n,)."""
        places = {country: place for place, country in enumerate(self.countries)}
        return np.array([places[country] for country, _ in self.sectors])

    @cached_property
    def active(self) -> NDArray[np.bool_]:
        """Sectors with output, shape (n,); the others take no part in any solution."""
        return self.output > 0

    def demand_by_consumer(self, categories: tuple[str, ...] | None = None) -> Array:
        """Final demand summed over categories, shape (n, consumers).

        Parameters
        ----------
        categories
            Those to count; all by default.
        """
        places = {country: place for place, country in enumerate(self.consumers)}
        summed = np.zeros((len(self.sectors), len(places)))
        for column, (country, category) in enumerate(self.demands):
            if categories is None or category in categories:
                summed[:, places[country]] += self.final_demand[:, column]
        return summed
