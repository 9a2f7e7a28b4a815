"""Structural decomposition: why the labour embodied in final demand changed between two years.

    H[r, c] = Σ_ij e_r[i] L[i, j] · level_c · products_c[g] · origins_c[j | g],   j of product g,

with e labour coefficients and L = (I − A)⁻¹. The inputs of a sector are split in the same way as
final demand: what it uses of each product (technology) and where that comes from (sourcing).

Source: Miller and Blair (2009), Input-Output Analysis, chapter 13; Xu and Dietzenbacher (2014),
Ecological Economics 101, 10-20, for the split into technology and sourcing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.amounts import require_amounts
from worldclass.flows.areas import Groups, choose_areas, membership, settled_groups
from worldclass.flows.decomposition import Decomposition, decompose, decomposition_table
from worldclass.flows.solve import multipliers
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.flows.economy import Array, Economy

FACTORS = ("labour", "technology", "sourcing", "level", "products", "origins")
"""Labour coefficients; inputs by product, and their origins; level of final demand, its mix of
products, and their origins."""


@dataclass(frozen=True, eq=False)
class _Year:
    """An economy taken apart into factors.

    Attributes
    ----------
    labour
        e, shape (r, n).
    technology
        Use of each product for one unit of output, shape (g, n).
    sourcing
        Share of each origin in that, shape (n, n).
    level
        Final demand of each consumer, shape (c,).
    products
        Use of each product relative to it, shape (g, c); absolute where inventories fall.
    origins
        Share of each origin in that, shape (n, c).
    """

    labour: Array
    technology: Array
    sourcing: Array
    level: Array
    products: Array
    origins: Array


def decompose_embodied(
    before: Economy,
    after: Economy,
    labour_before: Array,
    labour_after: Array,
    *,
    consumers: Array | None = None,
) -> Decomposition:
    """Decompose the change of labour embodied in each country's final demand.

    The factors are those of `FACTORS`. Four transposed systems are solved, each for the labour of
    both years; no inverse is formed.
    Where a factor does not exist in one of the years (origins of a product that is not used,
    coefficients of a sector without output), that of the other year stands in, so that it explains
    no change. With tables in current prices, labour coefficients and levels also carry the change
    of prices, with opposite signs: `deflated` takes it out.

    Parameters
    ----------
    before, after
        Economies with the same sectors and consumers in the same order.
    labour_before, labour_after
        Labour of each sector by row, such as hours by producing country and sex, shape (r, n).
    consumers
        Weights of consumers in the sums to decompose, shape (consumers, k); each by itself by
        default. The spread over orders of a sum is not the sum of spreads, so sums must be
        decomposed as such.

    Returns
    -------
    Decomposition of shape (r, consumers) or (r, k); its factors sum exactly to the change.

    Raises
    ------
    UsageError
        When the economies have other sectors or consumers, or a country's final demand has no
        mix.
    EconomyError
        When a system cannot be solved, or labour does not fit the sectors.

    Example
    -------
    >>> from worldclass.flows.economy import Economy
    >>> def year(name, hours):
    ...     one = (("AAA", "all"),)
    ...     made = np.array([100.0])
    ...     return Economy("example", name, "USD", "current", one, (("AAA", "use"),),
    ...                    np.array([[50.0]]), np.array([[50.0]]), made), np.array([[hours]])
    >>> (old, old_hours), (new, new_hours) = year(2000, 10.0), year(2010, 6.0)
    >>> found = decompose_embodied(old, new, old_hours, new_hours)
    >>> dict(zip(found.factors, found.effects.ravel().round(9).tolist()))["labour"]
    -4.0
    """
    _require_same(before, after)
    for economy, labour in ((before, labour_before), (after, labour_after)):
        require_amounts(economy, labour, "labour accounts")
    group = _product_of_sector(before)
    years = _take_apart((before, after), (labour_before, labour_after), group)
    plain = replace(before, output=np.ones_like(before.output), satellites={})
    embodied: dict[tuple[int, int, int], Array] = {}
    for technology, sourcing in product((0, 1), repeat=2):
        inputs = years[technology].technology[group] * years[sourcing].sourcing
        economy = replace(plain, transactions=inputs)
        both = np.vstack([year.labour for year in years])
        first, second = np.split(multipliers(economy, both).values, 2)
        embodied[0, technology, sourcing] = first
        embodied[1, technology, sourcing] = second

    def value(late: tuple[bool, ...]) -> Array:
        labour, technology, sourcing, level, products, origins = (int(one) for one in late)
        demand = years[origins].origins * years[products].products[group] * years[level].level
        if consumers is not None:
            demand = demand @ consumers
        return embodied[labour, technology, sourcing] @ demand

    return decompose(FACTORS, value)


def hours_change(
    before: Economy,
    after: Economy,
    hours_before: Array,
    hours_after: Array,
    groups: Groups = None,
) -> pl.DataFrame:
    """Why the hours of women and men embodied in final demand changed, between countries.

    Parameters
    ----------
    before, after
        Economies with the same sectors and consumers.
    hours_before, hours_after
        Hours of women and of men in each sector, shape (2, n), million a year.
    groups
        Countries to count together as producers and as consumers, as `choose_areas` takes them;
        each country by itself by default.

    Returns
    -------
    polars.DataFrame
        `from, to, producer, sex, consumer, factor, effect, lowest, highest, start, end, unit`:
        mean effect over all orders of replacing the factors, and its range over them. The effects
        of the six factors sum to `end` − `start`.

    Raises
    ------
    UsageError, EconomyError
        As `decompose_embodied`.
    """
    import polars as pl

    everyone = tuple(dict.fromkeys((*before.countries, *before.consumers)))
    groups = settled_groups(groups)
    makers, users = (
        choose_areas(groups, one if groups is None else everyone)
        for one in (before.countries, before.consumers)
    )
    inside = membership(makers, before.countries)[:, before.country_of_sector]

    def rows(hours: Array) -> Array:
        return (inside[:, None, :] * hours[None, :, :]).reshape(-1, hours.shape[1])

    found = decompose_embodied(
        before,
        after,
        rows(hours_before),
        rows(hours_after),
        consumers=membership(users, before.consumers).T,
    )
    labels = {
        "producer": [area.code for area in makers for _ in SEXES],
        "sex": [*SEXES] * len(makers),
    }
    table = decomposition_table(found, labels, [area.code for area in users], "million hours")
    years = (
        pl.lit(one.year, pl.Int32).alias(name) for one, name in ((before, "from"), (after, "to"))
    )
    return table.select(*years, pl.all())


def deflated(economy: Economy, prices: Array | float) -> Economy:
    """The economy at the prices of another year: every row divided by its price index.

    Output, deliveries and final demand of a sector are divided by one index; value added becomes
    the difference (double deflation).

    Parameters
    ----------
    prices
        Price of each sector's output relative to the other year, shape (n,), or one number for
        all.

    Raises
    ------
    UsageError
        When an index is not positive.
    """
    index = np.broadcast_to(np.asarray(prices, dtype=np.float64), economy.output.shape)
    wrong = ~(np.isfinite(index) & (index > 0))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise UsageError(
            f"the price index of {' '.join(economy.sectors[at])} is {index[at]:g}",
            where="deflated",
            remedy="Give a positive number for every sector.",
        )
    return replace(
        economy,
        transactions=economy.transactions / index[:, None],
        final_demand=economy.final_demand / index[:, None],
        output=economy.output / index,
        prices=f"{economy.prices}, deflated",
    )


def _take_apart(
    economies: tuple[Economy, Economy],
    labour: tuple[Array, Array],
    group: NDArray[np.int_],
) -> tuple[_Year, _Year]:
    rates, inputs = [], []
    for one, rows in zip(economies, labour, strict=True):
        output = np.where(one.active, one.output, 1.0)
        rates.append(np.where(one.active, rows / output, 0.0))
        inputs.append(one.transactions / output)
    for late in (0, 1):
        # A sector without output has no coefficients of its own: it takes the other year's.
        empty = ~economies[late].active
        rates[late][:, empty] = rates[1 - late][:, empty]
        inputs[late][:, empty] = inputs[1 - late][:, empty]
    technology, sourcing = _mixes((inputs[0], inputs[1]), group)
    demands = tuple(one.demand_by_consumer() for one in economies)
    use, origins = _mixes((demands[0], demands[1]), group)
    levels = [_level(one, demand) for one, demand in zip(economies, demands, strict=True)]
    first, second = (
        _Year(
            rates[at],
            technology[at],
            sourcing[at],
            levels[at],
            use[at] / levels[at],
            origins[at],
        )
        for at in (0, 1)
    )
    return first, second


def _mixes(
    uses: tuple[Array, Array], group: NDArray[np.int_]
) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Use of each product, shape (g, k), and the shares of its origins, shape (n, k).

    Use is the sum of absolute values. With falling inventories, which are negative, a net sum may
    be zero while its parts are not; shares of the absolute sum stay between −1 and 1.
    """
    member = (group == np.arange(int(group.max()) + 1)[:, None]).astype(np.float64)
    totals, shares, known = [], [], []
    for use in uses:
        total = member @ np.abs(use)
        whole = total[group]
        shares.append(np.divide(use, whole, out=np.zeros_like(use), where=whole > 0))
        known.append(whole > 0)
        totals.append(total)
    for late in (0, 1):
        shares[late] = np.where(known[late], shares[late], shares[1 - late])
    return (totals[0], totals[1]), (shares[0], shares[1])


def _level(economy: Economy, demand: Array) -> Array:
    level = demand.sum(axis=0)
    if (level <= 0).any():
        names = [economy.consumers[at] for at in np.flatnonzero(level <= 0)]
        raise UsageError(
            f"{', '.join(names)}: final demand is not positive, so it has no mix",
            where=f"{economy.name}, {economy.year}",
            remedy="Merge these countries with another, or leave their demand out.",
        )
    return level


def _product_of_sector(economy: Economy) -> NDArray[np.int_]:
    places = {name: at for at, name in enumerate(economy.industries)}
    return np.array([places[name] for _, name in economy.sectors])


def _require_same(before: Economy, after: Economy) -> None:
    for name in ("sectors", "consumers"):
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            only = sorted({str(x) for x in one} ^ {str(x) for x in other})
            raise UsageError(
                f"the economies have different {name}: {', '.join(only[:5]) or 'another order'}",
                where=f"{before.year} and {after.year}",
                remedy="Bring both to the same labels in the same order.",
            )
