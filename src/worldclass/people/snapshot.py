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
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.people.draws import Draws
from worldclass.people.estimates import Estimates, from_frames

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

ENVIRONMENT = "WORLDCLASS_SNAPSHOT"
PROVENANCE = "provenance.json"
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
    """

    folder: Path

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Sources, versions, licences, assumptions, code version, content hash."""
        return _provenance(self.folder)

    @property
    def estimates(self) -> Estimates:
        """The estimated quantities behind the population table."""
        return _estimates(self.folder)

    @property
    def draws(self) -> Draws:
        """The stored draws."""
        return _draws(self.folder)

    def file(self, name: str) -> Path:
        """Path of one stored table by its name in `TABLES`."""
        return self.folder / TABLES[name]

    def table(self, name: str) -> pl.DataFrame:
        """One stored table by its name in `TABLES`."""
        return _read(self.folder, name)


def open_snapshot(folder: str | Path | None = None) -> Snapshot:
    """Open a snapshot folder: the one given, else WORLDCLASS_SNAPSHOT, else the embedded one.

    Raises
    ------
    SourceError
        The folder holds no snapshot.
    """
    chosen = folder or os.environ.get(ENVIRONMENT) or ""
    path = Path(chosen) if chosen else Path(str(files("worldclass").joinpath("snapshot")))
    if not (path / PROVENANCE).is_file():
        raise SourceError(
            "There is no snapshot here.",
            where=str(path),
            remedy="Build one with `worldclass data build --mirror FOLDER --out HERE`.",
        )
    return Snapshot(path.resolve())


@lru_cache(maxsize=4)
def _provenance(folder: Path) -> Mapping[str, Any]:
    try:
        return json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _broken(folder / PROVENANCE, error) from error


@lru_cache(maxsize=2)
def _estimates(folder: Path) -> Estimates:
    return from_frames({name: _read(folder, name) for name in ("by_sex", "by_country")})


@lru_cache(maxsize=4)
def _draws(folder: Path) -> Draws:
    table = _read(folder, "draws").drop("draw")
    return Draws(table.to_numpy(), tuple(table.columns))


def _read(folder: Path, name: str) -> pl.DataFrame:
    import polars as pl

    file = folder / TABLES[name]
    try:
        return pl.read_parquet(file)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise _broken(file, error) from error


def _broken(file: Path, error: Exception) -> SourceError:
    return SourceError(
        f"A table of the snapshot cannot be read ({type(error).__name__}).",
        where=str(file),
        remedy="Install worldclass again, or build the snapshot again.",
    )
