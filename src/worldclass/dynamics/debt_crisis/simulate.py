"""Run the debt-crisis model once: steering, shocks, collapse."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import SimulationError
from worldclass.dynamics.course import Course
from worldclass.dynamics.debt_crisis.equations import STATE, STEEPEST, THRESHOLD, constants
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.debt_crisis.paths import COLLAPSED, LOST, run_path
from worldclass.dynamics.model import Trajectory
from worldclass.dynamics.random_numbers import random_state

if TYPE_CHECKING:
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

STEERED = (
    "productivity_growth",
    "population_growth",
    "depreciation",
    "interest",
    "support",
    "purchases",
)


def start_of(parameters: DebtCrisis) -> NDArray[np.float64]:
    """State at the start in the coordinates of `equations.slope`, shape (5,)."""
    borrows = parameters.variant != "goodwin"
    speculates = parameters.variant == "speculation"
    return np.array(
        [
            math.log(parameters.wage_share),
            math.log(parameters.employment / (1 - parameters.employment)),
            parameters.debt if borrows else 0.0,
            parameters.speculation if speculates else 0.0,
            0.0,
        ]
    )


def simulate(
    course: Course[DebtCrisis], seed: SeedSequence, snapshots: Sequence[float]
) -> Trajectory:
    """Run the debt-crisis model once.

    Raises
    ------
    SimulationError
        The path cannot be followed: numbers overflow, or the steps never end.
    """
    parameters = course.parameters
    times = np.arange(int(parameters.years / parameters.interval + 1e-9) + 1) * parameters.interval
    steering = np.column_stack([course.path(name, times) for name in STEERED])
    shocks = np.array(
        [parameters.volatility, parameters.interest_volatility, 1 / parameters.persistence]
    )
    numbers, states = constants(parameters), np.empty((times.size, STATE + 2))
    filled, ended, when = run_path(
        start_of(parameters),
        numbers,
        steering,
        parameters.interval,
        shocks,
        random_state(seed),
        parameters.collapse_debt,
        states,
    )
    if ended == LOST:
        raise SimulationError(
            f"After year {when:g} the path cannot be followed any further.",
            where="model 'debt-crisis'",
            remedy="Use less extreme parameters.",
        )
    steered = steering[:filled, 4]
    found = _trajectory(parameters, numbers, times[:filled], states[:filled], steered)
    if ended == COLLAPSED:
        found.add("collapse_time", "all", when, when)
    return found


def _trajectory(
    parameters: DebtCrisis,
    numbers: NDArray[Any],
    times: NDArray[Any],
    states: NDArray[Any],
    support: NDArray[Any],
) -> Trajectory:
    """Series of the state, and of what follows from it."""
    wages, employment, debt, speculation, held, productivity, interest = states.T
    part = support * np.clip(debt / numbers[THRESHOLD] - 1, 0, 1)
    paid = interest * (1 - part)
    goodwin = parameters.variant == "goodwin"
    profits = 1 - wages if goodwin else 1 - wages - paid * debt
    exponent = np.minimum(parameters.investment_slope * profits, STEEPEST)
    invested = parameters.investment_floor + parameters.investment_scale * np.exp(exponent)
    rates = (profits if goodwin else invested) / parameters.capital_ratio - parameters.depreciation
    found = Trajectory()
    found.add("income_share", "workers", times, wages)
    found.add("income_share", "capitalists", times, profits)
    found.add("income_share", "lenders", times, 1 - wages - profits)
    found.add("employment", "all", times, employment)
    found.add("growth", "all", times, rates)
    if not goodwin:
        found.add("debt", "firms", times, debt)
        found.add("debt", "central-bank", times, held)
        found.add("interest_paid", "firms", times, paid)
        if parameters.volatility:
            found.add("productivity_growth", "all", times, productivity)
        if parameters.variant == "speculation":
            found.add("speculation", "firms", times, speculation)
    return found
