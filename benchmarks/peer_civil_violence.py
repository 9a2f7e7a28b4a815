"""Civil violence against Mesa's example: the same rules, the same periods, agent-steps a second.

Before the clock is believed, both run some dozens of seeds on a smaller torus, and no summary of
their runs may differ by more than chance (Welch and Kolmogorov–Smirnov, with Bonferroni).
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
from numpy.random import SeedSequence
from scipy.stats import ks_2samp, ttest_ind

from benchmarks.budgets import Budget
from benchmarks.comparison import Comparison, compare, named
from worldclass.dynamics.civil_violence.parameters import CivilViolence
from worldclass.dynamics.civil_violence.society import Society, make_society
from worldclass.dynamics.course import Course
from worldclass.dynamics.scenarios import load_scenario

SIGNIFICANT = 0.01
PERIODS = 3


def civil_violence(*, smoke: bool) -> list[Comparison]:
    """Ours against Mesa's, at 100 × 100 sites and vision 7."""
    side, runs = (20, 1) if smoke else (100, 5)
    lowest, seeds = check_equivalence(smoke=smoke)
    society, model = start(side, 1, vision=7), start_mesa(side, 1, vision=7)
    persons = len(society.town.person)
    society.pass_periods(PERIODS)

    def ours() -> None:
        if society.period + PERIODS > society.parameters.periods:
            raise AssertionError("The run is over.")
        society.pass_periods(PERIODS)

    def mesa() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Mesa's own deprecations
            for _ in range(PERIODS):
                model.step()

    found = compare(
        f"civil violence, {side} × {side} sites, vision 7, {PERIODS} periods ({persons:,} persons)",
        named("mesa", "example of Epstein's model"),
        ours,
        mesa,
        runs=runs,
        difference=f"smallest p of {seeds} runs each {lowest:.2g} (Bonferroni)",
    )
    return [found]


def civil_violence_budgets(*, smoke: bool) -> list[Budget]:
    """Agent-steps a second on tori of two sizes, at the rules of Run 2."""
    sizes = ((20, 200, 0.0),) if smoke else ((100, 300, 0.0), (1000, 6, 5e6))
    out: list[Budget] = []
    for side, periods, least in sizes:
        course = Course(CivilViolence(width=side, height=side, periods=periods + 3))
        society = make_society(course, SeedSequence(1))
        society.pass_periods(3)
        begun = time.perf_counter()
        society.pass_periods(periods)
        speed = len(society.town.person) * periods / (time.perf_counter() - begun)
        out.append(
            Budget(
                f"civil violence, {side} × {side} sites, vision 7 (warm)",
                f"{speed / 1e6:.1f} million agent-steps a second",
                f"{least / 1e6:g} million" if least else "none",
                speed >= least if least else None,
            )
        )
    return out


def start(side: int, seed: int, **changed: Any) -> Society:
    """A run of ours by Mesa's rules."""
    rules = {**load_scenario("mesa-civil-violence").settings, "width": side, "height": side}
    vision = changed.pop("vision")
    rules |= {"vision": vision, "cop_vision": vision, "periods": 1_000, **changed}
    return make_society(Course(CivilViolence(**rules)), SeedSequence(seed))


def start_mesa(side: int, seed: int, *, vision: int, **changed: Any) -> Any:
    """A run of Mesa's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from mesa.examples.advanced.epstein_civil_violence.model import EpsteinCivilViolence

        return EpsteinCivilViolence(
            width=side, height=side, citizen_vision=vision, cop_vision=vision, seed=seed, **changed
        )


def check_equivalence(*, smoke: bool) -> tuple[float, int]:
    """The smallest corrected p of all summaries of both, and the number of Mesa's runs.

    Raises
    ------
    AssertionError
        A summary differs by more than chance.
    """
    seeds, periods, side = (8, 30, 14) if smoke else (48, 60, 20)
    peer: list[list[float]] = []
    for seed in range(seeds):
        model = start_mesa(
            side, seed, vision=5, legitimacy=0.75, cop_density=0.05, max_jail_term=10
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for _ in range(periods):
                model.step()
        kept = model.datacollector.get_model_vars_dataframe().iloc[1:]
        peer.append(_summaries(kept["active"].to_numpy(float), kept["arrested"].to_numpy(float)))
    own: list[list[float]] = []
    for seed in range(20 * seeds):
        society = start(side, seed, vision=5, legitimacy=0.75, cop_density=0.05, longest_term=10)
        society.pass_periods(periods)
        own.append(_summaries(society.reports[:periods, 0], society.reports[:periods, 1]))
    pairs = list(zip(np.array(peer).T, np.array(own).T, strict=True))
    found = [float(ttest_ind(a, b, equal_var=False).pvalue) for a, b in pairs]
    found += [float(ks_2samp(a, b).pvalue) for a, b in pairs]
    lowest = min(1.0, min(found) * len(found))
    if lowest < SIGNIFICANT:
        raise AssertionError(f"Mesa and worldclass differ by more than chance: p = {lowest:.2g}.")
    return lowest, seeds


def _summaries(active: np.ndarray, jailed: np.ndarray) -> list[float]:
    later = active[10:]
    return [
        float(later.mean()),
        float(jailed[10:].mean()),
        float(active.max()),
        float(later.std()),
        float(active[:5].mean()),
    ]
