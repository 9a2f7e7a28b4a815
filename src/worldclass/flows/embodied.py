"""What is embodied in the flows between countries: hours, persons, pay, value added.

    H(p, c; k) = Σ_{i in p} s_{k,i}/x_i · M_{i,c},

for a producing country p, a consuming country c and an amount k. Then Σ_c H is what p gives,
Σ_p H what c commands; summed over the world both are the same hours.

Source: Miller and Blair (2009), chapter 10; Hickel, Hanbury Lemos and Barbour (2024), Nature
Communications 15, 6298, for the use on labour.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.flows.amounts import require_amounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from worldclass.flows.production import Production

    Array = NDArray[np.floating[Any]]


def embodied(production: Production, amounts: Array) -> Array:
    """Amounts by producing and consuming country.

    Parameters
    ----------
    production
        With n sectors, P countries and C consumers.
    amounts
        Totals of each sector, shape (..., n).

    Returns
    -------
    Shape (..., P, C), in the unit of the amounts.

    Raises
    ------
    EconomyError
        The amounts do not have one value per sector, are not finite, or not 0 where nothing is
        produced; or the sectors of a country do not lie together.
    """
    return embodied_by(production, amounts, np.zeros(len(production.sectors), int), 1)[..., 0, :]


def embodied_by(
    production: Production, amounts: Array, group: NDArray[np.int_], groups: int
) -> Array:
    """Amounts by producing country, group of industries, and consuming country.

    Parameters
    ----------
    production, amounts
        As in `embodied`.
    group
        Position of each sector's group, shape (n,).
    groups
        Number of groups G.

    Returns
    -------
    Shape (..., P, G, C).
    """
    require_amounts(production, amounts, "amounts")
    share = production.per_output
    bounds = [*production.starts, len(production.sectors)]
    shape = (*amounts.shape[:-1], len(production.countries), groups, len(production.consumers))
    out = np.zeros(shape)
    for place, (first, last) in enumerate(pairwise(bounds)):
        inside = group[first:last]
        for one in np.unique(inside):
            rows = np.flatnonzero(inside == one) + first
            out[..., place, one, :] = amounts[..., rows] @ share[rows]
    return out


def group_positions(production: Production, names: Sequence[str]) -> tuple[Any, tuple[str, ...]]:
    """Groups of industries as positions.

    Parameters
    ----------
    names
        The group of each sector, length n.

    Returns
    -------
    Position of each sector's group, shape (n,), and the groups in order of appearance.
    """
    order = tuple(dict.fromkeys(names))
    places = {name: place for place, name in enumerate(order)}
    return np.array([places[name] for name in names]), order
