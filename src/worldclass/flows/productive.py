"""Whether an economy is productive: whether it can have any final demand at all.

It is, where the spectral radius ρ of the coefficients A is below 1. Two certificates cost one
pass over the table: every sector has value added (column sums of A below 1), or every sector
delivers to final demand (A·x < x). Only where both fail is ρ computed, by the power method.

Source: Collatz (1942), Mathematische Zeitschrift 48, 221-226, and Wielandt (1950), 52, 642-648,
for min (A·v)ᵢ/vᵢ ≤ ρ ≤ max (A·v)ᵢ/vᵢ, v > 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import EconomyError

if TYPE_CHECKING:
    from worldclass.flows.economy import Economy

STEPS = 2_000
PRECISION = 1e-10


def require_productive(economy: Economy) -> None:
    """Refuse an economy whose spectral radius is not below 1.

    Raises
    ------
    EconomyError
        With the spectral radius and the sectors that use up most of what they produce.
    """
    active = economy.active
    if not active.any():
        raise EconomyError("No sector has any output.", where=f"{economy.name}, {economy.year}")
    if _certified(economy):
        return
    radius = spectral_radius(economy)
    if radius < 1 - PRECISION:
        return
    cost = 1 - economy.value_added / np.where(active, economy.output, np.inf)
    worst = np.argsort(-cost)[:5]
    named = ", ".join(
        f"{' '.join(economy.sectors[i])} ({cost[i]:.3g})" for i in worst if cost[i] >= 1
    )
    raise EconomyError(
        f"The economy is not productive: the spectral radius of its coefficients is {radius:.6g}. "
        f"Inputs per unit of output are highest in {named or 'no single sector'}.",
        where=f"{economy.name}, {economy.year}",
        remedy="Check output and transactions of these sectors; the radius must be below 1.",
    )


def spectral_radius(economy: Economy) -> float:
    """Largest modulus of the eigenvalues of A, by the power method on A + I.

    The identity keeps periodic tables, such as two sectors that only feed each other, from
    cycling. Where parts of the table grow at different rates (a reducible table) the bounds never
    meet; the growth of the total then tends to the radius, and is returned.
    """
    output = np.where(economy.active, economy.output, 1.0)
    vector = np.where(economy.active, 1.0, 0.0)
    growth = 0.0
    for _ in range(STEPS):
        image = economy.transactions @ (vector / output) + vector
        positive = vector > 0
        ratios = image[positive] / vector[positive]
        lower, upper = float(ratios.min()), float(ratios.max())
        growth = float(image.sum() / vector.sum())
        vector = image / image.sum()
        if upper - lower < PRECISION * upper:
            return growth - 1
    return growth - 1


def _certified(economy: Economy) -> bool:
    active = economy.active
    if economy.transactions.min() < 0:
        return False
    if (economy.value_added[active] > 0).all():
        return True
    delivered = economy.output - economy.transactions.sum(axis=1)
    return bool((delivered[active] > 0).all())
