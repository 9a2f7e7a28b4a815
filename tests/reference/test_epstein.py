"""Civil violence beside Epstein (2002) and an independent replication, over 8 or 20 seeds.

What the article reports is mostly a picture. The replication (20 seeds; ratio of cops to actives
rounded down) gives numbers. Bounds below are ranges or means over seeds of that replication, or
the article's own words; each test says which. What is not reproduced is tested as such, so that
it cannot be claimed by accident.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from worldclass.dynamics.civil_violence.outbursts import find_outbursts, summarise
from worldclass.dynamics.civil_violence.parameters import CivilViolence
from worldclass.dynamics.civil_violence.society import make_society
from worldclass.dynamics.course import make_course
from worldclass.dynamics.ethnic_violence.parameters import EthnicViolence
from worldclass.dynamics.ethnic_violence.peoples import make_peoples
from worldclass.dynamics.ethnic_violence.sweep import by_density
from worldclass.dynamics.scenarios import load_scenario

SEEDS = 20
ACTIVE, JAILED, COPS, TENSION = 0, 1, 2, 4


@cache
def runs(scenario: str, seeds: int = SEEDS, **changed: Any) -> np.ndarray:
    """Reports of a scenario's runs, shape (seeds, periods, 5)."""
    found = load_scenario(scenario)
    course = make_course(CivilViolence(**{**found.settings, **changed}), found.interventions)
    reports: list[np.ndarray] = []
    for seed in range(seeds):
        society = make_society(course, np.random.SeedSequence(seed))
        society.pass_periods(course.parameters.periods)
        reports.append(society.reports)
    return np.array(reports)


def within(values: np.ndarray, target: float, errors: float = 4) -> bool:
    """Whether a target lies within some standard errors of the mean over seeds."""
    return abs(values.mean() - target) <= errors * values.std(ddof=1) / np.sqrt(len(values))


class TestRun1:
    """Citizens are quiet while cops are near."""

    def test_rebellion_is_steady_and_small(self) -> None:
        """The article: no calm, no explosion. At most H (1 − L) > T, 9 % of 1,120, can rebel."""
        active = runs("epstein-run-1")[:, 100:700, ACTIVE]
        assert active.min() > 40
        assert active.max() < 0.0909 * 1120 + 4 * np.sqrt(1120 * 0.0909 * 0.909)

    def test_the_replications_48_needs_citizens_who_move(self) -> None:
        """48 on average, 33 to 62 a seed; table 2 has no movement of agents in this run."""
        moving = runs("epstein-run-1", movement="everyone")[:, 100:700, ACTIVE].mean(axis=1)
        assert within(moving, 48)
        assert 30 < moving.min() < moving.max() < 65
        still = runs("epstein-run-1")[:, 100:700, ACTIVE].mean(axis=1)
        assert still.mean() > 75


class TestRun2:
    """Punctuated equilibrium."""

    def test_calm_and_outbursts(self) -> None:
        """Replication: 101 to 122 outbursts, peaks 290 to 368, < 10 active in 61 to 68 %."""
        found = [summarise(run) for run in runs("epstein-run-2", 8)[:, :, ACTIVE]]
        numbers = np.array([one["outbursts"] for one in found])
        peaks = np.array([one["peak"] for one in found])
        calm = np.array([one["share_below_10"] for one in found])
        assert 101 < numbers.mean() < 122
        assert 290 < peaks.mean() < 368
        assert 0.61 < calm.mean() < 0.68

    def test_size_of_outbursts(self) -> None:
        """Article: mean 708, s.d. 230. Replication: mean 779. Ours: about 815, s.d. 460."""
        found = [summarise(run) for run in runs("epstein-run-2", 8)[:, :, ACTIVE]]
        sizes = np.array([one["activation_mean"] for one in found])
        spread = np.array([one["activation_sd"] for one in found])
        assert abs(sizes.mean() / 779 - 1) < 0.07
        assert abs(sizes.mean() / 708 - 1) < 0.2
        assert spread.mean() > 1.5 * 230  # not reproduced: short relapses make it wide

    def test_the_published_calm_of_60_periods_is_not_reproduced(self) -> None:
        """Article: mean 60, s.d. 55. Replication: mean 22. Ours: 21, s.d. 7."""
        active = runs("epstein-run-2", 8)[:, :, ACTIVE]
        calm = np.array([find_outbursts(run).calm[1:].mean() for run in active])
        assert abs(calm.mean() - 22) < 2.5
        assert calm.max() < 30

    def test_calm_hangs_on_the_neighbourhood(self) -> None:
        """With the square neighbourhood calm lasts seven times as long, and outbursts are double:
        the published 60 lies between, which the article's silence on it leaves open."""
        active = runs("epstein-run-2", 3, neighbourhood="moore")[:, :, ACTIVE]
        calm = np.concatenate([find_outbursts(run).calm[1:] for run in active])
        assert calm.mean() > 100

    def test_the_formula_as_printed_never_erupts(self) -> None:
        """Replication: at most 13 to 34 active in 3,000 periods of 20 seeds."""
        most = runs("epstein-run-2-as-printed", 8)[:, :, ACTIVE].max(axis=1)
        assert most.max() < 50
        assert most.min() > 13 - 3
        assert most.max() < 34 + 3

    def test_tension_rises_before_outbursts(self) -> None:
        """Article, figure 8. In the ten periods before an outburst, against the whole run."""
        for run in runs("epstein-run-2", 8)[:5]:
            starts = find_outbursts(run[:, ACTIVE]).start
            before = np.array([run[at - 10 : at, TENSION].mean() for at in starts if at > 30])
            assert (before > run[:, TENSION].mean()).mean() > 0.9


class TestRuns3And4:
    """Legitimacy by slices, and at once."""

    def test_slices_often_pass_without_a_spike(self) -> None:
        """Article: no spike. Replication: 17 of 20 seeds below 50 active. Ours: 12 of 20."""
        most = runs("epstein-run-3")[:, :, ACTIVE].max(axis=1)
        assert 10 <= (most < 50).sum() <= 17
        assert np.median(most) < 10

    def test_the_jail_fills_smoothly_where_there_is_no_spike(self) -> None:
        """Replication: 322 to 910 jailed by period 300."""
        reports = runs("epstein-run-3")
        quiet = reports[reports[:, :, ACTIVE].max(axis=1) < 50]
        assert (np.diff(quiet[:, :, JAILED], axis=1) <= 20).all()
        jailed = reports[:, 300, JAILED]
        assert 300 < jailed.min() < jailed.max() < 950

    def test_a_jump_explodes_more_often_than_not(self) -> None:
        """Replication: higher peak than by slices in 17 of 20, above 50 in 9. Ours: 15 and 11."""
        slices, jump = (runs(f"epstein-run-{k}")[:, :, ACTIVE].max(axis=1) for k in (3, 4))
        assert (jump > slices).sum() >= 13
        assert 7 <= (jump > 50).sum() <= 14

    def test_more_jailed_after_a_jump_is_not_reproduced(self) -> None:
        """Article: more than by slices. Replication: in 7 of 20 seeds. Ours: in 7."""
        slices, jump = (runs(f"epstein-run-{k}")[:, 300, JAILED] for k in (3, 4))
        assert (jump > slices).sum() < 10


class TestRun5:
    """Cops are withdrawn."""

    def test_every_run_tips_while_most_cops_are_left(self) -> None:
        """Replication: peak 194 on average (64 to 345) in period 177, 88 of 118 cops left."""
        reports = runs("epstein-run-5")
        active = reports[:, :, ACTIVE]
        assert (active.max(axis=1) > 50).all()
        tipped = (active > 50).argmax(axis=1)
        left = reports[np.arange(SEEDS), tipped, COPS]
        assert within(tipped, 177)
        assert within(left, 88)
        assert 60 < active.max(axis=1).min() < active.max(axis=1).max() < 400


def times_gone(scenario: str, **changed: Any) -> tuple[np.ndarray, np.ndarray]:
    """Periods until a group is gone (0 where none is), and whether the first one survives."""
    found = load_scenario(scenario)
    course = make_course(EthnicViolence(**{**found.settings, **changed}), found.interventions)
    times, first = np.zeros(SEEDS), np.zeros(SEEDS, bool)
    for seed in range(SEEDS):
        peoples = make_peoples(course, np.random.SeedSequence(seed))
        peoples.pass_periods(course.parameters.periods)
        people = peoples.reports[peoples.period - 1, 1:3]
        times[seed] = peoples.period if people.min() == 0 else 0
        first[seed] = people[0] > 0
    return times, first


class TestModelTwo:
    """Two groups."""

    def test_run_6_is_peaceful_by_the_rule_itself(self) -> None:
        """No activation is possible iff L ≥ 1 − T."""
        times, _ = times_gone("epstein-run-6", periods=200)
        assert not times.any()
        assert times_gone("epstein-run-6", periods=1000, legitimacy=0.8)[0].any()

    def test_run_7_ends_one_group_every_time_and_chance_says_which(self) -> None:
        """Article: 30 of 30. Replication: by period 30 to 190, 94 on average."""
        times, first = times_gone("epstein-run-7")
        assert times.all()
        assert within(times, 94)
        assert 3 < first.sum() < 17

    @pytest.mark.parametrize(
        ("scenario", "ours", "replication"),
        [("epstein-run-8", 107.4, 180), ("epstein-run-7-peacekeepers", 109.5, 131)],
    )
    def test_cops_do_not_save_a_group(self, scenario: str, ours: float, replication: float) -> None:
        """Article: a stable regime, and safe havens, for 15,000 periods: not reproduced.

        One group is gone in every run, by period 300. `ours` is the mean of 200 other seeds; the
        replication finds extinction, too, but later, by more than chance explains.
        """
        times, _ = times_gone(scenario)
        assert times.all()
        assert times.max() < 300
        assert within(times, ours)
        assert times.mean() < replication
        assert not within(times, replication)

    def test_cops_from_the_start_prolong_the_killing_by_little(self) -> None:
        """Run 8 is Run 7 with cops: less than half as long again, over the same seeds."""
        without, with_cops = (times_gone(f"epstein-run-{k}")[0] for k in (7, 8))
        assert with_cops.mean() < 1.5 * without.mean()

    def test_time_to_genocide_and_its_spread_rise_with_cops(self) -> None:
        """Article, figures 15 to 17; here at three of the 51 densities."""
        table = by_density(EthnicViolence(periods=15_000), [0.02, 0.06, 0.1], runs=30)
        assert table["censored"].sum() == 0
        for column in ("mean", "standard_deviation"):
            assert table[column].is_sorted()
            assert table[column][2] > 1.3 * table[column][0]
