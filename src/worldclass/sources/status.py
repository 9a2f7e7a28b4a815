"""What a mirror and the cache hold: files, hashes, years, and how old they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from worldclass.core.errors import SourceError
from worldclass.sources.downloads import records
from worldclass.sources.mirror import Mirror, mirror_tables, sha256

STALE_DAYS = 365
"""A download older than this, in days, is called stale."""

STALE_YEARS = 3
"""A mirror whose newest year lies further back than this is called stale."""


@dataclass(frozen=True)
class TableStatus:
    """One table of a mirror.

    Parameters
    ----------
    table, path
        Its name and its file, relative to the root.
    state
        `ok`, `stale`, or `broken`.
    rows, first_year, last_year
        What it holds; `None` when broken, or without years.
    sha256
        Hash of the file; empty when it is missing.
    problem
        What is wrong, when broken.
    """

    table: str
    path: str
    state: str
    rows: int | None = None
    first_year: int | None = None
    last_year: int | None = None
    sha256: str = ""
    problem: str = ""


@dataclass(frozen=True)
class CacheStatus:
    """One file of the cache.

    Parameters
    ----------
    name, url
        Its path within the cache, and where it came from.
    state
        `ok`, `stale` (older than a year), `changed` (not what was downloaded) or `missing`.
    bytes, sha256, retrieved
        What was downloaded, and when (ISO 8601, UTC).
    """

    name: str
    url: str
    state: str
    bytes: int
    sha256: str
    retrieved: str


def mirror_status(mirror: Mirror, *, today: datetime | None = None) -> list[TableStatus]:
    """Read and check every declared table; a broken one is reported, not raised."""
    year = (today or datetime.now(UTC)).year
    return [_table(mirror, name, year) for name in mirror_tables()]


def cache_status(folder: Path, *, today: datetime | None = None) -> list[CacheStatus]:
    """Every download that the cache's lock file remembers.

    Raises
    ------
    SourceError
        When the lock file is damaged.
    """
    now = today or datetime.now(UTC)
    found: list[CacheStatus] = []
    for name, record in records(folder).items():
        file = folder / name
        age = now - datetime.fromisoformat(record.retrieved)
        if not file.is_file():
            state = "missing"
        elif sha256(file) != record.sha256:
            state = "changed"
        else:
            state = "stale" if age.days > STALE_DAYS else "ok"
        found.append(
            CacheStatus(name, record.url, state, record.bytes, record.sha256, record.retrieved)
        )
    return found


def _table(mirror: Mirror, name: str, this_year: int) -> TableStatus:
    path = mirror_tables()[name].path
    try:
        frame = mirror.table(name)
        print_of = mirror.fingerprint([name])[path]
    except SourceError as error:
        return TableStatus(name, path, "broken", problem=error.what)
    if "year" not in frame.columns:
        return TableStatus(name, path, "ok", frame.height, sha256=print_of)
    years: list[int] = frame["year"].unique().sort().to_list()
    # Only the panel is meant to be current; the other tables are fixed editions.
    old = name == "panel" and years[-1] < this_year - STALE_YEARS
    state = "stale" if old else "ok"
    return TableStatus(name, path, state, frame.height, years[0], years[-1], print_of)
