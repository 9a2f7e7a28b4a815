"""Ask a model: one call from a name to a table of runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.dynamics.course import Intervention, make_course
from worldclass.dynamics.designs import sweep_points
from worldclass.dynamics.ensemble import Ensemble
from worldclass.dynamics.library import load_model
from worldclass.dynamics.parameters import with_settings
from worldclass.dynamics.scenarios import Scenario, load_scenario, scenario_of
from worldclass.dynamics.workers import Progress, compute

if TYPE_CHECKING:
    from worldclass.dynamics.designs import Sweep
    from worldclass.dynamics.model import Model
    from worldclass.dynamics.result import SimulationFrame


def simulate(
    model: str | Model | None = None,
    parameters: Mapping[str, Any] | None = None,
    *,
    scenario: str | Path | Scenario | None = None,
    seed: int = 0,
    runs: int = 1,
    sweep: Sweep | None = None,
    design: str = "grid",
    points: int = 64,
    interventions: Iterable[Intervention] | None = None,
    snapshots: Sequence[float] = (),
    workers: int | None = None,
    backend: str = "loky",
    checkpoint: str | Path | None = None,
    progress: Progress | None = None,
) -> SimulationFrame:
    """Run a model: once, many times, or over many settings. A mechanism, not a forecast.

    Parameters
    ----------
    model
        Id of a model (`worldclass simulate list`), or a `Model` of one's own; may be left out
        where a scenario names it.
    parameters
        Settings by name; they win over those of the scenario.
    scenario
        Name or file of a scenario: settings and interventions with a source.
    seed
        Root of all chance: the same seed gives the same table on any number of workers.
    runs
        Runs of each setting.
    sweep, design, points
        Parameters to vary; see `worldclass.dynamics.designs.sweep_points`.
    interventions
        Changes of parameters in time; they replace those of the scenario.
    snapshots
        Times at which agents are wanted; they are then in `.snapshots` of the result.
    workers, backend
        See `worldclass.dynamics.workers.compute`.
    checkpoint
        Folder in which finished parts are kept. The same call continues where it was stopped.
    progress
        Called with runs done and runs in all.

    Returns
    -------
    Columns `model, run, seed, time, group, quantity, value`; a sweep puts `point` and the swept
    parameters in front.

    Raises
    ------
    UsageError
        Unknown names, values beyond their limits, or a scenario of another model.
    SimulationError
        A run left the numbers.

    Examples
    --------
    >>> import worldclass as wc
    >>> runs = wc.simulate("social-architecture", {"agents": 200, "years": 2}, seed=1, runs=3)
    >>> runs["run"].n_unique()
    3
    """
    story = None if scenario is None else _load(scenario)
    name = model if model is not None else story.model if story else None
    if name is None:
        raise UsageError("No model is named.", remedy="Name a model or a scenario.")
    found = load_model(name)
    if story is not None:
        story = scenario_of(found.id, story)
    given = with_settings(found.parameters(), _settings(story, parameters), where=found.id)
    changes = tuple(interventions) if interventions is not None else ()
    if interventions is None and story is not None:
        changes = story.interventions
    course = make_course(given, changes)
    chosen = (
        sweep_points(found.parameters, sweep, design, points=points, seed=seed) if sweep else [{}]
    )
    ensemble = Ensemble(
        model=name,
        parameters=given,
        points=tuple(chosen),
        runs=runs,
        seed=seed,
        interventions=course.interventions,
        snapshots=tuple(sorted(float(time) for time in snapshots)),
        swept=tuple(sweep or ()),
    )
    frame = _gather(ensemble, workers, backend, checkpoint, progress)
    frame.title = titled(found, story)
    frame.marks = tuple((one.time, one.label) for one in course.interventions)
    return frame


def titled(model: Model, scenario: Scenario | None) -> str:
    """Model and scenario in words, as the title of a picture of runs."""
    if scenario is None:
        return model.label
    return f"{model.label}: {scenario.label[0].lower()}{scenario.label[1:]}"


def _load(scenario: str | Path | Scenario) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else load_scenario(scenario)


def _settings(scenario: Scenario | None, parameters: Mapping[str, Any] | None) -> dict[str, Any]:
    return {**(scenario.settings if scenario else {}), **(parameters or {})}


def _gather(
    ensemble: Ensemble,
    workers: int | None,
    backend: str,
    checkpoint: str | Path | None,
    progress: Progress | None,
) -> SimulationFrame:
    """Compute all parts and put them together in their order."""
    import polars as pl

    from worldclass.dynamics.checkpoint import open_checkpoint
    from worldclass.dynamics.result import SimulationFrame

    store = None if checkpoint is None else open_checkpoint(checkpoint)
    results = compute(
        ensemble, workers=workers, backend=backend, checkpoint=store, progress=progress
    )
    frame = SimulationFrame(pl.concat([result.table for result in results]))
    agents = [result.snapshots for result in results if result.snapshots is not None]
    if agents:
        frame.snapshots = pl.concat(agents)
    return frame
