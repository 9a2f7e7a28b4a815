"""Evaluate formulas on the axes of a table, without visiting its entries one by one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worldclass.people.columns import columns
from worldclass.theories.axes import CUT_STATES, Layout
from worldclass.theories.logic import (
    MISSING,
    STATES,
    AllOf,
    Always,
    AnyOf,
    CodeTest,
    CutTest,
    Formula,
    MissingTest,
    SplitTest,
    Threshold,
)


def is_category(name: str) -> bool:
    """Whether a column is a category rather than an income."""
    return columns()[name].kind == "category"


def matches(
    formula: Formula, layout: Layout, thresholds: tuple[Threshold, ...]
) -> NDArray[np.bool_]:
    """Where a formula holds.

    Parameters
    ----------
    formula
        The formula.
    layout
        Axes of the table; all columns, thresholds and splits of the formula are among them.
    thresholds
        The threshold of each cut axis.

    Returns
    -------
    numpy.ndarray
        Booleans in a shape that broadcasts to the table's.
    """
    if isinstance(formula, Always):
        return np.full((1,) * len(layout.shape), formula.true)
    if isinstance(formula, AllOf | AnyOf):
        join = np.logical_and if isinstance(formula, AllOf) else np.logical_or
        mask = matches(formula.parts[0], layout, thresholds)
        for part in formula.parts[1:]:
            mask = join(mask, matches(part, layout, thresholds))
        return mask
    if isinstance(formula, SplitTest):
        states = np.array([not formula.inside, formula.inside])
        return layout.along(layout.split(formula.split), states)
    if isinstance(formula, CutTest):
        axis = layout.cut(thresholds.index(formula.threshold))
        return layout.along(axis, np.isin(np.arange(CUT_STATES), STATES[formula.operator]))
    if isinstance(formula, MissingTest) and not is_category(formula.column):
        first = [threshold.column for threshold in thresholds].index(formula.column)
        states = (np.arange(CUT_STATES) == MISSING) == formula.missing
        return layout.along(layout.cut(first), states)
    axis = layout.category(formula.column)
    codes = layout.categories[axis].codes
    if isinstance(formula, CodeTest):
        return layout.along(axis, np.array([code in formula.codes for code in codes]))
    return layout.along(axis, np.array([(code is None) == formula.missing for code in codes]))
