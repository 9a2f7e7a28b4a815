"""Hypotheses about waves, each tried over ranges of the numbers it does not speak of.

Drawn are numbers with a declared range that the scenario leaves alone. Choices among rules (theory,
country, `ratio`, `hardship_from`, `target_leaders`) keep the values of the base, as do sizes and
scales, and conditions that only scenarios turn on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import UsageError
from worldclass.dynamics.class_unrest.parameters import ClassUnrest
from worldclass.dynamics.class_unrest.waves import wave_size
from worldclass.dynamics.course import Course, make_course
from worldclass.dynamics.model import Analysis
from worldclass.dynamics.parameters import declarations, with_settings
from worldclass.dynamics.scenarios import load_scenario

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.dynamics.scenarios import Scenario
    from worldclass.people.snapshot import Snapshot

DRAWS, SEEDS = 60, 2
CONFIDENCE = 0.9
"""Of the interval of a share: 5 to 95 %, as everywhere in the package."""
_KEPT = ("periods", "side", "year", "citizen_density", "threshold", "response_length")
"""Numbers that are not varied: sizes and scales."""


class Hypothesis(BaseModel):
    """One entry of `hypotheses.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    scenario: str
    statement: str
    held_by: str
    direction: Literal["rises", "falls"]
    group: str = "all"
    rival: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    hypothesis: tuple[Hypothesis, ...]


@cache
def list_hypotheses() -> tuple[Hypothesis, ...]:
    """All hypotheses, in the order of the file.

    Examples
    --------
    >>> list_hypotheses()[0].direction
    'falls'
    """
    file = package_file("worldclass.dynamics.class_unrest", "hypotheses.toml")
    return load_toml(file, _File).hypothesis


def varied(scenario: Scenario) -> list[str]:
    """Numbers whose range is covered.

    Those with a range that the scenario does not set, less sizes and scales (`_KEPT`) and what
    only scenarios turn on (`_off`); words and yes-or-no choices have no range and stay.
    """
    told = set(scenario.settings).union(*(one.settings for one in scenario.intervention))
    return [name for name in _open_numbers() if name not in told]


def _open_numbers() -> list[str]:
    """Numbers that are varied unless a scenario speaks of them."""
    return [
        one.name
        for one in declarations(ClassUnrest)
        if one.range and one.name not in _KEPT and not _off(one.name)
    ]


def _off(name: str) -> bool:
    """Whether an assumption is a policy or a condition that only scenarios turn on."""
    return name in (
        "nation_share",
        "privilege_loss",
        "relief",
        "crackdown",
        "concession",
        "discipline",
        "backlash",
        "response_trigger",
    )


def draw_assumptions(
    scenario: Scenario, base: ClassUnrest, draws: int, seed: int = 0
) -> list[ClassUnrest]:
    """Parameters of a scenario at points spread over the ranges (Latin hypercube)."""
    from scipy.stats import qmc

    names = varied(scenario)
    chance = np.random.default_rng(seed)
    points = qmc.LatinHypercube(len(names), rng=chance).random(draws)
    return _points(scenario, base, names, points)


def numbered_assumptions(
    scenario: Scenario, base: ClassUnrest, numbers: Sequence[int], seed: int = 0
) -> list[ClassUnrest]:
    """Parameters of a scenario at numbered points of one endless, even sequence (Sobol).

    A number means the same values of the same assumptions in every scenario, however many are asked
    for; a negative one means the base, all numbers at their usual values.
    """
    from scipy.stats import qmc

    names = _open_numbers()
    own = [names.index(name) for name in varied(scenario)]
    power = max(max(numbers, default=0), 1).bit_length()
    sequence = qmc.Sobol(len(names), rng=np.random.default_rng(seed)).random_base2(power)
    drawn = [number for number in numbers if number >= 0]
    points = iter(_points(scenario, base, varied(scenario), sequence[drawn][:, own]))
    fixed = _settled(scenario, base)
    return [next(points) if number >= 0 else fixed for number in numbers]


def _settled(scenario: Scenario, base: ClassUnrest) -> ClassUnrest:
    return with_settings(base, scenario.settings, where=f"scenario '{scenario.name}'")


def _points(
    scenario: Scenario, base: ClassUnrest, names: list[str], unit: NDArray[np.float64]
) -> list[ClassUnrest]:
    """Points of the unit cube, shape (points, names), as parameters."""
    ranges = {one.name: one.range for one in declarations(ClassUnrest)}
    low, high = np.array([ranges[name] or (0.0, 0.0) for name in names]).T
    fixed, scaled = _settled(scenario, base), low + unit * (high - low)
    values: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in scaled.tolist()]
    return [replace(fixed, **row) for row in values]


def compare(
    hypothesis: Hypothesis,
    base: ClassUnrest | None = None,
    *,
    draws: int = DRAWS,
    seeds: int = SEEDS,
) -> tuple[list[ClassUnrest], NDArray[np.float64]]:
    """Waves without and with what the hypothesis speaks of, from the intervention on.

    Returns
    -------
    The parameters of each draw, and sizes of shape (draws, 2): without and with, as means over
    runs from the same seeds.
    """
    scenario = load_scenario(hypothesis.scenario)
    points = draw_assumptions(scenario, base or ClassUnrest(), draws)
    sizes = [sizes_at(hypothesis, point, draw, seeds) for draw, point in enumerate(points)]
    return points, np.array(sizes).reshape(draws, 2)


def sizes_at(
    hypothesis: Hypothesis,
    point: ClassUnrest,
    entropy: int | tuple[int, ...],
    seeds: int,
    snapshot: Snapshot | None = None,
) -> tuple[float, float]:
    """Waves without and with what the hypothesis speaks of, as means over runs.

    Parameters
    ----------
    point
        The scenario's parameters.
    entropy
        Of the seeds; both arms have the same.
    seeds
        Number of runs of each.
    snapshot
        The population's that citizens are drawn from; by default the embedded one.
    """
    scenario = load_scenario(hypothesis.scenario)
    start = int(min(one.time for one in scenario.interventions))
    runs = [np.random.SeedSequence(entropy, spawn_key=(run,)) for run in range(seeds)]

    def mean_size(course: Course[ClassUnrest]) -> float:
        return float(
            np.mean([wave_size(course, seed, hypothesis.group, start, snapshot) for seed in runs])
        )

    return mean_size(Course(point)), mean_size(make_course(point, scenario.interventions))


def judge(
    base: ClassUnrest | None = None, *, draws: int = DRAWS, seeds: int = SEEDS
) -> pl.DataFrame:
    """How each hypothesis fares over the ranges of the assumptions.

    Returns
    -------
    One row a hypothesis: `hypothesis, group, direction, statement, share_holding` (draws in which
    the wave moves in the direction that the hypothesis expects; a change of exactly zero counts
    against it), `holding_low, holding_high` (its Wilson interval, see `wilson`), `change, p05, p95`
    (of the wave's size in periods of the whole group's activity), and `decides, correlation`: the
    number whose rank goes most with the change (Spearman).
    """
    import polars as pl
    from scipy.stats import rankdata

    rows: list[dict[str, Any]] = []
    for one in list_hypotheses():
        points, sizes = compare(one, base, draws=draws, seeds=seeds)
        change = sizes[:, 1] - sizes[:, 0]
        sign = 1 if one.direction == "rises" else -1
        names = varied(load_scenario(one.scenario))
        varies = np.array([[getattr(point, name) for name in names] for point in points])
        ranks = [_correlation(rankdata(column), rankdata(change)) for column in varies.T]
        first = int(np.argmax(np.abs(ranks)))
        holding = int((change * sign > 0).sum())
        low, high = wilson(holding, draws)
        rows.append(
            {
                "hypothesis": one.id,
                "group": one.group,
                "direction": one.direction,
                "statement": one.statement,
                "share_holding": holding / draws,
                "holding_low": low,
                "holding_high": high,
                "change": float(np.median(change)),
                "p05": float(np.percentile(change, 5)),
                "p95": float(np.percentile(change, 95)),
                "decides": names[first],
                "correlation": ranks[first],
            }
        )
    return pl.DataFrame(rows)


def wilson(holding: int, draws: int) -> tuple[float, float]:
    """Interval of a share of draws, 5 to 95 %, as if draws were independent.

    Those of a Latin hypercube are spread more evenly, so that the interval is rather too wide.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22(158), 209–212.

    Examples
    --------
    >>> tuple(round(end, 3) for end in wilson(60, 60))
    (0.957, 1.0)
    """
    from scipy.stats import binomtest

    found = binomtest(holding, draws).proportion_ci(CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)


def _correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Correlation of two series; 0 where one does not vary."""
    flat = np.ptp(first) == 0 or np.ptp(second) == 0
    return 0.0 if flat else float(np.corrcoef(first, second)[0, 1])


def _compute(parameters: ClassUnrest, data: Path | None) -> pl.DataFrame:
    if data is not None:
        raise UsageError("Hypotheses are tried in runs, not on a file.", where=str(data))
    return judge(parameters)


HYPOTHESES = Analysis(
    meaning=(
        f"Hypotheses of the text and its rivals, each over {DRAWS} draws of the numbers that have "
        f"a range and that the scenario leaves alone; choices among rules, sizes, and policies "
        f"that only scenarios turn on stay as they are. In which share of draws the wave moves as "
        f"expected (no change at all counts against), with its 5–95 % interval, and how far."
    ),
    compute=_compute,
)
