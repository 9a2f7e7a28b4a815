"""Bounds on women in manufacturing."""

import numpy as np
import pytest

from tests.flows.labour.tables import Table
from worldclass.core.errors import UsageError
from worldclass.flows.labour.bounds import FRECHET, manufacturing_bounds, stated_limits


def test_bounds_hold_the_tilt_and_those_without_limits_are_wider(wiod: Table) -> None:
    satellite = wiod.satellite()
    for country in dict.fromkeys(code for code, _ in wiod.sectors):
        stated = manufacturing_bounds(satellite, country)
        free = manufacturing_bounds(satellite, country, FRECHET)
        assert 0 <= free.least <= stated.least <= stated.women * (1 + 1e-12)
        assert stated.women <= stated.most * (1 + 1e-12) <= free.most * (1 + 1e-12)
        assert free.most <= free.persons * (1 + 1e-12)


def test_the_bounds_are_frechets(table: Table) -> None:
    satellite = table.satellite()
    found = manufacturing_bounds(satellite, "ROW", FRECHET)
    industry = [table.at("ROW", f"c{k}") for k in range(2, 19)]
    women = satellite.persons[0, industry].sum()
    others = satellite.persons[:, [table.at("ROW", c) for c in ("c2", "c17", "c18")]].sum()
    assert found.least == pytest.approx(max(0.0, women - others))
    assert found.most == pytest.approx(min(women, found.persons))


def test_stated_limits_decide_how_many_women_are_left_for_manufacturing(table: Table) -> None:
    satellite = table.satellite()
    nobody = dict.fromkeys(FRECHET, (0.0, 0.0))
    held = manufacturing_bounds(satellite, "DEU", nobody)
    assert held.least == pytest.approx(held.women)
    assert manufacturing_bounds(satellite, "DEU").shares[2] <= held.most / held.persons
    assert stated_limits()["construction"] == (0.01, 0.15)


def test_one_industry_may_hold_none_or_as_many_as_the_total_allows(table: Table) -> None:
    satellite = table.satellite()
    cloth = manufacturing_bounds(satellite, "DEU", industry="c4")
    place = table.at("DEU", "c4")
    assert cloth.persons == pytest.approx(satellite.persons[:, place].sum())
    assert cloth.least <= cloth.women == pytest.approx(satellite.persons[0, place])
    assert cloth.women <= cloth.most <= cloth.persons
    assert np.all(np.diff(cloth.shares) >= 0)


def test_a_country_without_manufacturing_is_refused(table: Table) -> None:
    with pytest.raises(UsageError, match="'FRA'"):
        manufacturing_bounds(table.satellite(), "FRA")
    with pytest.raises(UsageError, match="c99"):
        manufacturing_bounds(table.satellite(), "DEU", industry="c99")
