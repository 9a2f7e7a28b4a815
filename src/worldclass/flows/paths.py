"""Supply-chain paths: through which suppliers of suppliers labour reaches a final demand.

    Σ_i s_i [L y]_i = Σ_j s_j y_j + Σ_ij s_i a_ij y_j + Σ_hij s_h a_hi a_ij y_j + …

Each term is a path. What a branch still holds at sector j with flow q is exactly m_j q, with
m (I − A) = s, so a branch is left where that falls below the threshold, and no path above it is
missed.

Source: Defourny and Thorbecke (1984), Economic Journal 94, 111-136; Lenzen (2003), Ecological
Economics 44, 1-35 (structural path analysis).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.flows.amounts import require_amounts
from worldclass.flows.solve import multipliers

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.flows.economy import Array, Economy

MOST_PATHS = 2_000_000
"""More branches than this are not followed: the threshold is too low to read the answer."""


@dataclass(frozen=True, eq=False)
class SupplyPaths:
    """Paths above a threshold, the largest first.

    Attributes
    ----------
    economy
        Whose sectors they pass through.
    unit
        Of the values.
    total
        What all paths together hold.
    threshold
        Smallest value kept, in `unit`.
    values
        Shape (paths,).
    nodes
        Positions of sectors from the final product (first) to the supplier whose labour is
        counted (last), one tuple a path.
    tier_totals
        What all paths of each length hold, above the threshold or not; shape (tiers,).
    """

    economy: Economy
    unit: str
    total: float
    threshold: float
    values: Array
    nodes: tuple[tuple[int, ...], ...]
    tier_totals: Array

    @property
    def coverage(self) -> float:
        """Sum of the paths found over the total."""
        return float(self.values.sum() / self.total) if self.total else 0.0

    def frame(self, *, names: bool = False) -> pl.DataFrame:
        """Paths in words.

        Parameters
        ----------
        names
            Write industries by name instead of by code.

        Returns
        -------
        polars.DataFrame
            `rank, tier, path, producer, sector, value, share, cumulative, unit`. Tier 0 is the
            maker of the final product; `producer` and `sector` are where the labour is done;
            the path reads from the final product backwards.
        """
        import polars as pl

        words = self.economy.industry_names if names else {}
        labels = [f"{country} {words.get(code, code)}" for country, code in self.economy.sectors]
        last = [self.economy.sectors[path[-1]] for path in self.nodes]
        share = self.values / self.total if self.total else np.zeros_like(self.values)
        return pl.DataFrame(
            {
                "rank": np.arange(1, len(self.values) + 1),
                "tier": [len(path) - 1 for path in self.nodes],
                "path": [" ← ".join(labels[at] for at in path) for path in self.nodes],
                "producer": [country for country, _ in last],
                "sector": [industry for _, industry in last],
                "value": self.values,
                "share": share,
                "cumulative": np.cumsum(share),
                "unit": [self.unit] * len(self.values),
            },
            schema_overrides={"rank": pl.Int64, "tier": pl.Int64},
        )


@dataclass(frozen=True, eq=False)
class _Tier:
    """Branches of one length: their sector, flow, and place of the branch they grew from."""

    sector: NDArray[np.int_]
    flow: Array
    parent: NDArray[np.int_]


@dataclass(frozen=True, eq=False)
class PathSearch:
    """An economy made ready to search paths for several final demands.

    Attributes
    ----------
    economy, unit
        Whose sectors, and the unit of labour.
    inputs
        A, shape (n, n).
    direct
        Labour for one unit of output, shape (n,).
    held
        Labour that one unit of final product holds, itself and all before it, shape (n,).
    bound
        The same with absolute inputs: what a branch can hold at most.
    """

    economy: Economy
    unit: str
    inputs: Array
    direct: Array
    held: Array
    bound: Array
    _columns: dict[int, tuple[NDArray[np.int_], Array]] = field(
        default_factory=dict[int, Any], repr=False
    )
    _tiers: list[Array] = field(default_factory=list[Any], repr=False)

    def paths(self, demand: Array, *, share: float = 1e-4, tiers: int = 50) -> SupplyPaths:
        """All paths of a final demand above a threshold; arguments as of `supply_paths`."""
        require_amounts(self.economy, demand, "amounts of final demand")
        if not 0 < share < 1:
            raise UsageError(f"share = {share:g} is not between 0 and 1", where="supply_paths")
        total = float(self.held @ demand)
        threshold = share * abs(total)
        if threshold == 0 and demand.any():
            raise UsageError(
                "this final demand embodies no labour in all, so nothing can be a share of it",
                where="supply_paths",
            )
        grown = self._grow(demand, threshold, tiers)
        values, nodes = _collect(grown, self.direct, threshold)
        totals = np.array([self._of_tier(tier) @ demand for tier in range(len(grown))])
        return SupplyPaths(self.economy, self.unit, total, threshold, values, nodes, totals)

    def _grow(self, demand: Array, threshold: float, tiers: int) -> list[_Tier]:
        """Follow every branch that may still hold the threshold, one tier after another."""
        start = np.flatnonzero((np.abs(demand) * self.bound >= threshold) & (demand != 0))
        grown = [_Tier(start, demand[start], np.full(len(start), -1))]
        followed = len(start)
        while len(grown) <= tiers and len(grown[-1].sector):
            following = self._next_tier(grown[-1], threshold)
            followed += len(following.sector)
            if followed > MOST_PATHS:
                raise UsageError(
                    f"more than {MOST_PATHS:,} branches hold the threshold",
                    where="supply_paths",
                    remedy="Raise the share; 0.0001 gives some thousand paths.",
                )
            if not len(following.sector):
                break
            grown.append(following)
        return grown

    def _next_tier(self, tier: _Tier, threshold: float) -> _Tier:
        """Suppliers of the branches of a tier that still hold the threshold."""
        sectors: list[NDArray[np.int_]] = []
        flows: list[Array] = []
        parents: list[NDArray[np.int_]] = []
        order = np.argsort(tier.sector, kind="stable")
        buyers, first = np.unique(tier.sector[order], return_index=True)
        for buyer, branches in zip(buyers, np.split(order, first[1:]), strict=True):
            suppliers, sizes = self._suppliers(int(buyer))
            # Sizes fall along the list, so each branch keeps a first part of it.
            flow = tier.flow[branches]
            kept = np.searchsorted(-sizes, -threshold / np.abs(flow), side="right")
            chosen = suppliers[_first_parts(kept)]
            sectors.append(chosen)
            flows.append(self.inputs[chosen, buyer] * np.repeat(flow, kept))
            parents.append(np.repeat(branches, kept))
        return _Tier(np.concatenate(sectors), np.concatenate(flows), np.concatenate(parents))

    def _of_tier(self, tier: int) -> Array:
        """Labour of one tier in one unit of final product, s Aᵗ, shape (n,)."""
        while len(self._tiers) <= tier:
            self._tiers.append(self._tiers[-1] @ self.inputs if self._tiers else self.direct)
        return self._tiers[tier]

    def _suppliers(self, buyer: int) -> tuple[NDArray[np.int_], Array]:
        """Suppliers of a sector by what they and theirs hold for one unit, the largest first."""
        if buyer not in self._columns:
            sizes = np.abs(self.inputs[:, buyer]) * self.bound
            suppliers = np.flatnonzero(sizes)
            suppliers = suppliers[np.argsort(-sizes[suppliers], kind="stable")]
            self._columns[buyer] = (suppliers, sizes[suppliers])
        return self._columns[buyer]


def path_search(economy: Economy, labour: Array, unit: str = "million hours") -> PathSearch:
    """Make an economy ready to search paths: one transposed system is solved.

    Parameters
    ----------
    economy, labour, unit
        As of `supply_paths`.

    Raises
    ------
    UsageError
        When labour is negative.
    EconomyError
        When the economy is not productive, or labour does not fit its sectors.
    """
    require_amounts(economy, labour, "hours")
    if (labour < 0).any():
        raise UsageError("labour is negative in some sectors", where="path_search")
    inputs, direct = _coefficients(economy, labour)
    held = multipliers(economy, labour[None, :]).values[0]
    bound = held
    if (inputs < 0).any():
        whole = replace(economy, transactions=np.abs(economy.transactions))
        bound = multipliers(whole, labour[None, :]).values[0]
    return PathSearch(economy, unit, inputs, direct, held, bound)


def supply_paths(
    economy: Economy,
    labour: Array,
    demand: Array,
    *,
    share: float = 1e-4,
    tiers: int = 50,
    unit: str = "million hours",
) -> SupplyPaths:
    """All paths that hold at least a share of the labour embodied in a final demand.

    For several final demands make the economy ready once: `path_search(economy, labour).paths`.

    Parameters
    ----------
    economy
        With n sectors.
    labour
        Total of each sector, shape (n,), not negative.
    demand
        Final demand, shape (n,); where it is negative (inventories) paths have negative values
        and are kept by their size.
    share
        Threshold relative to the total embodied.
    tiers
        Longest path.
    unit
        Of labour.

    Raises
    ------
    UsageError
        When the share is not between 0 and 1, labour is negative, the demand embodies none, or
        more than two million branches would have to be followed.
    EconomyError
        When the economy is not productive, or labour or demand do not fit its sectors.

    Example
    -------
    >>> from worldclass.flows.economy import Economy
    >>> two = Economy(
    ...     "example", 2000, "USD", "current", (("AAA", "mill"), ("BBB", "farm")),
    ...     (("AAA", "use"),), np.array([[0.0, 0.0], [50.0, 0.0]]), np.array([[100.0], [50.0]]),
    ...     np.array([100.0, 100.0]),
    ... )
    >>> found = supply_paths(two, np.array([10.0, 40.0]), np.array([100.0, 0.0]), share=0.01)
    >>> found.frame().select("path", "value").rows()
    [('AAA mill ← BBB farm', 20.0), ('AAA mill', 10.0)]
    """
    return path_search(economy, labour, unit).paths(demand, share=share, tiers=tiers)


def _coefficients(economy: Economy, labour: Array) -> tuple[Array, Array]:
    """A, shape (n, n), and labour for one unit, shape (n,); zero in sectors without output."""
    output = np.where(economy.active, economy.output, 1.0)
    return economy.transactions / output, np.where(economy.active, labour / output, 0.0)


def _first_parts(lengths: NDArray[np.int_]) -> NDArray[np.int_]:
    """0 … lengths[0] − 1, 0 … lengths[1] − 1, and so on, in one array."""
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths)


def _collect(
    grown: list[_Tier], direct: Array, threshold: float
) -> tuple[Array, tuple[tuple[int, ...], ...]]:
    """Values and nodes of the branches whose own labour reaches the threshold."""
    found: list[tuple[float, tuple[int, ...]]] = []
    for depth, tier in enumerate(grown):
        values = direct[tier.sector] * tier.flow
        for at in np.flatnonzero(np.abs(values) >= threshold):
            nodes, place = [], int(at)
            for level in range(depth, -1, -1):
                nodes.append(int(grown[level].sector[place]))
                place = int(grown[level].parent[place])
            found.append((float(values[at]), tuple(reversed(nodes))))
    found.sort(key=lambda one: (-abs(one[0]), len(one[1]), one[1]))
    return np.array([value for value, _ in found]), tuple(nodes for _, nodes in found)
