"""Sums of sectors over groups, and values of groups given back to their sectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.people.grid import Array


@dataclass(frozen=True)
class Grouping:
    """Which group each sector belongs to.

    Attributes
    ----------
    index
        Shape (n,): group of each sector.
    size
        Number of groups; some may be empty.
    """

    index: NDArray[np.int_]
    size: int

    def sum(self, values: Array) -> Array:
        """Sum over each group: (..., n) → (..., size).

        Examples
        --------
        >>> Grouping(np.array([1, 0, 1]), 3).sum(np.array([1.0, 2.0, 4.0]))
        array([2., 5., 0.])
        """
        order = np.argsort(self.index, kind="stable")
        held, starts = np.unique(self.index[order], return_index=True)
        sums = np.zeros((*values.shape[:-1], self.size))
        if len(order):
            sums[..., held] = np.add.reduceat(values[..., order], starts, axis=-1)
        return sums

    def give(self, values: Array) -> Array:
        """Value of each sector's group: (..., size) → (..., n)."""
        return values[..., self.index]

    def shares(self, weights: Array) -> Array:
        """Weights as parts of their group's sum, 0 where the group has none: (..., n)."""
        total = self.give(self.sum(weights))
        return np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
