"""Solve the quantity and the price system of an economy without its inverse.

With output x, the technical coefficients are A = Z·x̂⁻¹ (x̂ the diagonal matrix of x), and

    quantities   (I − A)·M = Y    ⇔   (x̂ − Z)·N = Y,   M = x̂·N,
    multipliers  m·(I − A) = s·x̂⁻¹   ⇔   (x̂ − Z)ᵀ·m = s,

so one matrix, x̂ − Z, serves both, and Z is never divided. Small tables are solved by one LU
factorisation. Large ones by sweeps over countries (block Gauss-Seidel): each country's block is
solved exactly, given what the others deliver. Since x̂ − Z is an M-matrix wherever the economy is
productive, the sweeps converge (Varga 1962, theorem 3.29), and they need no copy of Z. The
residual decides when to stop; where it does not fall, LU takes over.

Source: Miller and Blair (2009), Input-Output Analysis, chapters 2 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.linalg import LinAlgError, lu_factor, lu_solve

from worldclass.core.errors import EconomyError, UsageError
from worldclass.flows.amounts import require_amounts
from worldclass.flows.productive import require_productive

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.flows.economy import Array, Economy

Method = Literal["auto", "lu", "sweeps"]
METHODS: tuple[Method, ...] = ("auto", "lu", "sweeps")
TOLERANCE = 1e-12
"""Largest residual accepted, relative to the right-hand side, in the 1-norm of each column."""
CHANGE = 1e-11
"""The residual is computed when its bound is below this: it is mostly far below its bound."""
GOOD_ENOUGH = 1e-9
"""A residual that rounding may leave in an ill-conditioned table; above it there is no answer."""
MOST_SWEEPS = 200
LEAP = 3
SMALL = 3_000
"""Up to this many sectors LU is the faster way."""


@dataclass(frozen=True)
class Solution:
    """A solution and how it was found.

    Attributes
    ----------
    values
        Shape of the right-hand side.
    method
        "lu" or "sweeps".
    residual
        Largest over columns of |right-hand side − system·solution| ÷ |right-hand side|, 1-norm.
    sweeps
        Sweeps over all countries; 0 for LU.
    """

    values: Array
    method: str
    residual: float
    sweeps: int


def requirements(economy: Economy, demand: Array, method: Method = "auto") -> Solution:
    """Output of every sector that some final demand requires: M = (I − A)⁻¹·Y.

    Parameters
    ----------
    economy
        With n sectors.
    demand
        Y, shape (n, k), in the economy's unit.
    method
        "lu", "sweeps", or "auto", which chooses by size.

    Returns
    -------
    Solution with values of shape (n, k), in the economy's unit.

    Raises
    ------
    EconomyError
        The economy is not productive, or the residual cannot be brought down.
    """
    solution = _System(economy, transposed=False).solve(demand, method)
    values = solution.values * _scale(economy)[:, None]
    return Solution(values, solution.method, solution.residual, solution.sweeps)


def multipliers(economy: Economy, satellites: Array, method: Method = "auto") -> Solution:
    """What one unit of final demand of each sector embodies: m = s·x̂⁻¹·(I − A)⁻¹.

    Parameters
    ----------
    economy
        With n sectors.
    satellites
        Totals by sector (not coefficients), shape (k, n).
    method
        As in `requirements`.

    Returns
    -------
    Solution with values of shape (k, n): the satellite's unit per unit of the economy.

    Raises
    ------
    EconomyError
        As in `requirements`; or satellites that do not fit the sectors, are not finite, or not 0
        in a sector without output.
    """
    require_amounts(economy, satellites, "satellites")
    solution = _System(economy, transposed=True).solve(satellites.T, method)
    return Solution(solution.values.T, solution.method, solution.residual, solution.sweeps)


def _scale(economy: Economy) -> Array:
    return np.where(economy.active, economy.output, 0.0)


class _System:
    """x̂ − Z, or its transpose; sectors without output have 1 on the diagonal."""

    def __init__(self, economy: Economy, *, transposed: bool) -> None:
        require_productive(economy)
        self.economy = economy
        self.matrix = economy.transactions.T if transposed else economy.transactions
        self.diagonal = np.where(economy.active, economy.output, 1.0)
        self.transposed = transposed

    def solve(self, right: Array, method: Method) -> Solution:
        if method not in METHODS:
            raise UsageError(
                f"There is no method {method!r}.", remedy=f"Use one of {', '.join(METHODS)}."
            )
        if right.shape[0] != len(self.diagonal):
            raise EconomyError(
                f"The right-hand side has {right.shape[0]} rows; the economy has "
                f"{len(self.diagonal)} sectors.",
                where=self.economy.name,
            )
        right = np.where(self.economy.active[:, None], right, 0.0).astype(np.float64, copy=False)
        if method == "sweeps" or (method == "auto" and len(self.diagonal) > SMALL):
            solution = self._sweeps(right)
            if solution.residual <= TOLERANCE or method == "sweeps":
                return self._accept(solution)
        return self._accept(self._lu(right))

    def _accept(self, solution: Solution) -> Solution:
        if not solution.residual <= GOOD_ENOUGH:
            raise EconomyError(
                f"The system could not be solved: {solution.method} left a residual of "
                f"{solution.residual:.1e}.",
                where=f"{self.economy.name}, {self.economy.year}",
                remedy="Look for sectors whose inputs nearly exhaust their output.",
            )
        return solution

    def _lu(self, right: Array) -> Solution:
        # The transposed view is in Fortran order, which LAPACK factors in place.
        system = -self.economy.transactions
        system.flat[:: len(system) + 1] += self.diagonal
        try:
            factors = lu_factor(system.T, overwrite_a=True, check_finite=False)
        except LinAlgError as error:
            raise EconomyError(f"The economy is singular: {error}.") from error
        if not np.all(np.diag(factors[0])):
            raise EconomyError(
                "The economy is singular: some sectors use up all that they produce together.",
                where=f"{self.economy.name}, {self.economy.year}",
                remedy="Check output and transactions of these sectors.",
            )
        values = lu_solve(factors, right, trans=0 if self.transposed else 1, check_finite=False)
        return Solution(values, "lu", self._residual(values, right), 0)

    def _sweeps(self, right: Array) -> Solution:
        """Block Gauss-Seidel over countries, in the order of the table.

        What a sweep changes bounds the residual it leaves: a column of Z costs at most the
        column's output. The residual itself is computed when that bound has come down, and
        decides; where countries deliver chiefly to each other it is near its bound. Every third
        sweep is followed by a leap along its change (Aitken), which saves one sweep in six.
        """
        blocks = [self._block(rows) for rows in country_rows(self.economy)]
        size = np.abs(right).sum(axis=0)
        size = np.where(size > 0, size, 1.0)
        values, before, changed = np.zeros_like(right), np.inf, size
        for sweep in range(1, MOST_SWEEPS + 1):
            start, change = values.copy(), np.zeros_like(size)
            for rows, inverse in blocks:
                values[rows] = 0.0
                # the first time, only the countries before this one have delivered anything
                known = slice(rows.start) if sweep == 1 and isinstance(rows, slice) else slice(None)
                given = self.matrix[rows, known] @ values[known]
                values[rows] = inverse @ (right[rows] + given)
                change += self.diagonal[rows] @ np.abs(values[rows] - start[rows])
            bound = float(np.max(change / size))
            last = not bound < before or sweep == MOST_SWEEPS
            if last or bound <= CHANGE:
                residual = self._residual(values, right)
                if last or residual <= TOLERANCE:
                    return Solution(values, "sweeps", residual, sweep)
            if sweep % LEAP == 0:
                # What is still to come shrinks like the last change did: take it at once.
                ratio = np.clip(change / changed, 0.0, 0.9)
                values += (values - start) * (ratio / (1 - ratio))
                bound = np.inf  # the next change answers to the leap, not to this sweep
            before, changed = bound, np.where(change > 0, change, 1.0)
        raise AssertionError("unreachable")

    def _block(self, rows: slice | NDArray[np.int_]) -> tuple[slice | NDArray[np.int_], Array]:
        block = -(self.matrix[rows, rows] if isinstance(rows, slice) else self._square(rows))
        block.flat[:: len(block) + 1] += self.diagonal[rows]
        return rows, np.linalg.inv(block)

    def _square(self, rows: NDArray[np.int_]) -> Array:
        return self.matrix[np.ix_(rows, rows)]

    def _residual(self, values: Array, right: Array) -> float:
        left = self.diagonal[:, None] * values - self.matrix @ values
        size = np.abs(right).sum(axis=0)
        gap = np.abs(right - left).sum(axis=0)
        return float(np.max(gap / np.where(size > 0, size, 1.0), initial=0.0))


def country_rows(economy: Economy) -> list[slice | NDArray[np.int_]]:
    """Rows of each country: a slice where they lie together, else their positions."""
    found: list[slice | NDArray[np.int_]] = []
    for place in range(len(economy.countries)):
        rows = np.flatnonzero(economy.country_of_sector == place)
        first, last = int(rows[0]), int(rows[-1])
        found.append(slice(first, last + 1) if last - first + 1 == len(rows) else rows)
    return found
