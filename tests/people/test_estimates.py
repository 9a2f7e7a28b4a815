"""The estimated quantities: complete, on the grid, and the same after storing."""

import numpy as np
import pytest

from worldclass.core.errors import SourceError
from worldclass.people.estimates import (
    Estimates,
    collect,
    fields,
    from_frames,
    round_significant,
    to_frames,
)


@pytest.fixture
def small(estimates: Estimates) -> Estimates:
    return estimates.select(("BRA", "IND"), (1991, 2023))


def test_every_declared_quantity_is_there_and_finite(estimates: Estimates) -> None:
    assert set(estimates.arrays) == set(fields())
    for name, values in estimates.arrays.items():
        if name != "employer_share":
            assert np.isfinite(values).all(), name


def test_at_least_185_countries_from_1991_to_2023(estimates: Estimates) -> None:
    assert len(estimates.grid.countries) >= 185
    assert estimates.grid.years == tuple(range(1991, 2024))
    assert list(estimates.grid.countries) == sorted(set(estimates.grid.countries))


def test_shares_and_flags_lie_between_0_and_1(estimates: Estimates) -> None:
    for name, field in fields().items():
        if field.unit.startswith("share") or field.unit == "0/1":
            known = estimates[name][np.isfinite(estimates[name])]
            assert ((known >= 0) & (known <= 1)).all(), name


def test_standard_deviations_and_persons_are_not_negative(estimates: Estimates) -> None:
    for name, field in fields().items():
        if name.endswith("_sd") or field.unit == "persons":
            assert estimates[name].min() >= 0, name


def test_quantiles_of_welfare_rise(estimates: Estimates) -> None:
    assert (np.diff(estimates["welfare_log"], axis=0) > 0).all()


def test_estimates_survive_the_tables_that_store_them(small: Estimates) -> None:
    again = from_frames(to_frames(small))
    assert again.grid == small.grid
    for name in fields():
        np.testing.assert_array_equal(again[name], small[name])


def test_the_order_of_stored_rows_does_not_matter(small: Estimates) -> None:
    shuffled = {name: frame.reverse() for name, frame in to_frames(small).items()}
    np.testing.assert_array_equal(from_frames(shuffled)["joint"], small["joint"])


def test_a_part_keeps_the_order_asked_for(estimates: Estimates, small: Estimates) -> None:
    turned = estimates.select(("IND", "BRA"), (2023, 1991))
    np.testing.assert_array_equal(turned["employed"], small["employed"][:, ::-1, ::-1])


def test_a_hole_is_refused_with_its_country_and_year(small: Estimates) -> None:
    holed = small["labour_share"].copy()
    holed[1, 0] = np.nan
    with pytest.raises(SourceError, match="labour_share could not be estimated") as caught:
        collect(small.grid, {**small.arrays, "labour_share": holed})
    assert caught.value.where == "IND, 1991"


def test_an_array_of_another_shape_is_refused(small: Estimates) -> None:
    with pytest.raises(ValueError, match="registry says"):
        collect(small.grid, {**small.arrays, "joint": small["joint"][:4]})


def test_rounding_keeps_significant_digits() -> None:
    given = np.array([123456.789, -0.00123456789, 0.0, np.nan, np.inf])
    rounded = round_significant(given, 4)
    np.testing.assert_array_equal(rounded, [123500.0, -0.001235, 0.0, np.nan, np.inf])
