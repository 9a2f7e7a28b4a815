"""The data sets that claims are tested on, and their fingerprints."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError

if TYPE_CHECKING:
    from worldclass.people.snapshot import Snapshot

NAMES = {
    "people": "the population table of the package",
    "flows": "the solved world input-output tables of the package",
    "indicators": "published indicators of countries, in the package",
    "events": "dated protest events (a CSV or Parquet file)",
    "crises": "a panel of countries and years with credit, prices and crisis dates",
    "pay": "observed pay, exchange rates and price levels, in the package",
    "none": "no data: runs of a model",
}
MIRROR = "WORLDCLASS_MIRROR"
IN_MIRROR = {
    "events": "events/us_protest_2020_daily.csv",
    "crises": "crises/jst_macrohistory_r6.parquet",
}
IN_PACKAGE = {"indicators": ("evidence", "indicators.parquet"), "pay": ("pay.toml",)}
_OPTIONS = {
    "people": "--snapshot FOLDER",
    "flows": "--flows FOLDER",
    "indicators": "--indicators FILE",
    "pay": "--pay FILE",
}
_ASSUMED_IN = {"people": ("people",), "flows": ("people", "flows"), "none": ("people", "dynamics")}
_FINGERPRINTED = ("flows/tables", "dynamics/scenarios")
_DATA_FILES = (".toml", ".csv", ".parquet", ".json")


@dataclass(frozen=True)
class Data:
    """Where the data of a run lie; None means the package's own, or the mirror's.

    Attributes
    ----------
    snapshot
        Folder of a population snapshot.
    flows
        Folder of solved input-output tables.
    indicators
        A Parquet file with iso3, year, indicator, value.
    events, crises
        Files that the package may not carry.
    mirror
        Folder of a data mirror, where these files are looked for; else the folder that the
        variable WORLDCLASS_MIRROR names.
    pay
        A TOML file of observed pay, laid out as the package's `pay.toml`.
    """

    snapshot: Path | None = None
    flows: Path | None = None
    indicators: Path | None = None
    events: Path | None = None
    crises: Path | None = None
    mirror: Path | None = None
    pay: Path | None = None

    def file(self, name: str) -> Path | None:
        """The file of events, crises, indicators or pay; None where there is none.

        Raises
        ------
        SourceError
            A file was named and does not exist, or the mirror is none.
        """
        given: Path | None = getattr(self, name)
        if given is not None:
            if not Path(given).is_file():
                raise SourceError(
                    f"There is no file with {NAMES[name]} here.",
                    where=str(given),
                    remedy="Check the path; without it the default is used.",
                )
            return Path(given)
        if name in IN_PACKAGE:
            found = Path(str(files("worldclass.claims").joinpath(*IN_PACKAGE[name])))
        else:
            from worldclass.sources.mirror import find_mirror

            mirror = find_mirror(self.mirror)
            if mirror is None:
                return None
            found = mirror.root / IN_MIRROR[name]
        return found if found.is_file() else None

    def open_snapshot(self) -> Snapshot:
        """The population snapshot."""
        from worldclass.people.snapshot import open_snapshot

        return open_snapshot(self.snapshot)

    def fingerprint(self, name: str) -> str | None:
        """A hash of a data set's content; None where it is absent.

        Examples
        --------
        >>> Data().fingerprint("none")
        'none'
        >>> Data().fingerprint("people") == Data().open_snapshot().provenance["content_hash"]
        True
        """
        if name == "none":
            return "none"
        if name == "people":
            return str(self.open_snapshot().provenance["content_hash"])
        if name == "flows":
            from worldclass.flows.exploitation.bundles import RANGES
            from worldclass.flows.store import NOTE, open_store

            folder = open_store(self.flows).folder
            hashes = [
                _file_hash(one) for name in (NOTE, RANGES) if (one := folder / name).is_file()
            ]
            return "-".join(hashes)
        file = self.file(name)
        return None if file is None else _file_hash(file)

    def absent(self, needs: tuple[str, ...]) -> tuple[str, ...]:
        """Names of the data sets that are needed and absent."""
        return tuple(name for name in needs if self.fingerprint(name) is None)


def remedy_of(name: str) -> str:
    """How to provide a data set that is absent.

    Examples
    --------
    >>> remedy_of("crises")[:39]
    'Pass --crises FILE, or --mirror FOLDER '
    """
    if name not in IN_MIRROR:
        option = _OPTIONS.get(name)
        asked = f"Pass {option}, or install" if option else "Install"
        return f"{asked} the package again: it carries a default."
    return f"Pass --{name} FILE, or --mirror FOLDER (or set {MIRROR}) with {IN_MIRROR[name]}."


@lru_cache(maxsize=8)
def assumed(needs: tuple[str, ...]) -> str:
    """A hash of the assumptions that stand in data files of the package beside the data.

    Parameters
    ----------
    needs
        Names of data sets.

    Examples
    --------
    >>> assumed(("indicators",)) == assumed(("events",)) != assumed(("people",))
    True
    """
    places = sorted({one for name in needs for one in _ASSUMED_IN.get(name, ())})
    root = Path(str(files("worldclass")))
    digest = hashlib.sha256()
    for folder in places:
        for file in sorted((root / folder).rglob("*")):
            name = file.relative_to(root).as_posix()
            if file.suffix in _DATA_FILES and not name.startswith(_FINGERPRINTED):
                digest.update(f"{name}\n".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _file_hash(file: Path) -> str:
    status = file.stat()
    return _hash(file, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=32)
def _hash(file: Path, stamp: int, size: int) -> str:
    from worldclass.sources.mirror import sha256

    return sha256(file)
