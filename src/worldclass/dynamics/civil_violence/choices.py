"""Outbursts under every combination of the choices that the article leaves open."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError
from worldclass.dynamics.civil_violence.outbursts import THRESHOLD, find_outbursts
from worldclass.dynamics.civil_violence.society import make_society
from worldclass.dynamics.course import Course
from worldclass.dynamics.model import Analysis

if TYPE_CHECKING:
    import polars as pl

    from worldclass.dynamics.civil_violence.parameters import CivilViolence

OPEN: dict[str, tuple[str, ...]] = {
    "ratio": ("floor", "round"),
    "neighbourhood": ("euclidean", "moore", "von-neumann"),
    "turn": ("move-first", "act-first"),
    "term": ("below-maximum", "always-maximum"),
    "prison": ("removed", "in-place"),
}
"""Choices combined. The smooth ratio has no outbursts under any of the others."""
RUNS = 3


def by_choice(parameters: CivilViolence, runs: int = RUNS) -> pl.DataFrame:
    """Size of outbursts and calm between them, by combination of open choices.

    Returns
    -------
    Columns `ratio, neighbourhood, turn, term, prison, outbursts, calm, calm_sd, activation,
    activation_sd`, over all outbursts of the runs; empty where there are fewer than two.
    """
    import polars as pl

    rows: list[dict[str, Any]] = []
    for values in product(*OPEN.values()):
        chosen: dict[str, Any] = dict(zip(OPEN, values, strict=True))
        calm: list[float] = []
        sizes: list[float] = []
        for run in range(runs):
            seed = np.random.SeedSequence(0, spawn_key=(run,))
            society = make_society(Course(replace(parameters, **chosen)), seed)
            society.pass_periods(parameters.periods)
            found = find_outbursts(society.reports[:, 0])
            calm += found.calm[1:].tolist()
            sizes += found.activation.tolist()
        enough = len(calm) > 1
        numbers = {
            "calm": np.mean(calm) if enough else None,
            "calm_sd": np.std(calm, ddof=1) if enough else None,
            "activation": np.mean(sizes) if enough else None,
            "activation_sd": np.std(sizes, ddof=1) if enough else None,
        }
        told = {name: None if one is None else float(one) for name, one in numbers.items()}
        rows.append({**chosen, "outbursts": len(sizes), **told})
    means = ("calm", "calm_sd", "activation", "activation_sd")
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col(means).cast(pl.Float64))


def _compute(parameters: CivilViolence, data: Path | None) -> pl.DataFrame:
    if data is not None:
        raise UsageError("Choices are compared in runs, not on a file.", where=str(data))
    return by_choice(parameters)


CHOICES = Analysis(
    meaning=(
        f"Outbursts (more than {THRESHOLD} active) in {RUNS} runs under each combination of the "
        f"choices that the article leaves open: sum of active citizens, and the calm between."
    ),
    compute=_compute,
)
