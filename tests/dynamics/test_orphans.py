"""Nobody computes on for a process that is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCRIPT = """
import sys
from worldclass.dynamics import workers
from worldclass.dynamics.simulate import simulate
if __name__ == "__main__":
    workers.cores = lambda: 2
    simulate("social-architecture", {"agents": 500, "years": 400}, runs=40, workers=2,
             checkpoint=sys.argv[1])
"""
PROCESSES = Path("/proc")


def running(group: int) -> int:
    """Processes of a group that have not ended."""
    found = 0
    for file in PROCESSES.glob("[0-9]*/stat"):
        try:
            state, _, its_group, *_ = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        found += int(its_group) == group and state != "Z"
    return found


@pytest.mark.skipif(not (PROCESSES / "self/stat").is_file(), reason="needs the /proc of Linux")
def test_workers_end_when_the_process_that_started_them_is_killed(tmp_path: Path) -> None:
    script, parts = tmp_path / "ensemble.py", tmp_path / "parts"
    script.write_text(SCRIPT)
    process = subprocess.Popen(
        [sys.executable, script, parts], start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 120
        while not list(parts.glob("*.parquet")) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert running(process.pid) >= 3
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        deadline = time.monotonic() + 60
        while running(process.pid) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert running(process.pid) == 0
    finally:
        if running(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
