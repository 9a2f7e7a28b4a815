"""Solve every year of a mirror and keep the result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.errors import SourceError
from worldclass.flows.production import produce
from worldclass.flows.store import Store, write_store
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.wiod2013 import (
    FIRST_YEAR,
    FOLDER,
    LAST_YEAR,
    read_wiod2013,
    wiod2013_years,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from worldclass.flows.production import Production


def build_store(root: Path, out: Path, *, progress: Callable[[str], None] | None = None) -> Store:
    """Read, check, solve and store all WIOD 2013 tables of a mirror.

    Parameters
    ----------
    root
        The mirror's root.
    out
        Folder of the store.
    progress
        Called with each year.

    Raises
    ------
    SourceError
        The mirror holds none.
    EconomyError
        A table that is no economy.
    """
    years = wiod2013_years(root)
    if not years:
        raise SourceError(
            "The mirror holds no world input-output tables.",
            where=str(root / FOLDER),
            remedy="Copy wiot_YEAR.npz files there.",
        )
    repairs: dict[int, str] = {}

    def solved() -> Generator[Production]:
        for year in years:
            economy, report = make_economy(read_wiod2013(root, year))
            repairs[year] = str(report)
            yield produce(economy)

    absent = [year for year in range(FIRST_YEAR, LAST_YEAR + 1) if year not in years]
    return write_store(solved(), out, repairs=repairs, absent=absent, progress=progress)
