"""What a worker process does: take a job by its name, compute, send bytes or a refusal."""

from __future__ import annotations

import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

from worldclass.core.errors import WorldclassError
from worldclass.explorer.server.problems import Problem, RefusedError, refusal

READY = "ready"


def serve_jobs(line: Connection, memory: int, rows: int) -> None:
    """Answer jobs until the line is closed.

    Parameters
    ----------
    line
        Receives `(job, arguments)`; sends `("answer", bytes)` or `("refused", (status, problem))`.
    memory
        Most bytes of address space.
    rows
        Most rows of an answer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends us
    _cap_memory(memory)
    from worldclass.explorer.server.jobs import JOBS

    while True:
        try:
            job, arguments = line.recv()
        except (EOFError, OSError):
            return
        line.send(_answer(JOBS[job], arguments, rows))


def _answer(job: Any, arguments: dict[str, Any], rows: int) -> tuple[str, Any]:
    try:
        return "answer", job(arguments, rows)
    except WorldclassError as error:
        found = refusal(error)
        return "refused", (found.status, found.problem)
    except RefusedError as error:
        return "refused", (error.status, error.problem)
    except MemoryError:
        problem = Problem(
            "The computation needed more memory than one answer may take.",
            remedy="Ask for fewer countries, years, draws, runs or agents.",
        )
        return "refused", (422, problem)


def _cap_memory(memory: int) -> None:
    """Let a computation that grows without bound fail here, where it harms nobody."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
