"""The data sets that claims are tested on, and their fingerprints."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worldclass.people.snapshot import Snapshot

NAMES = {
    "people": "the population table of the package",
    "flows": "the solved world input-output tables of the package",
    "indicators": "published indicators of countries, in the package",
    "events": "dated protest events (a CSV or Parquet file)",
    "crises": "a panel of countries and years with credit, prices and crisis dates",
    "none": "no data: runs of a model",
}
MIRROR = "WORLDCLASS_MIRROR"
IN_MIRROR = {
    "events": "events/us_protest_2020_daily.csv",
    "crises": "crises/jst_macrohistory_r6.parquet",
}


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
    """

    snapshot: Path | None = None
    flows: Path | None = None
    indicators: Path | None = None
    events: Path | None = None
    crises: Path | None = None

    def file(self, name: str) -> Path | None:
        """The file of events, crises or indicators; None where there is none."""
        raise NotImplementedError

    def open_snapshot(self) -> Snapshot:
        """The population snapshot."""
        raise NotImplementedError

    def fingerprint(self, name: str) -> str | None:
        """A hash of a data set's content; None where it is absent."""
        raise NotImplementedError

    def absent(self, needs: tuple[str, ...]) -> tuple[str, ...]:
        """Names of the data sets that are needed and absent."""
        raise NotImplementedError
