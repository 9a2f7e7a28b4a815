"""Time together by the density of cops."""

from __future__ import annotations

from worldclass.dynamics.ethnic_violence.parameters import EthnicViolence
from worldclass.dynamics.ethnic_violence.sweep import DENSITIES, by_density


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
