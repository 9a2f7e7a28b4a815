"""Show an entry of a decision table as a person: the row that proves a point."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from worldclass.theories.axes import Cut, Layout
from worldclass.theories.logic import ABOVE, BELOW, EQUAL, MISSING


def first_row(
    mask: NDArray[np.bool_], layout: Layout, cuts: tuple[Cut, ...]
) -> Mapping[str, str] | None:
    """An entry for which a mask is true, in words; None if there is none.

    Parameters
    ----------
    mask
        Booleans of a shape that broadcasts to the table's.
    layout
        The table's axes.
    cuts
        Its cut points.

    Returns
    -------
    Mapping
        For each column: its code, "missing", or where the income lies; for each split 0 or 1.
    """
    whole = np.broadcast_to(mask, layout.shape)
    if not whole.any():
        return None
    orders = [_order(len(axis.codes), axis.codes[-1] is None) for axis in layout.categories]
    for number, order in enumerate(orders):
        whole = np.take(whole, order, axis=number)
    place = np.unravel_index(int(np.argmax(whole)), layout.shape)
    states = [int(state) for state in place]
    for number, order in enumerate(orders):
        states[number] = int(order[states[number]])
    row = {
        axis.name: axis.codes[states[number]] or "missing"
        for number, axis in enumerate(layout.categories)
    }
    for column in dict.fromkeys(cut.column for cut in cuts):
        row[column] = _income(column, cuts, states[len(layout.categories) :])
    for split in layout.splits:
        row[split] = str(states[layout.split(split)])
    return row


def _order(length: int, nullable: bool) -> NDArray[np.intp]:
    """Codes from last to first, then the missing one: adults in services before children."""
    order = np.arange(length)[::-1]
    return np.roll(order, -1) if nullable else order


def row_text(row: Mapping[str, str]) -> str:
    """A row on one line."""
    return ", ".join(f"{name} = {value}" for name, value in row.items())


def _income(column: str, cuts: tuple[Cut, ...], states: list[int]) -> str:
    """Where an income lies: on a cut point, or between the nearest of each reference."""
    pairs = [(cut, state) for cut, state in zip(cuts, states, strict=False) if cut.column == column]
    if any(state == MISSING for _, state in pairs):
        return "missing"
    words: list[str] = []
    for reference in dict.fromkeys(cut.reference for cut, _ in pairs):
        own = [(cut, state) for cut, state in pairs if cut.reference == reference]
        equal = [cut for cut, state in own if state == EQUAL]
        below = [cut for cut, state in own if state == BELOW]
        above = [cut for cut, state in own if state == ABOVE]
        if equal:
            words.append(f"equal to {_point(equal[0])}")
            continue
        if above:
            words.append(f"above {_point(max(above, key=lambda cut: cut.value))}")
        if below:
            words.append(f"below {_point(min(below, key=lambda cut: cut.value))}")
    return " and ".join(words)


def _point(cut: Cut) -> str:
    """A cut point, with the parameter that it came from."""
    times = f" × {cut.reference}" if cut.reference else ""
    origin = f" [{cut.parameter}]" if cut.parameter else ""
    return f"{cut.value:g}{times}{origin}"
