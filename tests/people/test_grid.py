"""The grid of countries and years, and how its gaps are filled."""

import numpy as np
import polars as pl
import pytest

from worldclass.people.grid import Grid, fill_from_group, fill_years, row_median, years_away

NAN = np.nan


def test_rows_outside_the_grid_are_left_out_and_gaps_are_no_number(grid: Grid) -> None:
    rows = [("AAA", 2001, 1.0), ("ZZZ", 2001, 2.0), ("BBB", 1999, 3.0), ("CCC", 2003, None)]
    placed = grid.place(pl.DataFrame(rows, schema=["iso3", "year", "value"], orient="row"))
    assert placed[0, 1] == 1.0
    assert np.isnan(placed).sum() == placed.size - 1


def test_gaps_between_years_are_straight_lines_and_ends_are_held() -> None:
    filled, gap = fill_years(np.array([[NAN, 1.0, NAN, 3.0, NAN], [NAN] * 5]))
    assert filled[0].tolist() == [1.0, 1.0, 2.0, 3.0, 3.0]
    assert gap[0].tolist() == [True, False, True, False, True]
    assert np.isnan(filled[1]).all()


def test_countries_without_a_value_take_the_median_of_their_group_then_of_all() -> None:
    values = np.array([[1.0, NAN], [3.0, 4.0], [NAN, NAN], [9.0, 8.0], [NAN, NAN]])
    filled, gap = fill_from_group(values, np.array(["a", "a", "a", "b", "c"]))
    assert filled[2].tolist() == [2.0, 4.0]
    assert filled[4].tolist() == [3.0, 6.0]
    assert gap.sum() == 5
    assert filled[0, 1] == 4.0


def test_what_nobody_reports_stays_unknown() -> None:
    filled, _ = fill_from_group(np.full((2, 2), NAN), np.array(["a", "b"]))
    assert np.isnan(filled).all()


def test_years_away_counts_to_the_nearest_report_on_either_side() -> None:
    gap = np.array([[True, True, False, True, True, True, False]])
    assert years_away(gap)[0].tolist() == [2, 1, 0, 1, 2, 1, 0]


def test_a_row_that_reports_nothing_is_infinitely_far_from_a_report() -> None:
    away = years_away(np.array([[True] * 3, [False] * 3]))
    assert np.isposinf(away[0]).all()
    assert away[1].tolist() == [0, 0, 0]


def test_the_median_of_a_row_is_of_what_is_known() -> None:
    found = row_median(np.array([[1.0, NAN, 5.0], [NAN, NAN, NAN]]))
    assert found[0] == 3.0
    assert np.isnan(found[1])


def test_a_grid_has_countries_by_years(grid: Grid) -> None:
    assert grid.shape == (3, 4)
    with pytest.raises(AttributeError):
        grid.years = (1,)  # type: ignore[misc]
