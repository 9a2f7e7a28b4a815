"""The pipeline of hours on panels whose answer is known."""

import numpy as np
import polars as pl
import pytest

from worldclass.core.errors import SourceError
from worldclass.flows.labour.hours_estimate import BASES, PWT_SD, estimate_hours
from worldclass.people.grid import Grid, PanelOnGrid

COUNTRIES = tuple("ABCDEFGH")
YEARS = (2005, 2006, 2007)
GRID = Grid(COUNTRIES, YEARS)
RATIO = 0.9
"""The Penn World Table's hours are this part of both other series."""


def panel(rows: list[tuple[str, int, str, float]]) -> PanelOnGrid:
    frame = pl.DataFrame(rows, schema=["iso3", "year", "indicator", "value"], orient="row")
    return PanelOnGrid(GRID, frame.with_columns(sex=pl.lit("total")))


def known_world() -> list[tuple[str, int, str, float]]:
    """A to E have everything; F a survey and the ILO, G the ILO alone, H nothing."""
    rows: list[tuple[str, int, str, float]] = []
    for k, country in enumerate(COUNTRIES):
        for year in YEARS:
            week = 36.0 + k
            if country in "ABCDE" and year < 2007:
                rows.append((country, year, "pwt_avh", RATIO * week * 52))
            if country in "ABCDE" or (country == "F" and year == 2005):
                rows.append((country, year, "working_hours_week", week))
            if country != "H":
                moved = week * 52 * (1.02 if year == 2007 else 1.0)
                rows.append((country, year, "gdp_per_hour_ppp2021", 10.0))
                rows.append((country, year, "gdp_ppp2021", 10.0 * moved * 100))
    return rows


def estimate(rows: list[tuple[str, int, str, float]]):
    head = np.exp(np.linspace(8, 11, 8))[:, None] * np.ones((8, 3))
    return estimate_hours(panel(rows), np.full((8, 3), 100.0), head)


def test_published_hours_are_kept_and_other_series_are_brought_to_their_level() -> None:
    found = estimate(known_world())
    assert found.survey_ratio == pytest.approx(np.log(RATIO))
    assert found.ilo_ratio == pytest.approx(np.log(RATIO))
    np.testing.assert_allclose(found.hours[0, :2], RATIO * 36 * 52)
    np.testing.assert_allclose(found.hours[5], RATIO * 41 * 52 * np.array([1, 1, 1.02]))
    np.testing.assert_allclose(found.hours[6], RATIO * 42 * 52 * np.array([1, 1, 1.02]))


def test_a_year_without_published_hours_moves_with_the_ilo() -> None:
    found = estimate(known_world())
    np.testing.assert_allclose(found.hours[0, 2], RATIO * 36 * 52 * 1.02)


def test_each_value_says_what_it_rests_on_and_its_error_grows_with_distance() -> None:
    found = estimate(known_world())
    named = [[BASES[k] for k in row] for row in found.basis]
    assert named[0] == ["pwt", "pwt", "pwt_moved"]
    assert named[5] == ["survey", "survey_moved", "survey_moved"]
    assert named[6] == ["ilo_modelled"] * 3
    assert named[7] == ["predicted"] * 3
    assert found.log_sd[0, 0] == PWT_SD < found.log_sd[0, 2]
    assert (found.log_sd[7] > 0).all() and np.isfinite(found.hours).all()


def test_hours_that_no_nation_works_are_not_used() -> None:
    rows = [
        r if r[0] != "G" or r[2] != "gdp_ppp2021" else (*r[:3], r[3] * 2) for r in known_world()
    ]
    found = estimate(rows)
    assert {BASES[k] for k in found.basis[6]} == {"predicted"}


def test_a_panel_without_one_of_the_series_is_refused() -> None:
    rows = [row for row in known_world() if row[2] != "working_hours_week"]
    with pytest.raises(SourceError, match="working_hours_week"):
        estimate(rows)
