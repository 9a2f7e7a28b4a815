"""A mirror: a local folder of published tables, used instead of the network.

The tables are declared in `catalog/mirror.toml`. Each is checked when first read and kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from worldclass.core.datafile import load_toml
from worldclass.core.errors import SourceError, UsageError
from worldclass.core.hashing import sha256 as file_hash
from worldclass.sources.table import TableSpec, read_table

if TYPE_CHECKING:
    import polars as pl

VARIABLE = "WORLDCLASS_MIRROR"
"""Environment variable that names the mirror when no option does."""


class _Declarations(BaseModel):
    """The part of mirror.toml that concerns this module."""

    table: dict[str, TableSpec]


@cache
def mirror_tables() -> Mapping[str, TableSpec]:
    """Declarations of the tables a mirror holds, by name."""
    declarations = files("worldclass.sources").joinpath("catalog", "mirror.toml")
    return load_toml(declarations, _Declarations, error=SourceError).table


@dataclass(frozen=True)
class Mirror:
    """An opened mirror.

    Parameters
    ----------
    root
        Folder that holds `world/`.
    """

    root: Path
    _kept: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def table(self, name: str) -> pl.DataFrame:
        """The declared columns of a table, checked, sorted by its key.

        Raises
        ------
        UsageError
            When no table of that name is declared.
        SourceError
            When the file is missing, corrupt, or not as declared.
        """
        if name not in self._kept:
            self._kept[name] = read_table(self.root, _spec(name))
        return self._kept[name]

    def panel(
        self,
        indicators: Iterable[str] | None = None,
        years: tuple[int, int] | None = None,
    ) -> pl.DataFrame:
        """Rows of the country panel: iso3, year, indicator, sex, value, source.

        Parameters
        ----------
        indicators
            Names to keep; all when `None`.
        years
            First and last year to keep, both included; all when `None`.

        Raises
        ------
        SourceError
            When an indicator does not occur in the panel at all.
        """
        import polars as pl

        rows = self.table("panel")
        if indicators is not None:
            wanted = list(indicators)
            self._require(wanted, rows)
            rows = rows.filter(pl.col("indicator").is_in(wanted))
        if years is not None:
            rows = rows.filter(pl.col("year").is_between(*years))
        return rows

    def fingerprint(self, names: Iterable[str] | None = None) -> dict[str, str]:
        """SHA-256 of the files behind the tables, by path relative to the root.

        Raises
        ------
        SourceError
            When one of the files is missing.
        """
        chosen = sorted(mirror_tables()) if names is None else list(names)
        return {_spec(name).path: sha256(self.root / _spec(name).path) for name in chosen}

    def _require(self, indicators: list[str], rows: pl.DataFrame) -> None:
        present = rows["indicator"].unique().to_list()
        for indicator in indicators:
            if indicator not in present:
                near = get_close_matches(indicator, present, n=3)
                raise SourceError(
                    f"The panel has no indicator {indicator!r}.",
                    where=str(self.root / _spec("panel").path),
                    remedy=f"Nearest: {', '.join(near)}." if near else "See world/indicators.csv.",
                )


def open_mirror(path: str | Path | None = None) -> Mirror:
    """Open the mirror at `path`, else at the folder named by `WORLDCLASS_MIRROR`.

    Raises
    ------
    SourceError
        When neither is given, or the folder is not a mirror.
    """
    mirror = find_mirror(path)
    if mirror is None:
        raise SourceError(
            "No data mirror was given.",
            remedy=f"Pass --mirror FOLDER or set {VARIABLE} to a folder that holds `world/`.",
        )
    return mirror


def find_mirror(path: str | Path | None = None) -> Mirror | None:
    """Like `open_mirror`, but `None` when neither `path` nor the variable is given.

    Raises
    ------
    SourceError
        When a folder is given and is not a mirror.
    """
    given = path if path is not None else os.environ.get(VARIABLE) or None
    if given is None:
        return None
    root = Path(given).expanduser()
    if not root.is_dir():
        raise SourceError("The data mirror does not exist.", where=str(root), remedy=_REMEDY)
    if not (root / "world").is_dir():
        raise SourceError(
            "The folder is not a data mirror: it has no `world/`.", where=str(root), remedy=_REMEDY
        )
    return Mirror(root)


def sha256(file: Path) -> str:
    """Hexadecimal SHA-256 of a file.

    Raises
    ------
    SourceError
        When the file cannot be read.
    """
    try:
        return file_hash(file)
    except OSError as error:
        raise SourceError(
            f"The file cannot be read: {error.strerror}.", where=str(file), remedy=_REMEDY
        ) from error


_REMEDY = f"Point --mirror (or {VARIABLE}) at the folder that holds `world/`, with all its files."


def _spec(name: str) -> TableSpec:
    if name not in mirror_tables():
        raise UsageError(
            f"No table {name!r} is declared for a mirror.",
            remedy=f"The tables are {', '.join(sorted(mirror_tables()))}.",
        )
    return mirror_tables()[name]
