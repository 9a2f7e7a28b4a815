"""Hours by industry and sex."""

import numpy as np
import pytest

from tests.flows.labour.tables import YEAR, Table
from worldclass.flows.labour.assumptions import Scores
from worldclass.flows.labour.classes import industry_classes
from worldclass.flows.labour.hours import hours_per_worker
from worldclass.people.snapshot import Snapshot
from worldclass.sources.mirror import Mirror


def test_total_hours_are_employment_times_those_of_the_penn_world_table(
    table: Table, snapshot: Snapshot, mirror: Mirror
) -> None:
    rows = mirror.panel(["pwt_avh"], (YEAR, YEAR))
    annual = dict(rows.select("iso3", "value").iter_rows())
    people = snapshot.estimates
    found = table.satellite()
    for country in ("DEU", "CHN"):
        at = (people.grid.countries.index(country), people.grid.years.index(YEAR))
        wanted = people["employed"][:, *at].sum() * annual[country] / 1e6
        assert found.hours[:, table.of(country)].sum() == pytest.approx(wanted, rel=1e-9)


def test_the_hours_of_the_world_are_those_of_its_countries(
    table: Table, snapshot: Snapshot
) -> None:
    people, hours = snapshot.estimates, hours_per_worker()
    at = people.grid.years.index(YEAR)
    wanted = (people["employed"][..., at].sum(axis=0) * hours.hours[:, at]).sum() / 1e6
    assert table.satellite().hours.sum() == pytest.approx(wanted, rel=1e-12)


def test_women_work_the_stated_part_of_mens_hours_in_every_industry(table: Table) -> None:
    found = table.satellite()
    rate = found.hours / found.persons
    np.testing.assert_allclose(rate[0] / rate[1], 0.88, rtol=1e-9)


def test_hours_differ_between_industries_as_stated_or_not_at_all(table: Table) -> None:
    trade, school = table.at("DEU", "c21"), table.at("DEU", "c32")
    classes = industry_classes()
    expected = classes["retail"].weekly_hours / classes["education"].weekly_hours
    for score, power in ((0.0, 1.0), (1.6448536269514722, 1.5)):
        found = table.satellite(scores=Scores({"industry_hours_power": score}))
        rate = found.hours[1] / found.persons[1]
        assert rate[trade] / rate[school] == pytest.approx(expected**power)
