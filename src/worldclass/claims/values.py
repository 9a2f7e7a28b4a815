"""Values of quantities at the settings that a claim asks for: computed in blocks, kept at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.claims.cache import code_of, key_of
from worldclass.claims.data import assumed
from worldclass.claims.quantity import CENTRE
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from worldclass.claims.cache import Cache
    from worldclass.claims.data import Data
    from worldclass.claims.terms import Asked, Plan

    Values = NDArray[np.float64]
    Progress = Callable[[int, int], None]

DRAWS_AT_ONCE = 8
"""Draws that are computed, and kept, together."""
ENGINE = 1
"""Raised whenever a change of the engine moves a value or a verdict."""


@dataclass(frozen=True)
class Computed:
    """Values of one quantity.

    Attributes
    ----------
    centre
        At the central assumptions, shape (settings,).
    drawn
        In each draw, shape (settings, draws); one column, the centre, where nothing is drawn.
    """

    centre: Values
    drawn: Values


def compute(
    plan: Plan,
    data: Data,
    *,
    draws: int,
    cache: Cache,
    identity: Mapping[str, object],
    progress: Progress | None = None,
    fresh: bool = False,
) -> dict[str, Computed]:
    """Values of every quantity that a claim asks for, by its id.

    Parameters
    ----------
    plan
        What is asked.
    data
        Where the data lie.
    draws
        Draws 0, 1, …, draws − 1.
    cache
        Where finished blocks are kept.
    identity
        What values depend on beside quantity, settings and draws: digests of theories, versions.
    progress
        Called with the values computed and those in all.
    fresh
        Compute even what the cache holds.

    Raises
    ------
    ClaimError
        A value is missing or not finite.
    """
    blocks = {name: tuple(_blocks(asked, draws)) for name, asked in plan.asked.items()}
    everything = sum(len(s) * len(d) for parts in blocks.values() for s, d in parts)
    done, found = 0, {}
    for name, asked in plan.asked.items():
        width = draws + 1 if asked.quantity.drawn else 1
        table = np.empty((len(asked.settings), width))
        for rows, columns in blocks[name]:
            part = _block(asked, rows, columns, data, cache, identity, fresh)
            table[rows.start : rows.stop, columns.start + 1 : columns.stop + 1] = part
            done += len(rows) * len(columns)
            if progress is not None:
                progress(done, everything)
        drawn = table[:, 1:] if width > 1 else table
        found[name] = Computed(table[:, 0], drawn)
    return found


def _blocks(asked: Asked, draws: int) -> Iterator[tuple[range, range]]:
    """Rows of settings and numbers of draws, the centre (−1) first."""
    number = len(asked.settings)
    rows_at_once = asked.quantity.at_once or number
    for first in range(0, number, rows_at_once):
        rows = range(first, min(first + rows_at_once, number))
        yield rows, range(CENTRE, CENTRE + 1)
        if asked.quantity.drawn:
            for start in range(0, draws, DRAWS_AT_ONCE):
                yield rows, range(start, min(start + DRAWS_AT_ONCE, draws))


def _block(
    asked: Asked,
    rows: range,
    draws: range,
    data: Data,
    cache: Cache,
    identity: Mapping[str, object],
    fresh: bool,
) -> Values:
    quantity = asked.quantity
    shape = (len(rows), len(draws))
    key = key_of(
        {
            "engine": ENGINE,
            "quantity": [quantity.id, quantity.version, code_of(quantity)],
            "settings": asked.keys[rows.start : rows.stop],
            "draws": [draws.start, draws.stop],
            "data": [data.fingerprint(name) for name in quantity.needs],
            "assumed": assumed(quantity.needs),
            **identity,
        }
    )
    kept = None if fresh else cache.load(key, shape)
    if kept is not None:
        return kept
    settings = asked.settings[rows.start : rows.stop]
    values = np.asarray(quantity.evaluate(settings, tuple(draws), data), dtype=np.float64)
    _check(asked, settings, draws, values, shape)
    cache.save(key, values)
    return values


def _check(
    asked: Asked, settings: Sequence[object], draws: range, values: Values, shape: tuple[int, int]
) -> None:
    """Refuse values of another shape, and such as are no numbers."""
    where = f"quantity {asked.quantity.id}"
    if values.shape != shape:
        raise ClaimError(
            f"It gave values of shape {values.shape} where {shape} were asked for.",
            where=where,
            remedy="The author of the quantity has to return one row a setting, one column a draw.",
        )
    if np.isfinite(values).all():
        return
    row, column = (int(one) for one in np.argwhere(~np.isfinite(values))[0])
    draw = "at the centre" if draws[column] == CENTRE else f"in draw {draws[column]}"
    raise ClaimError(
        f"The value is {values[row, column]} {draw}.",
        where=f"{where} at {settings[row]}",
        remedy="Choose settings for which the data have a value.",
    )
