"""Which parameters a result hangs on: Sobol indices and Morris screening, through SALib."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import UsageError, WorldclassError
from worldclass.dynamics.course import make_course
from worldclass.dynamics.designs import range_of, scale
from worldclass.dynamics.ensemble import Ensemble
from worldclass.dynamics.library import load_model
from worldclass.dynamics.parameters import declarations, find_declaration, with_settings
from worldclass.dynamics.scenarios import Scenario, scenario_of
from worldclass.dynamics.workers import Progress, compute

if TYPE_CHECKING:
    import polars as pl

    from worldclass.dynamics.designs import Sweep
    from worldclass.dynamics.model import Model

METHODS = ("sobol", "morris")
STATISTICS = ("mean", "last", "max", "sum")


def sensitivity(
    model: str | Model,
    quantity: str,
    group: str,
    *,
    ranges: Sweep | None = None,
    parameters: Mapping[str, Any] | None = None,
    scenario: str | Path | Scenario | None = None,
    method: str = "sobol",
    samples: int = 64,
    statistic: str = "mean",
    after: float = 0.0,
    runs: int = 1,
    seed: int = 0,
    workers: int | None = None,
    backend: str = "loky",
    checkpoint: str | Path | None = None,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """Indices that say how far each parameter moves a result.

    Parameters
    ----------
    model, parameters, scenario, runs, seed, workers, backend, checkpoint, progress
        As in `simulate`; the result of a setting is the mean over its runs.
    quantity, group
        The result.
    ranges
        Ends of the range of each parameter; by default every parameter that declares a range.
    method
        "sobol": parts of the variance that a parameter explains alone (`S1`) and with its
        interactions (`ST`), from N · (parameters + 2) settings (Saltelli 2010). "morris": mean
        absolute elementary effect (`mu_star`) and its spread (`sigma`) over the whole range, from
        N · (parameters + 1) settings (Morris 1991; Campolongo 2007).
    samples
        N; for "sobol" a power of two.
    statistic, after
        What of the series from time `after` on is the result: its mean, last value, maximum or
        sum.

    Returns
    -------
    Columns `parameter, index, value, low, high`: 95 % bootstrap intervals, null for `sigma`.

    Raises
    ------
    UsageError
        Unknown names, a result that no run reports, or one that does not vary.
    """
    _check(method, statistic, samples)
    found = load_model(model)
    known = {one.name: one for one in declarations(found.parameters)}
    named = ranges or {one.name: None for one in known.values() if one.range is not None}
    chosen = [find_declaration(known, name, "ranges") for name in named]
    ends = [range_of(one, given) for one, given in zip(chosen, named.values(), strict=True)]
    problem = {"num_vars": len(chosen), "names": list(named), "bounds": [[0.0, 1.0]] * len(chosen)}
    unit = _sample(method, problem, samples, seed)
    story = None if scenario is None else scenario_of(found.id, scenario)
    _check_result(found, quantity, group)
    settings = {**(story.settings if story else {}), **(parameters or {})}
    course = make_course(
        with_settings(found.parameters(), settings), story.interventions if story else ()
    )
    ensemble = Ensemble(
        model=model,
        parameters=course.parameters,
        interventions=course.interventions,
        points=tuple(scale(chosen, ends, unit)),
        runs=runs,
        seed=seed,
        swept=tuple(named),
    )
    results = compute(
        ensemble,
        workers=workers,
        backend=backend,
        checkpoint=_store(checkpoint),
        progress=progress,
    )
    values = _values([result.table for result in results], quantity, group, statistic, after)
    if values.size != len(unit):
        raise UsageError(
            f"Only {values.size} of {len(unit)} settings report '{quantity}' of '{group}' "
            f"after {after:g}.",
            where="quantity, group, after",
            remedy=f"Quantities: {', '.join(one.quantity for one in found.outputs)}.",
        )
    if np.ptp(values) == 0:
        raise UsageError(
            f"'{quantity}' of '{group}' is {values[0]:g} in every setting.",
            remedy="Widen the ranges, or choose another quantity.",
        )
    return _indices(method, problem, unit, values, seed)


def _check(method: str, statistic: str, samples: int) -> None:
    for value, choices in ((method, METHODS), (statistic, STATISTICS)):
        if value not in choices:
            raise UsageError(f"'{value}' is not possible.", remedy=f"Use {', '.join(choices)}.")
    if samples < 2 or (method == "sobol" and samples & (samples - 1)):
        raise UsageError(
            f"{samples} samples are not possible.",
            remedy="Ask for 2 or more; for Sobol indices for a power of two, such as 64.",
        )


def _check_result(model: Model, quantity: str, group: str) -> None:
    """Refuse a result that the model does not declare, before anything is computed."""
    declared = {one.quantity: one.groups for one in model.outputs}
    groups = declared.get(quantity, ())
    for what, name, known in (
        ("quantity", quantity, tuple(declared)),
        ("group", group, groups or (group,)),
    ):
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            guess = f" Did you mean '{close[0]}'?" if close else ""
            of = f"'{quantity}'" if what == "group" else f"'{model.id}'"
            raise UsageError(
                f"There is no {what} '{name[:60]}' of {of}.{guess}",
                where="quantity, group",
                remedy=f"Use {', '.join(known)}.",
            )


def _store(checkpoint: str | Path | None) -> Any:
    from worldclass.dynamics.checkpoint import open_checkpoint

    return None if checkpoint is None else open_checkpoint(checkpoint)


def _values(
    tables: Sequence[pl.DataFrame], quantity: str, group: str, statistic: str, after: float
) -> Any:
    """The result of each point, in order: the mean over its runs."""
    import polars as pl

    value = pl.col("value")
    kinds = {"mean": value.mean(), "last": value.last(), "max": value.max(), "sum": value.sum()}
    wanted = (
        (pl.col("quantity") == quantity) & (pl.col("group") == group) & (pl.col("time") >= after)
    )
    rows = pl.concat([table.filter(wanted) for table in tables])
    # In order, so that sums are the same to the last bit.
    each = rows.group_by("point", "run", maintain_order=True).agg(kinds[statistic])
    return (
        each.group_by("point", maintain_order=True)
        .agg(value.mean())
        .sort("point")["value"]
        .to_numpy()
    )


def _modules(method: str) -> tuple[Any, Any]:
    """SALib's sampler and analyser of a method."""
    from importlib import import_module

    try:
        return import_module(f"SALib.sample.{method}"), import_module(f"SALib.analyze.{method}")
    except ModuleNotFoundError as error:
        raise WorldclassError(
            "Sensitivity analysis needs the package SALib.",
            remedy="Install it: pip install 'worldclass[sensitivity]'.",
        ) from error


def _sample(method: str, problem: dict[str, Any], samples: int, seed: int) -> Any:
    """Points of the unit cube, shape (settings, parameters)."""
    sampler, _ = _modules(method)
    if method == "sobol":
        return sampler.sample(problem, samples, calc_second_order=False, seed=seed)
    return sampler.sample(problem, samples, seed=seed)


def _indices(
    method: str, problem: dict[str, Any], unit: Any, values: Any, seed: int
) -> pl.DataFrame:
    import polars as pl

    _, analyser = _modules(method)
    if method == "sobol":
        found = analyser.analyze(problem, values, calc_second_order=False, seed=seed)
        halves = {"S1": found["S1_conf"], "ST": found["ST_conf"]}
    else:
        found = analyser.analyze(problem, unit, values, seed=seed)
        halves = {"mu_star": found["mu_star_conf"], "sigma": None}
    rows = [
        {
            "parameter": name,
            "index": index,
            "value": float(found[index][place]),
            "low": None if half is None else float(found[index][place] - half[place]),
            "high": None if half is None else float(found[index][place] + half[place]),
        }
        for place, name in enumerate(problem["names"])
        for index, half in halves.items()
    ]
    return pl.DataFrame(rows, schema_overrides={"low": pl.Float64, "high": pl.Float64})
