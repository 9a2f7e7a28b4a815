"""Run a command as a user would: wall-clock time and peak memory of the whole process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("worldclass"))
KIBIBYTE = 1024


@dataclass(frozen=True)
class Run:
    """One finished process.

    Attributes
    ----------
    seconds
        From start to end.
    peak_bytes
        Largest resident memory.
    code
        Exit code.
    output
        What it printed, errors included.
    """

    seconds: float
    peak_bytes: int
    code: int
    output: str


def run_worldclass(*arguments: str, expect: int = 0) -> Run:
    """Run `worldclass` with arguments.

    Raises
    ------
    RuntimeError
        It left with another exit code than expected; the message carries what it printed.
    """
    return run_command([COMMAND, *arguments], expect=expect)


def run_python(code: str) -> Run:
    """Run Python code in a fresh interpreter."""
    return run_command([sys.executable, "-c", code])


def run_command(command: list[str], *, expect: int = 0) -> Run:
    """Run a command, and wait for it in a way that tells its memory.

    Modules may be kept compiled, as they are on a user's machine.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as captured:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=captured,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        captured.seek(0)
        output = captured.read().decode(errors="replace")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else KIBIBYTE)
    if process.returncode != expect:
        raise RuntimeError(f"{' '.join(command)} left with {process.returncode}:\n{output}")
    return Run(seconds, peak, process.returncode, output)
