"""A table of labour tests: sectors, output, value added; and the employed of the snapshot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldclass.flows.labour.satellite import LabourSatellite, labour_draws, labour_satellite
from worldclass.people.snapshot import Snapshot

YEAR = 2008
INDUSTRIES = tuple(f"c{k}" for k in range(1, 36))


@dataclass(frozen=True)
class Table:
    """Sectors, output and value added of one year."""

    year: int
    sectors: list[tuple[str, str]]
    output: NDArray[np.float64]
    value_added: NDArray[np.float64]

    def satellite(self, **options: object) -> LabourSatellite:
        return labour_satellite(self.sectors, self.output, self.value_added, self.year, **options)  # pyright: ignore[reportArgumentType]

    def draws(self, number: int) -> NDArray[np.float64]:
        return labour_draws(self.sectors, self.output, self.value_added, self.year, number)

    def of(self, country: str) -> NDArray[np.bool_]:
        return np.array([code == country for code, _ in self.sectors])

    def at(self, country: str, industry: str) -> int:
        return self.sectors.index((country, industry))


def employed(snapshot: Snapshot, countries: list[str], year: int) -> NDArray[np.float64]:
    """Thousand women and men of some countries by broad sector, shape (2, 3)."""
    people = snapshot.estimates
    rows = [people.grid.countries.index(code) for code in countries]
    at = people.grid.years.index(year)
    share = people["sector"][:, :, rows, at]
    count = people["employed"][:, rows, at] * share / share.sum(axis=0) / 1000
    return count.sum(axis=-1).T
