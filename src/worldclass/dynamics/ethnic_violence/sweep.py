"""How long two groups last together, by the density of cops (Epstein 2002, figures 15 to 17)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.course import Course
from worldclass.dynamics.ethnic_violence.peoples import make_peoples
from worldclass.dynamics.model import Analysis

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    from numpy.typing import NDArray

    from worldclass.dynamics.ethnic_violence.parameters import EthnicViolence

DENSITIES = tuple(round(0.002 * step, 3) for step in range(51))
RUNS = 50


def time_together(parameters: EthnicViolence, runs: int) -> NDArray[np.float64]:
    """Whole periods that both groups last; shape (runs,).

    The period in which a group dies out, counted from 0, as the model's `extinction_time`; the
    length of the run where none does.
    """
    lasted = np.empty(runs)
    for run in range(runs):
        seed = np.random.SeedSequence(0, spawn_key=(run,))
        peoples = make_peoples(Course(parameters), seed)
        peoples.pass_periods(parameters.periods)
        gone = peoples.extinction_time
        lasted[run] = parameters.periods if gone is None else gone
    return lasted


def by_density(
    parameters: EthnicViolence, densities: Sequence[float] = DENSITIES, runs: int = RUNS
) -> pl.DataFrame:
    """Time together at several densities of cops.

    Returns
    -------
    Columns `cop_density, runs, mean, standard_deviation, shortest, longest, censored`, times in
    periods; `censored` is the share of runs that ended with both groups alive, whose times are
    the length of the run.
    """
    import polars as pl

    rows: list[dict[str, float]] = []
    for density in densities:
        lasted = time_together(replace(parameters, cop_density=density), runs)
        rows.append(
            {
                "cop_density": density,
                "runs": runs,
                "mean": float(lasted.mean()),
                "standard_deviation": float(lasted.std(ddof=1)),
                "shortest": float(lasted.min()),
                "longest": float(lasted.max()),
                "censored": float((lasted >= parameters.periods).mean()),
            }
        )
    return pl.DataFrame(rows)


def _compute(parameters: EthnicViolence, data: Path | None) -> pl.DataFrame:
    if data is not None:
        raise UsageError("The sweep reads no file.", where=str(data))
    return by_density(parameters)


COP_DENSITY = Analysis(
    meaning=(
        f"Whole periods until a group is gone, for cop densities from 0 to 0.1 by 0.002, {RUNS} "
        f"runs each; runs end after the parameter `periods` (15,000 in the article)."
    ),
    compute=_compute,
)
