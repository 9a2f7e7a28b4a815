"""What analyses are given besides an economy: amounts of sectors, and categories of demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from worldclass.core.errors import EconomyError, UsageError

if TYPE_CHECKING:
    from worldclass.flows.economy import Array, Economy, Label

_SHOWN = 5


class Sectoral(Protocol):
    """A table, solved or not: what amounts are held against."""

    @property
    def name(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def sectors(self) -> tuple[Label, ...]: ...
    @property
    def output(self) -> Array: ...


def require_amounts(table: Sectoral, amounts: Array, what: str) -> None:
    """Refuse amounts that do not fit the sectors.

    Parameters
    ----------
    table
        Of n sectors.
    amounts
        Shape (..., n).
    what
        Such as "hours", for the message.

    Raises
    ------
    EconomyError
        When there is not one value a sector, a value is not finite, or something is counted in
        a sector without output, where no product could carry it.
    """
    n = len(table.sectors)
    where = f"{table.name}, {table.year}"
    if amounts.shape[-1:] != (n,):
        raise EconomyError(
            f"The {what} have shape {amounts.shape}; the table has {n} sectors.",
            where=where,
            remedy="Give one value for every sector, on the last axis.",
        )
    for wrong, words, remedy in (
        (~np.isfinite(amounts), "not finite in", "Give every sector a number; 0 where none is."),
        (
            (amounts != 0) & ~(table.output > 0),
            "not 0 in sectors without output,",
            "Move what is counted there to a sector that produces something.",
        ),
    ):
        if wrong.any():
            places = np.flatnonzero(wrong.reshape(-1, n).any(axis=0))
            named = ", ".join(" ".join(table.sectors[at]) for at in places[:_SHOWN])
            raise EconomyError(
                f"The {what} are {words} {len(places)} of {n}: {named}"
                f"{' …' if len(places) > _SHOWN else ''}.",
                where=where,
                remedy=remedy,
            )


def counted_demand(economy: Economy, categories: tuple[str, ...] | None) -> Array:
    """Final demand of some categories by consumer, shape (n, consumers).

    Raises
    ------
    UsageError
        When the economy has no such category.
    """
    known = tuple(dict.fromkeys(category for _, category in economy.demands))
    if unknown := [one for one in categories or () if one not in known]:
        raise UsageError(
            f"final demand has no category {', '.join(unknown)}",
            where=f"{economy.name}, {economy.year}",
            remedy=f"Its categories are {', '.join(known)}.",
        )
    return economy.demand_by_consumer(categories)
