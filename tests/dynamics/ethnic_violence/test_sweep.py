"""Time together by the density of cops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from worldclass.dynamics.course import Course
from worldclass.dynamics.ethnic_violence.model import simulate
from worldclass.dynamics.ethnic_violence.parameters import EthnicViolence
from worldclass.dynamics.ethnic_violence.sweep import DENSITIES, by_density, time_together


def test_the_articles_densities_are_51() -> None:
    assert (len(DENSITIES), DENSITIES[0], DENSITIES[1], DENSITIES[-1]) == (51, 0, 0.002, 0.1)


def test_runs_that_outlast_the_limit_are_censored() -> None:
    peace = by_density(EthnicViolence(legitimacy=0.95, periods=30), [0.0], runs=3)
    assert peace.row(0, named=True) == {
        "cop_density": 0.0,
        "runs": 3,
        "mean": 30.0,
        "standard_deviation": 0.0,
        "shortest": 30.0,
        "longest": 30.0,
        "censored": 1.0,
    }


def test_the_sweep_and_the_model_tell_the_same_time_of_extinction() -> None:
    war = EthnicViolence(legitimacy=0.8, cop_density=0.0, periods=600)
    last = time_together(war, 1)[0]
    assert last < 600
    found = simulate(Course(war), np.random.SeedSequence(0, spawn_key=(0,)), ())
    values = [one.values for one in found.series if one.quantity == "extinction_time"]
    assert np.ravel(values).tolist() == [last]


def test_a_group_that_dies_in_the_last_period_is_not_censored() -> None:
    war = EthnicViolence(legitimacy=0.8, cop_density=0.0, periods=600)
    last = int(time_together(war, 1)[0])
    table = by_density(replace(war, periods=last + 1), [0.0], runs=2)
    assert table["shortest"].item() <= last
    assert time_together(replace(war, periods=last + 1), 1)[0] == last
    assert time_together(replace(war, periods=last), 1)[0] == last  # alive at the end
