"""The axes of a decision table, and which of its entries can occur.

A table has one axis for each category that the rules use, one of four states for each cut point
(below, equal, above, missing), and one of two states for each split. Its shape does not depend
on the parameters' numbers. Which entries can occur does: an income cannot lie below 5 and
above 10.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldclass.theories.logic import ABOVE, BELOW, EQUAL, MISSING

CUT_STATES = 4


@dataclass(frozen=True)
class Axis:
    """The axis of a category.

    Parameters
    ----------
    name
        Name of the column.
    codes
        Its codes; None, for a missing value, comes last where the column is nullable.
    """

    name: str
    codes: tuple[str | None, ...]


@dataclass(frozen=True)
class Cut:
    """A cut point of an income.

    Parameters
    ----------
    column
        The income that is cut.
    value
        The cut point in the column's unit, or the factor of the reference income.
    reference
        Name of the reference income, or None.
    parameter
        Name of the parameter that the value came from, or None.
    """

    column: str
    value: float
    reference: str | None
    parameter: str | None = None


@dataclass(frozen=True)
class Layout:
    """The axes of a table: categories, then `cuts` cut axes, then `splits` split axes."""

    categories: tuple[Axis, ...]
    cuts: int
    splits: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""
        sizes = tuple(len(axis.codes) for axis in self.categories)
        return (*sizes, *(CUT_STATES,) * self.cuts, *(2,) * len(self.splits))

    def category(self, name: str) -> int:
        """Number of a category's axis."""
        return [axis.name for axis in self.categories].index(name)

    def cut(self, number: int) -> int:
        """Number of a cut's axis."""
        return len(self.categories) + number

    def split(self, name: str) -> int:
        """Number of a split's axis."""
        return len(self.categories) + self.cuts + self.splits.index(name)

    def along(self, axis: int, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A mask over one axis, shaped to broadcast against the table."""
        shape = [1] * len(self.shape)
        shape[axis] = mask.size
        return mask.reshape(shape)


def possible(
    layout: Layout, cuts: tuple[Cut, ...], covered: dict[str, NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Which entries of a table can occur.

    Parameters
    ----------
    layout
        The table's axes.
    cuts
        Its cut points; those of one column with one reference are ordered by their values,
        others only by their signs, because reference incomes are positive but else unknown.
    covered
        For each split, the cells of the categories that it applies to.

    Returns
    -------
    numpy.ndarray
        Booleans of a shape that broadcasts to the table's.
    """
    mask = np.ones((1,) * len(layout.shape), dtype=bool)
    for second in range(len(cuts)):
        for first in range(second):
            if cuts[first].column == cuts[second].column:
                pair = _pair_mask(cuts[first], cuts[second])
                shape = [1] * len(layout.shape)
                shape[layout.cut(first)] = shape[layout.cut(second)] = CUT_STATES
                mask = mask & pair.reshape(shape)
    for name in layout.splits:
        cells = covered[name]
        inside = cells.reshape(cells.shape + (1,) * (len(layout.shape) - cells.ndim))
        outside_axis = layout.along(layout.split(name), np.array([True, False]))
        mask = mask & (inside | outside_axis)
    return mask


def _pair_mask(first: Cut, second: Cut) -> NDArray[np.bool_]:
    """Which pairs of states of two cuts of one column can occur, shape (4, 4)."""
    mask = np.ones((CUT_STATES, CUT_STATES), dtype=bool)
    mask[MISSING, :] = mask[:, MISSING] = False
    mask[MISSING, MISSING] = True
    order = _order(first, second)
    if order == 0:
        mask[:MISSING, :MISSING] = np.eye(MISSING, dtype=bool)
    elif order is not None:
        lower = mask if order < 0 else mask.T
        # not above the lower cut: then below the higher one
        lower[np.ix_([BELOW, EQUAL], [EQUAL, ABOVE])] = False
    return mask


def _order(first: Cut, second: Cut) -> int | None:
    """-1, 0 or 1 as the first cut lies below, on or above the second; None if unknown."""
    if first.reference == second.reference:
        return int(np.sign(first.value - second.value))
    signs = np.sign(first.value), np.sign(second.value)
    if signs[0] == signs[1] and signs[0] != 0:
        return None
    return int(np.sign(signs[0] - signs[1]))
