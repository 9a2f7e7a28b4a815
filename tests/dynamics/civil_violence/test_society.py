"""Cells and people are conserved, whatever the rules; the same seed gives the same run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dynamics.doors import door
from worldclass.core.errors import UsageError
from worldclass.dynamics.civil_violence.parameters import CivilViolence
from worldclass.dynamics.civil_violence.society import Society, make_society
from worldclass.dynamics.civil_violence.turns import (
    ACTIVE,
    COP,
    JAILED,
    NUMBER_ACTIVE,
    NUMBER_COPS,
    NUMBER_JAILED,
    QUIET,
)
from worldclass.dynamics.course import Course, Intervention, make_course
from worldclass.dynamics.lattice import bits
from worldclass.dynamics.lattice.crowd import STATE, X, Y

has = door(bits.has)

SMALL = CivilViolence(width=20, height=17, periods=60, vision=4, cop_vision=3, legitimacy=0.75)


def start(seed: int = 0, changes: tuple[Intervention, ...] = (), **settings: Any) -> Society:
    """A small society."""
    course = make_course(replace(SMALL, **settings), changes)
    return make_society(course, np.random.SeedSequence(seed))


def check_books(society: Society) -> None:
    """Every total, layer and site agrees with the table of persons."""
    town, citizens = society.town, len(society.traits.hardship)
    state = town.person[:, STATE]
    assert (state == ACTIVE).sum() == town.totals[NUMBER_ACTIVE]
    assert (state == JAILED).sum() == town.totals[NUMBER_JAILED]
    assert (state == COP).sum() == town.totals[NUMBER_COPS]
    assert np.isin(state[:citizens], (QUIET, ACTIVE, JAILED)).all()
    standing = np.flatnonzero(town.person[:, X] >= 0)
    x, y = town.person[standing, X], town.person[standing, Y]
    assert np.array_equal(town.resident[y, x], standing)
    assert (town.resident >= 0).sum() == len(standing)
    for layer, wanted in (
        (town.occupied, np.ones(len(standing), bool)),
        (town.cops, state[standing] == COP),
        (town.actives, state[standing] == ACTIVE),
    ):
        plain = np.zeros(town.resident.shape, bool)
        plain[y[wanted], x[wanted]] = True
        rows, columns = plain.shape
        kept = [[has(layer, town.halo, a, b) for a in range(columns)] for b in range(rows)]
        assert np.array_equal(plain, kept)


@given(
    ratio=st.sampled_from(["smooth", "floor", "round"]),
    neighbourhood=st.sampled_from(["euclidean", "moore", "von-neumann"]),
    movement=st.sampled_from(["everyone", "cops", "nobody"]),
    turn=st.sampled_from(["move-first", "act-first"]),
    activation=st.sampled_from(["shuffled", "with-replacement", "fixed"]),
    prison=st.sampled_from(["removed", "in-place"]),
    term=st.sampled_from(["below-maximum", "to-maximum", "always-maximum"]),
    placement=st.sampled_from(["exact", "by-chance"]),
    longest_term=st.sampled_from([0.0, 3.0, 20.0, float("inf")]),
    citizen_density=st.floats(0, 0.9),
    seed=st.integers(0, 1000),
)
@settings(max_examples=60, deadline=None)
def test_people_and_cells_are_conserved_under_all_rules(seed: int, **rules: Any) -> None:
    society = start(seed, **rules)
    number = len(society.traits.hardship)
    for _ in range(3):
        society.pass_periods(20)
        check_books(society)
    active, jailed = society.reports[:, 0], society.reports[:, 1]
    assert (active + jailed <= number).all()
    assert (active >= 0).all() and (jailed >= 0).all()


def test_cops_come_and_go_as_the_course_says() -> None:
    changes = (
        Intervention(10, {"cop_density": 0.2}),
        Intervention(20, {"cop_density": 0.0}, until=40),
    )
    society = start(changes=changes)
    for _ in range(6):
        society.pass_periods(10)
        check_books(society)
    cops = society.reports[:, 2]
    assert (cops[[0, 10, 19, 30, 40, 59]] == [14, 68, 68, 34, 0, 0]).all()


def test_halves_of_a_run_make_the_whole() -> None:
    whole, halves = start(7), start(7)
    whole.pass_periods(60)
    for part in (1, 29, 30):
        halves.pass_periods(part)
    assert np.array_equal(whole.reports, halves.reports)
    assert np.array_equal(whole.town.person, halves.town.person)


def test_the_same_seed_gives_the_same_run_and_another_another() -> None:
    runs = [start(seed) for seed in (5, 5, 6)]
    for society in runs:
        society.pass_periods(60)
    assert np.array_equal(runs[0].reports, runs[1].reports)
    assert not np.array_equal(runs[0].reports, runs[2].reports)


def test_prisoners_for_life_stay() -> None:
    society = start(longest_term=float("inf"), legitimacy=0.5)
    society.pass_periods(60)
    jailed = society.reports[:, 1]
    assert (np.diff(jailed) >= 0).all()
    assert jailed[-1] == society.reports[:, 3].sum() > 0


def test_more_persons_than_sites_are_refused() -> None:
    with pytest.raises(UsageError, match="more than all sites"):
        replace(SMALL, citizen_density=0.97)
    with pytest.raises(UsageError, match="more than all sites"):
        start(changes=(Intervention(5, {"cop_density": 0.4}),))
    with pytest.raises(UsageError, match="do not fit"):  # densities may, numbers drawn do not
        for seed in range(20):
            start(seed, (Intervention(5, {"cop_density": 0.3}),), placement="by-chance")


def test_agents_are_listed_with_their_places() -> None:
    society = start(longest_term=float("inf"), legitimacy=0.5)
    society.pass_periods(30)
    agents = society.agents(29)
    absent = agents.filter(agents["x"].is_null())
    assert set(absent["state"]) == {"jailed"}
    assert agents.height == len(society.town.person)
    cops = agents.filter(agents["state"] == "cop")
    assert cops["hardship"].null_count() == cops.height == 14


def test_epsteins_torus_has_1120_citizens_and_64_or_118_cops() -> None:
    for density, cops in ((0.04, 64), (0.074, 118)):
        course = Course(CivilViolence(periods=1, cop_density=density))
        society = make_society(course, np.random.SeedSequence(1))
        assert len(society.traits.hardship) == 1120
        assert society.town.totals[NUMBER_COPS] == cops
