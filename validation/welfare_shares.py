"""Inequality among all persons of the world, by household welfare per head."""

from __future__ import annotations

import numpy as np

from validation.inequality import WEIGHTS, incomes_at
from validation.price_bases import log_welfare
from validation.world import Array, World


def world_inequality(world: World, year: int, anchor: str) -> dict[str, float]:
    """Gini, shares of the top tenth and the bottom half in percent; central values."""
    j = world.year(year)
    return inequality_of(log_welfare(world, anchor)[:, j], world.population[:, j])


def inequality_of(logs: Array, population: Array) -> dict[str, float]:
    """The same from log quantiles (countries, scores) and persons (countries,)."""
    incomes = incomes_at(logs)
    persons = population[:, None] * WEIGHTS
    order = np.argsort(incomes.reshape(-1))
    weight = persons.reshape(-1)[order]
    mass = weight * incomes.reshape(-1)[order]
    rank = (np.cumsum(weight) - weight / 2) / weight.sum()
    part = np.cumsum(mass) / mass.sum()
    return {
        "gini": 100 * (2 * float((mass * rank).sum()) / float(mass.sum()) - 1),
        "top_tenth": 100 * (1 - float(np.interp(0.9, rank, part))),
        "bottom_half": 100 * float(np.interp(0.5, rank, part)),
    }
