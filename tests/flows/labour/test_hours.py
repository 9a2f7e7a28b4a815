"""Hours per worker: the shipped table against the Penn World Table and its own pipeline."""

import numpy as np
import pytest

from worldclass.core.datafile import package_file
from worldclass.core.errors import SourceError
from worldclass.flows.labour.hours import format_hours, hours_per_worker, parse_hours
from worldclass.flows.labour.hours_estimate import BASES, INDICATORS, estimate_hours
from worldclass.people.grid import Grid, PanelOnGrid
from worldclass.people.snapshot import Snapshot
from worldclass.sources.mirror import Mirror


def test_every_country_and_year_of_the_population_has_hours(snapshot: Snapshot) -> None:
    table = hours_per_worker()
    assert table.grid == snapshot.estimates.grid
    assert (table.hours > 900).all() and (table.hours < 2900).all()
    assert (table.log_sd > 0).all() and (table.log_sd < 0.2).all()


def test_hours_are_those_of_the_penn_world_table_where_it_has_them(mirror: Mirror) -> None:
    table = hours_per_worker()
    published = PanelOnGrid(table.grid, mirror.panel(["pwt_avh"])).series("pwt_avh")
    known = np.isfinite(published)
    assert known.sum() > 1_800
    np.testing.assert_allclose(table.hours[known], published[known], rtol=1e-9)
    assert (table.basis[known] == BASES.index("pwt")).all()
    assert (table.basis[~known] != BASES.index("pwt")).all()


def test_the_pipeline_gives_the_shipped_file_byte_for_byte(
    mirror: Mirror, snapshot: Snapshot
) -> None:
    people = snapshot.estimates
    panel = PanelOnGrid(people.grid, mirror.panel(INDICATORS))
    estimate = estimate_hours(panel, people["employed"].sum(axis=0), people["gdp_per_head"])
    shipped = package_file("worldclass.flows.labour", "hours.csv").read_text(encoding="utf-8")
    assert format_hours(people.grid, estimate) == shipped


def test_only_published_hours_of_that_year_count_as_measured() -> None:
    table = hours_per_worker()
    row = table.grid.countries.index("DEU")
    years = table.grid.years
    assert table.imputed[row, years.index(2019)] == 0
    assert table.imputed[row, years.index(2023)] == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("country,year,hours\nDEU,1991,1500\n", "log_sd"),
        ("country,year,hours,log_sd,basis\nDEU,1991,many,0.1,pwt\n", "line 2"),
        ("country,year,hours,log_sd,basis\nDEU,1991,1500,0.1,guess\n", "guess"),
        ("country,year,hours,log_sd,basis\nDEU,1991,1500,0.1,pwt\n", "DEU, 1992"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(text: str, word: str) -> None:
    with pytest.raises(SourceError, match=word):
        parse_hours(text, "my.csv")


def test_a_table_survives_writing_and_reading() -> None:
    table = hours_per_worker()
    grid = Grid(table.grid.countries[:2], table.grid.years)
    text = "country,year,hours,log_sd,basis\n" + "".join(
        f"{c},{y},{1500 + k},0.05,survey\n"
        for k, c in enumerate(grid.countries)
        for y in grid.years
    )
    read = parse_hours(text, "my.csv")
    assert read.grid == grid
    assert read.hours[1, 0] == 1501
