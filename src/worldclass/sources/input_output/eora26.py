"""Eora26: 189 countries × 26 industries, thousand US dollars.

Given is the folder that holds the archives (`Eora26_2015_bp.zip`, with `indices.zip` where the
labels are apart), or the unpacked files of one year. pymrio leaves out Eora's row and column of
statistical discrepancies (country ROW), so rows need not balance; `make_economy` reports by how
much. Eora states no output.

Source: Lenzen, Kanemoto, Moran and Geschke (2012), Environmental Science & Technology 46,
8374-8381; Lenzen, Moran, Kanemoto and Geschke (2013), Economic Systems Research 25, 20-49.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from worldclass.sources.input_output.labels import labels_of
from worldclass.sources.input_output.raw import RawTable
from worldclass.sources.input_output.through_pymrio import (
    account,
    in_order,
    numbers,
    one_table,
    pairs,
    parser,
)

ORIGIN = "Eora26 (Lenzen and others 2013), parsed by pymrio"
PRICES = {"bp": "current basic prices", "pp": "current purchasers' prices"}
_NAME = re.compile(r"Eora26_(?P<year>\d{4})_(?P<price>bp|pp)(_T\.txt|\.zip)", re.IGNORECASE)


def eora26_years(folder: Path) -> Mapping[int, Path]:
    """The archive or table of transactions of each year; basic prices come first."""
    found: dict[int, Path] = {}
    files = sorted((*folder.iterdir(), *folder.glob("[12][0-9][0-9][0-9]/*")))
    for file in files:
        if (year := year_of(file)) and year not in found:
            found[year] = file
    return dict(sorted(found.items()))


def year_of(file: Path) -> int | None:
    """The year in a file's name, if it is named as Eora names them.

    Example
    -------
    >>> year_of(Path("Eora26_2015_bp.zip")), year_of(Path("Eora26_1990_bp_T.txt"))
    (2015, 1990)
    """
    name = _NAME.fullmatch(file.name)
    return int(name["year"]) if name else None


def read_eora26(file: Path, year: int) -> RawTable:
    """Read one year.

    Parameters
    ----------
    file
        The archive of the year, or its unpacked table of transactions.

    Raises
    ------
    SourceError
        pymrio is not installed, or the files are not those of Eora26.
    """
    labels = labels_of("eora26")
    name = _NAME.fullmatch(file.name)
    price = name["price"].lower() if name else "bp"
    with parser("Eora26", file) as pymrio:
        system = pymrio.parse_eora26(file.parent, year=year, price=price)
        demand = in_order(system.Y, system.Z.index, "final demand", file)
        rows, columns, use = one_table(
            labels.sectors(pairs(system.Z.index)),
            labels.sectors(pairs(system.Z.columns)),
            numbers(system.Z),
        )
        added = account("value added", "000 USD", system.VA.F, labels)
    return RawTable(
        origin=ORIGIN,
        where=str(file),
        year=year,
        unit=labels.unit("000 USD"),
        prices=PRICES[price],
        rows=rows,
        columns=columns,
        transactions=use,
        demand_columns=labels.demands(pairs(demand.columns)),
        final_demand=numbers(demand),
        accounts={added.name: added},
    )
