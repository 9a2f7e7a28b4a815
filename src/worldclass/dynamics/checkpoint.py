"""Parts of an ensemble in a folder: what has been computed is never computed again.

A part is a Parquet file named by the hash of everything that its content depends on. It is moved
into place once complete, so that a process killed at any moment leaves whole parts and no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.atomic import output_error, write_frame
from worldclass.core.errors import OutputError
from worldclass.dynamics.run import RunResult

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Checkpoint:
    """A folder of parts."""

    folder: Path

    def load(self, key: str) -> RunResult | None:
        """A part, or null where it is missing or cannot be read."""
        table = _read(self._file(key))
        if table is None:
            return None
        agents = self._file(key, "agents")
        if not agents.exists():
            return RunResult(table)
        snapshots = _read(agents)
        return None if snapshots is None else RunResult(table, snapshots)

    def save(self, key: str, result: RunResult) -> None:
        """Write a part; the table last, because it marks the part as complete."""
        if result.snapshots is not None:
            write_frame(result.snapshots, self._file(key, "agents"), parents=True)
        write_frame(result.table, self._file(key), parents=True)

    def _file(self, key: str, kind: str = "runs") -> Path:
        return self.folder / f"{key}.{kind}.parquet"


def open_checkpoint(folder: str | Path) -> Checkpoint:
    """A folder for parts, made where it is missing.

    Raises
    ------
    OutputError
        It cannot be made, or is a file.
    """
    path = Path(folder)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError(
            "The checkpoint is a file, not a folder.",
            where=str(path),
            remedy="Name a folder; it is made where it is missing.",
        ) from error
    except OSError as error:
        raise output_error(error, path) from error
    return Checkpoint(path)


def _read(file: Path) -> pl.DataFrame | None:
    """A Parquet file, or null where it is missing or damaged: it can be computed again."""
    import polars as pl

    try:
        return pl.read_parquet(file)
    except (OSError, pl.exceptions.PolarsError):
        return None
