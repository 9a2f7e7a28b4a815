"""Match labels by name, never by position, and refuse numbers that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import EconomyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from worldclass.flows.economy import Array, Label

SHOWN = 5


def align(
    values: NDArray[Any],
    rows: Sequence[Label],
    columns: Sequence[Label],
    what: str,
    where: str,
) -> Array:
    """Put the columns of an array into the order of the sectors.

    Parameters
    ----------
    values
        Shape (..., columns).
    rows
        The sectors, in the order wanted.
    columns
        Labels of the last axis, in any order.
    what, where
        For the message: such as "transactions", and the file.

    Returns
    -------
    Shape (..., sectors), float64; the array itself where it is in order already.

    Raises
    ------
    EconomyError
        Labels that occur twice, are missing, or name no sector; or a shape that does not fit.
    """
    if values.shape[-1] != len(columns):
        raise EconomyError(
            f"The {what} have {values.shape[-1]} columns and {len(columns)} labels.",
            where=where,
            remedy="Give every column one label: country and industry.",
        )
    for labels, side in ((rows, "Rows"), (columns, "Columns")):
        if len(set(labels)) < len(labels):
            doubled = sorted({one for one in labels if labels.count(one) > 1})
            raise EconomyError(
                f"{side} of the {what} occur twice: {label_text(doubled)}.",
                where=where,
                remedy="Give each sector one row and one column.",
            )
    if tuple(rows) == tuple(columns):
        return np.asarray(values, dtype=np.float64)
    missing = [one for one in rows if one not in set(columns)]
    unknown = [one for one in columns if one not in set(rows)]
    if missing or unknown:
        parts = [
            f"{len(labels)} {words}: {label_text(labels)}"
            for labels, words in (
                (missing, "sectors are missing"),
                (unknown, "labels name no sector"),
            )
            if labels
        ]
        raise EconomyError(
            f"The {what} do not fit the sectors. {'; '.join(parts)}.",
            where=where,
            remedy="Give one value for every sector (0 where there is none), with the table's "
            "own country and industry codes.",
        )
    places = {label: place for place, label in enumerate(columns)}
    return np.asarray(values[..., [places[one] for one in rows]], dtype=np.float64)


def refuse_strange(
    values: Array, rows: Sequence[Label], columns: Sequence[Label], what: str, where: str
) -> None:
    """Refuse NaN and infinity, naming the first cells.

    Raises
    ------
    EconomyError
        With up to five cells: row, column and value.
    """
    if np.isfinite(values.sum()):  # one pass; a NaN or infinity survives any sum
        return
    strange = np.argwhere(~np.isfinite(values))
    if not len(strange):
        return
    cells = [
        f"{' '.join(rows[i])} to {' '.join(columns[j])}".strip() + f" ({values[i, j]})"
        for i, j in strange[:SHOWN]
    ]
    raise EconomyError(
        f"{what}: {len(strange)} cells are not finite numbers: {', '.join(cells)}"
        f"{' …' if len(strange) > SHOWN else ''}.",
        where=where,
        remedy="Give every cell a number; 0 where nothing flows.",
    )


def label_text(labels: Sequence[Label]) -> str:
    """A few labels as words."""
    shown = ", ".join(" ".join(one) for one in labels[:SHOWN])
    return shown + (f" and {len(labels) - SHOWN} more" if len(labels) > SHOWN else "")
