"""The same rules give the same civil violence as Mesa's example, within sampling error.

Mesa 3.3 and worldclass run with the neighbourhood, jail and turn that Mesa has. Two samples of
runs are compared summary by summary: Welch's test for means, Kolmogorov and Smirnov's for whole
distributions, with Bonferroni's correction. Another neighbourhood is told apart by the same test.
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.stats import ks_2samp, ttest_ind

from worldclass.dynamics.civil_violence.parameters import CivilViolence
from worldclass.dynamics.civil_violence.society import make_society
from worldclass.dynamics.course import Course
from worldclass.dynamics.scenarios import load_scenario

PERIODS, SETTLED = 50, 10
SEEDS = 48
SIGNIFICANT = 0.01


def summaries(active: np.ndarray, jailed: np.ndarray) -> list[float]:
    """Means of active and jailed, peak, spread, the first five periods, and persistence."""
    later = active[SETTLED:]
    memory = float(np.corrcoef(later[1:], later[:-1])[0, 1])
    peak = float(active.max())
    return [later.mean(), jailed[SETTLED:].mean(), peak, later.std(), active[:5].mean(), memory]


@cache
def of_mesa() -> np.ndarray:
    """Summaries of Mesa's runs, shape (runs, summaries)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Mesa's own deprecations
        pytest.importorskip("mesa", reason="Mesa is not installed")
        from mesa.examples.advanced.epstein_civil_violence.model import EpsteinCivilViolence

        found: list[list[float]] = []
        for seed in range(SEEDS):
            model = EpsteinCivilViolence(
                width=14,
                height=14,
                citizen_vision=3,
                cop_vision=3,
                legitimacy=0.75,
                cop_density=0.06,
                max_jail_term=8,
                seed=seed,
            )
            for _ in range(PERIODS):
                model.step()
            kept = model.datacollector.get_model_vars_dataframe().iloc[1:]
            found.append(
                summaries(kept["active"].to_numpy(float), kept["arrested"].to_numpy(float))
            )
    return np.array(found)


def ours(runs: int, **changed: Any) -> np.ndarray:
    """Summaries of our runs by the same rules, shape (runs, summaries)."""
    rules: dict[str, Any] = {
        **load_scenario("mesa-civil-violence").settings,
        "width": 14,
        "height": 14,
        "vision": 3,
        "cop_vision": 3,
        "legitimacy": 0.75,
        "cop_density": 0.06,
        "longest_term": 8,
        "periods": PERIODS,
        **changed,
    }
    found: list[list[float]] = []
    for seed in range(runs):
        society = make_society(Course(CivilViolence(**rules)), np.random.SeedSequence(seed))
        society.pass_periods(PERIODS)
        found.append(summaries(society.reports[:, 0], society.reports[:, 1]))
    return np.array(found)


def smallest(first: np.ndarray, second: np.ndarray) -> float:
    """The smallest p of all tests of all summaries, after Bonferroni."""
    pairs = list(zip(first.T, second.T, strict=True))
    found = [ttest_ind(a, b, equal_var=False).pvalue for a, b in pairs]
    found += [ks_2samp(a, b).pvalue for a, b in pairs]
    return float(min(found) * len(found))


def test_mesa_and_worldclass_differ_by_no_more_than_chance() -> None:
    assert smallest(of_mesa(), ours(1_000)) > SIGNIFICANT


@pytest.mark.parametrize("other", [{"neighbourhood": "moore"}, {"longest_term": 4}])
def test_the_test_tells_other_rules_apart(other: dict[str, Any]) -> None:
    assert smallest(of_mesa(), ours(1_000, **other)) < 1e-6
