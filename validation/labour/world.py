"""What the checks of the labour accounts share: tables, published figures, spreads."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from worldclass.flows.labour.assumptions import CENTRAL, Scores
from worldclass.flows.labour.plan import Plan, make_plan
from worldclass.flows.labour.satellite import LabourSatellite, labour_satellite
from worldclass.flows.labour.spread import spread_persons
from worldclass.sources.mirror import Mirror

Array = NDArray[np.float64]
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Table:
    """What the labour accounts need of one year of WIOD 2013."""

    year: int
    sectors: tuple[tuple[str, str], ...]
    output: Array
    value_added: Array

    def satellite(self, scores: Scores = CENTRAL) -> LabourSatellite:
        """The labour accounts of the table."""
        return labour_satellite(
            self.sectors, self.output, self.value_added, self.year, scores=scores
        )

    def plan(self) -> Plan:
        """The table made ready."""
        return make_plan(self.sectors, self.output, self.value_added, self.year, "wiod2013", None)

    def persons(self, scores: Scores = CENTRAL) -> Array:
        """Thousand persons of each sector."""
        return spread_persons(self.plan(), scores.as_draws())[0]

    def places(self, country: str, industries: str) -> list[int]:
        """Places of some industries of a country."""
        return [self.sectors.index((country, code)) for code in industries.split()]


@lru_cache(maxsize=8)
def wiod(root: Path, year: int) -> Table:
    """One year of the mirror's WIOD 2013."""
    with np.load(root / "wiod2013" / f"wiot_{year}.npz") as held:
        output = held["x"].astype(float)
        added = output - held["Z"].sum(axis=0, dtype=float)
        countries, industries = held["iso3"].tolist(), held["industry"].tolist()
    sectors = tuple((country, industry) for country in countries for industry in industries)
    return Table(year, sectors, output, added)


def published(name: str) -> list[dict[str, str]]:
    """Rows of `employment.csv` or `women.csv`."""
    text = (HERE / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def us_accounts(mirror: Mirror) -> pl.DataFrame:
    """The US socio-economic accounts of the mirror."""
    return pl.read_parquet(mirror.root / "niot" / "usa_sea_2016release.parquet")
