"""Run the parts of an ensemble on one or many workers; the result is the same on any number.

joblib hands out the parts. Its backend "loky" uses the cores of this machine; "dask" and "ray"
carry the same call to a cluster. Whatever computes a part, this process alone writes it.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SimulationError, UsageError, WorldclassError
from worldclass.dynamics.ensemble import Ensemble, Task, code_hash, run_part
from worldclass.dynamics.library import load_model
from worldclass.dynamics.orphans import start_worker
from worldclass.dynamics.parameters import with_settings
from worldclass.dynamics.run import run

if TYPE_CHECKING:
    from worldclass.dynamics.checkpoint import Checkpoint
    from worldclass.dynamics.run import RunResult

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all."""

WORTH_STARTING = 5.0
"""Seconds of work from which on starting workers pays."""
WORTH_COMPILING = 4
"""Parts a worker from which on this process runs the first, so that one compiles for all."""
_LOG = logging.getLogger(__name__)


def compute(
    ensemble: Ensemble,
    *,
    workers: int | None = None,
    backend: str = "loky",
    checkpoint: Checkpoint | None = None,
    progress: Progress | None = None,
) -> list[RunResult]:
    """Every part of an ensemble, in order; parts in the checkpoint are not computed again.

    Parameters
    ----------
    workers
        Most processes; null for as many as there are cores, started only when the work is long
        enough to pay for it, and for a shipped model. On this machine never more start than there
        are cores or parts: they would only wait for one another, and use memory.
    backend
        Name of a joblib backend.
    progress
        Called after every part.

    Raises
    ------
    SimulationError
        A run failed, a worker died, or a worker elsewhere runs other code.
    UsageError
        A number of workers below 1, or a backend that is not there.
    """
    if workers is not None and workers < 1:
        raise UsageError(f"{workers} workers cannot work.", remedy="Ask for 1 or more.")
    parts = ensemble.parts()
    total, done = sum(map(len, parts)), 0
    results: dict[int, RunResult] = {}
    keys = [ensemble.key(part) for part in parts] if checkpoint else []
    for place, key in enumerate(keys):
        if checkpoint and (found := checkpoint.load(key)):
            results[place] = found
            done += len(parts[place])
    missing = [(place, parts[place]) for place in range(len(parts)) if place not in results]
    if progress:
        progress(done, total)
    for place, result in _computed(ensemble, missing, workers, backend):
        if checkpoint:
            checkpoint.save(keys[place], result)
        results[place] = result
        done += len(parts[place])
        if progress:
            progress(done, total)
    return [results[place] for place in range(len(parts))]


Numbered = tuple[int, tuple[Task, ...]]


def _computed(
    ensemble: Ensemble, parts: Sequence[Numbered], workers: int | None, backend: str
) -> Iterator[tuple[int, RunResult]]:
    """Parts as they are finished, in any order."""
    if backend != "loky":
        if parts:
            yield from _parallel(ensemble, parts, workers, backend)
        return
    if workers is not None:
        workers = _possible(workers, len(parts))
    rest = list(parts)
    alone = workers == 1 or len(parts) < 2
    ready = not alone and compile_ahead(ensemble)
    if not alone and workers is None:
        # Without `ready`, the first also loads or compiles kernels; the last tells how long one is.
        taken = 0.0
        for place, part in parts[: 1 if ready else 2]:
            start = time.perf_counter()
            yield place, run_part(ensemble, part)
            taken = time.perf_counter() - start
            rest.pop(0)
        pays = taken * len(rest) > WORTH_STARTING and isinstance(ensemble.model, str)
        workers = min(cores(), len(rest)) if pays else 1
    elif not alone and not ready and len(rest) > WORTH_COMPILING * (workers or 1):
        place, part = rest.pop(0)
        yield place, run_part(ensemble, part)
    if alone or workers == 1 or len(rest) < 2:
        for place, part in rest:
            yield place, run_part(ensemble, part)
        return
    yield from _parallel(ensemble, rest, workers, backend)


def cores() -> int:
    """Cores that this process may use; a container may allow fewer than the machine has."""
    try:
        from joblib import cpu_count
    except ModuleNotFoundError:
        return os.cpu_count() or 1
    return int(cpu_count())


def _possible(workers: int, parts: int) -> int:
    """As many of the workers asked for as can be of use; says so where they are fewer."""
    useful = max(1, min(workers, parts, cores()))
    if useful < workers and parts:
        _LOG.warning(
            "%s", f"{useful} of {workers:,} workers: cores {cores()}, parts to compute {parts:,}."
        )
    return useful


def compile_ahead(ensemble: Ensemble) -> bool:
    """Compile the kernels by the shortest run, so that no two workers do it at once.

    Returns
    -------
    Whether there is such a run.
    """
    model = load_model(ensemble.model)
    if not model.shortest:
        return False
    try:
        run(model, with_settings(ensemble.parameters, model.shortest))
    except WorldclassError:
        return False  # these parameters do not go with so short a run
    return True


def _parallel(
    ensemble: Ensemble, parts: Sequence[Numbered], workers: int | None, backend: str
) -> Iterator[tuple[int, RunResult]]:
    try:
        import joblib
        from joblib.externals.loky.process_executor import BrokenProcessPool, TerminatedWorkerError
    except ModuleNotFoundError as error:
        raise WorldclassError(
            "Several workers need the package joblib.",
            remedy="Install it: pip install 'worldclass[dynamics]'; or use one worker.",
        ) from error

    common, code = ensemble.without_points(), code_hash()
    jobs = [joblib.delayed(_work)(common, place, part, code) for place, part in parts]
    pool: Any = joblib.Parallel
    own: dict[str, Any] = {"initializer": start_worker, "initargs": (os.getpid(),)}
    options = own if backend == "loky" else {}
    try:
        with joblib.parallel_config(backend=backend, n_jobs=workers or -1, **options):
            active: Any = joblib.parallel.get_active_backend()[0]
            if active.supports_return_generator:
                yield from pool(return_as="generator_unordered", batch_size=1)(jobs)
                return
            # Ray's gives results only when all it was handed are there: hand it some at a time.
            some = 4 * active.effective_n_jobs(workers or -1)
            for start in range(0, len(jobs), some):
                yield from pool(batch_size=1)(jobs[start : start + some])
    except TerminatedWorkerError as error:
        raise SimulationError(
            "A worker process died, perhaps for lack of memory.",
            remedy="Use fewer workers (--workers); with a checkpoint the run continues.",
        ) from error
    except BrokenProcessPool as error:
        raise UsageError(
            f"The model cannot be sent to worker processes: {error.__cause__ or error}",
            where="workers",
            remedy="Define it in a module that they can import, or use one worker.",
        ) from error
    except (ImportError, ValueError) as error:
        if isinstance(error, WorldclassError) or backend == "loky":
            raise
        raise UsageError(
            f"joblib's backend '{backend}' cannot be used: {error}",
            where="backend",
            remedy="Use 'loky'; or start a cluster first, and see docs/dynamics.md.",
        ) from error


def _work(ensemble: Ensemble, place: int, part: Sequence[Task], code: str) -> tuple[int, Any]:
    """Run a part in a worker, which must run the same code as the process that asked."""
    if code != code_hash():
        raise SimulationError(
            "A worker has another version of worldclass than the process that hands out work.",
            remedy="Install the same version on all machines.",
        )
    return place, run_part(ensemble, part)
