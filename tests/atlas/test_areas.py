"""Areas: countries and aggregates by code or name, as sums of countries."""

import numpy as np
import pytest

from worldclass.atlas.areas import Area, choose_areas, needed, sum_over
from worldclass.core.countries import aggregates
from worldclass.core.errors import UsageError

COVERED = ("BRA", "CHN", "DEU", "EGY", "IND", "NGA", "USA")


def test_codes_and_names_in_any_case_mean_the_same() -> None:
    found = choose_areas(["bra", "Brazil", "BRA", "germany"], COVERED)
    assert [area.code for area in found] == ["BRA", "DEU"]


def test_an_aggregate_has_the_members_that_the_data_cover() -> None:
    (north,) = choose_areas("NORTH", COVERED)
    assert north.members == ("DEU", "USA")


def test_all_is_every_aggregate_and_every_country() -> None:
    for wanted in (None, "all", ["ALL"]):
        codes = [area.code for area in choose_areas(wanted, COVERED)]
        assert codes == [*aggregates(), *COVERED]


def test_countries_behind_several_areas_are_listed_once() -> None:
    assert needed(choose_areas(["USA", "NORTH", "BRA"], COVERED)) == ("BRA", "DEU", "USA")


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="'Brasil'") as caught:
        choose_areas("Brasil", COVERED)
    assert "BRA (Brazil)" in caught.value.remedy


def test_a_country_without_data_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="do not cover VAT"):
        choose_areas("VAT", COVERED)


def test_nothing_asked_for_is_not_everything() -> None:
    """An empty list, as a filter may leave it, must not answer with the whole world."""
    with pytest.raises(UsageError):
        choose_areas([], COVERED)


def test_sums_are_over_members_and_leave_single_countries_as_they_are() -> None:
    values = np.arange(2 * 3 * 2, dtype=np.float32).reshape(2, 3, 2)
    areas = (Area("X", ("A", "C")), Area("B", ("B",)))
    summed = sum_over(values, ("A", "B", "C"), areas)
    np.testing.assert_array_equal(summed[:, 0], values[:, 0] + values[:, 2])
    np.testing.assert_array_equal(summed[:, 1], values[:, 1])
    assert summed.dtype == np.float64
