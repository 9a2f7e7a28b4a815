"""Paths follow the equations as closely as the best solver at hand."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from worldclass.core.errors import UsageError
from worldclass.dynamics.course import Intervention
from worldclass.dynamics.debt_crisis.equations import STATE, constants, slope, to_shares
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.debt_crisis.simulate import start_of
from worldclass.dynamics.run import run


def series(table: object, quantity: str, group: str) -> np.ndarray:
    """Values of one series."""
    return table.filter(quantity=quantity, group=group)["value"].to_numpy()  # type: ignore[attr-defined]


@pytest.mark.parametrize("variant", ["keen", "speculation", "goodwin"])
def test_a_path_is_that_of_a_solver_of_order_eight(variant: str) -> None:
    parameters = DebtCrisis(variant=variant, years=10.0, interval=1.0)
    table = run("debt-crisis", parameters).table

    def equations(_: float, y: np.ndarray) -> np.ndarray:
        out = np.empty(STATE)
        slope(y, constants(parameters), out)
        return out

    times = np.arange(11.0)
    peer = solve_ivp(
        equations, (0, 10), start_of(parameters), "DOP853", times, rtol=1e-12, atol=1e-13
    )
    shares = np.empty((11, STATE))
    for k in range(11):
        to_shares(peer.y[:, k], shares[k])
    assert series(table, "income_share", "workers") == pytest.approx(shares[:, 0], rel=1e-5)
    assert series(table, "employment", "all") == pytest.approx(shares[:, 1], rel=1e-5)
    if variant != "goodwin":
        assert series(table, "debt", "firms") == pytest.approx(shares[:, 2], rel=1e-5)
    if variant == "speculation":
        assert series(table, "speculation", "firms") == pytest.approx(shares[:, 3], rel=1e-5)


def test_goodwins_orbits_are_closed() -> None:
    """The quantity that Goodwin's equations conserve stays the same for a century."""
    parameters = DebtCrisis(variant="goodwin", wage_share=0.8, employment=0.9, years=100.0)
    table = run("debt-crisis", parameters).table
    wages, employment = series(table, "income_share", "workers"), series(table, "employment", "all")
    trend = parameters.productivity_growth + parameters.population_growth + parameters.depreciation
    by_wages = (1 / 3 - trend) * np.log(wages) - wages / 3
    free = parameters.phillips_level + parameters.productivity_growth
    # ∫ (Φ(λ) − α)/λ dλ with Φ(λ) = φ₁/(1 − λ)² − φ₀
    rise = parameters.phillips_slope
    by_work = rise * (1 / (1 - employment) + np.log(employment / (1 - employment)))
    by_work -= free * np.log(employment)
    conserved = by_wages - by_work
    assert np.ptp(conserved) < 1e-9


def test_income_shares_add_up_to_the_whole() -> None:
    table = run("debt-crisis", {"years": 50, "volatility": 0.02}).table
    parts = [
        series(table, "income_share", group) for group in ("workers", "capitalists", "lenders")
    ]
    assert sum(parts) == pytest.approx(np.ones(parts[0].size), abs=1e-12)


def test_shocks_have_the_spread_and_memory_that_were_asked_for() -> None:
    settings = {
        "variant": "keen",
        "years": 4000,
        "interval": 0.5,
        "volatility": 0.001,
        "persistence": 2.0,
    }
    table = run("debt-crisis", settings, seed=1).table
    shocks = series(table, "productivity_growth", "all") - 0.025
    assert shocks.std() == pytest.approx(0.001, rel=0.1)
    assert np.corrcoef(shocks[1:], shocks[:-1])[0, 1] == pytest.approx(math.exp(-0.25), abs=0.03)


def test_the_central_bank_holds_what_leaves_the_firms() -> None:
    """At the moment of purchase not a coin of debt is lost."""
    flows = np.empty((2, STATE))
    for place, bought in enumerate((0.0, 0.05)):
        parameters = DebtCrisis(debt=2.0, purchases=bought)
        slope(start_of(parameters), constants(parameters), flows[place])
    from_firms, to_bank = flows[0, 2] - flows[1, 2], flows[1, 4] - flows[0, 4]
    assert from_firms == pytest.approx(to_bank, rel=1e-12)
    assert to_bank == pytest.approx(0.05)


def test_support_stops_when_it_is_withdrawn() -> None:
    rates = run(
        "debt-crisis",
        {"debt": 3.0, "years": 4, "support": 1.0},
        interventions=[Intervention(2, {"support": 0.0})],
    ).table
    paid = series(rates, "interest_paid", "firms")
    assert paid[:20] == pytest.approx(np.zeros(20))
    assert paid[20:] == pytest.approx(np.full(21, 0.03))


def test_a_run_that_collapses_ends_there_and_says_when() -> None:
    table = run("debt-crisis", {"employment": 0.7, "debt": 0.5, "years": 600}).table
    when = series(table, "collapse_time", "all")[0]
    assert table.filter(quantity="debt")["time"].max() <= when < 160
    assert series(table, "debt", "firms").max() < 100


@pytest.mark.parametrize(
    "settings",
    [
        {"years": 10_000, "interval": 0.001},
        {"employment": 1.0},
        {"wage_share": 0.0},
        {"interest": float("inf")},
        {"variant": "marx"},
    ],
)
def test_absurd_economies_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        run("debt-crisis", settings)


@pytest.mark.parametrize("seed", range(6))
def test_extreme_economies_end_and_hold_only_numbers(seed: int) -> None:
    """Large shocks drive employment and wages to their extremes: the run ends or collapses."""
    settings = {"volatility": 0.2, "interest_volatility": 0.2, "years": 60, "debt": 2.0}
    table = run("debt-crisis", settings, seed=seed).table
    assert table["value"].is_finite().all()
    employment = series(table, "employment", "all")
    assert ((employment >= 0) & (employment <= 1)).all()
