"""The labour accounts as a whole."""

import numpy as np
import pytest

from tests.flows.labour.tables import YEAR, Table, employed
from worldclass.flows.labour.assumptions import LabourDraws, Scores, columns, make_labour_draws
from worldclass.flows.labour.satellite import labour_draws, labour_satellite
from worldclass.people.snapshot import Snapshot


def test_the_order_of_sectors_does_not_matter(table: Table) -> None:
    shuffle = np.random.default_rng(5).permutation(len(table.sectors))
    mixed = labour_satellite(
        [table.sectors[k] for k in shuffle], table.output[shuffle],
        table.value_added[shuffle], YEAR,
    )  # fmt: skip
    found = table.satellite()
    for name in ("hours", "persons", "compensation", "imputed"):
        np.testing.assert_allclose(getattr(mixed, name), getattr(found, name)[..., shuffle])


def test_the_unit_of_money_does_not_matter_to_labour(table: Table) -> None:
    found = table.satellite()
    euros = labour_satellite(table.sectors, table.output / 3, table.value_added / 3, YEAR)
    np.testing.assert_allclose(euros.hours, found.hours, rtol=1e-12)
    np.testing.assert_allclose(euros.compensation, found.compensation / 3, rtol=1e-12)


def test_the_persons_of_a_table_with_a_rest_are_those_of_the_world(
    table: Table, snapshot: Snapshot
) -> None:
    countries = list(snapshot.estimates.grid.countries)
    world = employed(snapshot, countries, YEAR).sum(axis=1)
    np.testing.assert_allclose(table.satellite().persons.sum(axis=1), world, rtol=1e-12)


def test_draws_repeat_and_keep_the_workers_of_the_world_but_move_between_industries(
    table: Table,
) -> None:
    hours = table.draws(16)
    assert hours.shape == (16, 2, len(table.sectors))
    np.testing.assert_array_equal(hours, table.draws(16))
    assert np.isfinite(hours).all() and (hours >= 0).all()
    spread = np.log(hours.sum(axis=1)).std(axis=0)
    assert spread[table.at("ROW", "c4")] > 3 * np.log(hours.sum(axis=(1, 2))).std()


def test_a_draw_gives_what_its_scores_give(table: Table) -> None:
    draws = make_labour_draws(4)
    given = Scores(dict(zip(columns(), draws.scores[2].tolist(), strict=True)))
    one = table.satellite(scores=given).hours
    common = LabourDraws(draws.scores)  # without each country's own errors
    many = labour_draws(table.sectors, table.output, table.value_added, YEAR, common)
    np.testing.assert_allclose(many[2], one, rtol=1e-9)


def test_draws_without_scores_give_the_centre(table: Table) -> None:
    empty = LabourDraws(np.full((1, len(columns())), np.nan))
    found = labour_draws(table.sectors, table.output, table.value_added, YEAR, empty)
    np.testing.assert_array_equal(found[0], table.satellite().hours)


def test_two_tables_of_one_country_share_its_workers(snapshot: Snapshot) -> None:
    industries = ("A01_02", "C13T15", "F", "G", "P")
    sectors = [(c, i) for c in ("CN1", "CN2", "ROW") for i in industries]
    output = np.linspace(100, 900, len(sectors))
    found = labour_satellite(sectors, output, output / 2, YEAR, bridge="icio")
    china = np.array([c.startswith("CN") for c, _ in sectors])
    wanted = employed(snapshot, ["CHN"], YEAR).sum()
    assert found.persons[:, china].sum() == pytest.approx(wanted, rel=1e-12)


def test_a_region_without_members_gets_no_labour(table: Table) -> None:
    found = table.satellite(regions={"DEU": []})
    assert found.persons[:, table.of("DEU")].sum() == 0
    assert found.compensation[table.of("DEU")].sum() == 0
    assert (found.persons[:, table.of("CHN")] > 0).all()


def test_every_sector_of_the_real_table_with_output_has_workers_of_both_sexes(wiod: Table) -> None:
    found = wiod.satellite()
    works = wiod.output > 0
    assert (found.persons[:, works] > 0).all()
    assert (found.persons[:, ~works] == 0).all() and (~works).sum() > 10
    assert np.isfinite(found.hours).all() and np.isfinite(found.compensation).all()
    assert ((found.imputed >= 0) & (found.imputed <= 1)).all()
