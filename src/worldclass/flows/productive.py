"""Whether an economy is productive: whether it can have any final demand at all.

It is, where the spectral radius ρ of the coefficients A is below 1. Two certificates cost one
pass over the table: every sector has value added (column sums of |A| below 1), or every sector
delivers to final demand (|A|·x < x). Where both fail, one system is solved: v = (I − |A|)⁻¹·x is
positive just where ρ(|A|) < 1, since |A|·v = v − x < v. Without negative transactions that decides;
with them ρ(A) may still be below 1 where ρ(|A|) is not, and is computed.

Source: Collatz (1942), Mathematische Zeitschrift 48, 221-226, and Wielandt (1950), 52, 642-648,
for min (A·v)ᵢ/vᵢ ≤ ρ ≤ max (A·v)ᵢ/vᵢ, v > 0 and A not negative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import EconomyError

if TYPE_CHECKING:
    from worldclass.flows.economy import Economy

PRECISION = 1e-10
BLOCK = 256
"""Rows looked at together: few enough to stay in the cache."""
DENSE = 1_000
"""Up to this many sectors all eigenvalues are computed; beyond, the largest by Arnoldi's method."""


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
    if _certified(economy) or _has_positive_solution(economy):
        return
    radius = spectral_radius(economy)
    if economy.transactions.min() < 0 and radius < 1 - PRECISION:
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
    """Largest modulus of the eigenvalues of A, over the sectors with output."""
    active = np.flatnonzero(economy.active)
    coefficients = economy.transactions[np.ix_(active, active)] / economy.output[active]
    if len(active) <= DENSE:
        return float(np.abs(np.linalg.eigvals(coefficients)).max(initial=0.0))
    from scipy.sparse.linalg import eigs

    # The same first vector every time: the answer does not depend on chance.
    first = np.ones(len(active))
    found = eigs(coefficients, k=1, which="LM", v0=first, return_eigenvectors=False)
    return float(np.abs(found).max())


def _certified(economy: Economy) -> bool:
    """By the sums of columns or of rows of |Z|, which is never held as a whole."""
    if economy.transactions.min() >= 0 and (economy.value_added[economy.active] > 0).all():
        return True  # the usual case, in one pass; value added is needed later anyway
    bought, sold = np.zeros_like(economy.output), np.zeros_like(economy.output)
    for first in range(0, len(sold), BLOCK):
        size = np.abs(economy.transactions[first : first + BLOCK])
        bought += size.sum(axis=0)
        sold[first : first + BLOCK] = size.sum(axis=1)
    active = economy.active
    output = economy.output[active]
    return bool((bought[active] < output).all() or (sold[active] < output).all())


def _has_positive_solution(economy: Economy) -> bool:
    """Whether (x̂ − |Z|)·u = x has a positive solution, u = x̂⁻¹·v: then |A|·v < v."""
    active = np.flatnonzero(economy.active)
    output = economy.output[active]
    system = -np.abs(economy.transactions[np.ix_(active, active)])
    system.flat[:: len(system) + 1] += output
    try:
        values = np.linalg.solve(system, output)
    except np.linalg.LinAlgError:
        return False
    return bool((values > 0).all() and (values < 1 / PRECISION).all())
