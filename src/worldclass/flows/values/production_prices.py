"""Prices of production: those at which every industry earns the same rate of profit.

    p = p A + p D + p T + w l + r (p K + (p A + w l) t)

Circulating capital alone (K = D = 0, t = 1) gives p = (1 + r)(p A + w l) + p T. The two
interpretations differ in what they hold fixed: the goods an hour is paid with (w = p b, standard),
or the money wage and its share in value added (new).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.values.eigen import is_irreducible, left_root, spectral_radius
from worldclass.flows.values.labour_values import direct_prices, labour_values

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.flows.values.technique import Technique

    Array = NDArray[np.floating[Any]]

Interpretation = Literal["standard", "new"]
_EDGE = 1e-9


@dataclass(frozen=True, eq=False)
class ProductionPrices:
    """A solution of the system of prices.

    Attributes
    ----------
    interpretation
        "standard" or "new".
    industries
        Names, length n.
    profit_rate
        r, a fraction.
    maximum_rate
        R: the rate of profit if the wage were zero.
    rate_of_surplus_value
        Unpaid over paid labour: (1 − λb)/(λb), or (1 − v)/v.
    prices
        p, shape (n,); a market price is 1. Standard: p Q = Σ Q. New: p y = w l Q / v, with net
        output y, so that levels differ between the interpretations.
    values
        λ, shape (n,): hours for one unit.
    direct_prices
        λ, rescaled so that they sum to market prices over gross output.
    irreducible
        Whether every industry needs every other; otherwise prices need not all be positive.
    """

    interpretation: Interpretation
    industries: tuple[str, ...]
    profit_rate: float
    maximum_rate: float
    rate_of_surplus_value: float
    prices: Array
    values: Array
    direct_prices: Array
    irreducible: bool

    def frame(self) -> pl.DataFrame:
        """Industry, labour value, direct price and price of production."""
        import polars as pl

        return pl.DataFrame(
            {
                "interpretation": [self.interpretation] * len(self.industries),
                "industry": self.industries,
                "labour_value": self.values,
                "direct_price": self.direct_prices,
                "price_of_production": self.prices,
            }
        )


def standard_interpretation(technique: Technique) -> ProductionPrices:
    """Prices of production when the goods that an hour of labour buys are given.

    With M = A + b l:  p (I − A − D − T − b l) = r p (K + M t), so r is the inverse of the Perron
    root of (K + M t)(I − A − D − T − b l)⁻¹ and p its left vector. With circulating capital alone
    p (I − T) = (1 + r) p M. Prices are scaled to p Q = Σ Q.

    Raises
    ------
    UsageError
        When no bundle of wage goods is given, or inputs and wages with fixed capital use up
        more than is produced.

    Source
    ------
    Morishima (1973), Marx's Economics; Ochoa (1984); Basu and Moraitis (2023), Alternative
    Approaches to Labor Values and Prices of Production, UMass working paper 347.

    Example
    -------
    >>> from worldclass.flows.values.technique import Technique
    >>> corn = Technique(("corn",), inputs=[[0.5]], labour=[1.0], output=[1.0], wage_goods=[0.3])
    >>> found = standard_interpretation(corn)
    >>> round(found.profit_rate, 4), round(found.rate_of_surplus_value, 4)
    (0.25, 0.6667)
    """
    goods = technique.wage_goods
    if goods is None:
        raise UsageError(
            "the standard interpretation needs the goods that an hour buys",
            where="Technique.wage_goods",
            remedy="Give wage_goods, or use the new interpretation.",
        )
    paid = np.outer(goods, technique.labour)
    augmented = technique.inputs + paid
    eye = np.eye(len(goods))
    if technique.circulating:
        matrix = _times_inverse(augmented, eye - technique.taxed)
        root, prices = left_root(matrix)
        rate = 1 / root - 1
    else:
        left = technique.used_up + technique.taxed + paid
        _refuse_loss(left)
        matrix = _times_inverse(technique.advanced(augmented), eye - left)
        root, prices = left_root(matrix)
        rate = 1 / root
    values = labour_values(technique)
    output = technique.output
    worth = float(values @ goods)
    return ProductionPrices(
        interpretation="standard",
        industries=technique.industries,
        profit_rate=rate,
        maximum_rate=maximum_profit_rate(technique),
        rate_of_surplus_value=(1 - worth) / worth,
        prices=prices * (output.sum() / (prices @ output)),
        values=values,
        direct_prices=direct_prices(values, output),
        irreducible=is_irreducible(matrix),
    )


def new_interpretation(technique: Technique) -> ProductionPrices:
    """Prices of production when the money wage and the value of labour power are given.

    With U(r) = A + D + T + r (K + A t) and net output y = (I − A − D) Q, r solves

        w l (I + r t)(I − U(r))⁻¹ y = w l Q / v,

    that is: net output sells for what labour has added in money. The left side grows with r from
    below the right side to infinity at R, so the root is the only one.

    Raises
    ------
    UsageError
        When the wage or the value of labour power is missing, or the latter is not between 0
        and 1 (after taxes).

    Source
    ------
    Foley (1982), Review of Radical Political Economics 14; Duménil (1980); Basu and Moraitis
    (2023), as above.

    Example
    -------
    >>> from worldclass.flows.values.technique import Technique
    >>> corn = Technique(
    ...     ("corn",), [[0.5]], [1.0], [1.0], wage=0.3, value_of_labour_power=0.6
    ... )
    >>> found = new_interpretation(corn)
    >>> round(found.profit_rate, 4), round(float(found.prices[0]), 4)
    (0.25, 1.0)
    """
    from scipy.optimize import brentq

    wage, share = technique.wage, technique.value_of_labour_power
    if wage is None or share is None:
        raise UsageError(
            "the new interpretation needs a money wage and the value of labour power",
            where="Technique.wage, Technique.value_of_labour_power",
        )
    eye = np.eye(len(technique.industries))
    years = 1.0 if technique.turnover is None else technique.turnover
    base, growing = technique.used_up + technique.taxed, technique.advanced(technique.inputs)
    net = (eye - technique.used_up) @ technique.output
    target = wage * float(technique.labour @ technique.output) / share

    def prices(rate: float) -> Array:
        cost = wage * technique.labour * (1 + rate * years)
        return np.linalg.solve((eye - base - rate * growing).T, cost)

    def excess(rate: float) -> float:
        return float(prices(rate) @ net) - target

    highest = maximum_profit_rate(technique)
    if not 0 < share < 1 or excess(0.0) >= 0:
        raise UsageError(
            f"value of labour power = {share:g}: wages and taxes leave no profit",
            where="Technique.value_of_labour_power",
            remedy="It is the share of wages in value added, between 0 and 1.",
        )
    root: Any = brentq(excess, 0.0, highest * (1 - _EDGE), xtol=1e-15)
    rate = float(root)
    values = labour_values(technique)
    return ProductionPrices(
        interpretation="new",
        industries=technique.industries,
        profit_rate=rate,
        maximum_rate=highest,
        rate_of_surplus_value=(1 - share) / share,
        prices=prices(rate),
        values=values,
        direct_prices=direct_prices(values, technique.output),
        irreducible=is_irreducible(growing),
    )


def maximum_profit_rate(technique: Technique) -> float:
    """R, the rate of profit at a wage of zero.

    1/R is the Perron root of (K + A t)(I − A − D − T)⁻¹; with circulating capital alone and no
    taxes R = 1/ρ(A) − 1.

    Raises
    ------
    UsageError
        When inputs, depreciation and taxes use up more than is produced.

    Example
    -------
    >>> from worldclass.flows.values.technique import Technique
    >>> maximum_profit_rate(Technique(("corn",), [[0.5]], [1.0], [1.0]))
    1.0
    """
    base = technique.used_up + technique.taxed
    _refuse_loss(base)
    stock = technique.advanced(technique.inputs)
    return 1 / spectral_radius(_times_inverse(stock, np.eye(len(base)) - base))


def _times_inverse(left: Array, right: Array) -> Array:
    """left · right⁻¹."""
    return np.linalg.solve(right.T, left.T).T


def _refuse_loss(used: Array) -> None:
    root = spectral_radius(used)
    if root >= 1:
        raise UsageError(
            f"the economy uses up more than it makes: largest root {root:.6g}, not below 1",
            where="Technique",
            remedy="Check units of inputs and wages, and that columns are per unit of output.",
        )
