"""Relative mobility: odds ratios, which do not change with the sizes of the classes."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.statistics.intervals import interval_names, multiplier
from worldclass.statistics.mobility_cells import MobilityCells, class_column, layer_columns

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

OddsKind = Literal["pairs", "local", "reference"]
Square = tuple[int, int, int, int]
_CORNERS = ("origin", "against_origin", "destination", "against_destination")


def odds_ratios(
    table: MobilityCells,
    kind: OddsKind = "pairs",
    reference: Any = None,
    continuity: float = 0.0,
    level: float = 0.90,
) -> pl.DataFrame:
    """Odds ratios of a mobility table with design-based intervals.

    For origins i, k and destinations j, l:  θ = F_ij F_kl / (F_il F_kj).

    Parameters
    ----------
    kind
        "pairs": each two classes, staying against changing places (i = j, k = l); "local":
        neighbouring origins and neighbouring destinations; "reference": every other origin and
        destination against one class.
    reference
        That class; by default the first.
    continuity
        Added to each cell, in persons (0.5 is usual). With 0 an odds ratio with an empty cell
        is left empty, and so is a standard error when a replicate empties the cell.
    level
        Probability of the intervals, which are symmetric on the log scale.

    Returns
    -------
    polars.DataFrame
        The layer; `origin`, `against_origin`, `destination`, `against_destination`; `n`, the
        fewest persons in one of the four cells; `log_odds_ratio`, `se`; `odds_ratio` with its
        interval.

    Raises
    ------
    UsageError
        When the kind or the reference is not known, or the constant is below 0.

    Source
    ------
    Goodman (1979), Journal of the American Statistical Association 74; Hout (1983).
    """
    import polars as pl
    import polars.selectors as cs

    if continuity < 0:
        raise UsageError(
            f"continuity = {continuity} is below 0", where="odds ratios", remedy="Often 0.5, or 0."
        )
    squares = _squares(table, kind, reference)
    size = len(table.classes)
    low, high = interval_names(level)
    parts: list[pl.DataFrame] = []
    for at, totals in enumerate(table.parts):
        cells = np.array([_cells(square, size) for square in squares], dtype=np.int64)
        n = table.rows[at].ravel()[cells].min(axis=1)
        person = totals.value.sum() / max(int(totals.rows.sum()), 1)

        def logs(
            value: NDArray[np.float64],
            cells: NDArray[np.int64] = cells,
            extra: float = continuity * person,
        ) -> NDArray[np.float64]:
            held = np.log(value[cells] + extra)
            return held[:, 0] + held[:, 1] - held[:, 2] - held[:, 3]

        with np.errstate(divide="ignore", invalid="ignore"):
            value = logs(totals.value)
            slope = _slope(cells, totals.value + continuity * person)
            error = np.sqrt(np.diag(totals.spread(logs, slope)))
        value, error = (np.where(np.isfinite(value), held, np.nan) for held in (value, error))
        reach = multiplier(level, totals.degrees) * error
        data = layer_columns(table, at, len(squares))
        data |= {
            name: class_column(table, places)
            for name, places in zip(_CORNERS, zip(*squares, strict=True), strict=True)
        }
        data |= {"n": n, "log_odds_ratio": value, "se": error, "odds_ratio": np.exp(value)}
        data |= {low: np.exp(value - reach), high: np.exp(value + reach)}
        parts.append(pl.DataFrame(data))
    return pl.concat(parts).with_columns(cs.float().fill_nan(None))


def _squares(table: MobilityCells, kind: str, reference: Any) -> list[Square]:
    """Origin, other origin, destination, other destination of each odds ratio."""
    size = len(table.classes)
    if size < 2:
        raise UsageError(
            f"an odds ratio needs two classes; there is {', '.join(map(str, table.classes))}",
            where="mobility table",
            remedy="Look whether the columns of origin and destination are the ones meant.",
        )
    if kind == "pairs":
        return [(i, k, i, k) for i, k in combinations(range(size), 2)]
    if kind == "local":
        return [(i, i + 1, j, j + 1) for i in range(size - 1) for j in range(size - 1)]
    if kind == "reference":
        chosen = table.classes[0] if reference is None else reference
        if chosen not in table.classes:
            raise UsageError(
                f"{reference!r} is not a class of the table",
                remedy=f"One of: {', '.join(map(str, table.classes))}.",
            )
        base = table.classes.index(chosen)
        others = [at for at in range(size) if at != base]
        return [(i, base, j, base) for i in others for j in others]
    raise UsageError(f"kind = {kind!r} is not known", remedy="One of: pairs, local, reference.")


def _cells(square: Square, size: int) -> tuple[int, int, int, int]:
    """Positions of F_ij, F_kl, F_il, F_kj in the table read row by row."""
    i, k, j, l = square  # noqa: E741
    return i * size + j, k * size + l, i * size + l, k * size + j


def _slope(cells: NDArray[np.int64], value: NDArray[np.float64]) -> NDArray[np.float64]:
    """Derivative of log odds ratios by the totals; 0 where a cell is empty."""
    slope = np.zeros((len(cells), value.size))
    inverse = np.where(value > 0, 1 / np.where(value > 0, value, 1.0), 0.0)
    for at, (a, b, c, d) in enumerate(cells):
        slope[at, [a, b]] += inverse[[a, b]]
        slope[at, [c, d]] -= inverse[[c, d]]
    return slope
