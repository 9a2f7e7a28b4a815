"""Errors of one industry of one country."""

import numpy as np

from tests.flows.labour.tables import YEAR, Table
from worldclass.flows.labour.assumptions import CENTRAL, make_labour_draws
from worldclass.flows.labour.own_errors import own_errors
from worldclass.flows.labour.plan import Plan, make_plan


def plan(table: Table, order: slice = slice(None), year: int = YEAR) -> Plan:
    return make_plan(
        table.sectors[order], table.output[order], table.value_added[order], year, "wiod2013", None
    )


def test_scores_are_independent_between_countries_and_classes_with_the_stated_spread(
    table: Table,
) -> None:
    drawn = own_errors(plan(table), make_labour_draws(512), "country_women_odds")
    assert abs(drawn.std() - 0.4) < 0.01 and abs(drawn.mean()) < 0.01
    related = np.corrcoef(drawn.T) - np.eye(drawn.shape[1])
    assert np.abs(related).max() < 0.25


def test_scores_do_not_depend_on_year_order_number_of_draws_or_other_countries(
    table: Table,
) -> None:
    draws = make_labour_draws(32)
    found = own_errors(plan(table), draws, "country_error")
    np.testing.assert_array_equal(own_errors(plan(table, year=2011), draws, "country_error"), found)
    backwards = own_errors(plan(table, slice(None, None, -1)), draws, "country_error")
    np.testing.assert_array_equal(backwards[:, ::-1], found)
    few = own_errors(plan(table), make_labour_draws(8), "country_error")
    np.testing.assert_array_equal(few, found[:8])
    alone = own_errors(plan(table, slice(0, 35)), draws, "country_error")
    np.testing.assert_array_equal(alone, found[:, :35])


def test_the_centre_has_none(table: Table) -> None:
    assert not own_errors(plan(table), CENTRAL.as_draws(), "country_error").any()
