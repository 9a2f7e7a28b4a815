"""From embodied amounts to tidy rows: who gives, who commands, and what is left between them.

With H the amounts by producing and consuming area (within an area: its own),

    given_a = Σ_c H(a, c),          commanded_a = Σ_p H(p, a),
    exported_a = Σ_{c≠a} H(a, c),   imported_a = Σ_{p≠a} H(p, a),
    net_a = imported_a − exported_a = commanded_a − given_a,
    ratio_a = commanded_a / given_a.

Percentiles are taken of the sums, and of the ratio, within each draw, never summed themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.flows.areas import ABROAD, WORLD
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]

PERCENTILES = (5.0, 95.0)
RATIO = "commanded per given"
"""Unit of a ratio."""
KINDS = ("given", "commanded", "exported", "imported", "net")


@dataclass(frozen=True)
class Between:
    """Embodied amounts between areas.

    Attributes
    ----------
    year, account, unit
        What was counted, and in which unit.
    areas
        Codes, in order.
    sectors
        Groups of producing industries, in order.
    sexes
        ("female", "male"), or ("total",) where the account knows no sex.
    central
        Shape (sexes, areas, sectors, areas): producers, their sectors, consumers.
    drawn
        The same with a leading axis of draws; None without draws.
    """

    year: int
    account: str
    unit: str
    areas: tuple[str, ...]
    sectors: tuple[str, ...]
    sexes: tuple[str, ...]
    central: Array
    drawn: Array | None


@dataclass(frozen=True)
class _Block:
    """Values of one measure with the labels of their axes: sex, area, sector, area.

    The unit is that of the account unless it is named.
    """

    measure: str
    producers: Sequence[str]
    consumers: Sequence[str]
    central: Array
    drawn: Array | None
    unit: str = ""


def pair_rows(between: Between, *, by_sector: bool, by_sex: bool) -> pl.DataFrame:
    """One row per pair of areas, and sector and sex where asked for."""
    summed = _reduce(between, by_sector=by_sector, by_sex=by_sex)
    block = _Block("embodied", between.areas, between.areas, summed.central, summed.drawn)
    return _rows(summed, [block])


def area_rows(between: Between, *, by_sector: bool, by_sex: bool) -> pl.DataFrame:
    """Rows of each area: given, commanded, exported, imported, net; and, unless sectors are told
    apart, the ratio of commanded to given, empty where nothing is given."""
    summed = _reduce(between, by_sector=by_sector, by_sex=by_sex)
    own = np.eye(len(between.areas))[:, None, :]
    central = _balance(summed.central, own)
    drawn = None if summed.drawn is None else _balance(summed.drawn, own)
    ends = {
        "given": (between.areas, [WORLD]),
        "commanded": ([WORLD], between.areas),
        "exported": (between.areas, [ABROAD]),
        "imported": ([ABROAD], between.areas),
        "net": ([ABROAD], between.areas),
    }
    blocks = [
        _Block(kind, *ends[kind], central[kind], None if drawn is None else drawn[kind])
        for kind in KINDS
    ]
    if not by_sector:
        ratio = None if drawn is None else _ratio(drawn)
        blocks.append(_Block("ratio", *ends["commanded"], _ratio(central), ratio, RATIO))
    return _rows(summed, blocks)


def _ratio(balance: dict[str, Array]) -> Array:
    """Commanded per given, shape (..., 1, 1, areas); NaN where nothing is given."""
    given = np.swapaxes(balance["given"], -3, -1)
    none = np.full(given.shape, np.nan)
    return np.divide(balance["commanded"], given, out=none, where=given > 0)


def _balance(values: Array, own: Array) -> dict[str, Array]:
    """The five measures from amounts of shape (..., producers, sectors, consumers)."""
    abroad = values * (1 - own)
    imported = abroad.sum(axis=-3, keepdims=True)
    exported = abroad.sum(axis=-1, keepdims=True)
    return {
        "given": values.sum(axis=-1, keepdims=True),
        "commanded": values.sum(axis=-3, keepdims=True),
        "exported": exported,
        "imported": imported,
        "net": imported - np.swapaxes(exported, -3, -1),
    }


def _reduce(between: Between, *, by_sector: bool, by_sex: bool) -> Between:
    """Sum over sectors and add the total of the sexes, as asked for."""
    central, drawn = between.central, between.drawn
    sectors, sexes = between.sectors, between.sexes
    if not by_sector:
        sectors = ("total",)
        central = central.sum(axis=-2, keepdims=True)
        drawn = None if drawn is None else drawn.sum(axis=-2, keepdims=True)
    if sexes == SEXES:
        central = _with_total(central, by_sex)
        drawn = None if drawn is None else _with_total(drawn, by_sex)
        sexes = (*SEXES, "total") if by_sex else ("total",)
    return Between(
        between.year, between.account, between.unit, between.areas, sectors, sexes, central, drawn
    )


def _with_total(values: Array, by_sex: bool) -> Array:
    total = values.sum(axis=-4, keepdims=True)
    return np.concatenate([values, total], axis=-4) if by_sex else total


def _rows(between: Between, blocks: Sequence[_Block]) -> pl.DataFrame:
    import polars as pl

    parts: list[pl.DataFrame] = []
    for block in blocks:
        low = high = np.full(block.central.shape, np.nan)
        if block.drawn is not None:
            low, high = np.percentile(block.drawn, PERCENTILES, axis=0)
        labels = np.meshgrid(
            *(
                np.arange(len(axis))
                for axis in (between.sexes, block.producers, between.sectors, block.consumers)
            ),
            indexing="ij",
        )
        sex, producer, sector, consumer = (one.ravel() for one in labels)
        count = block.central.size
        parts.append(
            pl.DataFrame(
                {
                    "year": np.full(count, between.year, np.int32),
                    "producer": np.array(block.producers)[producer],
                    "consumer": np.array(block.consumers)[consumer],
                    "sector": np.array(between.sectors)[sector],
                    "sex": np.array(between.sexes)[sex],
                    "measure": [f"{between.account}_{block.measure}"] * count,
                    "unit": [block.unit or between.unit] * count,
                    "value": block.central.ravel(),
                    "p05": low.ravel(),
                    "p95": high.ravel(),
                }
            )
        )
    frame = pl.concat(parts)
    return frame.with_columns(pl.col("value", "p05", "p95").fill_nan(None))
