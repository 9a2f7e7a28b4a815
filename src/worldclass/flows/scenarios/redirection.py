"""Other sources of supply: a share of some imports is bought at home, or from others.

A buyer j uses z[p, g] of product g from country p. For exporters p in E a share σ moves:

    z*[p, g] = (1 − σ) z[p, g],    z*[q, g] = z[q, g] + π σ Σ_{p in E} z[p, g] · w_q,

with π the price of what replaces relative to what is replaced, and w = 1 for the buyer's own
country ("home"), or in proportion to what the suppliers outside E deliver to this buyer now
("others"; home where there are none). With π = 1 what a buyer pays for a product does not change.
The new supplier works with its own inputs and labour per unit of money.

Source: Dietzenbacher, van Burken and Kondo (2019), Economic Systems Research 31, 110-129, for
proportional replacement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from worldclass.flows.scenarios.names import countries_named, sectors_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from worldclass.flows.economy import Array, Economy
    from worldclass.flows.scenarios.schema import Replacement, Shift


@dataclass(frozen=True, eq=False)
class Redirected:
    """Coefficients and final demand after a shift, at the old output.

    Attributes
    ----------
    economy
        Its rows do not balance; `settled` finds the new output.
    moved
        Sales that the old suppliers lost to others, in the economy's unit.
    stuck
        Sales that should have moved and did not, because no supplier produces anything.
    """

    economy: Economy
    moved: float
    stuck: float


def redirected(
    economy: Economy, shift: Shift, groups: Mapping[str, Sequence[str]] | None = None
) -> Redirected:
    """Apply one shift of supply.

    Parameters
    ----------
    economy
        With n sectors. Negative final demand (inventories) does not move.
    shift
        Who buys what from whom, and which share moves.
    groups
        Countries by name of group.

    Raises
    ------
    UsageError
        When a country, group or industry is not known.
    """
    importers = countries_named(shift.importers, groups or {}, economy)
    exporters = countries_named(shift.exporters, groups or {}, economy)
    sellers = sectors_named(exporters, shift.industries, economy)
    inputs, demand = economy.transactions, economy.final_demand
    moved, stuck = 0.0, 0.0
    if shift.goods in ("intermediate", "both"):
        inputs = inputs.copy()
        buyers = [country for country, _ in economy.sectors]
        more, less = _move(economy, inputs, buyers, importers, sellers, shift)
        moved, stuck = moved + more, stuck + less
    if shift.goods in ("final", "both"):
        demand = demand.copy()
        buyers = [country for country, _ in economy.demands]
        more, less = _move(economy, demand, buyers, importers, sellers, shift)
        moved, stuck = moved + more, stuck + less
    return Redirected(replace(economy, transactions=inputs, final_demand=demand), moved, stuck)


def _move(
    economy: Economy,
    use: Array,
    buyers: list[str],
    importers: frozenset[str],
    sellers: NDArray[np.bool_],
    shift: Shift,
) -> tuple[float, float]:
    """Move purchases within `use`, shape (n, buyers), in place; what moved and what could not."""
    industry = np.array([name for _, name in economy.sectors])
    country = np.array([name for name, _ in economy.sectors])
    buyer = np.array(buyers)
    columns = np.flatnonzero(np.isin(buyer, sorted(importers)))
    moved, stuck = 0.0, 0.0
    for name in economy.industries:
        rows = np.flatnonzero(industry == name)
        if not sellers[rows].any() or not len(columns):
            continue
        block = np.ix_(rows, columns)
        now = use[block]
        foreign = country[rows][:, None] != buyer[columns]
        gone = np.where(foreign & sellers[rows][:, None], np.maximum(now, 0.0) * shift.share, 0.0)
        weights = _weights(now, sellers[rows], ~foreign, economy.active[rows], shift.replacement)
        total = weights.sum(axis=0)
        placed = total > 0
        gone[:, ~placed], lost = 0.0, float(gone[:, ~placed].sum())
        share = np.divide(weights, total, out=np.zeros_like(weights), where=placed)
        use[block] = now - gone + share * (shift.price * gone.sum(axis=0))
        moved, stuck = moved + float(gone.sum()), stuck + lost
    return moved, stuck


def _weights(
    now: Array,
    sellers: NDArray[np.bool_],
    home: NDArray[np.bool_],
    active: NDArray[np.bool_],
    replacement: Replacement,
) -> Array:
    """Who takes over, shape (countries, buyers); all zero where nobody can."""
    own = np.where(home & active[:, None], 1.0, 0.0)
    if replacement == "home":
        return own
    others = np.where(active[:, None] & (~sellers[:, None] | home), np.maximum(now, 0.0), 0.0)
    return np.where(others.sum(axis=0) > 0, others, own)
