"""What was put in comes out again."""

import numpy as np
import pytest

from validation.reproduction import (
    bounds_departure,
    employment_departure,
    labour_force_departure,
    largest_gaps,
    population_departure,
    published_margins,
    workforce_table_departure,
)
from validation.world import World
from worldclass.people.assumptions import CENTRAL

pytestmark = pytest.mark.mirror
FEW_DRAWS = (0, 17, 101, 255)
"""Some of the stored draws; `python -m validation` goes through all of them."""


def test_at_least_185_countries_from_1991_to_2023(world: World) -> None:
    assert len(world.grid.countries) >= 185
    assert (world.grid.years[0], world.grid.years[-1]) == (1991, 2023)


def test_world_population_is_that_of_all_territories_within_1_percent(world: World) -> None:
    departure, territories = population_departure(world)
    assert territories >= 230
    assert np.abs(departure).max() < 1


def test_world_employment_and_labour_force_agree_within_1_percent(world: World) -> None:
    for departure in (employment_departure(world), labour_force_departure(world)):
        assert np.abs(departure).max() < 0.01


def test_a_second_compilation_of_ilo_employment_agrees_within_1_percent(world: World) -> None:
    assert np.abs(workforce_table_departure(world)).max() < 1


def test_margins_are_met_in_the_centre_within_a_thousandth_of_a_point(world: World) -> None:
    gaps = largest_gaps(world, CENTRAL)
    assert set(gaps) == set(published_margins(world))
    assert max(np.nanmax(gap) for gap in gaps.values()) < 1e-3


@pytest.mark.parametrize("index", FEW_DRAWS)
def test_margins_are_met_in_draws_within_a_tenth_of_a_point(world: World, index: int) -> None:
    gaps = largest_gaps(world, world.snapshot.draws.one(index))
    assert max(np.nanmax(gap) for gap in gaps.values()) < 0.1


def test_status_by_sector_stays_within_its_frechet_bounds(world: World) -> None:
    assert bounds_departure(world) < 1e-3
