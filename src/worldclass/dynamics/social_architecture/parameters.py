"""Parameters of the social architecture of capitalism."""

from __future__ import annotations

from dataclasses import dataclass

from worldclass.core.errors import UsageError
from worldclass.dynamics.parameters import Parameters, parameter

_WRIGHT = "Wright 2005, Physica A 346, section 3"
_BORBA = "Borba, Gonçalves & Anteneodo 2025, Physica A 664, 130457"
_SPENDING = "Borba, Anteneodo & Gonçalves 2026, arXiv 2601.15537"
MOST_COINS = 2**53


@dataclass(frozen=True)
class SocialArchitecture(Parameters):
    """What the social architecture can be told.

    Only the ratio of mean money to mean wage matters (R = `coins_each` / mean wage); the number of
    agents and of coins are scales.
    """

    agents: int = parameter(
        1000,
        unit="persons",
        meaning="number of agents",
        source=_WRIGHT,
        range=(500, 10_000),
        limits=(2, 20_000_000),
    )
    coins_each: int = parameter(
        100,
        unit="coins",
        meaning="money of each agent at the start",
        source=_WRIGHT,
        range=(75, 200),
        limits=(0, 1_000_000_000),
    )
    wage_low: int = parameter(
        10,
        unit="coins",
        meaning="lowest wage",
        source=_WRIGHT,
        range=(0, 45),
        limits=(0, 1_000_000_000),
        varies=True,
    )
    wage_high: int = parameter(
        90,
        unit="coins",
        meaning="highest wage",
        source=_WRIGHT,
        range=(55, 100),
        limits=(1, 1_000_000_000),
        varies=True,
    )
    years: int = parameter(
        100,
        unit="years",
        meaning="length of the run; a year is 12 months of as many steps as agents",
        source=_WRIGHT,
        range=(10, 500),
        limits=(1, 100_000),
    )
    hiring_rule: str = parameter(
        "above",
        unit="",
        meaning="whether an employer must hold more than (above) or at least the mean wage",
        source=f"{_WRIGHT} (above); {_BORBA} (at-least)",
        choices=("above", "at-least"),
    )
    rounding: str = parameter(
        "floor",
        unit="",
        meaning="how the number of employees that a firm can pay is rounded",
        source=f"{_WRIGHT}: the remaining wage bill must be affordable, hence floor",
        choices=("floor", "ceiling"),
    )
    spending: float = parameter(
        1.0,
        unit="share",
        meaning="largest part of one's money spent at a time",
        source=f"{_WRIGHT} (1); varied by {_SPENDING}",
        range=(0.1, 1.0),
        limits=(0.0, 1.0),
        varies=True,
    )
    sampling: float = parameter(
        1.0,
        unit="share",
        meaning="largest part of the market pool that becomes revenue at a time",
        source=f"{_WRIGHT} (1); varied by {_SPENDING}",
        range=(0.1, 1.0),
        limits=(0.0, 1.0),
        varies=True,
    )

    def check(self) -> None:
        """The wage interval must not be empty, and money must be countable."""
        if self.wage_low > self.wage_high:
            raise UsageError(
                f"The lowest wage, {self.wage_low}, is above the highest, {self.wage_high}.",
                remedy="Set wage_low to at most wage_high.",
            )
        if self.agents * self.coins_each > MOST_COINS:
            raise UsageError(
                f"{self.agents:,} agents with {self.coins_each:,} coins hold more than "
                f"{MOST_COINS:,} coins, and could not be counted exactly.",
                remedy="Give fewer coins: only their ratio to wages matters.",
            )
