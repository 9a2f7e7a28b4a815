"""Equilibria of the debt-crisis model, their stability, and how both move with a parameter."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.debt_crisis.equations import STEEPEST, constants, growth

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.dynamics.debt_crisis.parameters import DebtCrisis

NAMES = ("wage_share", "employment", "debt")


@dataclass(frozen=True)
class Equilibrium:
    """A point at which the economy stays, if nothing disturbs it.

    Parameters
    ----------
    name
        "good": wages, employment and debt at finite, positive levels; "slump-1" …: neither wages
        nor employment, finite debt; "crisis": neither, and debt without bound.
    state
        (ω, λ, d).
    eigenvalues
        Of the Jacobian there, the slowest first; empty for "crisis".
    stable
        Whether small disturbances fade.
    """

    name: str
    state: tuple[float, float, float]
    eigenvalues: tuple[complex, ...]
    stable: bool


def equilibria(parameters: DebtCrisis) -> tuple[Equilibrium, ...]:
    """Equilibria without shocks, speculation and support.

    The good one solves Φ(λ) = α and κ(π) = ν (α + β + δ), with d = (κ − π)/(α + β). The crisis
    (0, 0, ∞) is locally stable if and only if κ₀/ν − δ < r. Goodwin's model has one centre,
    around which it cycles for ever.

    Raises
    ------
    UsageError
        There is no good equilibrium: investment cannot reach what growth needs, or employment
        would be negative.

    Source: Grasselli & Costa Lima (2012), sections 2 and 3.

    Examples
    --------
    >>> from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
    >>> good, *slumps, crisis = equilibria(DebtCrisis())
    >>> [round(value, 4) for value in good.state], good.stable
    ([0.8361, 0.9686, 0.0702], True)
    """
    one = parameters
    rate = one.productivity_growth + one.population_growth
    needed = one.capital_ratio * (rate + one.depreciation)
    pressure = one.phillips_slope / (one.productivity_growth + one.phillips_level)
    if pressure <= 0 or pressure >= 1:
        raise UsageError(
            "No employment rate keeps wages in step with productivity.",
            where="phillips_level, phillips_slope, productivity_growth",
            remedy="Let φ₁ / (α + φ₀) lie between 0 and 1.",
        )
    employment = 1 - math.sqrt(pressure)
    if one.variant == "goodwin":
        return (_finite(parameters, "good", (1 - needed, employment, 0.0)),)
    if needed <= one.investment_floor or rate <= 0:
        raise UsageError(
            f"No profit share makes firms invest the {needed:g} of output that growth needs.",
            where="investment_floor, capital_ratio, growth rates, depreciation",
            remedy="Let ν (α + β + δ) exceed κ₀, and α + β exceed 0.",
        )
    profit = math.log((needed - one.investment_floor) / one.investment_scale) / one.investment_slope
    debt = (needed - profit) / rate
    good = (1 - profit - one.interest * debt, employment, debt)
    slumps = [
        _finite(parameters, f"slump-{number}", (0.0, 0.0, root))
        for number, root in enumerate(_slump_debts(parameters), start=1)
    ]
    bound = one.investment_floor / one.capital_ratio - one.depreciation
    crisis = Equilibrium("crisis", (0.0, 0.0, math.inf), (), bound < one.interest)
    return _finite(parameters, "good", good), *slumps, crisis


def jacobian(parameters: DebtCrisis, state: tuple[float, ...]) -> NDArray[np.float64]:
    """Derivatives of (ω', λ', d') with respect to (ω, λ, d), shape (3, 3).

    Without support: the central bank's rule has corners at its thresholds.
    """
    one, (wages, employment, debt) = parameters, state
    free = 1 - employment
    rise = 2 * one.phillips_slope / free**3
    pressure = one.phillips_slope / free**2 - one.phillips_level
    if one.variant == "goodwin":
        invested, marginal, interest = 1 - wages, 1.0, 0.0
    else:
        profit = 1 - wages - one.interest * debt
        steep = one.investment_scale * math.exp(min(one.investment_slope * profit, STEEPEST))
        invested, marginal = one.investment_floor + steep, one.investment_slope * steep
        interest = one.interest
    rate = invested / one.capital_ratio - one.depreciation
    trend = one.productivity_growth + one.population_growth
    into_wages, into_debt = -marginal, -interest * marginal  # of κ with respect to ω and d
    pull = 1 - debt / one.capital_ratio
    matrix = [
        [pressure - one.productivity_growth, wages * rise, 0.0],
        [
            employment * into_wages / one.capital_ratio,
            rate - trend,
            employment * into_debt / one.capital_ratio,
        ],
        [pull * into_wages + 1, 0.0, interest - rate + pull * into_debt],
    ]
    return np.array(matrix) if one.variant != "goodwin" else np.array(matrix)[:2, :2]


def _finite(parameters: DebtCrisis, name: str, state: tuple[float, float, float]) -> Equilibrium:
    values = np.linalg.eigvals(jacobian(parameters, state))
    ordered = sorted(values.tolist(), key=lambda z: (-complex(z).real, -complex(z).imag))
    found = tuple(complex(value) for value in ordered)
    # Goodwin's centre has real parts of zero up to rounding: it is neutral, not stable.
    return Equilibrium(name, state, found, all(value.real < -1e-12 for value in found))


def _slump_debts(parameters: DebtCrisis) -> list[float]:
    """Finite debts at which an economy without wages and employment would stay."""
    from scipy.optimize import brentq

    numbers = constants(replace(parameters, support=0.0, purchases=0.0))

    def change(debt: float) -> float:
        invested, rate = growth(0.0, debt, numbers)
        return float(debt * (parameters.interest - rate) + invested - 1.0)

    grid = np.concatenate([-np.geomspace(1e3, 1e-3, 400), [0.0], np.geomspace(1e-3, 1e3, 400)])
    values = [change(debt) for debt in grid]
    roots: list[float] = []
    for k in range(len(grid) - 1):
        if np.isfinite(values[k : k + 2]).all() and values[k] * values[k + 1] < 0:
            found: Any = brentq(change, grid[k], grid[k + 1], xtol=1e-13)
            roots.append(float(found))
    return roots


def equilibrium_table(parameters: DebtCrisis) -> pl.DataFrame:
    """Equilibria as rows: `equilibrium, quantity, group, value`; unbounded debt has no row."""
    import polars as pl

    rows: list[dict[str, Any]] = []
    for one in equilibria(parameters):
        for name, value in zip(NAMES, one.state, strict=True):
            if math.isfinite(value):
                rows.append(_row(one.name, "state", name, value))
        for place, value in enumerate(one.eigenvalues, start=1):
            rows.append(_row(one.name, "eigenvalue_real", str(place), value.real))
            rows.append(_row(one.name, "eigenvalue_imaginary", str(place), value.imag))
        rows.append(_row(one.name, "stable", "all", float(one.stable)))
    return pl.DataFrame(rows)


def _row(name: str, quantity: str, group: str, value: float) -> dict[str, Any]:
    return {"equilibrium": name, "quantity": quantity, "group": group, "value": value}
