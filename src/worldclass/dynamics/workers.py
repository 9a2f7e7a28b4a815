"""Run the parts of an ensemble on one or many workers; the result is the same on any number.

joblib hands out the parts. Its backend "loky" uses the cores of this machine; "dask" and "ray"
carry the same call to a cluster. Whatever computes a part, this process alone writes it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SimulationError, UsageError, WorldclassError
from worldclass.dynamics.ensemble import Ensemble, Task, code_hash, run_part

if TYPE_CHECKING:
    from worldclass.dynamics.checkpoint import Checkpoint
    from worldclass.dynamics.run import RunResult

Progress = Callable[[int, int], None]
"""Called with runs done and runs in all."""

WORTH_STARTING = 5.0
"""Seconds of work from which on starting workers pays."""
WORTH_COMPILING = 4
"""Parts a worker from which on this process runs the first, so that one compiles for all."""


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
        Number of processes; null for as many as there are cores, started only when the work is
        long enough to pay for it, and for a shipped model.
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
    rest = list(parts)
    if workers is None and backend == "loky":
        # The first part also loads or compiles the kernel; the second tells how long parts take.
        taken = 0.0
        for place, part in parts[:2]:
            start = time.perf_counter()
            yield place, run_part(ensemble, part)
            taken = time.perf_counter() - start
        rest = rest[2:]
        pays = taken * len(rest) > WORTH_STARTING and isinstance(ensemble.model, str)
        workers = (os.cpu_count() or 1) if pays else 1
    elif workers and workers > 1 and backend == "loky" and len(rest) > WORTH_COMPILING * workers:
        place, part = rest.pop(0)
        yield place, run_part(ensemble, part)
    if not rest:
        return
    if workers == 1 and backend == "loky":
        for place, part in rest:
            yield place, run_part(ensemble, part)
        return
    yield from _parallel(ensemble, rest, workers, backend)


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

    jobs = [joblib.delayed(_work)(ensemble, place, part, code_hash()) for place, part in parts]
    pool: Any = joblib.Parallel
    try:
        with joblib.parallel_config(backend=backend, n_jobs=workers or -1):
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
