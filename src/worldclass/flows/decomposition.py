"""Attribute a change to factors: the mean over all orders of replacing them, and its spread.

Where several factors change together there is no unique attribution: each order in which they are
replaced gives another one (Dietzenbacher and Los 1998). The mean over all orders, which is
Shapley's value, adds up exactly to the change. For k factors 2^k values give all k! orders.

Source: Dietzenbacher and Los (1998), Economic Systems Research 10, 307-323; Shapley (1953);
Sun (1998), Energy Economics 20, 85-100.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl

    from worldclass.flows.economy import Array


@dataclass(frozen=True, eq=False)
class Decomposition:
    """A change and its attribution to factors.

    Attributes
    ----------
    factors
        Names, length k.
    start, end
        The quantity in both years, any shape s.
    effects
        Mean over all k! orders, shape (k, *s); the effects sum to `end` − `start`.
    lowest, highest
        Of the effect over all orders, shape (k, *s).
    """

    factors: tuple[str, ...]
    start: Array
    end: Array
    effects: Array
    lowest: Array
    highest: Array

    @property
    def change(self) -> Array:
        """`end` − `start`."""
        return self.end - self.start


def decompose(factors: Sequence[str], value: Callable[[tuple[bool, ...]], Array]) -> Decomposition:
    """Attribute a change to factors, averaged over all orders of replacing them.

        effect_f = Σ_S |S|! (k − |S| − 1)! / k! · (value(S ∪ f) − value(S)),  S without f.

    Parameters
    ----------
    factors
        Names, length k.
    value
        The quantity when each factor stands as at the end (True) or at the start (False).

    Raises
    ------
    UsageError
        With no factor, or more than 10, for which 1,024 values would be needed.

    Example
    -------
    >>> price, quantity = (2.0, 3.0), (10.0, 20.0)
    >>> found = decompose(
    ...     ("price", "quantity"), lambda late: np.array(price[late[0]] * quantity[late[1]])
    ... )
    >>> found.effects.tolist(), found.lowest.tolist(), float(found.change)
    ([15.0, 25.0], [10.0, 20.0], 40.0)
    """
    k = len(factors)
    if not 0 < k <= 10:
        raise UsageError(f"{k} factors: between 1 and 10 can be told apart", where="decompose")
    values = {late: np.asarray(value(late)) for late in product((False, True), repeat=k)}
    effects: list[Array] = []
    lowest: list[Array] = []
    highest: list[Array] = []
    for at in range(k):
        steps, weights = [], []
        for late in values:
            if late[at]:
                continue
            done = sum(late)
            steps.append(values[(*late[:at], True, *late[at + 1 :])] - values[late])
            weights.append(factorial(done) * factorial(k - done - 1) / factorial(k))
        stacked = np.stack(steps)
        effects.append(np.tensordot(np.array(weights), stacked, axes=1))
        lowest.append(stacked.min(axis=0))
        highest.append(stacked.max(axis=0))
    return Decomposition(
        tuple(factors),
        values[(False,) * k],
        values[(True,) * k],
        np.stack(effects),
        np.stack(lowest),
        np.stack(highest),
    )


def decomposition_table(
    found: Decomposition,
    rows: Mapping[str, Sequence[str]],
    consumers: Sequence[str],
    unit: str,
) -> pl.DataFrame:
    """A decomposition as a tidy frame, one row a factor.

    Parameters
    ----------
    rows
        Columns that label the rows of the labour array, such as `producer` and `sex`.
    consumers
        Labels of its columns.

    Returns
    -------
    polars.DataFrame
        The columns of `rows`; `consumer, factor, effect, lowest, highest, start, end, unit`.
    """
    import polars as pl

    k, (size, number) = len(found.factors), found.start.shape
    data: dict[str, object] = {
        name: np.tile(np.repeat(list(labels), number), k) for name, labels in rows.items()
    }
    data |= {
        "consumer": list(consumers) * (size * k),
        "factor": np.repeat(found.factors, size * number),
        "effect": found.effects.ravel(),
        "lowest": found.lowest.ravel(),
        "highest": found.highest.ravel(),
        "start": np.tile(found.start.ravel(), k),
        "end": np.tile(found.end.ravel(), k),
        "unit": [unit] * (k * size * number),
    }
    return pl.DataFrame(data)
