"""Who gets the world's labour income: the shares of the top tenth and the bottom half of workers.

A mixture of lognormals, one per country, sex and cell, over all employed persons; contributing
family workers get nothing. With F the distribution of persons and L that of income,

    top tenth = 1 − L(F⁻¹(0.9)),   bottom half = L(F⁻¹(0.5)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from validation.world import Array, World
from worldclass.people.assumptions import Scores
from worldclass.people.cells import PAID
from worldclass.people.realise import make_basis, realise

GRID: Array = np.linspace(0.0, 13.5, 541)
"""Logs of PPP dollars a month at which both distributions are computed."""


@dataclass(frozen=True)
class Shares:
    """Percent of the world's labour income, and the anchor of the draw."""

    top_tenth: float
    bottom_half: float
    anchor: str


def labour_shares(world: World, year: int, scores: list[Scores]) -> list[Shares]:
    """Shares under each of some draws."""
    grid = world.grid
    basis = make_basis(world.estimates.select(grid.countries, [year]))
    found: list[Shares] = []
    for one in scores:
        people = realise(basis, one)
        mean, sigma = people.income.log_mean(), people.income.sigma
        paid, unpaid = people.persons[:PAID], people.persons[PAID : PAID + 3].sum()
        below, income = _cumulated(paid, mean, sigma)
        persons = (below + unpaid) / (paid.sum() + unpaid)
        part = income / income[-1]
        found.append(
            Shares(
                100 * (1 - float(np.interp(0.9, persons, part))),
                100 * float(np.interp(0.5, persons, part)),
                people.anchor,
            )
        )
    return found


def _cumulated(persons: Array, log_mean: Array, sigma: Array) -> tuple[Array, Array]:
    """Persons and income below each grid point; cells of shape (12, sexes, n)."""
    weights, means = persons.reshape(-1), log_mean.reshape(-1)
    spread = np.broadcast_to(sigma, persons.shape).reshape(-1)
    middle = means - spread**2 / 2
    z = (GRID[:, None] - middle) / spread
    return ndtr(z) @ weights, ndtr(z - spread) @ (weights * np.exp(means))


def reach(shares: list[Shares]) -> tuple[Shares, Shares]:
    """The draw with the largest share of the top tenth, and that with the smallest bottom half."""
    return max(shares, key=lambda s: s.top_tenth), min(shares, key=lambda s: s.bottom_half)
