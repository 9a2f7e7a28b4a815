"""The world's people under one draw: persons and incomes of every cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.countries import countries
from worldclass.people import quantiles
from worldclass.people.assumptions import CENTRAL, assumptions
from worldclass.people.employment import employed_cells
from worldclass.people.labour_income import (
    LabourIncome,
    labour_income,
    ppp_shift,
    welfare_mean_shift,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from worldclass.people.assumptions import Scores
    from worldclass.people.estimates import Estimates
    from worldclass.people.grid import Grid

    Values = NDArray[np.floating[Any]]


UNCLASSIFIED = "lower-middle"
"""Income group of countries that the World Bank does not classify."""


@dataclass(frozen=True)
class Basis:
    """Estimates flattened over country-years, ready for many draws.

    Attributes
    ----------
    grid
        Countries and years; position n = country · years + year.
    arrays
        By name, shape (..., n).
    income_group
        Shape (n,): index into the groups of the assumption `employer_share`.
    """

    grid: Grid
    arrays: Mapping[str, Values]
    income_group: NDArray[np.int_]


@dataclass(frozen=True)
class People:
    """Persons and incomes of every cell under one draw.

    Attributes
    ----------
    persons
        Shape (21 cells, sexes, n).
    income
        Labour income of the paid cells.
    anchor
        The anchor of labour income.
    """

    basis: Basis
    persons: Values
    income: LabourIncome
    anchor: str
    scores: Scores

    def welfare(self, anchor: str) -> Values:
        """Log quantiles of household welfare, shape (n, scores), under one of its anchors."""
        arrays = self.basis.arrays
        logs = arrays["welfare_log"].T
        if anchor == "national-accounts":
            shift = arrays["welfare_accounts_shift"] + self.scores.value("accounts_consumption")
        else:
            shift = welfare_mean_shift(arrays, self.scores)
        return logs + (shift + ppp_shift(arrays["us_distance"], self.scores))[:, None]


def make_basis(estimates: Estimates, dtype: type = np.float64) -> Basis:
    """Flatten the estimates and add what every draw needs."""
    n = estimates.grid.shape[0] * estimates.grid.shape[1]
    arrays: dict[str, Values] = {
        name: values.reshape(*values.shape[:-2], n) for name, values in estimates.arrays.items()
    }
    arrays["joint"] = arrays["joint"].reshape(3, 3, *arrays["joint"].shape[1:])
    people = (
        arrays["children"]
        + arrays["outside"].sum(axis=0)
        + arrays["unemployed"]
        + arrays["employed"]
    )
    arrays["population"] = people.sum(axis=0)
    logs = arrays["welfare_log"].T
    arrays["welfare_mean"] = quantiles.mean(logs)
    arrays["welfare_spread"] = quantiles.spread(logs, arrays["welfare_without"])
    return Basis(
        estimates.grid,
        {name: np.ascontiguousarray(values, dtype=dtype) for name, values in arrays.items()},
        _income_groups(estimates.grid),
    )


def realise(basis: Basis, scores: Scores = CENTRAL) -> People:
    """Persons and incomes of every cell under one draw (the central values by default)."""
    arrays = basis.arrays
    employed = employed_cells(arrays, basis.income_group, scores)
    anchor = scores.labour_income_anchor()
    income = labour_income(arrays, employed, anchor, scores)
    persons = np.concatenate(
        [employed, arrays["unemployed"][None], arrays["outside"], arrays["children"][None]]
    )
    return People(basis, persons, income, anchor, scores)


def mean_labour_income(people: People) -> Values:
    """Mean labour income of each employed cell, shape (15, sexes, n); family workers have 0."""
    paid = np.exp(people.income.log_mean())
    return np.concatenate([paid, np.zeros((3, *paid.shape[1:]), paid.dtype)])


def _income_groups(grid: Grid) -> NDArray[np.int_]:
    groups = assumptions()["employer_share"].groups
    table = countries()
    index = [groups.index(table[code].income_group or UNCLASSIFIED) for code in grid.countries]
    return np.repeat(np.array(index), grid.shape[1])
