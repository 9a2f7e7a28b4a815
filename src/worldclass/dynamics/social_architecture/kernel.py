"""The six rules of the social architecture (Wright 2005), compiled.

Coins are whole numbers, so that money is conserved exactly. One year is 12 months of N
elementary steps. A step costs a few memory accesses at any N: each agent is one record, a firm's
employees are a linked list, and the weighted draw of an employer goes down a tree of sums
(`wealth_tree`) instead of along all agents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import int64

from worldclass.dynamics.lean import inlined, inner, lean
from worldclass.dynamics.random_numbers import below
from worldclass.dynamics.social_architecture.wealth_tree import add, draw

if TYPE_CHECKING:
    from numpy.typing import NDArray

AGENT = np.dtype(
    [
        ("money", np.int64),
        ("income", np.int64),  # wages and market receipts of the year
        ("revenue", np.int64),  # of its firm, in the year
        ("wages", np.int64),  # paid by its firm, in the year
        ("employer", np.int32),  # −1 for none
        ("first", np.int32),  # first employee, −1 for none
        ("next", np.int32),  # next employee of the same employer
        ("employees", np.int32),
    ],
    align=True,
)
"""One agent, 48 bytes."""

MARKET, WORKERS, CAPITALISTS, DEMISES, REVENUE, WAGES = range(6)
"""Places in `totals`: coins in the market pool; counts; events, revenue and wages so far."""


@lean
def run_month(
    agents: Any,
    tree: NDArray[np.int64],
    starts: NDArray[np.int64],
    totals: NDArray[np.int64],
    random: NDArray[np.uint64],
    wage_low: int,
    wage_high: int,
    spending: float,
    sampling: float,
    at_least: bool,
    round_up: bool,
) -> None:
    """N elementary steps.

    Parameters
    ----------
    agents
        Records of type `AGENT`, shape (N,).
    tree, starts
        Sums of money over those without employer; see `wealth_tree`.
    totals
        See `MARKET` and its neighbours, shape (6,).
    random
        State of the generator.
    wage_low, wage_high
        Ends of the wage interval, coins.
    spending, sampling
        Largest share of money that is spent, and of the pool that is sold for, at a time.
    at_least
        Whether an employer needs at least, not more than, the mean wage to hire.
    round_up
        Whether a firm keeps the ceiling, not the floor, of what it can pay.
    """
    number = agents.shape[0]
    for _ in range(number):
        active = below(random, number)
        one = agents[active]
        if one.employer < 0 and one.employees == 0:
            _hire(agents, tree, starts, totals, random, active, wage_low + wage_high, at_least)
        _spend(agents, tree, starts, totals, random, active, spending)
        if one.employer < 0 and one.employees == 0:
            continue
        owner = int64(one.employer) if one.employer >= 0 else active
        _sell(agents, tree, starts, totals, random, owner, sampling)
        if one.employees > 0:
            _fire(agents, tree, starts, totals, random, active, wage_low + wage_high, round_up)
            if one.employees > 0:
                _pay(agents, tree, starts, totals, random, active, wage_low, wage_high)


@inlined
def _hire(
    agents: Any,
    tree: NDArray[np.int64],
    starts: NDArray[np.int64],
    totals: NDArray[np.int64],
    random: NDArray[np.uint64],
    active: int,
    twice_wage: int,
    at_least: bool,
) -> None:
    """Rule H1: an unemployed agent meets an employer with probability in proportion to money."""
    one = agents[active]
    add(tree, starts, active, -one.money)  # nobody employs oneself; a worker is no candidate
    chosen = draw(agents, tree, starts, random, active)
    if chosen >= 0:
        employer = agents[chosen]
        twice = 2 * employer.money
        if twice > twice_wage or (at_least and twice == twice_wage):
            if employer.employees == 0:
                totals[CAPITALISTS] += 1
            totals[WORKERS] += 1
            one.employer = chosen
            one.next = employer.first
            employer.first = active
            employer.employees += 1
            return
    add(tree, starts, active, one.money)


@inlined
def _spend(
    agents: Any,
    tree: NDArray[np.int64],
    starts: NDArray[np.int64],
    totals: NDArray[np.int64],
    random: NDArray[np.uint64],
    active: int,
    spending: float,
) -> None:
    """Rule E1: somebody else spends a random part of their money on the market."""
    other = below(random, agents.shape[0] - 1)
    if other >= active:
        other += 1
    buyer = agents[other]
    spent = below(random, int(spending * buyer.money) + 1)
    buyer.money -= spent
    totals[MARKET] += spent
    if buyer.employer < 0:
        add(tree, starts, other, -spent)


@inlined
def _sell(
    agents: Any,
    tree: NDArray[np.int64],
    starts: NDArray[np.int64],
    totals: NDArray[np.int64],
    random: NDArray[np.uint64],
    owner: int,
    sampling: float,
) -> None:
    """Rule M1: a random part of the market pool becomes revenue of a firm."""
    sold = below(random, int(sampling * totals[MARKET]) + 1)
    totals[MARKET] -= sold
    totals[REVENUE] += sold
    firm = agents[owner]
    firm.money += sold
    firm.income += sold
    firm.revenue += sold
    add(tree, starts, owner, sold)


@inner
def _fire(
    agents: Any,
    tree: NDArray[np.int64],
    starts: NDArray[np.int64],
    totals: NDArray[np.int64],
    random: NDArray[np.uint64],
    owner: int,
    twice_wage: int,
    round_up: bool,
) -> None:
    """Rule F1: a firm dismisses those whom it cannot pay the mean wage, chosen at random."""
    firm = agents[owner]
    if firm.employees * twice_wage <= 2 * firm.money:
        return
    kept = 2 * firm.money // twice_wage
    if round_up and kept * twice_wage < 2 * firm.money:
        kept += 1
    left, excess = firm.employees, firm.employees - kept
    before, current = -1, firm.first
    while excess > 0:  # each with probability (still to dismiss) / (still to be looked at)
        worker = agents[current]
        after = worker.next
        if below(random, left) < excess:
            worker.employer = -1
            worker.next = -1
            if before < 0:
                firm.first = after
            else:
                agents[before].next = after
            firm.employees -= 1
            totals[WORKERS] -= 1
            add(tree, starts, current, worker.money)
            excess -= 1
        else:
            before = current
        current = after
        left -= 1
    if firm.employees == 0:
        totals[CAPITALISTS] -= 1
        totals[DEMISES] += 1


@inner
def _pay(
    agents: Any,
    tree: NDArray[np.int64],
    starts: NDArray[np.int64],
    totals: NDArray[np.int64],
    random: NDArray[np.uint64],
    owner: int,
    wage_low: int,
    wage_high: int,
) -> None:
    """Rule W1: every employee gets a random wage, as far as the firm's money goes."""
    firm = agents[owner]
    left, current = firm.money, firm.first
    while current >= 0:
        wage = wage_low + below(random, wage_high - wage_low + 1)
        if wage > left:
            wage = below(random, left + 1)
        left -= wage
        worker = agents[current]
        worker.money += wage
        worker.income += wage
        current = worker.next
    paid = firm.money - left
    firm.money = left
    firm.wages += paid
    totals[WAGES] += paid
    add(tree, starts, owner, -paid)


@lean
def count_firms(agents: Any, sizes: NDArray[np.int64]) -> None:
    """Add 1 to `sizes[n]` for every firm with n employees."""
    for i in range(agents.shape[0]):
        if agents[i].employees > 0:
            sizes[agents[i].employees] += 1
