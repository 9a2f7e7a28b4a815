"""What classical price theory needs to know of an economy: inputs, labour, wages, capital.

Columns are industries that buy or produce; rows are products they use. Everything is per unit of
output, which in a table in money is one unit of money at market prices, so that every market
price is 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]

_SQUARE = ("inputs", "depreciation", "capital", "taxes")
_VECTORS = ("labour", "output", "wage_goods", "turnover")


@dataclass(frozen=True, eq=False)
class Technique:
    """Technique and distribution of an economy of n industries.

    Attributes
    ----------
    industries
        Names, length n.
    inputs
        A, shape (n, n): product i used up to make one unit of j.
    labour
        l, shape (n,): hours for one unit.
    output
        Q, shape (n,): gross output.
    wage_goods
        b, shape (n,): what an hour of labour is paid in kind; the standard interpretation
        needs it.
    wage
        w: money for an hour; the new interpretation needs it.
    value_of_labour_power
        v, between 0 and 1: share of wages in value added; the new interpretation needs it.
    depreciation
        D, shape (n, n): fixed capital used up for one unit.
    capital
        K, shape (n, n): fixed capital tied up for one unit.
    turnover
        t, shape (n,): years for which circulating capital is advanced; 1 by default.
    taxes
        T, shape (n, n): indirect taxes for one unit, as a matrix.

    Example
    -------
    >>> corn = Technique(("corn",), inputs=[[0.5]], labour=[2.0], output=[100.0])
    >>> corn.inputs.shape, corn.circulating
    ((1, 1), True)
    """

    industries: tuple[str, ...]
    inputs: Array
    labour: Array
    output: Array
    wage_goods: Array | None = None
    wage: float | None = None
    value_of_labour_power: float | None = None
    depreciation: Array | None = None
    capital: Array | None = None
    turnover: Array | None = None
    taxes: Array | None = None

    def __post_init__(self) -> None:
        n = len(self.industries)
        for name, shape in [*((x, (n, n)) for x in _SQUARE), *((x, (n,)) for x in _VECTORS)]:
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, self._checked(name, given, shape))

    def _checked(self, name: str, given: Any, shape: tuple[int, ...]) -> Array:
        values = np.asarray(given, dtype=np.float64)
        if values.shape != shape:
            raise UsageError(
                f"{name} has shape {values.shape}; {len(self.industries)} industries ask "
                f"for {shape}",
                where="Technique",
            )
        # Net taxes are negative where subsidies exceed them, and stocks may be run down.
        wrong = ~np.isfinite(values) | ((values < 0) & (name not in ("taxes", "depreciation")))
        if wrong.any():
            at = np.argwhere(wrong)[:3]
            shown = "; ".join(
                f"{' × '.join(self.industries[int(i)] for i in place)} = {values[tuple(place)]:g}"
                for place in at
            )
            raise UsageError(
                f"{name} is negative or not finite in {int(wrong.sum())} places: {shown}",
                where="Technique",
                remedy="Drop industries without output, or correct the table.",
            )
        return values

    @cached_property
    def circulating(self) -> bool:
        """Whether there is circulating capital only, advanced for one period."""
        parts = (self.depreciation, self.capital)
        fixed = any(part is not None and part.any() for part in parts)
        return not fixed and (self.turnover is None or bool((self.turnover == 1).all()))

    @cached_property
    def used_up(self) -> Array:
        """A + D, shape (n, n)."""
        return self.inputs if self.depreciation is None else self.inputs + self.depreciation

    @cached_property
    def taxed(self) -> Array:
        """T, shape (n, n); zero where there are no taxes."""
        return np.zeros_like(self.inputs) if self.taxes is None else self.taxes

    def advanced(self, circulating: Array) -> Array:
        """K + C·t, shape (n, n): capital on which profit is reckoned.

        Parameters
        ----------
        circulating
            C, shape (n, n): inputs, with or without the goods of the wage.
        """
        years = 1.0 if self.turnover is None else self.turnover
        stock = circulating * years
        return stock if self.capital is None else stock + self.capital
