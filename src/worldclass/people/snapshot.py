"""The embedded snapshot: the pipeline's result, and what it rests on.

A snapshot is a folder of Parquet tables with `provenance.json`. The package carries one; a
folder of one's own (from `worldclass data build`) takes its place through the environment
variable WORLDCLASS_SNAPSHOT or the option --snapshot.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from worldclass.core.errors import SourceError
from worldclass.core.hashing import sha256
from worldclass.people.draws import Draws
from worldclass.people.estimates import Estimates, from_frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

ENVIRONMENT = "WORLDCLASS_SNAPSHOT"
PROVENANCE = "provenance.json"
NEEDED = ("assumptions", "content_hash", "draws", "files", "sources", "theories")
"""Entries without which a provenance is none."""
TABLES = {
    "by_sex": "people_by_sex.parquet",
    "by_country": "people_by_country.parquet",
    "draws": "draws.parquet",
    "atlas": "atlas.parquet",
    "atlas_draws": "atlas_world_draws.parquet",
}


@dataclass(frozen=True)
class Snapshot:
    """One folder of results, read when asked for.

    Attributes
    ----------
    folder
        Where it lies.
    stamp
        When its provenance was written: a snapshot built anew is read anew.
    """

    folder: Path
    stamp: int

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Sources, versions, licences, assumptions, code version, content hash."""
        return _provenance(self.folder, self.stamp)

    @property
    def estimates(self) -> Estimates:
        """The estimated quantities behind the population table."""
        return _estimates(self.folder, self.stamp)

    @property
    def draws(self) -> Draws:
        """The stored draws."""
        return _draws(self.folder, self.stamp)

    def file(self, name: str) -> Path:
        """Path of one stored table, once its bytes are known to be those that were written."""
        return _checked(self.folder, name, self.stamp)

    def table(self, name: str) -> pl.DataFrame:
        """One stored table by its name in `TABLES`."""
        return _read(self.folder, name, self.stamp)


def open_snapshot(folder: str | Path | Snapshot | None = None) -> Snapshot:
    """Open a snapshot: the one given, else WORLDCLASS_SNAPSHOT, else the embedded one.

    Raises
    ------
    SourceError
        The folder holds no snapshot.
    """
    if isinstance(folder, Snapshot):
        return folder
    chosen = folder or os.environ.get(ENVIRONMENT) or ""
    path = Path(chosen) if chosen else Path(str(files("worldclass").joinpath("snapshot")))
    if not (path / PROVENANCE).is_file():
        raise SourceError(
            "There is no snapshot here.",
            where=str(path),
            remedy="Build one with `worldclass data build --mirror FOLDER --out HERE`.",
        )
    return Snapshot(path.resolve(), (path / PROVENANCE).stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _provenance(folder: Path, stamp: int) -> Mapping[str, Any]:
    file = folder / PROVENANCE
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        missing = [key for key in NEEDED if key not in content]
    except (OSError, ValueError, TypeError) as error:
        raise _broken(file, type(error).__name__) from error
    if not isinstance(content, dict) or missing:
        raise _broken(file, f"it lacks {', '.join(missing) or 'everything'}")
    entries = cast("dict[str, Any]", content)
    wrong = [key for key in NEEDED if key != "content_hash" and not isinstance(entries[key], dict)]
    if wrong:
        raise _broken(file, f"{', '.join(wrong)} should be tables of entries")
    return entries


@lru_cache(maxsize=16)
def _checked(folder: Path, name: str, stamp: int) -> Path:
    file = folder / TABLES[name]
    try:
        found = sha256(file)
    except OSError as error:
        raise _broken(file, type(error).__name__) from error
    if found != _provenance(folder, stamp)["files"].get(TABLES[name]):
        raise _broken(file, "its bytes are not those that the provenance records")
    return file


@lru_cache(maxsize=2)
def _estimates(folder: Path, stamp: int) -> Estimates:
    import polars as pl

    frames = {name: _read(folder, name, stamp) for name in ("by_sex", "by_country")}
    try:
        return from_frames(frames)
    except (pl.exceptions.PolarsError, ValueError) as error:
        raise _broken(folder, "its tables are not those of this version of worldclass") from error


@lru_cache(maxsize=4)
def _draws(folder: Path, stamp: int) -> Draws:
    table = _read(folder, "draws", stamp).drop("draw")
    return Draws(table.to_numpy(), tuple(table.columns))


def _read(folder: Path, name: str, stamp: int) -> pl.DataFrame:
    import polars as pl

    return pl.read_parquet(_checked(folder, name, stamp))


def _broken(file: Path, why: str) -> SourceError:
    return SourceError(
        f"A part of the snapshot cannot be used: {why}.",
        where=str(file),
        remedy="Install worldclass again, or build the snapshot again.",
    )
