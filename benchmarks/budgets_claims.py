"""What the claims promise: 10,000 specifications in a minute, and at once the second time."""

from __future__ import annotations

import tempfile

from benchmarks.budgets import Budget
from benchmarks.peer_claims import CLAIM, DRAWS
from benchmarks.process import Run, run_python
from benchmarks.timing import seconds_text

PROGRAM = """import worldclass as wc
frame = wc.claims({claim!r}, draws={draws}, most={most}, cache={cache!r})
assert frame.specifications.height == {most}"""


def measure_claims(*, smoke: bool) -> list[Budget]:
    """A claim about the atlas, computed and then read again, each in a process of its own."""
    draws, most = (8, 40) if smoke else (DRAWS, 10_000)
    with tempfile.TemporaryDirectory() as folder:
        program = PROGRAM.format(claim=str(CLAIM), draws=draws, most=most, cache=folder)
        first, again = run_python(program), run_python(program)
    task = f"a claim at {most:,} specifications × {draws} draws, checked first (whole process)"
    return [
        Budget(task, seconds_text(first.seconds), "60 s", first.seconds <= 60),
        Budget("  its peak memory", _gigabytes(first), "4 GB", first.peak_bytes <= 4e9),
        Budget("  the same once more", seconds_text(again.seconds), "1 s", again.seconds <= 1),
    ]


def _gigabytes(run: Run) -> str:
    return f"{run.peak_bytes / 1e9:.2f} GB"
