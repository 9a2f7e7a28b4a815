"""Splits: fractions of persons whom no rule can tell apart from the rest.

A split divides each cell that its entry's `when` covers: a fraction of the cell's persons is
inside, the rest outside. Splits are independent of one another and of income within a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.theories.logic import Formula

Estimate = Literal["low", "central", "high"]


@dataclass(frozen=True, eq=False)
class SplitEntry:
    """One entry of a split: the cells that it covers and the fraction inside.

    Parameters
    ----------
    split
        Id of the split.
    cells
        Booleans over the category axes of the compiled theory (shape: lengths of the codes of
        each category): where the entry applies. Entries of one split never overlap.
    low, central, high
        Fractions, 0 to 1. Central, and low unless it is given, are None where a share gives
        them.
    plausible
        The range within which the centre itself is uncertain, or None.
    share
        Name of the share, carried by the people table, that is the centre; or None.
    scale
        Name of the parameter that multiplies the fraction (the product stops at 1), or None.
    source
        Where the fractions come from.
    rule
        The entry's `when` as a formula.
    """

    split: str
    cells: NDArray[np.bool_]
    low: float | None
    central: float | None
    high: float
    plausible: tuple[float, float] | None
    share: str | None
    scale: str | None
    source: str
    rule: Formula

    def fraction(
        self,
        estimate: Estimate,
        parameters: Mapping[str, float | str],
        share: float | NDArray[np.floating] | None = None,
    ) -> NDArray[np.float64]:
        """The fraction inside, after the scale: min(1, fraction × scale).

        Parameters
        ----------
        estimate
            Which of the three fractions. The high one is never below the share.
        parameters
            The compiled theory's parameters, among them the scale.
        share
            Value of the share, 0 to 1, in any shape; needed where the entry has one.

        Returns
        -------
        numpy.ndarray
            Fractions of the share's shape, or a scalar array.

        Raises
        ------
        TheoryError
            When the entry needs a share and none is given.
        """
        given = {"low": self.low, "central": self.central, "high": self.high}[estimate]
        if given is None:
            if share is None:
                raise TheoryError(
                    f"Split '{self.split}' needs the share '{self.share}'.",
                    remedy="Give the share, or use the high estimate.",
                )
            value = np.asarray(share, dtype=float)
        else:
            value = np.asarray(given, dtype=float)
        if estimate == "high" and share is not None:
            value = np.maximum(value, np.asarray(share, dtype=float))
        factor = 1.0 if self.scale is None else float(parameters[self.scale])
        return np.minimum(1.0, value * factor)


def refuse_overlap(entries: tuple[SplitEntry, ...], where: str) -> None:
    """Check that no cell is covered by two entries of one split.

    Raises
    ------
    TheoryError
        Naming the entries by their order.
    """
    for second, entry in enumerate(entries):
        for first in range(second):
            if np.any(entries[first].cells & entry.cells):
                raise TheoryError(
                    f"Entries {first + 1} and {second + 1} of split '{entry.split}' cover the "
                    f"same persons.",
                    where=where,
                    remedy="Make their 'when' exclude each other.",
                )
