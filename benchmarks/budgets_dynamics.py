"""What simulations may cost: a simulated year, the first call, and what a second worker brings."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable

from benchmarks.budgets import Budget
from benchmarks.process import run_python
from benchmarks.timing import Timing, seconds_text
from worldclass.dynamics.simulate import simulate

YEARS = 5


def measure_dynamics(*, smoke: bool) -> list[Budget]:
    """Measure all of them; in a smoke pass on small inputs."""
    small, large = (300, 3_000) if smoke else (10_000, 1_000_000)
    return [
        _year(small, 0.015, runs=1 if smoke else 5),
        _year(large, 6.0, runs=1),
        _first_call(),
        _two_workers(smoke=smoke),
    ]


def _year(agents: int, allowed: float, *, runs: int) -> Budget:
    """Seconds of a simulated year: of six years over five, so that starting up does not count."""

    def years(number: int) -> None:
        simulate("social-architecture", {"agents": agents, "years": number}, workers=1)

    years(1)
    timing = Timing(
        tuple((_clock(years, 1 + YEARS) - _clock(years, 1)) / YEARS for _ in range(runs))
    )
    return Budget(
        f"social architecture, one year of {agents:,} agents (warm)",
        str(timing),
        seconds_text(allowed),
        timing.median <= allowed,
    )


def _first_call() -> Budget:
    """A fresh interpreter with an empty cache compiles the kernels and runs a model."""
    code = """import worldclass as wc
assert wc.simulate("social-architecture", {"years": 1}).height > 40"""
    folder = tempfile.mkdtemp()
    before = os.environ.get("NUMBA_CACHE_DIR")
    os.environ["NUMBA_CACHE_DIR"] = folder
    try:
        run = run_python(code)
        again = run_python(code)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if before is None:
            del os.environ["NUMBA_CACHE_DIR"]
        else:
            os.environ["NUMBA_CACHE_DIR"] = before
    return Budget(
        "first simulation after installation (whole process, kernels compiled)",
        f"{seconds_text(run.seconds)}; then {seconds_text(again.seconds)} from the cache",
        seconds_text(10.0),
        run.seconds <= 10.0,
    )


def _two_workers(*, smoke: bool) -> Budget:
    """How many times faster two processes are than one, on sixteen runs of two seconds."""
    settings = {"agents": 300, "years": 2} if smoke else {"agents": 10_000, "years": 150}
    runs = 2 if smoke else 16

    def ensemble(workers: int) -> float:
        start = time.perf_counter()
        simulate("social-architecture", settings, runs=runs, workers=workers)
        return time.perf_counter() - start

    ensemble(2)  # starts the processes and loads the kernels there
    found = ensemble(1) / ensemble(2)
    return Budget(
        f"ensemble of {runs} runs: two workers over one", f"{found:.2f} ×", "1.8 ×", found >= 1.8
    )


def _clock(work: Callable[[int], None], number: int) -> float:
    start = time.perf_counter()
    work(number)
    return time.perf_counter() - start
