"""What the analyses share: economies of the mirror and their labour."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from worldclass.flows.economy import Economy
from worldclass.flows.labour.satellite import LabourSatellite, labour_satellite
from worldclass.flows.validate import RESIDUAL, make_economy
from worldclass.sources.input_output.wiod2013 import read_wiod2013


@lru_cache(maxsize=4)
def economy(root: Path, year: int) -> Economy:
    """One year of WIOD 2013, rows balanced by a residual."""
    return make_economy(read_wiod2013(root, year))[0]


@lru_cache(maxsize=4)
def labour(root: Path, year: int) -> LabourSatellite:
    """Its labour."""
    table = economy(root, year)
    return labour_satellite(table.sectors, table.output, table.value_added, year)


def published(table: Economy) -> tuple[str, ...]:
    """Categories of final demand that the release has: all but the residual."""
    return tuple(dict.fromkeys(c for _, c in table.demands if c != RESIDUAL))
