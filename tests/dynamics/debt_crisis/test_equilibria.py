"""Equilibria solve the equations, and their Jacobian is the derivative of the equations."""

import math
from dataclasses import replace

import numpy as np
import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.debt_crisis.equations import STATE, constants, slope
from worldclass.dynamics.debt_crisis.equilibria import equilibria, equilibrium_table, jacobian
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis


def change(parameters: DebtCrisis, state: np.ndarray) -> np.ndarray:
    """(ω', λ', d') from the compiled equations, which work in logarithms."""
    wages, employment, debt = state
    y = np.array([math.log(wages), math.log(employment / (1 - employment)), debt, 0.0, 0.0])
    out = np.empty(STATE)
    slope(y, constants(parameters), out)
    return np.array([wages * out[0], employment * (1 - employment) * out[1], out[2]])


@pytest.mark.parametrize("interest", [0.0, 0.03, 0.06])
@pytest.mark.parametrize("variant", ["keen", "goodwin"])
def test_nothing_moves_at_the_good_equilibrium(variant: str, interest: float) -> None:
    parameters = DebtCrisis(variant=variant, interest=interest)
    good = equilibria(parameters)[0]
    assert np.abs(change(parameters, np.array(good.state))).max() < 1e-12


def test_the_jacobian_is_the_derivative_of_the_equations() -> None:
    parameters, state = DebtCrisis(), np.array([0.8, 0.9, 0.5])
    exact, step = jacobian(parameters, tuple(state)), 1e-6
    for k in range(3):
        moved = np.zeros(3)
        moved[k] = step
        found = (change(parameters, state + moved) - change(parameters, state - moved)) / (2 * step)
        assert found == pytest.approx(exact[:, k], rel=1e-5, abs=1e-7)


def test_goodwin_has_a_centre_and_no_debt() -> None:
    (centre,) = equilibria(DebtCrisis(variant="goodwin"))
    assert not centre.stable
    assert max(abs(value.real) for value in centre.eigenvalues) < 1e-12


def test_crisis_is_stable_unless_firms_invest_even_at_a_loss() -> None:
    *_, crisis = equilibria(DebtCrisis())
    assert crisis.stable
    *_, harmless = equilibria(DebtCrisis(investment_floor=0.13, capital_ratio=3.0, interest=0.03))
    assert not harmless.stable


def test_the_table_leaves_out_what_is_unbounded() -> None:
    table = equilibrium_table(DebtCrisis())
    assert table.filter(equilibrium="crisis", quantity="state")["group"].to_list() == [
        "wage_share",
        "employment",
    ]
    assert table["value"].is_finite().all()


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"productivity_growth": -0.02, "population_growth": 0.0}, "No profit share"),
        ({"investment_floor": 0.5}, "No profit share"),
        ({"phillips_slope": 1.0}, "No employment rate"),
    ],
)
def test_economies_without_an_equilibrium(settings: dict[str, float], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        equilibria(replace(DebtCrisis(), **settings))
