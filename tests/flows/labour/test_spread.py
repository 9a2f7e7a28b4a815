"""Workers over industries: the rule, its alternatives, its exceptions."""

import numpy as np
import pytest

from tests.flows.labour.tables import Table
from worldclass.flows.labour.assumptions import CENTRAL, Scores
from worldclass.flows.labour.classes import industry_classes
from worldclass.flows.labour.plan import Plan, make_plan
from worldclass.flows.labour.spread import spread_persons, spread_weights
from worldclass.people.assumptions import P95

VALUE_ADDED_ALONE = Scores({"spread": 2.0})


def plan(table: Table) -> Plan:
    return make_plan(table.sectors, table.output, table.value_added, table.year, "wiod2013", None)


def ratio(table: Table, one: str, two: str, scores: Scores) -> float:
    """Workers per million of value added, one industry of Germany against another."""
    persons = spread_persons(plan(table), scores.as_draws())[0] / table.value_added
    return float(persons[table.at("DEU", one)] / persons[table.at("DEU", two)])


def test_workers_of_each_broad_sector_are_all_spread(table: Table) -> None:
    ready = plan(table)
    found = ready.cell.sum(spread_persons(ready, CENTRAL.as_draws()))
    np.testing.assert_allclose(found[0], ready.cell_persons.sum(axis=0), rtol=1e-12)


def test_an_industry_of_high_productivity_needs_fewer_workers(table: Table) -> None:
    classes = industry_classes()
    expected = (classes["construction"].productivity / classes["mining"].productivity) ** 0.85
    assert ratio(table, "c2", "c18", CENTRAL) == pytest.approx(expected)
    full = Scores({"productivity_power": P95})
    assert ratio(table, "c2", "c18", full) == pytest.approx(expected ** (1.2 / 0.85))


def test_value_added_alone_gives_all_industries_the_same_productivity(table: Table) -> None:
    assert ratio(table, "c2", "c18", VALUE_ADDED_ALONE) == pytest.approx(1.0)


def test_equal_pay_follows_the_labour_share(table: Table) -> None:
    classes = industry_classes()
    expected = classes["mining"].labour_share / classes["construction"].labour_share
    assert ratio(table, "c2", "c18", Scores({"spread": 0.8})) == pytest.approx(expected)


def test_imputed_rents_employ_few_whatever_the_rule(table: Table) -> None:
    for scores in (CENTRAL, VALUE_ADDED_ALONE, Scores({"productivity_power": -P95})):
        assert ratio(table, "c29", "c33", scores) < 0.3


def test_output_takes_the_place_of_value_added_by_choice(table: Table) -> None:
    ready = plan(table)
    weights = spread_weights(ready, Scores({"spread": 0.3}).as_draws())[0]
    food, wood = table.at("DEU", "c3"), table.at("DEU", "c6")
    classes = industry_classes()
    power = 0.85 * np.log(classes["wood"].output_productivity / classes["food"].output_productivity)
    expected = table.output[food] / table.output[wood] * np.exp(power)
    assert weights[food] / weights[wood] == pytest.approx(expected)


def test_an_industry_without_output_has_no_workers_and_the_others_take_them(table: Table) -> None:
    output = table.output.copy()
    output[table.at("ROW", "c35")] = 0
    ready = make_plan(table.sectors, output, table.value_added, table.year, "wiod2013", None)
    persons = spread_persons(ready, CENTRAL.as_draws())[0]
    assert persons[table.at("ROW", "c35")] == 0
    np.testing.assert_allclose(ready.cell.sum(persons), ready.cell_persons.sum(axis=0), rtol=1e-12)


def test_an_error_of_one_class_moves_that_class_in_every_country(table: Table) -> None:
    ready = plan(table)
    centre = spread_weights(ready, CENTRAL.as_draws())[0]
    moved = spread_weights(ready, Scores({"error:food": P95}).as_draws())[0]
    changed = np.flatnonzero(~np.isclose(moved, centre))
    assert [table.sectors[k] for k in changed] == [(c, "c3") for c in ("DEU", "CHN", "ROW")]
    np.testing.assert_allclose(moved[changed] / centre[changed], 1.34)
