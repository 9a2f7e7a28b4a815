"""Run the social architecture: months in the kernel, measures at the end of each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import SimulationError, UsageError
from worldclass.dynamics.course import Course
from worldclass.dynamics.model import Trajectory
from worldclass.dynamics.random_numbers import random_state
from worldclass.dynamics.social_architecture.kernel import (
    AGENT,
    CAPITALISTS,
    DEMISES,
    MARKET,
    REVENUE,
    WAGES,
    WORKERS,
    count_firms,
    run_month,
)
from worldclass.dynamics.social_architecture.measures import gini, hill_exponent, profit_rates
from worldclass.dynamics.social_architecture.parameters import SocialArchitecture
from worldclass.dynamics.social_architecture.wealth_tree import make_tree

if TYPE_CHECKING:
    import polars as pl
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

MONTHS = 12
CLASSES = ("workers", "capitalists", "unemployed")


@dataclass
class Economy:
    """Everything that the rules change.

    Parameters
    ----------
    agents
        Records, shape (N,); see `kernel.AGENT`.
    tree, starts
        Sums for the draw of employers.
    totals
        Market pool, counts and flows; see `kernel`.
    random
        State of the generator.
    sizes
        Firms counted by number of employees over all months, shape (N,).
    """

    agents: Any
    tree: NDArray[np.int64]
    starts: NDArray[np.int64]
    totals: NDArray[np.int64]
    random: NDArray[np.uint64]
    sizes: NDArray[np.int64]

    @property
    def coins(self) -> int:
        """All money: of agents and in the market pool."""
        return int(self.agents["money"].sum() + self.totals[MARKET])


def make_economy(parameters: SocialArchitecture, seed: SeedSequence) -> Economy:
    """An economy at its start: equal money, nobody employed, an empty market."""
    agents = np.zeros(parameters.agents, dtype=AGENT)
    agents["money"] = parameters.coins_each
    for name in ("employer", "first", "next"):
        agents[name] = -1
    tree, starts = make_tree(agents["money"])
    totals = np.zeros(6, dtype=np.int64)
    sizes = np.zeros(parameters.agents, dtype=np.int64)
    return Economy(agents, tree, starts, totals, random_state(seed), sizes)


def simulate(
    course: Course[SocialArchitecture], seed: SeedSequence, snapshots: Sequence[float]
) -> Trajectory:
    """Run the social architecture once.

    Raises
    ------
    SimulationError
        When money was not conserved: a defect of the program.
    """
    parameters = course.parameters
    economy = make_economy(parameters, seed)
    coins = economy.coins
    months = np.arange(1, MONTHS * parameters.years + 1) / MONTHS
    steering = _steering(course, months)
    monthly = np.zeros((months.size, 3))
    yearly: list[dict[str, float]] = []
    taken: list[pl.DataFrame] = []
    wanted = _snapshot_years(snapshots, parameters.years)
    for year in range(1, parameters.years + 1):
        _start_year(economy)
        for month in range(MONTHS * (year - 1), MONTHS * year):
            monthly[month] = _month(economy, parameters, steering, month)
        yearly.append(_measure(economy))
        if economy.coins != coins:
            raise SimulationError(f"Money was not conserved: {economy.coins} coins, not {coins}.")
        if year in wanted:
            taken.append(_snapshot(economy, year))
    return _trajectory(parameters, months, monthly, yearly, economy, taken)


def _steering(course: Course[SocialArchitecture], months: NDArray[Any]) -> dict[str, Any]:
    """The parameters that may change, month by month."""
    names = ("wage_low", "wage_high", "spending", "sampling")
    paths = {name: course.path(name, months - 1 / MONTHS) for name in names}
    low, high = (np.rint(paths[name]).astype(np.int64) for name in names[:2])
    if (low > high).any():
        raise UsageError(
            "Interventions raise the lowest wage above the highest.",
            remedy="Let them change both ends of the interval together.",
        )
    return paths | {"wage_low": low, "wage_high": high}


def _start_year(economy: Economy) -> None:
    for name in ("income", "revenue", "wages"):
        economy.agents[name] = 0
    economy.totals[[DEMISES, REVENUE, WAGES]] = 0


def _month(
    economy: Economy, parameters: SocialArchitecture, steering: dict[str, Any], month: int
) -> tuple[float, float, float]:
    """Run a month; workers, capitalists and demises at its end."""
    before = economy.totals[DEMISES]
    run_month(
        economy.agents,
        economy.tree,
        economy.starts,
        economy.totals,
        economy.random,
        steering["wage_low"][month],
        steering["wage_high"][month],
        steering["spending"][month],
        steering["sampling"][month],
        parameters.hiring_rule == "at-least",
        parameters.rounding == "ceiling",
    )
    count_firms(economy.agents, economy.sizes)
    totals = economy.totals
    return totals[WORKERS], totals[CAPITALISTS], totals[DEMISES] - before


def _measure(economy: Economy) -> dict[str, float]:
    """Measures of the year that has just ended; those without a value are left out."""
    agents, totals = economy.agents, economy.totals
    capitalists = agents["employees"] > 0
    money = agents["money"]
    held = money.sum()
    found: dict[str, float | None] = {
        "output": float(totals[REVENUE]),
        "wage_share": totals[WAGES] / totals[REVENUE] if totals[REVENUE] else None,
        "profit_share": 1 - totals[WAGES] / totals[REVENUE] if totals[REVENUE] else None,
        "capitalists_money": money[capitalists].sum() / held if held else None,
        "gini_wealth": gini(money) if held else None,
        "gini_income": gini(agents["income"]) if totals[REVENUE] else None,
        "tail_wealth": hill_exponent(money),
        "tail_income": hill_exponent(agents["income"]),
        "largest_firm": float(agents["employees"].max()) / agents.size,
        "market_pool": float(totals[MARKET]),
    }
    rates = profit_rates(agents["revenue"][capitalists], agents["wages"][capitalists])
    if rates is not None:
        found |= {"profit_rate_mean": rates[0], "profit_rate_median": rates[1]}
    return {name: value for name, value in found.items() if value is not None}


def _snapshot_years(snapshots: Sequence[float], years: int) -> set[int]:
    """Years at whose end agents are wanted."""
    wrong = [time for time in snapshots if not (float(time).is_integer() and 1 <= time <= years)]
    if wrong:
        raise UsageError(
            f"There is no snapshot at {wrong[0]:g}.",
            where="snapshots",
            remedy=f"Agents are seen at the end of years, 1 to {years}.",
        )
    return {int(time) for time in snapshots}


def _snapshot(economy: Economy, year: int) -> pl.DataFrame:
    """Agents at the end of a year: class, money, income, employer, employees."""
    import polars as pl

    agents = economy.agents
    state = np.where(agents["employees"] > 0, 1, np.where(agents["employer"] >= 0, 0, 2))
    columns = {name: agents[name].copy() for name in ("money", "income", "employer", "employees")}
    return pl.DataFrame(
        {
            "time": np.full(agents.size, float(year)),
            "agent": np.arange(agents.size),
            "class": np.array(CLASSES)[state],
            **columns,
        }
    )


def _trajectory(
    parameters: SocialArchitecture,
    months: NDArray[Any],
    monthly: NDArray[Any],
    yearly: list[dict[str, float]],
    economy: Economy,
    taken: list[pl.DataFrame],
) -> Trajectory:
    import polars as pl

    found = Trajectory()
    workers, capitalists, demises = monthly.T
    counts = (workers, capitalists, parameters.agents - workers - capitalists)
    for name, count in zip(CLASSES, counts, strict=True):
        found.add("class_share", name, months, count / parameters.agents)
    found.add("firms", "all", months, capitalists)
    found.add("firm_demises", "all", months, demises)
    for name in dict.fromkeys(name for year in yearly for name in year):
        years = [k + 1 for k, values in enumerate(yearly) if name in values]
        found.add(name, "all", years, [yearly[year - 1][name] for year in years])
    for size in np.flatnonzero(economy.sizes):
        found.add("firms_by_size", str(size), float(parameters.years), economy.sizes[size])
    if taken:
        found.snapshots = pl.concat(taken)
    return found
