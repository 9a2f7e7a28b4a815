"""What a worker process does: take a job by its name, compute, send bytes or a refusal."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from typing import IO, Any

from worldclass.core.errors import WorldclassError
from worldclass.explorer.server.problems import FAULT, Problem, RefusedError, refusal
from worldclass.explorer.server.warming import warm_up

MODULE = "worldclass.explorer.server.worker"
LENGTH = 8
"""Bytes that say how long a message is."""


def serve_jobs(source: IO[bytes], target: IO[bytes], rows: int) -> None:
    """Answer jobs until the source ends.

    Parameters
    ----------
    source
        Pickled `(job, arguments)`, each after its length.
    target
        Pickled `("answer", bytes)` or `("refused", (status, problem))`, each after its length.
    rows
        Most rows of an answer.
    """
    from worldclass.explorer.server.jobs import JOBS

    while len(head := source.read(LENGTH)) == LENGTH:
        job, arguments = pickle.loads(source.read(int.from_bytes(head, "big")))
        message = pickle.dumps(_answer(JOBS[job], arguments, rows))
        target.write(len(message).to_bytes(LENGTH, "big") + message)
        target.flush()


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
    except Exception:
        traceback.print_exc()  # for those who run the server; a visitor is not told our insides
        return "refused", (500, FAULT)


def _cap_memory(memory: int) -> None:
    """Let a computation that grows without bound fail here, where it harms nobody."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def own_output() -> IO[bytes]:
    """Standard output for our messages alone; what a library prints goes to standard error."""
    ours = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return ours


def main() -> None:
    """Run as a process: most bytes of address space, most rows, and `warm` to load models ahead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends us
    _cap_memory(int(sys.argv[1]))
    answers = own_output()
    if sys.argv[3:] == ["warm"]:
        warm_up()
    serve_jobs(sys.stdin.buffer, answers, int(sys.argv[2]))


if __name__ == "__main__":
    main()
