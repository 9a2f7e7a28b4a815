"""Two groups: every birth, death, killing and arrest is in the books."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dynamics.doors import door
from worldclass.core.errors import UsageError
from worldclass.dynamics.civil_violence.turns import ACTIVE, COP, JAILED, QUIET
from worldclass.dynamics.course import Intervention, make_course
from worldclass.dynamics.ethnic_violence.parameters import EthnicViolence
from worldclass.dynamics.ethnic_violence.peoples import Peoples, make_peoples
from worldclass.dynamics.ethnic_violence.turns import (
    ACTIVES,
    DEAD,
    ON_TORUS,
    PEOPLE,
    PRISONERS,
)
from worldclass.dynamics.lattice import bits
from worldclass.dynamics.lattice.crowd import STATE, X, Y

has = door(bits.has)

SMALL = EthnicViolence(width=18, height=15, periods=120, oldest=60, cop_density=0.03)


def start(seed: int = 0, changes: tuple[Intervention, ...] = (), **settings: Any) -> Peoples:
    """A small land."""
    course = make_course(replace(SMALL, **settings), changes)
    return make_peoples(course, np.random.SeedSequence(seed))


def check_books(peoples: Peoples) -> None:
    """Every total, layer and site agrees with the table of persons."""
    land, posts = peoples.land, int(peoples.paths.cops.max())
    state, citizen = land.person[:, STATE], np.arange(len(land.person)) >= posts
    alive = citizen & (state != DEAD)
    assert np.isin(state[alive], (QUIET, ACTIVE, JAILED)).all()
    for group in (0, 1):
        own = alive & (land.group == group)
        assert own.sum() == land.totals[PEOPLE + group]
        assert (own & (state == ACTIVE)).sum() == land.totals[ACTIVES + group]
        assert (own & (state == JAILED)).sum() == land.totals[PRISONERS + group]
    standing = np.flatnonzero(land.person[:, X] >= 0)
    x, y = land.person[standing, X], land.person[standing, Y]
    assert np.array_equal(land.resident[y, x], standing)
    assert (land.resident >= 0).sum() == len(standing) == land.totals[ON_TORUS]
    here, group = state[standing], land.group[standing]
    for layer, wanted in (
        (land.occupied, np.ones(len(standing), bool)),
        (land.cops, here == COP),
        (land.actives, here == ACTIVE),
        (land.first, (here != COP) & (group == 0)),
        (land.second, (here != COP) & (group == 1)),
    ):
        plain = np.zeros(land.resident.shape, bool)
        plain[y[wanted], x[wanted]] = True
        rows, columns = plain.shape
        kept = [[has(layer, land.halo, a, b) for a in range(columns)] for b in range(rows)]
        assert np.array_equal(plain, kept)


@given(
    legitimacy=st.floats(0.4, 1),
    longest_term=st.sampled_from([0.0, 5.0, float("inf")]),
    cloning=st.sampled_from([0.0, 0.05, 0.5, 1.0]),
    cop_density=st.sampled_from([0.0, 0.03, 0.2]),
    citizen_density=st.floats(0.0, 0.8),
    first_share=st.floats(0, 1),
    without_victim=st.sampled_from(["active", "quiet"]),
    start_ages=st.sampled_from(["newborn", "mixed"]),
    vision=st.sampled_from([1.0, 1.7, 4.0]),
    seed=st.integers(0, 1000),
)
@settings(max_examples=50, deadline=None)
def test_people_and_cells_are_conserved(seed: int, **given: Any) -> None:
    """People now = people before + births − deaths of age − killings, in every period."""
    peoples = start(seed, stop_when_one_left=False, **given)
    before = peoples.land.totals[[PEOPLE, PEOPLE + 1]].copy()
    for _ in range(3):
        peoples.pass_periods(40)
        check_books(peoples)
    reports = peoples.reports
    people, kills, births, deaths = (reports[:, [1 + k, 2 + k]] for k in (0, 6, 8, 10))
    change = np.diff(np.vstack([before, people]), axis=0)
    assert np.array_equal(change, births - deaths - kills[:, ::-1])  # each kills the other


def test_nobody_is_ever_active_where_legitimacy_reaches_one_less_the_threshold() -> None:
    """Run 6: L = 0.9 = 1 − T."""
    peoples = start(legitimacy=0.9, cop_density=0.0)
    peoples.pass_periods(120)
    assert not peoples.reports[:, 3:9].any()
    active = start(legitimacy=0.88, cop_density=0.0)
    active.pass_periods(120)
    assert active.reports[:, 3:5].any()


def test_a_run_ends_when_a_group_is_gone() -> None:
    peoples = start(legitimacy=0.5, cop_density=0.0)
    peoples.pass_periods(120)
    assert peoples.ended
    people = peoples.reports[: peoples.period, 1:3]
    assert people[-1].min() == 0 < people[-2].min()
    passed = peoples.period
    peoples.pass_periods(10)
    assert peoples.period == passed


def test_children_inherit_group_and_hardship() -> None:
    peoples = start(legitimacy=1.0, cop_density=0.0, first_share=1.0, stop_when_one_left=False)
    first = set(peoples.land.hardship[peoples.land.person[:, STATE] != DEAD].tolist())
    peoples.pass_periods(100)
    alive = peoples.land.person[:, STATE] != DEAD
    assert peoples.reports[:, 9].sum() > 100
    assert set(peoples.land.hardship[alive].tolist()) <= first
    assert not peoples.land.group[alive].any()


def test_nobody_outlives_the_greatest_age() -> None:
    peoples = start(cloning=0.0, legitimacy=1.0, stop_when_one_left=False)
    peoples.pass_periods(60)
    assert peoples.reports[58, 1:3].sum() > 0
    peoples.pass_periods(2)
    assert peoples.reports[61, 1:3].sum() == 0


def test_peacekeepers_arrive_as_far_as_there_is_room() -> None:
    crowded = start(changes=(Intervention(30, {"cop_density": 0.3}),), cloning=1.0, legitimacy=1.0)
    crowded.pass_periods(120)
    check_books(crowded)
    cops = crowded.reports[:, 0]
    assert cops[29] == 8 < cops[30] <= cops[-1] <= 81


def test_halves_of_a_run_make_the_whole() -> None:
    whole, halves = start(3), start(3)
    whole.pass_periods(120)
    for part in (50, 70):
        halves.pass_periods(part)
    assert np.array_equal(whole.reports, halves.reports)


def test_more_persons_than_sites_are_refused() -> None:
    with pytest.raises(UsageError, match="more than all sites"):
        replace(SMALL, citizen_density=0.98)


def test_agents_are_listed_with_their_people() -> None:
    peoples = start()
    peoples.pass_periods(5)
    agents = peoples.agents(4)
    assert agents.filter(agents["state"] == "cop")["people"].null_count() == 8
    assert agents.height == 8 + peoples.reports[4, 1:3].sum()


def test_looking_at_the_moment_of_an_end_changes_nothing() -> None:
    """A run looked at in the period in which a group dies out has no period more."""
    whole = start(periods=600)
    whole.pass_periods(600)
    assert whole.ended
    looked = start(periods=600)
    looked.pass_periods(whole.period)
    looked.pass_periods(600)
    assert looked.period == whole.period < 600


def test_more_prisoners_than_memory_holds_are_refused() -> None:
    with pytest.raises(UsageError, match="do not fit into memory"):
        start(oldest=1_000_000_000)
