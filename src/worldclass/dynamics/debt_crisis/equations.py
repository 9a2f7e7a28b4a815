"""The equations of Goodwin, Keen, and Keen with speculation, compiled.

State: wage share ω, employment rate λ, private debt d and speculative borrowing p, both per unit
of output, and debt b held by the central bank. With profit share π = 1 − ω − r d, investment
κ(π) = κ₀ + κ₁ e^{κ₂ π}, growth g = κ(π)/ν − δ and wage pressure Φ(λ) = φ₁/(1 − λ)² − φ₀,

    ω' = ω (Φ(λ) − α)
    λ' = λ (g − α − β)
    d' = d (r − g) + κ(π) − (1 − ω) + p − q
    p' = p (Ψ(g) − g)
    b' = q − b g

where Ψ(g) = ψ₀ (1 − e^{ψ₂ (g − 0.03)}). The central bank takes over the part s(d) · `support` of
interest, so that r falls, and buys q = `purchases` · max(d − threshold, 0); s rises from 0 at the
threshold to 1 at twice the threshold. Bought debt leaves d, so that firms pay neither interest nor
repayment on it: it acts as relief. Goodwin: κ(π) = 1 − ω, d = p = 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.dynamics.compiled import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.debt_crisis.parameters import DebtCrisis

STATE = 5
NEUTRAL_GROWTH = 0.03
"""Growth at which speculation neither rises nor falls."""
STEEPEST = 50.0
"""Exponents are cut here: e⁵⁰ times as fast is at once, on any scale of an economy."""

(
    ALPHA,
    BETA,
    DELTA,
    NU,
    INTEREST,
    PHI0,
    PHI1,
    KAPPA0,
    KAPPA1,
    KAPPA2,
    PSI0,
    PSI2,
    SUPPORT,
    PURCHASES,
    THRESHOLD,
    VARIANT,
) = range(16)
"""Places of the constants."""


def constants(parameters: DebtCrisis) -> NDArray[np.float64]:
    """The numbers of the equations in the order that kernels read, shape (16,)."""
    one = parameters
    return np.array(
        [
            one.productivity_growth,
            one.population_growth,
            one.depreciation,
            one.capital_ratio,
            one.interest,
            one.phillips_level,
            one.phillips_slope,
            one.investment_floor,
            one.investment_scale,
            one.investment_slope,
            one.speculation_floor,
            one.speculation_slope,
            one.support,
            one.purchases,
            one.threshold,
            ("goodwin", "keen", "speculation").index(one.variant),
        ]
    )


@kernel
def interest_paid(debt: float, c: NDArray[np.float64]) -> float:
    """Interest rate that firms pay, less what the central bank takes over."""
    part = min(max(debt / c[THRESHOLD] - 1.0, 0.0), 1.0)
    return c[INTEREST] * (1.0 - c[SUPPORT] * part)


@kernel
def growth(wages: float, debt: float, c: NDArray[np.float64]) -> Any:
    """Investment per output and the growth rate of output."""
    if c[VARIANT] == 0:
        invested = 1.0 - wages
    else:
        profit = 1.0 - wages - interest_paid(debt, c) * debt
        invested = c[KAPPA0] + c[KAPPA1] * math.exp(min(c[KAPPA2] * profit, STEEPEST))
    return invested, invested / c[NU] - c[DELTA]


@kernel
def slope(y: NDArray[np.float64], c: NDArray[np.float64], out: NDArray[np.float64]) -> None:
    """Time derivative of the state (log ω, log(λ/(1 − λ)), d, p, b), shape (5,).

    In these coordinates wages stay positive and employment between 0 and 1 by themselves, and a
    labour market with one free hand in a billion is told apart from one with none.
    """
    wages, debt, speculation, held = math.exp(y[0]), y[2], y[3], y[4]
    invested, rate = growth(wages, debt, c)
    tightness = 1.0 + math.exp(y[1])  # 1/(1 − λ)
    out[0] = c[PHI1] * tightness * tightness - c[PHI0] - c[ALPHA]
    out[1] = (rate - c[ALPHA] - c[BETA]) * tightness
    out[2] = out[3] = out[4] = 0.0
    if c[VARIANT] > 0:
        bought = c[PURCHASES] * max(debt - c[THRESHOLD], 0.0)
        paid = interest_paid(debt, c)
        out[2] = debt * (paid - rate) + invested - (1.0 - wages) + speculation - bought
        out[4] = bought - held * rate
    if c[VARIANT] > 1:
        heat = math.exp(min(c[PSI2] * (rate - NEUTRAL_GROWTH), STEEPEST))
        out[3] = speculation * (c[PSI0] * (1.0 - heat) - rate)


@kernel
def to_shares(y: NDArray[np.float64], out: NDArray[np.float64]) -> None:
    """The state as wage share, employment rate, debt, speculation, central bank's debt."""
    out[0] = math.exp(y[0])
    out[1] = 1.0 / (1.0 + math.exp(-y[1]))
    for i in range(2, STATE):  # a slice would compile the words of NumPy's errors, for seconds
        out[i] = y[i]
