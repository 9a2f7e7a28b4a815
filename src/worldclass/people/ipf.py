"""Iterative proportional fitting: the joint table that keeps a seed's odds ratios.

Given a positive seed s and margins r_i, c_j, the fitted table is t_ij = a_i · b_j · s_ij with
Σ_j t_ij = r_i and Σ_i t_ij = c_j. Among all tables with these margins it is the one closest to
the seed in Kullback-Leibler divergence, and every odds ratio of the seed survives.

Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11(4), 427-444;
Csiszár (1975), Annals of Probability 3(1), 146-158.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import MarginError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def fit_margins(
    seed: NDArray[np.floating[Any]],
    rows: NDArray[np.floating[Any]],
    columns: NDArray[np.floating[Any]],
    *,
    tolerance: float = 1e-10,
    rounds: int = 1000,
) -> NDArray[np.floating[Any]]:
    """Fit many two-way tables at once.

    Parameters
    ----------
    seed
        Shape (rows, columns, ...): non-negative; zeros stay zero.
    rows
        Shape (rows, ...): row totals of each table.
    columns
        Shape (columns, ...): column totals of each table.
    tolerance
        Largest accepted gap between fitted and given margins, in the margins' unit.
    rounds
        Rounds after which fitting gives up.

    Returns
    -------
    Tables of the seed's shape.

    Raises
    ------
    MarginError
        Negative or unequal totals, or margins that the seed's zeros cannot meet.

    Examples
    --------
    >>> import numpy as np
    >>> table = fit_margins(np.ones((2, 2)), np.array([0.6, 0.4]), np.array([0.5, 0.5]))
    >>> table.round(2).tolist()
    [[0.3, 0.3], [0.2, 0.2]]
    """
    _check_margins(rows, columns)
    table = seed
    for _ in range(max(1, rounds // 8)):
        table = scale_to_margins(table, rows, columns, rounds=8)
        if np.abs(table.sum(axis=1) - rows).max() <= tolerance:
            return table
    gap = np.abs(table.sum(axis=1) - rows)
    raise MarginError(
        f"Fitting did not converge: a row total is still off by {gap.max():.3g}.",
        where=f"table {np.unravel_index(int(gap.argmax()), gap.shape)} of (row, ...)",
        remedy="Check for zeros in the seed that make the margins impossible.",
    )


def scale_to_margins(
    seed: NDArray[np.floating[Any]],
    rows: NDArray[np.floating[Any]],
    columns: NDArray[np.floating[Any]],
    *,
    rounds: int,
) -> NDArray[np.floating[Any]]:
    """Do a fixed number of rounds; columns are scaled last and therefore exact.

    Shapes as in `fit_margins`.
    """
    table = seed.copy()
    tiny = np.finfo(table.dtype).tiny
    for _ in range(rounds):
        table *= (rows / np.maximum(table.sum(axis=1), tiny))[:, None]
        table *= (columns / np.maximum(table.sum(axis=0), tiny))[None]
    return table


def refit_margins(
    seed: NDArray[np.floating[Any]],
    rows: NDArray[np.floating[Any]],
    columns: NDArray[np.floating[Any]],
    *,
    tolerance: float,
    rounds: int = 8,
    most_rounds: int = 512,
) -> NDArray[np.floating[Any]]:
    """Fit seeds that already nearly meet the margins: a few rounds for all, more for the slow ones.

    Shapes as in `fit_margins`. Tables that are still off after `most_rounds` keep the gap, which
    `fit_margins` would report; columns are always exact.
    """
    table = scale_to_margins(seed, rows, columns, rounds=rounds)
    while rounds < most_rounds:
        slow = (np.abs(table.sum(axis=1) - rows) > tolerance).any(axis=0)
        if not slow.any():
            break
        rounds *= 4
        table[..., slow] = scale_to_margins(
            table[..., slow], rows[..., slow], columns[..., slow], rounds=rounds
        )
    return table


def _check_margins(rows: NDArray[np.floating[Any]], columns: NDArray[np.floating[Any]]) -> None:
    if (rows < 0).any() or (columns < 0).any():
        raise MarginError(
            "A margin is negative.",
            where=f"smallest row total {rows.min()}, smallest column total {columns.min()}",
            remedy="Correct the margins before fitting.",
        )
    totals, others = rows.sum(axis=0), columns.sum(axis=0)
    gap = np.abs(totals - others)
    allowed = 1e-6 * np.maximum(np.abs(totals), 1e-12)
    if not (gap <= allowed).all():
        worst = np.unravel_index(int(np.argmax(gap - allowed)), gap.shape)
        raise MarginError(
            f"Row totals sum to {totals[worst]:.9g}, column totals to {others[worst]:.9g}.",
            where=f"table {worst}" if worst else "the table",
            remedy="Rescale one of the two margins so that both sum to the same total.",
        )


def bounds(row: float, column: float, total: float) -> tuple[float, float]:
    """Fréchet bounds of one cell of a table, from its row, its column and the grand total.

    max(0, row + column − total) ≤ cell ≤ min(row, column).

    Source: Fréchet (1951), Annales de l'Université de Lyon A 14, 53-77.

    Examples
    --------
    >>> bounds(0.7, 0.6, 1.0)
    (0.3, 0.6)
    """
    return round(max(0.0, row + column - total), 12), min(row, column)
