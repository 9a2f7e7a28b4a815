"""Without classes, memory, organisation and fatigue, unrest is Epstein's model I."""

from __future__ import annotations

import numpy as np
from scipy.stats import ks_2samp, ttest_ind

from worldclass.dynamics.civil_violence.parameters import CivilViolence
from worldclass.dynamics.civil_violence.society import make_society
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.class_unrest.uprising import make_uprising
from worldclass.dynamics.course import Course

RUNS, PERIODS, SETTLED = 60, 120, 20
PLAIN = ClassUnrest(
    side=24,
    vision=5,
    periods=PERIODS,
    hardship_from="chance",
    legitimacy_gradient=0.0,
    across_classes=1.0,
    across_privilege=1.0,
    network=0.0,
    leaders=0.0,
    memory_effect=0.0,
    fatigue=0.0,
)
EPSTEIN = CivilViolence(width=24, height=24, vision=5, cop_vision=5, periods=PERIODS)


def summaries(active: np.ndarray, jailed: np.ndarray) -> list[float]:
    """Means, spread and peak after the start."""
    later = active[SETTLED:]
    means = [float(later.mean()), float(jailed[SETTLED:].mean())]
    return [*means, float(later.std()), float(later.max())]


def of_unrest(given: ClassUnrest) -> np.ndarray:
    """Summaries of runs on a class structure."""
    found: list[list[float]] = []
    for seed in range(RUNS):
        uprising = make_uprising(Course(given), np.random.SeedSequence(seed))
        uprising.pass_periods(PERIODS)
        found.append(summaries(uprising.active.sum(axis=1), uprising.jailed.sum(axis=1)))
    return np.array(found)


def of_epstein() -> np.ndarray:
    """Summaries of runs of model I."""
    found: list[list[float]] = []
    for seed in range(4 * RUNS):
        society = make_society(Course(EPSTEIN), np.random.SeedSequence(seed))
        society.pass_periods(PERIODS)
        found.append(summaries(society.reports[:, 0], society.reports[:, 1]))
    return np.array(found)


def smallest(first: np.ndarray, second: np.ndarray) -> float:
    """The smallest p over all summaries, after Bonferroni."""
    pairs = list(zip(first.T, second.T, strict=True))
    found = [float(ttest_ind(a, b, equal_var=False).pvalue) for a, b in pairs]
    found += [float(ks_2samp(a, b).pvalue) for a, b in pairs]
    return min(found) * len(found)


def test_model_one_is_inside() -> None:
    assert smallest(of_unrest(PLAIN), of_epstein()) > 0.01


def test_the_test_would_notice_leaders() -> None:
    from dataclasses import replace

    bold = replace(PLAIN, leaders=0.2, leader_boldness=0.8)
    assert smallest(of_unrest(bold), of_epstein()) < 1e-4
