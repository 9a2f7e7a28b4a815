"""What every check needs: the embedded estimates, the published tables, the stored draws."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from worldclass.core.countries import countries
from worldclass.people.estimates import Estimates
from worldclass.people.grid import Grid, PanelOnGrid
from worldclass.people.realise import Basis, make_basis
from worldclass.people.snapshot import Snapshot, open_snapshot
from worldclass.sources.mirror import Mirror

SEED = 20201001
"""Seed of every random choice of these checks."""
DRAWS = 200
"""Draws behind every interval: the default of the package."""

Array = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """The embedded snapshot beside the mirror that it was built from."""

    snapshot: Snapshot
    mirror: Mirror

    @property
    def estimates(self) -> Estimates:
        """The estimated quantities."""
        return self.snapshot.estimates

    @property
    def grid(self) -> Grid:
        """Countries and years."""
        return self.estimates.grid

    @cached_property
    def panel(self) -> pl.DataFrame:
        """All published indicators of the years covered, for all territories."""
        return self.mirror.panel(None, (self.grid.years[0], self.grid.years[-1]))

    @cached_property
    def published(self) -> PanelOnGrid:
        """The published indicators on the grid."""
        return PanelOnGrid(self.grid, self.panel)

    @cached_property
    def basis(self) -> Basis:
        """The estimates laid out for draws."""
        return make_basis(self.estimates)

    @cached_property
    def population(self) -> Array:
        """Persons, shape (countries, years)."""
        return self.basis.arrays["population"].reshape(self.grid.shape)

    @cached_property
    def employed(self) -> Array:
        """Employed persons of both sexes, shape (countries, years)."""
        return self.estimates["employed"].sum(axis=0)

    @cached_property
    def years(self) -> NDArray[np.int_]:
        """The years, shape (years,)."""
        return np.array(self.grid.years)

    @cached_property
    def regions(self) -> NDArray[np.str_]:
        """World region of each country."""
        return np.array([countries()[code].region for code in self.grid.countries])

    @cached_property
    def subregions(self) -> NDArray[np.str_]:
        """UN subregion of each country: the groups that the estimates borrow from."""
        return np.array([countries()[code].subregion for code in self.grid.countries])

    @cached_property
    def ilo_regions(self) -> dict[str, list[str]]:
        """Countries by ILO region and by ILO subregion (broad), by the region's name."""
        path = self.mirror.root / "world" / "countries.csv"
        named: dict[str, list[str]] = {}
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                if row["iso3"] in self.grid.countries:
                    for name in dict.fromkeys((row["ilo_region"], row["ilo_subregion_broad"])):
                        named.setdefault(name, []).append(row["iso3"])
        return named

    def year(self, year: int) -> int:
        """Position of a year."""
        return self.grid.years.index(year)


def open_world(mirror: Mirror) -> World:
    """The embedded snapshot beside a mirror."""
    return World(open_snapshot(), mirror)


def default_mirror() -> Path:
    """The folder beside the checkout where a mirror usually lies."""
    return Path(__file__).resolve().parents[2] / "shared" / "data"
