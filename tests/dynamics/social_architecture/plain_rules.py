"""The six rules with lists and linear scans, written from the paper: slow, and easy to check."""

from __future__ import annotations

from typing import Any

from worldclass.dynamics.random_numbers import below


class PlainEconomy:
    """Agents as lists; the same random numbers in the same order as the kernel."""

    def __init__(self, agents: int, coins_each: int, random: Any) -> None:
        self.money = [coins_each] * agents
        self.employer = [-1] * agents
        self.employees: list[list[int]] = [[] for _ in range(agents)]  # newest first
        self.market = 0
        self.random = random

    def month(self, wage_low: int, wage_high: int) -> None:
        """As many elementary steps as agents."""
        for _ in range(len(self.money)):
            self.step(wage_low, wage_high)

    def step(self, wage_low: int, wage_high: int) -> None:
        """Rules S1, H1, E1, M1, F1 and W1."""
        mean_wage = (wage_low + wage_high) / 2
        active = below(self.random, len(self.money))
        if self.is_unemployed(active):
            self.hire(active, mean_wage)
        other = below(self.random, len(self.money) - 1)
        other += other >= active
        spent = below(self.random, self.money[other] + 1)
        self.money[other] -= spent
        self.market += spent
        if self.is_unemployed(active):
            return
        owner = active if self.employer[active] < 0 else self.employer[active]
        sold = below(self.random, self.market + 1)
        self.market -= sold
        self.money[owner] += sold
        if self.employees[active]:
            self.fire(active, mean_wage)
            self.pay(active, wage_low, wage_high)

    def is_unemployed(self, agent: int) -> bool:
        """Neither employed nor an employer."""
        return self.employer[agent] < 0 and not self.employees[agent]

    def hire(self, active: int, mean_wage: float) -> None:
        """A candidate with probability in proportion to money, if rich enough."""
        weights = [
            money if employer < 0 and agent != active else 0
            for agent, (money, employer) in enumerate(zip(self.money, self.employer, strict=True))
        ]
        if not sum(weights):
            return
        rest = below(self.random, sum(weights))
        chosen = 0
        while rest >= weights[chosen]:
            rest -= weights[chosen]
            chosen += 1
        if self.money[chosen] > mean_wage:
            self.employer[active] = chosen
            self.employees[chosen].insert(0, active)

    def fire(self, owner: int, mean_wage: float) -> None:
        """Dismiss, at random, those whom the firm cannot pay."""
        crew = self.employees[owner]
        excess, left = len(crew) - int(self.money[owner] // mean_wage), len(crew)
        for worker in list(crew):
            if excess <= 0:
                break
            if below(self.random, left) < excess:
                crew.remove(worker)
                self.employer[worker] = -1
                excess -= 1
            left -= 1

    def pay(self, owner: int, wage_low: int, wage_high: int) -> None:
        """Pay each employee a random wage."""
        for worker in self.employees[owner]:
            wage = wage_low + below(self.random, wage_high - wage_low + 1)
            if wage > self.money[owner]:
                wage = below(self.random, self.money[owner] + 1)
            self.money[owner] -= wage
            self.money[worker] += wage
