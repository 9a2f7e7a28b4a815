"""Pay by industry: totals, and who gets little of the value added."""

import numpy as np
import pytest

from tests.flows.labour.tables import YEAR, Table
from worldclass.flows.labour.assumptions import Scores
from worldclass.people.snapshot import Snapshot


def test_pay_adds_up_to_the_labour_share_of_the_country(table: Table, snapshot: Snapshot) -> None:
    people = snapshot.estimates
    at = (people.grid.countries.index("DEU"), people.grid.years.index(YEAR))
    here = table.of("DEU")
    found = table.satellite().compensation[here].sum() / table.value_added[here].sum()
    assert found == pytest.approx(people["labour_share"][at], rel=1e-9)


def test_no_industry_pays_more_than_its_value_added_and_rents_pay_least(table: Table) -> None:
    share = table.satellite().compensation / table.value_added
    assert (share > 0).all() and (share < 1).all()
    for country in ("DEU", "CHN", "ROW"):
        here = np.flatnonzero(table.of(country))
        assert here[int(np.argmin(share[here]))] == table.at(country, "c29")


def test_wages_are_pay_over_hours_and_unknown_where_nobody_works(table: Table) -> None:
    table.output[table.at("DEU", "c35")] = 0
    table.value_added[table.at("DEU", "c35")] = 0
    found = table.satellite()
    idle = table.at("DEU", "c35")
    assert np.isnan(found.wage[idle]) and np.isnan(found.women_share[idle])
    assert found.compensation[idle] == 0
    works = found.hours.sum(axis=0) > 0
    np.testing.assert_allclose(
        found.wage[works] * found.hours.sum(axis=0)[works], found.compensation[works]
    )


def test_a_higher_labour_share_raises_pay_everywhere(table: Table) -> None:
    more = table.satellite(scores=Scores({"labour_share": 1.0})).compensation
    assert (more > table.satellite().compensation).all()
