"""Parameters of the models of Goodwin, Keen, and Keen with speculation."""

from __future__ import annotations

import math
from dataclasses import dataclass

from worldclass.core.errors import UsageError
from worldclass.dynamics.parameters import Parameters, parameter

_PAPER = "Grasselli & Costa Lima 2012, Math. Financ. Econ. 6, 191–210"
_OURS = "assumption of this package"


@dataclass(frozen=True)
class DebtCrisis(Parameters):
    """What the debt-crisis model can be told; rates are per year, debt in years of output."""

    variant: str = parameter(
        "keen",
        unit="",
        meaning="goodwin: firms invest their profits; keen: firms borrow to invest; "
        "speculation: they also borrow to speculate",
        source=_PAPER,
        choices=("goodwin", "keen", "speculation"),
    )
    wage_share: float = parameter(
        0.75,
        unit="share",
        meaning="wage share of output at the start",
        source=f"{_PAPER}, start of the convergent example",
        range=(0.6, 0.95),
        limits=(1e-9, 2.0),
    )
    employment: float = parameter(
        0.75,
        unit="share",
        meaning="employment rate at the start",
        source=f"{_PAPER}, start of the convergent example",
        range=(0.6, 0.98),
        limits=(1e-9, 0.9999),
    )
    debt: float = parameter(
        0.1,
        unit="years of output",
        meaning="private debt of firms at the start",
        source=f"{_PAPER}, start of the convergent example",
        range=(0.0, 3.0),
        limits=(-10.0, 1e5),
    )
    speculation: float = parameter(
        0.01,
        unit="share of output",
        meaning="borrowing for speculation at the start (variant speculation)",
        source=_OURS,
        range=(0.0, 0.05),
        limits=(0.0, 10.0),
    )
    years: float = parameter(
        300.0,
        unit="years",
        meaning="length of the run",
        source=_PAPER,
        range=(50, 600),
        limits=(0.1, 10_000),
    )
    productivity_growth: float = parameter(
        0.025,
        unit="per year",
        meaning="growth of output per worker (α)",
        source=_PAPER,
        range=(0.0, 0.04),
        limits=(-0.2, 0.3),
        varies=True,
    )
    population_growth: float = parameter(
        0.02,
        unit="per year",
        meaning="growth of the labour force (β)",
        source=_PAPER,
        range=(0.0, 0.03),
        limits=(-0.2, 0.3),
        varies=True,
    )
    depreciation: float = parameter(
        0.01,
        unit="per year",
        meaning="depreciation of capital (δ)",
        source=_PAPER,
        range=(0.005, 0.06),
        limits=(0.0, 1.0),
        varies=True,
    )
    capital_ratio: float = parameter(
        3.0,
        unit="years of output",
        meaning="capital per unit of output (ν)",
        source=_PAPER,
        range=(2.0, 4.0),
        limits=(0.1, 50.0),
    )
    interest: float = parameter(
        0.03,
        unit="per year",
        meaning="real interest rate on private debt (r)",
        source=_PAPER,
        range=(0.0, 0.06),
        limits=(-0.1, 1.0),
        varies=True,
    )
    phillips_level: float = parameter(
        0.04 / (1 - 0.04**2),
        unit="per year",
        meaning="fall of real wages when nobody is employed, nearly (φ₀)",
        source=_PAPER,
        range=(0.02, 0.08),
        limits=(0.0, 10.0),
    )
    phillips_slope: float = parameter(
        0.04**3 / (1 - 0.04**2),
        unit="per year",
        meaning="strength of the rise of real wages as full employment nears (φ₁)",
        source=_PAPER,
        range=(0.00003, 0.00013),
        limits=(1e-12, 10.0),
    )
    investment_floor: float = parameter(
        -0.0065,
        unit="share of output",
        meaning="investment when profits are far below zero (κ₀)",
        source=_PAPER,
        range=(-0.02, 0.01),
        limits=(-1.0, 1.0),
    )
    investment_scale: float = parameter(
        math.exp(-5),
        unit="share of output",
        meaning="investment beyond the floor when profits are zero (κ₁)",
        source=_PAPER,
        range=(0.004, 0.01),
        limits=(1e-12, 10.0),
    )
    investment_slope: float = parameter(
        20.0,
        unit="per share of output",
        meaning="how fast investment rises with the profit share (κ₂)",
        source=_PAPER,
        range=(15.0, 25.0),
        limits=(0.01, 500.0),
    )
    speculation_floor: float = parameter(
        -0.25,
        unit="per year",
        meaning="growth of speculative borrowing in a deep slump (ψ₀)",
        source=f"{_OURS}; form of {_PAPER}",
        range=(-0.5, -0.05),
        limits=(-10.0, 0.0),
    )
    speculation_slope: float = parameter(
        12.0,
        unit="years",
        meaning="how fast speculation rises with growth (ψ₂); at 3 % growth it neither rises "
        "nor falls",
        source=f"{_OURS}; form of {_PAPER}",
        range=(6.0, 20.0),
        limits=(0.0, 500.0),
    )
    volatility: float = parameter(
        0.0,
        unit="per year",
        meaning="standard deviation of productivity growth around its mean (Ornstein–Uhlenbeck)",
        source=_OURS,
        range=(0.0, 0.03),
        limits=(0.0, 1.0),
    )
    interest_volatility: float = parameter(
        0.0,
        unit="per year",
        meaning="standard deviation of the interest rate around its mean (Ornstein–Uhlenbeck)",
        source=_OURS,
        range=(0.0, 0.02),
        limits=(0.0, 1.0),
    )
    persistence: float = parameter(
        1.0,
        unit="years",
        meaning="time in which a shock fades to 1/e",
        source=_OURS,
        range=(0.25, 4.0),
        limits=(0.01, 1000.0),
    )
    support: float = parameter(
        0.0,
        unit="share",
        meaning="part of the interest on private debt that the central bank takes over in full "
        "support",
        source=_OURS,
        range=(0.0, 1.0),
        limits=(0.0, 1.0),
        varies=True,
    )
    purchases: float = parameter(
        0.0,
        unit="per year",
        meaning="part of the private debt above the threshold that the central bank buys a year; "
        "firms pay neither interest nor repayment on it any more, so that it acts as relief",
        source=_OURS,
        range=(0.0, 0.1),
        limits=(0.0, 10.0),
        varies=True,
    )
    threshold: float = parameter(
        1.0,
        unit="years of output",
        meaning="private debt from which on the central bank supports; full at twice as much",
        source=_OURS,
        range=(0.5, 2.0),
        limits=(0.001, 1e6),
    )
    interval: float = parameter(
        0.1,
        unit="years",
        meaning="time between two rows of the result, and between two values of a shock",
        source=_OURS,
        range=(0.05, 1.0),
        limits=(0.001, 100.0),
    )
    collapse_debt: float = parameter(
        100.0,
        unit="years of output",
        meaning="private debt at which the run ends as collapsed; with the default constants "
        "nothing but support brings it down from more than 24",
        source=f"{_OURS}: beyond (1 − κ₀)/(r − κ₀/ν + δ) debt rises whatever wages are",
        range=(50.0, 1e6),
        limits=(1.0, 1e9),
    )

    def check(self) -> None:
        """The result must be of a size that memory holds."""
        if self.years / self.interval > 1e6:
            raise UsageError(
                f"{self.years:g} years in rows of {self.interval:g} make more than a million rows.",
                remedy="Use fewer years, or a longer interval.",
            )
