"""Run a model once: from parameters and a seed to a tidy table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import SimulationError, UsageError
from worldclass.dynamics.announce import announced
from worldclass.dynamics.course import Intervention, make_course
from worldclass.dynamics.library import load_model
from worldclass.dynamics.model import Model
from worldclass.dynamics.parameters import Parameters, with_settings

if TYPE_CHECKING:
    import polars as pl

    from worldclass.dynamics.model import Output, Series, Trajectory

COLUMNS = ("model", "run", "seed", "time", "group", "quantity", "value")
"""Columns of a table of runs; a sweep adds `point` and the swept parameters."""


@dataclass(frozen=True)
class RunResult:
    """One run: its table, and agents at the times asked for (null when none were)."""

    table: pl.DataFrame
    snapshots: pl.DataFrame | None = None


def run(
    model: str | Model,
    parameters: Parameters | Mapping[str, Any] | None = None,
    seed: int = 0,
    *,
    number: int = 0,
    interventions: Sequence[Intervention] = (),
    snapshots: Sequence[float] = (),
) -> RunResult:
    """Run a model once.

    Parameters
    ----------
    model
        Id of a model, or a model of one's own.
    parameters
        The model's parameters, or settings by name; defaults elsewhere.
    seed
        Root of all chance. Run k of a seed draws from `SeedSequence(seed, spawn_key=(k,))`.
    number
        Which run of the seed: k.
    interventions
        Changes of parameters during the run.
    snapshots
        Times at which agents are wanted, where the model has agents.

    Returns
    -------
    Its `table` has columns `model, run, seed, time, group, quantity, value`; `run` is `number`,
    `seed` the root.

    Raises
    ------
    UsageError
        Unknown names, values beyond their limits, or snapshots of a model without agents.
    SimulationError
        A value that is not finite.

    Examples
    --------
    >>> run("social-architecture", {"agents": 100, "years": 1}, seed=1).table.columns
    ['model', 'run', 'seed', 'time', 'group', 'quantity', 'value']
    """
    found = load_model(model)
    given = parameters if isinstance(parameters, Parameters) else found.parameters()
    if parameters is not None and not isinstance(parameters, Parameters):
        given = with_settings(given, parameters, where=f"model '{found.id}'")
    if not isinstance(given, found.parameters):
        raise UsageError(
            f"Parameters of the kind {type(given).__name__} do not belong to '{found.id}'.",
            remedy=f"Give {found.parameters.__name__}, or settings by name.",
        )
    if snapshots and not found.agents:
        raise UsageError(f"The model '{found.id}' has no agents to take snapshots of.")
    course = make_course(given, interventions)
    chance = np.random.SeedSequence(check_seed(seed), spawn_key=(number,))
    with announced(found):
        trajectory = found.simulate(course, chance, tuple(sorted(snapshots)))
    return RunResult(
        _table(found, trajectory, number, seed), _snapshots(found, trajectory, number, seed)
    )


def check_seed(seed: Any) -> int:
    """A seed that NumPy takes and a table can hold.

    Raises
    ------
    UsageError
        It is no whole number from 0 to 2⁶³ − 1.
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**63:
        raise UsageError(
            f"A seed of {seed!r} is not possible.", remedy="Give a whole number, 0 or greater."
        )
    return seed


def _table(model: Model, trajectory: Trajectory, number: int, seed: int) -> pl.DataFrame:
    import polars as pl

    declared = {output.quantity: output for output in model.outputs}
    for one in trajectory.series:
        _check(one, declared.get(one.quantity), f"model '{model.id}', seed {seed}, run {number}")
    lengths = [one.values.size for one in trajectory.series]
    place = np.repeat(np.arange(len(lengths)), lengths)
    groups = pl.Series("group", [one.group for one in trajectory.series], dtype=pl.String)
    quantities = pl.Series("quantity", [one.quantity for one in trajectory.series], dtype=pl.String)
    numbers = {
        name: np.concatenate(
            [getattr(one, field).astype(np.float64) for one in trajectory.series] or [np.empty(0)]
        )
        for name, field in (("time", "times"), ("value", "values"))
    }
    whole = pl.DataFrame([groups.gather(place), quantities.gather(place)]).with_columns(
        *(pl.Series(name, values) for name, values in numbers.items()),
        *_names(model, number, seed),
    )
    return whole.select(COLUMNS)


def _check(one: Series, output: Output | None, where: str) -> None:
    """Refuse a series that is not declared, or holds what is no number."""
    if output is None or (output.groups and one.group not in output.groups):
        raise SimulationError(
            f"'{one.quantity}' of '{one.group}' is not among the declared outputs.", where=where
        )
    finite = np.isfinite(one.values)
    if not finite.all():
        first = int(np.flatnonzero(~finite)[0])
        raise SimulationError(
            f"'{one.quantity}' of '{one.group}' is {one.values[first]} at time "
            f"{one.times[first]:g}: the run left the numbers.",
            where=where,
            remedy="Use less extreme parameters, or a shorter run.",
        )


def _snapshots(model: Model, trajectory: Trajectory, number: int, seed: int) -> pl.DataFrame | None:
    if trajectory.snapshots is None:
        return None
    first = ["model", "run", "seed"]
    named = trajectory.snapshots.with_columns(*_names(model, number, seed))
    return named.select(*first, *trajectory.snapshots.columns)


def _names(model: Model, number: int, seed: int) -> list[pl.Expr]:
    import polars as pl

    return [
        pl.lit(model.id).alias("model"),
        pl.lit(number, dtype=pl.Int64).alias("run"),
        pl.lit(seed, dtype=pl.Int64).alias("seed"),
    ]
