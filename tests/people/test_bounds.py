"""The margins bound status by sector; the estimate lies between."""

from __future__ import annotations

import polars as pl
import pytest

from worldclass.people.bounds import status_sector_bounds


def test_every_estimate_lies_within_its_bounds() -> None:
    rows = status_sector_bounds()
    slack = 1e-4 * rows["persons_highest"] + 100
    assert (rows["persons"] >= rows["persons_lowest"] - slack).all()
    assert (rows["persons"] <= rows["persons_highest"] + slack).all()


def test_the_world_has_between_1_1_and_1_75_billion_employees_outside_agriculture() -> None:
    """The margins' own answer for 2019, from the design's probe: 1,109 to 1,745 million."""
    rows = status_sector_bounds(year=2019).filter(pl.col("status") == "employee")
    cells = ["country", "sex"]
    farm = rows.filter(pl.col("sector") == "agriculture").sort(cells)
    every = rows.group_by(cells).agg(pl.col("persons").sum()).sort(cells)
    lowest = (every["persons"] - farm["persons_highest"]).sum() / 1e6
    highest = (every["persons"] - farm["persons_lowest"]).sum() / 1e6
    assert lowest == pytest.approx(1109, rel=0.02)
    assert highest == pytest.approx(1745, rel=0.01)
