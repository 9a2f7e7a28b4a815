"""A class structure in unrest: the books balance, and each assumption does what it says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dynamics.doors import door
from worldclass.core.errors import UsageError
from worldclass.dynamics.civil_violence.turns import ACTIVE, COP, JAILED
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.class_unrest.uprising import Uprising, make_uprising
from worldclass.dynamics.course import Intervention, make_course
from worldclass.dynamics.lattice import bits
from worldclass.dynamics.lattice.crowd import STATE, X, Y

has = door(bits.has)

BASE: dict[str, Any] = {"side": 20, "vision": 4.0, "periods": 60, "legitimacy": 0.75}


def start(seed: int = 0, changes: tuple[Intervention, ...] = (), **settings: Any) -> Uprising:
    """A small society."""
    course = make_course(ClassUnrest(**{**BASE, **settings}), changes)
    return make_uprising(course, np.random.SeedSequence(seed))


def check_books(uprising: Uprising) -> None:
    """Every total, layer and site agrees with the table of persons."""
    streets, traits = uprising.streets, uprising.standing.traits
    citizens, groups = len(traits.group), len(uprising.standing.groups)
    state = streets.person[:, STATE]
    for wanted, kept in ((ACTIVE, streets.group_active), (JAILED, streets.group_jailed)):
        counted = np.bincount(traits.group[state[:citizens] == wanted], minlength=groups)
        assert np.array_equal(counted, kept)
    standing = np.flatnonzero(streets.person[:, X] >= 0)
    x, y = streets.person[standing, X], streets.person[standing, Y]
    assert np.array_equal(streets.resident[y, x], standing)
    assert (streets.resident >= 0).sum() == len(standing)
    leads = np.append(traits.leader == 1, np.zeros(len(state) - citizens, bool))[standing]
    here = state[standing]
    for layer, wanted in (
        (streets.occupied, np.ones(len(standing), bool)),
        (streets.cops, here == COP),
        (streets.actives, here == ACTIVE),
        (streets.heads, (here == ACTIVE) & leads),
    ):
        plain = np.zeros(streets.resident.shape, bool)
        plain[y[wanted], x[wanted]] = True
        rows, columns = plain.shape
        kept = [[has(layer, streets.halo, a, b) for a in range(columns)] for b in range(rows)]
        assert np.array_equal(plain, kept)


@given(
    across_classes=st.floats(-1, 1),
    across_nations=st.floats(-1, 1),
    nation_share=st.sampled_from([0.0, 0.3, 1.0]),
    leaders=st.sampled_from([0.0, 0.2]),
    target_leaders=st.booleans(),
    crackdown=st.sampled_from([0.0, 1.0]),
    discipline=st.sampled_from([0.0, 0.05]),
    backlash=st.sampled_from([0.0, 5.0]),
    memory_effect=st.sampled_from([-0.5, 0.0, 0.5]),
    hardship_from=st.sampled_from(["class", "income", "chance"]),
    ratio=st.sampled_from(["smooth", "floor", "round"]),
    longest_term=st.sampled_from([0.0, 10.0, float("inf")]),
    seed=st.integers(0, 1000),
)
@settings(max_examples=40, deadline=None)
def test_people_and_cells_are_conserved(seed: int, **given: Any) -> None:
    uprising = start(seed, **given)
    size = uprising.memory.size
    for _ in range(3):
        uprising.pass_periods(20)
        check_books(uprising)
    assert size.sum() == len(uprising.standing.traits.group) == 280
    assert (uprising.active + uprising.jailed <= size).all()


def test_halves_of_a_run_make_the_whole() -> None:
    whole, halves = start(4), start(4)
    whole.pass_periods(60)
    for part in (7, 53):
        halves.pass_periods(part)
    assert np.array_equal(whole.active, halves.active)
    assert np.array_equal(whole.streets.person, halves.streets.person)


def mean_active(runs: int = 12, **given: Any) -> float:
    """Mean active citizens over runs."""
    total = 0.0
    for seed in range(runs):
        uprising = start(seed, **given)
        uprising.pass_periods(60)
        total += uprising.active.sum(axis=1).mean() / runs
    return total


def test_nobody_is_active_where_legitimacy_is_whole() -> None:
    assert mean_active(2, legitimacy=1.0, legitimacy_gradient=0.0) == 0


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ({"legitimacy": 0.8}, {"legitimacy": 0.7}),
        ({"cop_density": 0.1}, {"cop_density": 0.02}),
        ({"relief": 0.3}, {"relief": 0.0}),
        ({"discipline": 0.2, "organised": 0.9}, {"discipline": 0.0, "organised": 0.9}),
        (
            {"across_classes": 0.0, "across_privilege": 0.0},
            {"across_classes": 1.0, "across_privilege": 1.0},
        ),
        ({"fatigue": 0.05}, {"fatigue": 0.0}),
        ({"crackdown": 2.0, "response_trigger": 0.0}, {"crackdown": 0.0}),
        ({"concession": 0.2, "response_trigger": 0.0}, {"concession": 0.0}),
        ({"privilege_loss": 0.0}, {"privilege_loss": 0.5}),
    ],
)
def test_assumptions_work_in_the_direction_they_say(
    less: dict[str, Any], more: dict[str, Any]
) -> None:
    assert mean_active(**less) < mean_active(**more)


def test_those_who_deter_are_as_good_as_cops() -> None:
    """With a weight of -1 across nations, active citizens of either quieten the other."""
    apart = mean_active(nation_share=0.5, across_nations=0.0)
    hostile = mean_active(nation_share=0.5, across_nations=-1.0)
    assert hostile < apart


def test_leaders_are_arrested_first_where_cops_look_for_them() -> None:
    def share_jailed(target: bool) -> float:
        found = 0.0
        for seed in range(12):
            uprising = start(
                seed, leaders=0.1, target_leaders=target, longest_term=float("inf"), periods=3
            )
            uprising.pass_periods(3)
            citizens = len(uprising.standing.traits.group)
            jailed = uprising.streets.person[:citizens, STATE] == JAILED
            found += uprising.standing.traits.leader[jailed].mean() / 12
        return found

    assert share_jailed(True) > 1.3 * share_jailed(False)


def test_coalitions_may_change_on_the_way() -> None:
    changes = (Intervention(30, {"across_classes": 1.0, "across_privilege": 1.0}),)
    joined, apart = start(2, changes), start(2)
    for uprising in (joined, apart):
        uprising.pass_periods(60)
    assert np.array_equal(joined.active[:30], apart.active[:30])
    assert not np.array_equal(joined.active[30:], apart.active[30:])


def test_a_crackdown_brings_cops_and_ends() -> None:
    uprising = start(crackdown=1.0, response_trigger=0.05, response_length=3, legitimacy=0.8)
    uprising.pass_periods(60)
    share = uprising.active.sum(axis=1) / 280
    doubled = uprising.cops == 32
    assert set(uprising.cops.tolist()) == {16, 32}
    for period in range(1, 60):
        recent = share[max(period - 4, 0) : period] > 0.05
        assert doubled[period] == recent[-3:].any() or period < 4


def test_more_persons_than_sites_are_refused() -> None:
    with pytest.raises(UsageError, match="do not fit"):
        start(citizen_density=0.95, cop_density=0.04, crackdown=1.0)


def test_agents_are_listed_with_class_sex_and_nation() -> None:
    uprising = start(nation_share=0.4)
    uprising.pass_periods(10)
    agents = uprising.agents(9)
    cops = agents.filter(agents["state"] == "cop")
    assert cops["class"].null_count() == cops.height == 16
    citizens = agents.filter(agents["state"] != "cop")
    assert set(citizens["nation"]) == {"dominant", "oppressed"}
    assert citizens.height == 280
