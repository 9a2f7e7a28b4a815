"""Simulations against peers on the same work: the same coins, the same paths.

The published program of the social architecture (C#, `jdansb/Econophysics`) was measured at 640 ms
a year of 10,000 agents: each search for an employer walks along all agents. That algorithm is the
peer here, compiled by Numba as our kernel is, with the same random numbers, so that both must
arrive at the same coin for every agent. The debt crisis is held against SciPy's solver.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.random import SeedSequence
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from benchmarks.comparison import Comparison, compare, named
from worldclass.dynamics.debt_crisis.equations import STATE, constants, slope, to_shares
from worldclass.dynamics.debt_crisis.parameters import DebtCrisis
from worldclass.dynamics.debt_crisis.paths import run_path
from worldclass.dynamics.debt_crisis.simulate import start_of
from worldclass.dynamics.random_numbers import below, random_state
from worldclass.dynamics.social_architecture.kernel import run_month
from worldclass.dynamics.social_architecture.parameters import SocialArchitecture
from worldclass.dynamics.social_architecture.simulate import make_economy

MONTHS = 12
WAGES = (10, 90)


def simulating(*, smoke: bool) -> list[Comparison]:
    """Both comparisons."""
    return [_social_architecture(smoke=smoke), _debt_crisis(smoke=smoke)]


def _social_architecture(*, smoke: bool) -> Comparison:
    agents, runs = (300, 1) if smoke else (10_000, 3)

    def ours() -> NDArray[np.int64]:
        economy = make_economy(SocialArchitecture(agents=agents), SeedSequence(1))
        for _ in range(MONTHS):
            run_month(
                economy.agents,
                economy.tree,
                economy.starts,
                economy.totals,
                economy.random,
                *WAGES,
                1.0,
                1.0,
                False,
                False,
            )
        return economy.agents["money"].copy()

    def scanning() -> NDArray[np.int64]:
        money = np.full(agents, 100, dtype=np.int64)
        links = np.full((agents, 2), -1, dtype=np.int64)  # employer, next employee
        firms = np.zeros((agents, 2), dtype=np.int64)  # first employee + 1, employees
        scan_year(money, links, firms, random_state(SeedSequence(1)), *WAGES)
        return money

    if not np.array_equal(ours(), scanning()):
        raise AssertionError("The two algorithms leave different coins.")
    return compare(
        f"social architecture, one year of {agents:,} agents",
        named("numba", "linear scans as in the published C# program"),
        ours,
        scanning,
        runs=runs,
        difference="none, coin by coin",
    )


@numba.njit
def scan_year(
    money: Any, links: Any, firms: Any, random: Any, wage_low: int, wage_high: int
) -> None:
    """Twelve months of the rules, with a walk along all agents for every employer sought."""
    number, market, twice_wage = money.size, 0, wage_low + wage_high
    for _ in range(12 * number):
        active = below(random, number)
        if links[active, 0] < 0 and firms[active, 1] == 0:
            total = 0
            for i in range(number):
                if links[i, 0] < 0 and i != active:
                    total += money[i]
            if total > 0:
                rest, chosen = below(random, total), 0
                while True:
                    if links[chosen, 0] < 0 and chosen != active:
                        if rest < money[chosen]:
                            break
                        rest -= money[chosen]
                    chosen += 1
                if 2 * money[chosen] > twice_wage:
                    links[active, 0] = chosen
                    links[active, 1] = firms[chosen, 0] - 1
                    firms[chosen, 0] = active + 1
                    firms[chosen, 1] += 1
        other = below(random, number - 1)
        other += other >= active
        spent = below(random, money[other] + 1)
        money[other] -= spent
        market += spent
        owner = links[active, 0] if links[active, 0] >= 0 else active
        if links[active, 0] < 0 and firms[active, 1] == 0:
            continue
        sold = below(random, market + 1)
        market -= sold
        money[owner] += sold
        if firms[active, 1] == 0:
            continue
        left = firms[active, 1]
        excess = left - 2 * money[active] // twice_wage
        before, current = -1, firms[active, 0] - 1
        while excess > 0:
            after = links[current, 1]
            if below(random, left) < excess:
                links[current, 0] = links[current, 1] = -1
                if before < 0:
                    firms[active, 0] = after + 1
                else:
                    links[before, 1] = after
                firms[active, 1] -= 1
                excess -= 1
            else:
                before = current
            current = after
            left -= 1
        current = firms[active, 0] - 1
        while current >= 0:
            wage = wage_low + below(random, wage_high - wage_low + 1)
            if wage > money[active]:
                wage = below(random, money[active] + 1)
            money[active] -= wage
            money[current] += wage
            current = links[current, 1]


def _debt_crisis(*, smoke: bool) -> Comparison:
    years, runs = (5, 1) if smoke else (100, 3)
    parameters = DebtCrisis(years=float(years))
    times, numbers = np.arange(years + 1.0), constants(parameters)
    steering = np.tile([0.025, 0.02, 0.01, 0.03, 0.0, 0.0], (times.size, 1))

    def ours() -> NDArray[np.float64]:
        out = np.empty((times.size, STATE + 2))
        rest = (np.array([0.0, 0.0, 1.0]), np.zeros(4, np.uint64), 1e9, out)
        run_path(start_of(parameters), numbers, steering, 1.0, *rest)
        return out[:, :3]

    def equations(_: float, y: NDArray[np.float64]) -> NDArray[np.float64]:
        out = np.empty(STATE)
        slope(y, numbers, out)
        return out

    def with_scipy() -> NDArray[np.float64]:
        found = solve_ivp(
            equations, (0, years), start_of(parameters), "DOP853", times, rtol=1e-9, atol=1e-9
        )
        out = np.empty((times.size, STATE))
        for k in range(times.size):
            to_shares(found.y[:, k], out[k])
        return out[:, :3]

    gap = float(np.abs(ours() - with_scipy()).max())
    if gap > 1e-4:
        raise AssertionError(f"Paths differ by {gap:.2g}.")
    return compare(
        f"debt crisis, {years} years at a relative error of 1e-9 a step",
        named("scipy", "DOP853 on the same compiled equations"),
        ours,
        with_scipy,
        runs=runs,
        difference=f"{gap:.0e} at most",
    )
