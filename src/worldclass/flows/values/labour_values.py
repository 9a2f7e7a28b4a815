"""Labour values: hours of labour that a unit of a product contains, directly and in its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.flows.values.technique import Technique

    Array = NDArray[np.floating[Any]]


def labour_values(technique: Technique) -> Array:
    """Vertically integrated labour, λ = l (I − A − D)⁻¹, shape (n,), hours a unit.

    Raises
    ------
    UsageError
        When the economy uses up more than it makes, so that no values exist.

    Source
    ------
    Pasinetti (1973), Metroeconomica 25; Morishima (1973).

    Example
    -------
    >>> from worldclass.flows.values.technique import Technique
    >>> labour_values(Technique(("corn",), [[0.5]], [2.0], [100.0])).tolist()
    [4.0]
    """
    left = np.eye(len(technique.industries)) - technique.used_up
    try:
        values = np.linalg.solve(left.T, technique.labour)
    except np.linalg.LinAlgError as error:
        raise UsageError(
            "the system of values is singular: some industries use up all they make",
            where="Technique.inputs",
        ) from error
    if (values < 0).any():
        names = [technique.industries[at] for at in np.flatnonzero(values < 0)[:3]]
        raise UsageError(
            f"labour values are negative, first of {', '.join(names)}: the economy uses up "
            "more than it makes",
            where="Technique.inputs",
        )
    return values


def direct_prices(values: Array, output: Array) -> Array:
    """Prices in proportion to labour values, λ ΣQ / (λQ), shape (n,).

    Example
    -------
    >>> direct_prices(np.array([1.0, 3.0]), np.array([10.0, 10.0])).tolist()
    [0.5, 1.5]
    """
    return values * (output.sum() / (values @ output))
