"""Where paths end: basins of attraction, stability over parameters, and what support does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.debt_crisis.equations import constants
from worldclass.dynamics.debt_crisis.equilibria import NAMES, equilibria
from worldclass.dynamics.debt_crisis.paths import outcome, run_path
from worldclass.dynamics.debt_crisis.simulate import start_of
from worldclass.dynamics.parameters import declarations

if TYPE_CHECKING:
    import polars as pl

    from worldclass.dynamics.debt_crisis.parameters import DebtCrisis

OUTCOMES = ("recovers", "collapses", "undecided", "fails")
"""In the order of `paths`: near the good equilibrium; debt of no return; neither in the time
given; could not be followed."""

YEARS = 600.0
NEAR = 0.02
"""A path this near to a stable equilibrium, in all three variables, has come to it."""
SCANNED = ("interest", "capital_ratio", "investment_slope")
"""Parameters of the scan: the price of debt, its weight, and the temper of firms."""
STRENGTHS = (0.0, 0.25, 0.5, 0.75, 1.0)
WITHDRAWN_AFTER = 60.0


def basins(parameters: DebtCrisis, *, debts: int = 31, rates: int = 25) -> pl.DataFrame:
    """Which starts recover and which collapse, over debt and employment at the start.

    Returns
    -------
    Columns `wage_share, employment, debt, outcome, years`: `years` until the path has come near
    the good equilibrium, or has passed the debt of no return.

    Raises
    ------
    UsageError
        The variant is Goodwin's, which has no debt.
    """
    import polars as pl

    _needs_debt(parameters)
    goal, numbers = np.array(equilibria(parameters)[0].state), constants(parameters)
    rows: list[dict[str, Any]] = []
    for debt in np.linspace(0.0, 3.0, debts):
        for employment in np.linspace(0.6, 0.99, rates):
            begin = replace(parameters, debt=float(debt), employment=float(employment))
            ended, when = outcome(
                start_of(begin), numbers, goal, YEARS, parameters.collapse_debt, NEAR
            )
            rows.append(
                {
                    "wage_share": parameters.wage_share,
                    "employment": float(employment),
                    "debt": float(debt),
                    "outcome": OUTCOMES[ended],
                    "years": float(when),
                }
            )
    return pl.DataFrame(rows)


def scan(parameters: DebtCrisis, *, values: int = 25) -> pl.DataFrame:
    """How the good equilibrium and its stability move with one parameter at a time.

    Returns
    -------
    Columns `parameter, at, quantity, value`. Quantities: `wage_share`, `employment` and `debt`
    of the good equilibrium; `damping`, the largest real part of its eigenvalues (above 0 it
    repels: a Hopf bifurcation lies where it crosses 0); `crisis_margin`, r − κ₀/ν + δ (below 0
    debt cannot grow without bound); `collapsing`, the share of 18 starts that collapse. Values at
    which there is no good equilibrium have no rows.
    """
    import polars as pl

    _needs_debt(parameters)
    ranges = {one.name: one.range for one in declarations(type(parameters))}
    rows: list[dict[str, Any]] = []
    for name in SCANNED:
        low, high = ranges[name] or (0.0, 0.0)
        for at in np.linspace(low, high, values):
            changed = replace(parameters, **{name: float(at)})
            try:
                good, *_ = equilibria(changed)
            except UsageError:
                continue
            found: dict[str, float] = dict(zip(NAMES, good.state, strict=True))
            found["damping"] = max(value.real for value in good.eigenvalues)
            found["crisis_margin"] = changed.interest + changed.depreciation
            found["crisis_margin"] -= changed.investment_floor / changed.capital_ratio
            found["collapsing"] = _collapsing(changed, good.state)
            rows += [
                {"parameter": name, "at": float(at), "quantity": key, "value": value}
                for key, value in found.items()
            ]
    return pl.DataFrame(rows)


def support(parameters: DebtCrisis) -> pl.DataFrame:
    """What central-bank support changes for the given start: nothing, the date, or the end.

    Takes over interest, buys debt, or both; for good, or only for 60 years ("kick the can").

    Returns
    -------
    Columns `support` (part of interest taken over), `purchases` (part of debt above the
    threshold bought a year), `lasting` ("for good" or "60 years"), `outcome`, `years` (until
    the end of the run or the collapse), `debt`, `employment`, `central_bank` (debt it holds, in
    years of output): the last three at the end.
    """
    import polars as pl

    _needs_debt(parameters)
    mixes = [(part, 0.0) for part in STRENGTHS]
    mixes += [(0.0, bought) for bought in (0.01, 0.02, 0.05)] + [(0.5, 0.01), (1.0, 0.05)]
    rows: list[dict[str, Any]] = []
    for part, bought in mixes:
        for lasting in ("for good", f"{WITHDRAWN_AFTER:g} years"):
            if part == bought == 0 and lasting != "for good":
                continue
            rows.append({"support": part, "purchases": bought, "lasting": lasting})
            rows[-1] |= _supported(parameters, part, bought, lasting)
    return pl.DataFrame(rows)


def _supported(parameters: DebtCrisis, part: float, bought: float, lasting: str) -> dict[str, Any]:
    """One run without shocks under a policy."""
    interval = 0.5
    records = int(YEARS / interval) + 1
    names = ("productivity_growth", "population_growth", "depreciation", "interest")
    fixed = [float(getattr(parameters, name)) for name in names]
    steering = np.tile([*fixed, part, bought], (records, 1))
    if lasting != "for good":
        steering[np.arange(records) * interval >= WITHDRAWN_AFTER, 4:] = 0.0
    states = np.empty((records, 7))
    filled, ended, when = run_path(
        start_of(parameters),
        constants(parameters),
        steering,
        interval,
        np.array([0.0, 0.0, 1.0]),
        np.zeros(4, dtype=np.uint64),
        parameters.collapse_debt,
        states,
    )
    last = states[filled - 1]
    good = np.array(equilibria(parameters)[0].state)
    came = bool((np.abs(last[:3] - good) < NEAR).all())
    name = "recovers" if came and OUTCOMES[ended] == "undecided" else OUTCOMES[ended]
    return {
        "outcome": name,
        "years": float(when),
        "debt": float(last[2]),
        "employment": float(last[1]),
        "central_bank": float(last[4]),
    }


def _collapsing(parameters: DebtCrisis, goal: tuple[float, ...]) -> float:
    """Share of 18 starts that collapse: three debts, three employment rates, two wage shares."""
    numbers, collapsed = constants(parameters), 0
    for wages in (0.7, 0.85):
        for employment in (0.7, 0.8, 0.95):
            for debt in (0.1, 0.75, 2.0):
                begin = replace(parameters, wage_share=wages, employment=employment, debt=debt)
                ended, _ = outcome(
                    start_of(begin),
                    numbers,
                    np.array(goal),
                    YEARS,
                    parameters.collapse_debt,
                    NEAR,
                )
                collapsed += OUTCOMES[ended] == "collapses"
    return collapsed / 18


def _needs_debt(parameters: DebtCrisis) -> None:
    if parameters.variant == "goodwin":
        raise UsageError(
            "Goodwin's model has no debt: it cycles for ever.",
            where="variant",
            remedy="Use the variant keen.",
        )
