"""How far two systems of prices are from each other."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.flows.values.production_prices import ProductionPrices

    Array = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Distances:
    """Distance of ratios z = first/second from 1, or from one another.

    Attributes
    ----------
    rmse
        √mean (z − 1)².
    mad
        mean |z − 1|.
    mawd
        Σ ω |z − 1| with ω the share of gross output.
    angle
        arctan(sd z / mean z) in degrees: does not depend on the level of either price system; 0 of
        a single price.
    d_distance
        √(2 (1 − cos angle)).
    """

    rmse: float
    mad: float
    mawd: float
    angle: float
    d_distance: float


def price_distances(first: Array, second: Array, output: Array) -> Distances:
    """Five distances between two systems of prices.

    Only the angle and the d-distance are free of the unit in which prices are expressed.

    Parameters
    ----------
    first, second
        Shape (n,).
    output
        Q, shape (n,): weights of MAWD.

    Raises
    ------
    UsageError
        When a price of the second system is not positive.

    Source
    ------
    Steedman and Tomkins (1998), Cambridge Journal of Economics 22, 379-385.

    Example
    -------
    >>> found = price_distances(np.array([2.0, 4.0]), np.array([1.0, 2.0]), np.ones(2))
    >>> found.mad, found.angle
    (1.0, 0.0)
    """
    if (second <= 0).any():
        raise UsageError(
            f"{int((second <= 0).sum())} prices are not positive; no ratio can be taken",
            where="price_distances",
        )
    ratio = first / second
    away = np.abs(ratio - 1)
    spread = ratio.std(ddof=1) if len(ratio) > 1 else 0.0
    angle = float(np.arctan(spread / ratio.mean()))
    return Distances(
        rmse=float(np.sqrt(np.mean(away**2))),
        mad=float(away.mean()),
        mawd=float(away @ output / output.sum()),
        angle=float(np.degrees(angle)),
        d_distance=float(np.sqrt(2 * (1 - np.cos(angle)))),
    )


def distance_table(found: ProductionPrices, output: Array) -> pl.DataFrame:
    """Distances between prices of production, direct prices and market prices.

    Returns
    -------
    polars.DataFrame
        `interpretation, comparison, measure, value`, fifteen rows.
    """
    import polars as pl

    market = np.ones_like(output)
    pairs = {
        "production / market": (found.prices, market),
        "direct / market": (found.direct_prices, market),
        "production / direct": (found.prices, found.direct_prices),
    }
    return pl.DataFrame(
        [
            {"interpretation": found.interpretation, "comparison": name, "measure": measure}
            | {"value": value}
            for name, (first, second) in pairs.items()
            for measure, value in asdict(price_distances(first, second, output)).items()
        ]
    )
