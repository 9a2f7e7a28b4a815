"""A table's sectors made ready for labour accounts: classes, labour markets, checked numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import SourceError
from worldclass.flows.labour.bridges import classify_industries
from worldclass.flows.labour.cells import Cells, broad_cells, section_cells
from worldclass.flows.labour.grouping import Grouping
from worldclass.flows.labour.regions import Territories, resolve_regions
from worldclass.flows.labour.supply import LabourSupply, labour_supply
from worldclass.people.snapshot import open_snapshot
from worldclass.people.status_sector import SECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from worldclass.flows.labour.classes import IndustryClass
    from worldclass.flows.labour.regions import Regions
    from worldclass.flows.labour.sections import SectionEmployment
    from worldclass.people.grid import Array, Flags
    from worldclass.people.snapshot import Snapshot

Sectors = tuple[tuple[str, str], ...]

LEAST_VALUE_ADDED = 0.05
"""Where value added is below this part of output (losses, subsidies), this part stands for it when
workers and pay are spread: no industry with output works without people."""
SUPPLY_SLACK = 1e-9


@dataclass(frozen=True)
class Plan:
    """What the labour accounts of one table and year need.

    Attributes
    ----------
    sectors
        Country and industry of each of n sectors.
    classes
        Industry class of each.
    market, broad
        Labour market (T groups) and labour market × broad sector (3 T groups) of each sector.
    cells
        Groups of sectors whose workers are known: `broad`, or finer where sections are published.
    output, value_added
        Shape (n,): million US dollars; value added not below `LEAST_VALUE_ADDED` of output.
    stated_value_added
        Shape (n,): as the table has it.
    territories
        Members of the labour markets.
    supply
        Their labour.
    """

    sectors: Sectors
    classes: tuple[IndustryClass, ...]
    market: Grouping
    broad: Grouping
    cells: Cells
    output: Array
    value_added: Array
    stated_value_added: Array
    territories: Territories
    supply: LabourSupply

    @property
    def cell(self) -> Grouping:
        """Cell of each sector."""
        return self.cells.grouping

    @property
    def cell_persons(self) -> Array:
        """Thousand persons of each sex in each cell, shape (2, cells)."""
        return self.cells.persons


def make_plan(
    sectors: Sequence[tuple[str, str]],
    output: Array,
    value_added: Array,
    year: int,
    bridge: str | Path,
    regions: Regions | None,
    sections: SectionEmployment | None = None,
    snapshot: str | Path | Snapshot | None = None,
) -> Plan:
    """Check a table's sectors and find the labour behind them.

    Parameters
    ----------
    sectors, output, value_added, year, bridge, regions, sections
        As `worldclass.flows.labour.satellite.labour_satellite` takes them.
    snapshot
        Of the population whose employment it is; as `open_snapshot` takes it.

    Raises
    ------
    SourceError
        Numbers of the wrong shape, not finite or negative output; a broad sector with workers but
        no output.
    UsageError
        An unknown industry, country or year.
    """
    labels = tuple((str(country), str(industry)) for country, industry in sectors)
    x = _checked(output, labels, "output")
    stated = _checked(value_added, labels, "value added")
    if (x < 0).any():
        _refuse("Output is negative", labels, x, x < 0)
    classes = classify_industries([industry for _, industry in labels], bridge)
    people = open_snapshot(snapshot).estimates
    codes = list(dict.fromkeys(country for country, _ in labels))
    territories = resolve_regions(codes, people.grid.countries, str(bridge), regions)
    supply = labour_supply(people, territories.members, year)
    places = np.array([territories.of[country] for country, _ in labels])
    sector = np.array([SECTORS.index(one.sector) for one in classes])
    count = len(territories.members)
    market = Grouping(places, count)
    broad = Grouping(places * len(SECTORS) + sector, count * len(SECTORS))
    _check_output(broad, x, supply.persons.sum(axis=0).ravel(), territories)
    cells = broad_cells(broad, supply.persons)
    if sections is not None:
        cells = section_cells(cells, market, classes, x, territories.members, sections, year)
    return Plan(
        sectors=labels,
        classes=classes,
        market=market,
        broad=broad,
        cells=cells,
        output=x,
        value_added=np.maximum(stated, LEAST_VALUE_ADDED * x),
        stated_value_added=stated,
        territories=territories,
        supply=supply,
    )


def _checked(values: Array, labels: Sectors, what: str) -> Array:
    numbers = np.asarray(values, dtype=float)
    if numbers.shape != (len(labels),):
        raise SourceError(
            f"There are {len(labels)} sectors but {what} has shape {numbers.shape}.",
            where="labour accounts",
            remedy=f"Give one number of {what} a sector.",
        )
    if not np.isfinite(numbers).all():
        _refuse(
            f"{what.capitalize()} is not a finite number", labels, numbers, ~np.isfinite(numbers)
        )
    return numbers


def _refuse(what: str, labels: Sectors, numbers: Array, bad: Flags) -> None:
    wrong = np.flatnonzero(bad)
    shown = ", ".join(f"{' '.join(labels[i])} ({numbers[i]:g})" for i in wrong[:5])
    raise SourceError(
        f"{what} in {len(wrong)} sectors: {shown}.",
        where="labour accounts",
        remedy="Repair the table first.",
    )


def _check_output(broad: Grouping, output: Array, persons: Array, territories: Territories) -> None:
    """Workers need an industry to work in."""
    idle = (broad.sum(output) <= 0) & (persons > SUPPLY_SLACK)
    if idle.any():
        named = [
            f"{territories.names(int(k) // len(SECTORS))} {SECTORS[int(k) % len(SECTORS)]} "
            f"({persons[k]:.1f} thousand persons)"
            for k in np.flatnonzero(idle)[:5]
        ]
        raise SourceError(
            f"{int(idle.sum())} broad sectors have workers but no output: {', '.join(named)}.",
            where="labour accounts",
            remedy="Check the table's output and the bridge of its industries; or give a region "
            "without output no members.",
        )
