"""The world's people under one draw."""

import numpy as np
import pytest

from worldclass.people import quantiles
from worldclass.people.assumptions import CENTRAL, Scores
from worldclass.people.cells import CELLS
from worldclass.people.draws import make_draws
from worldclass.people.estimates import Estimates
from worldclass.people.realise import Basis, make_basis, mean_labour_income, realise


def test_persons_of_all_cells_are_the_population(everyone: Basis) -> None:
    people = realise(everyone)
    assert people.persons.shape[0] == len(CELLS)
    np.testing.assert_allclose(
        people.persons.sum(axis=(0, 1)), everyone.arrays["population"], rtol=1e-5
    )


def test_the_world_has_as_many_people_as_the_united_nations_count(everyone: Basis) -> None:
    """World Population Prospects 2022: 5.4 thousand million in 1991, 8.0 in 2022."""
    world = everyone.arrays["population"].reshape(everyone.grid.shape).sum(axis=0) / 1e9
    assert world[0] == pytest.approx(5.41, rel=0.01)
    assert world[31] == pytest.approx(7.97, rel=0.01)


def test_persons_do_not_depend_on_the_anchor(basis: Basis) -> None:
    a, b = (realise(basis, Scores({}, x)) for x in ("national-accounts", "household-survey"))
    np.testing.assert_array_equal(a.persons, b.persons)


def test_a_country_alone_is_the_country_among_all(estimates: Estimates, everyone: Basis) -> None:
    """One draw says the same of a country whatever else is computed."""
    scores = make_draws().one(17)
    alone = realise(make_basis(estimates.select(("KEN",), (2005,))), scores)
    position = everyone.grid.countries.index("KEN") * 33 + (2005 - 1991)
    together = realise(everyone, scores)
    np.testing.assert_allclose(alone.persons[..., 0], together.persons[..., position], atol=2.0)
    np.testing.assert_allclose(
        mean_labour_income(alone)[..., 0], mean_labour_income(together)[..., position], rtol=2e-3
    )


def test_single_precision_is_enough(estimates: Estimates) -> None:
    part = estimates.select(("ETH", "NOR"), (1991, 2023))
    exact, quick = (realise(make_basis(part, kind)) for kind in (np.float64, np.float32))
    assert quick.persons.dtype == np.float32
    np.testing.assert_allclose(quick.persons, exact.persons, rtol=1e-4, atol=1.0)
    np.testing.assert_allclose(mean_labour_income(quick), mean_labour_income(exact), rtol=1e-4)


def test_the_accounts_anchor_moves_the_mean_of_welfare_and_keeps_its_shape(basis: Basis) -> None:
    people = realise(basis)
    survey, accounts = (people.welfare(a) for a in ("household-survey", "national-accounts"))
    moved = accounts - survey
    np.testing.assert_allclose(moved, np.repeat(moved[:, :1], moved.shape[1], axis=1), atol=1e-9)
    ratio = quantiles.mean(accounts) / quantiles.mean(survey)
    np.testing.assert_allclose(np.log(ratio), basis.arrays["welfare_accounts_shift"], rtol=1e-6)


def test_purchasing_power_moves_poor_countries_and_leaves_the_united_states(basis: Basis) -> None:
    moved = realise(basis, Scores({"ppp": 1.0}))
    ratio = mean_labour_income(moved)[0, 0] / mean_labour_income(realise(basis, CENTRAL))[0, 0]
    wide = dict(zip(basis.grid.countries, ratio.reshape(basis.grid.shape), strict=True))
    np.testing.assert_allclose(wide["USA"], 1)
    assert (wide["ETH"] > 1.05).all()
