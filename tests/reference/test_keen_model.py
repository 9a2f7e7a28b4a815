"""Grasselli & Costa Lima (2012): equilibria, stability and basins of the Keen model."""

import cmath

import numpy as np
import pytest

from worldclass.dynamics.debt_crisis.equations import constants
from worldclass.dynamics.debt_crisis.equilibria import equilibria
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.debt_crisis.paths import COLLAPSED, CONVERGED, outcome
from worldclass.dynamics.debt_crisis.simulate import start_of


def test_the_good_equilibrium_is_the_published_one() -> None:
    good = equilibria(DebtCrisis())[0]
    assert good.state == pytest.approx((0.8361, 0.9686, 0.0702), abs=5e-5)
    assert good.state == pytest.approx((0.836053, 0.968612, 0.070191), abs=1e-6)
    assert 1 - good.state[0] - 0.03 * good.state[2] == pytest.approx(0.161841, abs=1e-6)


def test_its_eigenvalues_make_a_damped_cycle_of_three_years() -> None:
    good = equilibria(DebtCrisis())[0]
    expected = [-0.03523 + 1.95808j, -0.03523 - 1.95808j, -0.04504]
    for ours, published in zip(good.eigenvalues, expected, strict=True):
        assert cmath.isclose(ours, published, abs_tol=5e-6)
    assert 2 * np.pi / good.eigenvalues[0].imag == pytest.approx(3.2, abs=0.05)
    assert good.stable


def test_goodwins_centre() -> None:
    (centre,) = equilibria(DebtCrisis(variant="goodwin"))
    assert centre.state[:2] == pytest.approx((0.835, 0.9686), abs=5e-5)


def test_the_bad_equilibrium_is_stable() -> None:
    *_, crisis = equilibria(DebtCrisis())
    assert crisis.state == (0.0, 0.0, float("inf"))
    assert crisis.stable
    one = DebtCrisis()
    assert one.investment_floor / one.capital_ratio - one.depreciation == pytest.approx(
        -0.0122, abs=5e-5
    )


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ((0.75, 0.75, 0.1), CONVERGED),
        ((0.75, 0.70, 0.5), COLLAPSED),
        ((0.75, 0.75, 0.5), CONVERGED),
        ((0.80, 0.80, 0.5), CONVERGED),
        ((0.80, 0.90, 0.5), CONVERGED),
        ((0.75, 0.75, 1.0), CONVERGED),
    ],
)
def test_basins(start: tuple[float, float, float], expected: int) -> None:
    wages, employment, debt = start
    parameters = DebtCrisis(wage_share=wages, employment=employment, debt=debt)
    goal = np.array(equilibria(parameters)[0].state)
    ended, _ = outcome(start_of(parameters), constants(parameters), goal, 600.0, 1e6, 1e-3)
    assert ended == expected


def test_the_time_of_collapse_is_earlier_than_a_fixed_step_finds() -> None:
    """Debt passes 10⁶ at 383.42 years. With the classical Runge–Kutta method of step 0.002 it is
    385.5, which is the figure in circulation; halving that step three times leads here."""
    parameters = DebtCrisis(wage_share=0.75, employment=0.70, debt=0.5)
    goal = np.array(equilibria(parameters)[0].state)
    _, when = outcome(start_of(parameters), constants(parameters), goal, 600.0, 1e6, 1e-3)
    assert when == pytest.approx(383.4195, abs=0.005)
