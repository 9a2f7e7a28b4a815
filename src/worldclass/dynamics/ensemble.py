"""Many runs of a model: several seeds, several settings, cut into parts that can be resumed."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import UsageError
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.parameters import Parameters, settings_of, with_settings
from worldclass.dynamics.run import COLUMNS, RunResult, check_seed, run

if TYPE_CHECKING:
    import polars as pl

    from worldclass.dynamics.course import Intervention
    from worldclass.dynamics.model import Model
    from worldclass.dynamics.parameters import Value

MOST_RUNS = 10_000_000
MOST_PARTS = 256
"""Parts of an ensemble, each of as many runs as that takes; a part is what a crash can lose."""


@dataclass(frozen=True)
class Task:
    """One run of an ensemble: setting number `point`, run number `number`.

    It carries its own settings, so that a part can be sent without those of all other points.
    """

    point: int
    number: int
    settings: Mapping[str, Value] = field(default_factory=dict[str, "Value"])


@dataclass(frozen=True)
class Ensemble:
    """What is run: one model, its settings, and how many runs of each.

    Parameters
    ----------
    model
        Id of a shipped model, or a model of one's own.
    parameters
        Values common to all points.
    points
        Settings that differ; one empty setting when nothing is swept.
    runs
        Runs of each point. Run k has the same chance at every point, so that points are
        compared under equal luck.
    seed
        Root of all chance.
    interventions, snapshots
        As in `run`.
    """

    model: str | Model
    parameters: Parameters
    points: tuple[Mapping[str, Value], ...] = ({},)
    runs: int = 1
    seed: int = 0
    interventions: tuple[Intervention, ...] = ()
    snapshots: tuple[float, ...] = ()
    swept: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        check_seed(self.seed)
        if self.runs < 1 or self.runs * len(self.points) > MOST_RUNS:
            raise UsageError(
                f"{self.runs:,} runs of {len(self.points):,} points are not possible.",
                remedy=f"Ask for 1 to {MOST_RUNS:,} runs in all.",
            )
        for point in self.points:
            with_settings(self.parameters, point, where="sweep")

    def parts(self) -> list[tuple[Task, ...]]:
        """The tasks in the order of the final table, cut into parts of equal size."""
        tasks = [Task(p, k, own) for p, own in enumerate(self.points) for k in range(self.runs)]
        size = -(-len(tasks) // MOST_PARTS)
        return [tuple(tasks[start : start + size]) for start in range(0, len(tasks), size)]

    def without_points(self) -> Ensemble:
        """What the parts have in common: they carry the settings of their points themselves."""
        return replace(self, points=({},), runs=1)

    def key(self, part: Sequence[Task]) -> str:
        """Address of a part: a hash of everything that its content depends on."""
        content = {
            "code": code_hash(),
            "model": _model_key(self.model),
            "parameters": settings_of(self.parameters),
            "files": [
                _files_named(settings_of(self.parameters)),
                *(
                    _files_named(own)
                    for own in {task.point: task.settings for task in part}.values()
                ),
            ],
            "seed": self.seed,
            "interventions": [
                [one.time, one.until, sorted(one.settings.items())] for one in self.interventions
            ],
            "snapshots": self.snapshots,
            "swept": self.swept,
            "tasks": [[task.point, dict(task.settings), task.number] for task in part],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def run_part(ensemble: Ensemble, part: Sequence[Task]) -> RunResult:
    """Run the tasks of a part, one after the other."""
    import polars as pl

    results = [_run_task(ensemble, task) for task in part]
    taken = [result.snapshots for result in results if result.snapshots is not None]
    tables = [result.table for result in results]
    return RunResult(pl.concat(tables), pl.concat(taken) if taken else None)


def _run_task(ensemble: Ensemble, task: Task) -> RunResult:
    result = run(
        ensemble.model,
        with_settings(ensemble.parameters, task.settings),
        ensemble.seed,
        number=task.number,
        interventions=ensemble.interventions,
        snapshots=ensemble.snapshots,
    )
    if not ensemble.swept:
        return result
    agents = result.snapshots
    return RunResult(
        _with_point(result.table, ensemble, task).select("point", *ensemble.swept, *COLUMNS),
        None if agents is None else _with_point(agents, ensemble, task),
    )


def _with_point(table: pl.DataFrame, ensemble: Ensemble, task: Task) -> pl.DataFrame:
    """A table with the number and the settings of its point."""
    import polars as pl

    # In the type that the model declares, so that points with 1 and 1.5 fit into one table.
    full = with_settings(ensemble.parameters, task.settings)
    types: dict[type, Any] = {bool: pl.Boolean, int: pl.Int64, float: pl.Float64, str: pl.String}
    values = {name: getattr(full, name) for name in ensemble.swept}
    settings = [
        pl.lit(value, dtype=types[type(value)]).alias(name) for name, value in values.items()
    ]
    return table.with_columns(pl.lit(task.point, dtype=pl.Int64).alias("point"), *settings)


def code_hash() -> str:
    """Hash of the version, of every source and data file of the package, and of the snapshot.

    Parts that another state of them made are never mixed into a result, and workers elsewhere
    prove by it that they run the same.
    """
    from worldclass.people.snapshot import PROVENANCE, open_snapshot

    provenance = open_snapshot().folder / PROVENANCE
    return _hash_with(hashlib.sha256(provenance.read_bytes()).hexdigest())


@cache
def _hash_with(snapshot: str) -> str:
    from worldclass import __version__

    digest = hashlib.sha256(f"{__version__}:{snapshot}".encode())
    folder = Path(__file__).parents[1]
    files = [file for kind in ("py", "toml", "csv") for file in folder.rglob(f"*.{kind}")]
    for file in sorted(files):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files_named(settings: Mapping[str, Any]) -> dict[str, str]:
    """Files that settings name (a theory of one's own), each with the hash of its text."""
    named = {text for text in settings.values() if isinstance(text, str) and "." in text}
    return {
        text: hashlib.sha256(Path(text).read_bytes()).hexdigest()
        for text in sorted(named)
        if Path(text).is_file()
    }


def _model_key(model: str | Model) -> str:
    """Id of a shipped model; for one's own also the text of its module."""
    found = load_model(model)
    if isinstance(model, str) and model in list_models():
        return found.id
    try:
        module = inspect.getmodule(found.simulate)
        text = inspect.getsource(module) if module else inspect.getsource(found.simulate)
    except (OSError, TypeError) as error:
        raise UsageError(
            f"The model '{found.id}' has no source text, so its parts cannot be told apart.",
            where="checkpoint",
            remedy="Define the model in a file, or run without a checkpoint.",
        ) from error
    return f"{found.id}:{hashlib.sha256(text.encode()).hexdigest()}"
