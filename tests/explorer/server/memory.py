"""Resident memory of a process and of those that it started."""

from __future__ import annotations

from pathlib import Path

PROCESSES = Path("/proc")
MEGABYTE = 1_000_000


def family(process: int) -> dict[int, int]:
    """Resident bytes by process: this one and its descendants."""
    found = {process: resident(process)}
    for child in children(process):
        found |= family(child)
    return found


def children(process: int) -> list[int]:
    """Processes that a process started, by any of its threads."""
    files = (PROCESSES / str(process) / "task").glob("*/children")
    return [int(one) for file in files for one in _read(file).split()]


def resident(process: int) -> int:
    """Resident bytes; 0 for a process that has ended."""
    for line in _read(PROCESSES / str(process) / "status").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
