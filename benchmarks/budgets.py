"""The budgets the project promises to keep, each measured as a user meets it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import Run, run_python, run_worldclass
from benchmarks.timing import Timing, seconds_text

OWN_THEORY = Path(__file__).with_name("living_from_work.toml")
PACKAGE = Path(__file__).parent.parent / "src" / "worldclass"


@dataclass(frozen=True)
class Budget:
    """One promise and what became of it.

    Attributes
    ----------
    task
        What was done.
    found, allowed
        Measured and promised, as text.
    kept
        None where it was not measured.
    """

    task: str
    found: str
    allowed: str
    kept: bool | None


def measure_budgets(mirror: Path | None, *, smoke: bool) -> list[Budget]:
    """Measure all budgets; in a smoke pass once each, on small inputs."""
    runs = 1 if smoke else 5
    years = "2022:2023" if smoke else "1991:2023"
    draws = 10 if smoke else 200
    settings = 10 if smoke else 1000
    return [
        _timed(
            "atlas of a shipped theory, one country and year, intervals (whole process)",
            lambda: run_worldclass("atlas", "--country", "BRA", "--year", "2023"),
            runs,
            2.0,
        ),
        _timed(
            f"theory of one's own, all countries, {years}, {draws} draws (whole process)",
            lambda: _own_theory(years, draws),
            runs,
            5.0,
        ),
        _timed(
            f"{settings:,} settings of tau, world, one year, central (warm)",
            lambda: _sweep(settings, times=3),
            runs,
            2.0,
            seconds=lambda run: float(run.output.split()[-1]),
        ),
        *_hostile_files(runs),
        *_flows(mirror, runs, smoke=smoke),
        _timed("worldclass --help", lambda: run_worldclass("--help"), runs, 0.5),
        _timed("import worldclass", lambda: run_python("import worldclass"), runs, 0.5),
        *_rebuild(mirror, smoke=smoke),
        _size("embedded snapshot", PACKAGE / "snapshot", 8.0),
        _size("embedded input-output tables, solved", PACKAGE / "flows" / "tables", 3.0),
    ]


def _own_theory(years: str, draws: int) -> Run:
    code = f"""import worldclass as wc
frame = wc.atlas({str(OWN_THEORY)!r}, year={years!r}, draws={draws})
assert frame["persons_p05"].null_count() == 0 and frame.height > 4 * 188"""
    return run_python(code)


def _sweep(settings: int, times: int) -> Run:
    """Print the fastest of some calls in one process: the first also opens the snapshot."""
    code = f"""import time
import worldclass as wc
seconds = []
for _ in range({times}):
    start = time.perf_counter()
    frame = wc.sweep("bromma", {{"tau": [750 + 2 * k for k in range({settings})]}}, year=2023)
    seconds.append(time.perf_counter() - start)
assert frame["tau"].n_unique() == {settings}
print(min(seconds))"""
    return run_python(code)


def _hostile_files(runs: int) -> list[Budget]:
    """Files that would overflow or stall a naive parser are refused within a second."""
    head = OWN_THEORY.read_text(encoding="utf-8")
    texts = {
        "5,000 nested parentheses": head.replace(
            "status = 'employer'", "(" * 5_000 + "status = 'employer'" + ")" * 5_000
        ),
        "10 MB of `and`": head.replace(
            "status = 'employer'", " and ".join(["status = 'employer'"] * 430_000)
        ),
        "5,000 dotted keys": head + "".join(f"a{k}.b.c.d.e = 1\n" for k in range(5_000)),
    }
    found: list[Budget] = []
    for words, text in texts.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "hostile.toml"
            file.write_text(text, encoding="utf-8")
            name = f"theory check refuses {words} (whole process)"
            found.append(
                _timed(
                    name,
                    lambda file=file: run_worldclass("theory", "check", str(file), expect=3),
                    runs,
                    1.0,
                )
            )
    return found


def _flows(mirror: Path | None, runs: int, *, smoke: bool) -> list[Budget]:
    """Flows from the embedded tables, and from the tables themselves where there is a mirror."""
    draws = "10" if smoke else "200"
    embedded = _timed(
        f"flows of one year, {draws} draws (whole process)",
        lambda: run_worldclass("flows", "--year", "2008", "--draws", draws),
        runs,
        4.0,
    )
    one = "a WIOD year solved and its hours traced, once loaded"
    every = "  all years of the mirror, loading and checking included (whole process)"
    if mirror is None or not (mirror / "wiod2013").is_dir():
        return [embedded, *(Budget(name, "skipped: no mirror", "", None) for name in (one, every))]
    warm = _timed(
        one,
        lambda: run_python(_TRACE.format(mirror=str(mirror), times=1 if smoke else 5)),
        1 if smoke else 3,
        0.1,
        seconds=lambda run: float(run.output.split()[-1]),
    )
    if smoke:
        return [embedded, warm, Budget(every, "skipped: smoke pass", "10 s", None)]
    return [
        embedded,
        warm,
        _timed(every, lambda: run_python(_EVERY_YEAR.format(mirror=str(mirror))), runs, 10.0),
    ]


_TRACE = """import statistics, time
from worldclass.flows.accounts import Accounts
from worldclass.flows.embodied import embodied
from worldclass.flows.production import produce
from worldclass.flows.read import read_economy
economy, _ = read_economy({mirror!r}, 2008)
hours = Accounts(economy).account("hours").central
embodied(produce(economy), hours)
seconds = []
for _ in range({times}):
    start = time.perf_counter()
    flows = embodied(produce(economy), hours)
    seconds.append(time.perf_counter() - start)
assert abs(flows.sum() / hours.sum() - 1) < 1e-9
print(statistics.median(seconds))"""

_EVERY_YEAR = """from worldclass.flows.query import flows
from worldclass.flows.read import open_tables
totals = {{e.year: flows(table=e, draws=0)["value"].sum() for e, _ in open_tables({mirror!r})}}
assert len(totals) >= 10, totals"""


def _rebuild(mirror: Path | None, *, smoke: bool) -> list[Budget]:
    time_task, memory_task = "rebuild from the mirror, 200 draws", "  its peak memory"
    reason = "smoke pass" if smoke else "no mirror: pass --mirror FOLDER"
    if smoke or mirror is None or not (mirror / "world").is_dir():
        return [Budget(time_task, f"skipped: {reason}", "180 s, 6 GB", None)]
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "snapshot")
        run = run_worldclass("data", "build", "--mirror", str(mirror), "--out", target)
    return [
        Budget(time_task, seconds_text(run.seconds), "180 s", run.seconds <= 180),
        Budget(memory_task, f"{run.peak_bytes / 1e9:.1f} GB", "6 GB", run.peak_bytes <= 6e9),
    ]


def _size(task: str, folder: Path, megabytes: float) -> Budget:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return Budget(task, f"{size:.1f} MB", f"{megabytes:g} MB", size <= megabytes)


def _timed(
    task: str,
    work: Callable[[], Run],
    runs: int,
    allowed: float,
    *,
    seconds: Callable[[Run], float] = lambda run: run.seconds,
) -> Budget:
    """Median of several runs, after one that warms the disk's cache."""
    if runs > 1:
        work()
    timing = Timing(tuple(seconds(work()) for _ in range(runs)))
    return Budget(task, str(timing), seconds_text(allowed), timing.median <= allowed)
