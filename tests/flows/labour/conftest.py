"""A table small enough to read: three labour markets, the 35 industries of WIOD 2013."""

from __future__ import annotations

import numpy as np
import pytest

from tests.flows.labour.tables import INDUSTRIES, YEAR, Table
from worldclass.sources.mirror import Mirror


@pytest.fixture
def table() -> Table:
    """Germany, China and the rest of the world with made-up output; no mirror is needed."""
    sectors = [(c, i) for c in ("DEU", "CHN", "ROW") for i in INDUSTRIES]
    random = np.random.default_rng(7)
    output = random.lognormal(11, 1, len(sectors))
    return Table(YEAR, sectors, output, output * random.uniform(0.2, 0.8, len(sectors)))


@pytest.fixture(scope="session")
def wiod(mirror: Mirror) -> Table:
    """WIOD 2013 of 2008, from the mirror."""
    with np.load(mirror.root / "wiod2013" / f"wiot_{YEAR}.npz") as held:
        output = held["x"].astype(float)
        added = output - held["Z"].sum(axis=0, dtype=float)
        sectors = [(c, i) for c in held["iso3"].tolist() for i in held["industry"].tolist()]
    return Table(YEAR, sectors, output, added)
