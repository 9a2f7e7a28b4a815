"""Who works in a chain: hours of women and men of each country in some final products.

    h[r, p] = Σ_{i in p} h_{r,i}/x_i · [L f]_i,

with f the final output of the chosen chains and h_r the hours of women or of men.

Source: Timmer and others (2014), Journal of Economic Perspectives 28(2), 99-118, for workers in
manufactures chains; Los, Timmer and de Vries (2015), Journal of Regional Science 55, 66-92.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.amounts import counted_demand, require_amounts
from worldclass.flows.areas import Groups, choose_areas, membership
from worldclass.flows.chains import chosen_sectors
from worldclass.flows.solve import requirements
from worldclass.flows.tabulate import PERCENTILES
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from worldclass.flows.economy import Array, Economy


def chain_labour(
    economy: Economy,
    hours: Array,
    industries: Sequence[str] | None = None,
    countries: Sequence[str] | None = None,
    *,
    consumers: Sequence[str] | None = None,
    drawn: Array | None = None,
    groups: Groups = None,
) -> pl.DataFrame:
    """Hours that countries work for the chosen final products, by sex.

    Parameters
    ----------
    economy
        With n sectors; one system with one right-hand side is solved.
    hours
        Of women and of men in each sector, shape (2, n), million a year.
    industries, countries
        Products, and where they are completed; all by default.
    consumers
        Countries whose final use counts; all by default.
    drawn
        Draws of the hours, shape (draws, 2, n), for intervals.
    groups
        Working countries to count together, as `choose_areas` takes them.

    Returns
    -------
    polars.DataFrame
        `year, producer, sex, value, p05, p95, share, unit`: `producer` works, `share` is of all
        hours of that sex in the chains.

    Raises
    ------
    UsageError
        When an industry or a country is not in the economy.
    EconomyError
        When the economy is not productive, or hours do not fit its sectors.

    Example
    -------
    Half of the hours in a mill's product are worked on the farm that supplies it:

    >>> from worldclass.flows.economy import Economy
    >>> two = Economy(
    ...     "example", 2000, "million USD", "current", (("AAA", "mill"), ("BBB", "farm")),
    ...     (("AAA", "use"),), np.array([[0.0, 0.0], [50.0, 0.0]]), np.array([[100.0], [50.0]]),
    ...     np.array([100.0, 100.0]),
    ... )
    >>> found = chain_labour(two, np.array([[10.0, 10.0], [10.0, 30.0]]), ["mill"])
    >>> found.filter(sex="total").select("producer", "value", "share").rows()
    [('AAA', 20.0, 0.5), ('BBB', 20.0, 0.5)]
    """
    import polars as pl

    for one in (hours, drawn):
        if one is not None:
            require_amounts(economy, one, "hours")
    demand = counted_demand(economy, None)
    users = _places(economy, consumers)
    chosen = chosen_sectors(economy.sectors, industries, countries)
    final = np.where(chosen, demand[:, users].sum(axis=1), 0.0)
    required = requirements(economy, final[:, None]).values[:, 0]
    per_output = np.where(economy.active, required / np.where(economy.active, economy.output, 1), 0)
    areas = choose_areas(groups, economy.countries)
    member = membership(areas, economy.countries)[:, economy.country_of_sector].T

    def by_area(amounts: Array) -> Array:
        summed = (amounts * per_output) @ member
        return np.concatenate([summed, summed.sum(axis=-2, keepdims=True)], axis=-2)

    value = by_area(hours)
    bounds: list[Any] = [[None] * value.size] * 2
    if drawn is not None:
        changes = by_area(drawn)
        bounds = [np.percentile(changes, at, axis=0).ravel() for at in PERCENTILES]
    whole = value.sum(axis=1, keepdims=True)
    sexes = (*SEXES, "total")
    return pl.DataFrame(
        {
            "year": [economy.year] * value.size,
            "producer": [area.code for area in areas] * len(sexes),
            "sex": np.repeat(sexes, len(areas)),
            "value": value.ravel(),
            "p05": bounds[0],
            "p95": bounds[1],
            "share": (value / np.where(whole == 0, 1.0, whole)).ravel(),
            "unit": ["million hours"] * value.size,
        },
        schema_overrides={"year": pl.Int32, "p05": pl.Float64, "p95": pl.Float64},
    )


def _places(economy: Economy, consumers: Sequence[str] | None) -> list[int]:
    if consumers is None:
        return list(range(len(economy.consumers)))
    if unknown := [name for name in consumers if name not in economy.consumers]:
        raise UsageError(
            f"{', '.join(unknown)}: no such consumer in the economy",
            remedy=f"It has {', '.join(economy.consumers)}.",
        )
    return [economy.consumers.index(name) for name in dict.fromkeys(consumers)]
