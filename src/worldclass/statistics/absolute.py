"""Absolute mobility: how many persons are in another class than the one they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.statistics.intervals import interval_names, multiplier, share_interval
from worldclass.statistics.mobility_cells import MobilityCells, layer_columns

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

Hierarchy = Mapping[Any, float] | Sequence[Any]
_SAME = 1e-12
"""Shares that differ by less are the same, but for rounding."""


def absolute_measures(
    table: MobilityCells, hierarchy: Hierarchy | None = None, level: float = 0.90
) -> pl.DataFrame:
    """Absolute mobility of each layer, with design-based intervals.

    With p_ij the shares of the cells, p_i. of the origins and p_.j of the destinations:

    - total = 1 − Σ_i p_ii;
    - structural = ½ Σ_i |p_i. − p_.i|, the least mobility that the margins compel;
    - exchange = total − structural;
    - upward, downward: moves to a higher or lower level of the hierarchy;
    - vertical = upward + downward; horizontal: moves between classes of one level (both are
      given only where classes share a level);
    - inheritance of class i = p_ii / p_i.; self-recruitment of class i = p_ii / p_.i.

    Parameters
    ----------
    table
        A mobility table.
    hierarchy
        Classes from lowest to highest, or the level of each class (higher numbers are higher).
        Without it there is no upward, downward, vertical and horizontal mobility.
    level
        Probability of the intervals, which are on the logit scale. Structural and exchange
        mobility have no standard error and no interval where a class has as many origins as
        destinations (so always where structural = 0): there |p_i. − p_.i| has no derivative.

    Returns
    -------
    polars.DataFrame
        The layer; `measure`; `class`, for measures of one class; `estimate`, `se`, the interval;
        `n`, persons that the share is of.

    Raises
    ------
    UsageError
        When the hierarchy does not place every class once.

    Source
    ------
    Erikson and Goldthorpe, The Constant Flux (1992), chapter 6; Hout, Mobility Tables (1983).
    """
    import polars as pl
    import polars.selectors as cs

    measure, names = _measures(table, _levels(table, hierarchy))
    size = len(table.classes)
    low, high = interval_names(level)
    parts: list[pl.DataFrame] = []
    for at, totals in enumerate(table.parts):
        rows = table.rows[at]
        of = np.concatenate(
            [np.full(len(names) - 2 * size, rows.sum()), rows.sum(axis=1), rows.sum(axis=0)]
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            value = measure(totals.value)
            variance = np.diag(totals.spread(measure))
        error = np.sqrt(np.maximum(variance, 0.0))
        effective = totals.effective * of / max(int(rows.sum()), 1)
        bounds = share_interval(value, error, level, totals.degrees, effective)
        # No shares of persons: a logit would stretch the interval of one near 0 over all values.
        differences = np.isin([name for name, _ in names], ["structural", "exchange"])
        reach = multiplier(level, totals.degrees) * error
        plain = np.clip(value - reach, 0.0, 1.0), np.clip(value + reach, 0.0, 1.0)
        bounds = [np.where(differences, own, held) for own, held in zip(plain, bounds, strict=True)]
        if _at_kink(totals.value, size):
            error, *bounds = (np.where(differences, np.nan, held) for held in (error, *bounds))
        data = layer_columns(table, at, len(names))
        data |= {
            "measure": [name for name, _ in names],
            "class": pl.Series([held for _, held in names], dtype=table.class_type),
            "estimate": value,
            "se": error,
            low: bounds[0],
            high: bounds[1],
            "n": of,
        }
        parts.append(pl.DataFrame(data))
    return pl.concat(parts).with_columns(cs.float().fill_nan(None))


def _measures(
    table: MobilityCells, levels: NDArray[np.float64] | None
) -> tuple[Callable[[NDArray[np.float64]], NDArray[np.float64]], list[tuple[str, Any]]]:
    """A function from totals to all measures, and their names with their class."""
    size = len(table.classes)
    names: list[tuple[str, Any]] = [("total", None), ("structural", None), ("exchange", None)]
    masks: list[NDArray[np.bool_]] = []
    if levels is not None:
        rise = levels[None, :] - levels[:, None]
        masks, words = [rise > 0, rise < 0], ["upward", "downward"]
        sideways = (rise == 0) & ~np.eye(size, dtype=bool)
        if sideways.any():
            masks, words = [*masks, rise != 0, sideways], [*words, "vertical", "horizontal"]
        names += [(word, None) for word in words]
    names += [("inheritance", held) for held in table.classes]
    names += [("self-recruitment", held) for held in table.classes]

    def measure(value: NDArray[np.float64]) -> NDArray[np.float64]:
        share = value.reshape(size, size) / value.sum()
        origins, destinations, stayers = share.sum(axis=1), share.sum(axis=0), np.diag(share)
        total = 1 - stayers.sum()
        structural = np.abs(origins - destinations).sum() / 2
        whole = [total, structural, total - structural, *(share[mask].sum() for mask in masks)]
        return np.concatenate([whole, stayers / origins, stayers / destinations])

    return measure, names


def _at_kink(value: NDArray[np.float64], size: int) -> bool:
    """Whether a class that has persons has origins and destinations of the same size."""
    whole = float(value.sum())
    if whole <= 0:
        return False
    share = value.reshape(size, size) / whole
    origins, destinations = share.sum(axis=1), share.sum(axis=0)
    return bool(np.any((origins > 0) & (np.abs(origins - destinations) < _SAME)))


def _levels(table: MobilityCells, hierarchy: Hierarchy | None) -> NDArray[np.float64] | None:
    """Level of each class, shape (classes)."""
    if hierarchy is None:
        return None
    if not isinstance(hierarchy, Mapping):
        if len(set(hierarchy)) != len(hierarchy):
            raise UsageError(
                "a class is named twice", where="hierarchy", remedy="Name each class once."
            )
        hierarchy = {held: float(at) for at, held in enumerate(hierarchy)}
    absent = [str(held) for held in table.classes if held not in hierarchy]
    strange = [str(held) for held in hierarchy if held not in table.classes]
    if absent or strange:
        raise UsageError(
            f"without a level: {', '.join(absent) or 'none'}; not in the table: "
            f"{', '.join(strange) or 'none'}",
            where="hierarchy",
            remedy=f"Place each class once: {', '.join(map(str, table.classes))}.",
        )
    return np.array([float(hierarchy[held]) for held in table.classes])
