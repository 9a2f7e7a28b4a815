"""People of a few countries and years under the central assumptions, and a tiny panel."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from worldclass.people.estimates import Estimates
from worldclass.people.grid import Grid, PanelOnGrid
from worldclass.people.pipeline import Tables, read_tables
from worldclass.people.realise import Basis, make_basis
from worldclass.sources.mirror import Mirror

PLACES = ("BGD", "BRA", "CHN", "DEU", "ETH", "IND", "NGA", "USA")
GRID = Grid(("AAA", "BBB", "CCC"), (2000, 2001, 2002, 2003))


@pytest.fixture(scope="session")
def basis(estimates: Estimates) -> Basis:
    """Eight countries and three years, in double precision."""
    return make_basis(estimates.select(PLACES, (1991, 2010, 2023)))


@pytest.fixture(scope="session")
def everyone(estimates: Estimates) -> Basis:
    """All countries and years, in double precision."""
    return make_basis(estimates)


@pytest.fixture
def grid() -> Grid:
    """Three countries that do not exist, four years."""
    return GRID


@pytest.fixture
def make_panel() -> Callable[..., PanelOnGrid]:
    """A panel from one number, or one array (countries, years), per indicator and sex.

    Keys are indicators; values hold for `total`, or are given by sex in a dict.
    """

    def make(**series: object) -> PanelOnGrid:
        rows = []
        for indicator, given in series.items():
            by_sex = given if isinstance(given, dict) else {"total": given}
            for sex, values in by_sex.items():
                wide = np.broadcast_to(np.asarray(values, dtype=float), GRID.shape)
                for (i, j), value in np.ndenumerate(wide):
                    if np.isfinite(value):
                        rows.append((GRID.countries[i], GRID.years[j], indicator, sex, value))
        columns = ["iso3", "year", "indicator", "sex", "value"]
        return PanelOnGrid(GRID, pl.DataFrame(rows, schema=columns, orient="row"))

    return make


@pytest.fixture(scope="session")
def tables(mirror: Mirror) -> Tables:
    """All published tables of the mirror, read once."""
    return read_tables(mirror)
