"""GLORIA: 160 countries and four regions × 120 industries, thousand US dollars, 1990 on.

Given is the folder that holds, as downloaded, `GLORIA_MRIOs_59_2015.zip`,
`GLORIA_SatelliteAccounts_059_2015.zip` and `GLORIA_ReadMe_059a.xlsx`. GLORIA publishes supply and
use: each product is made by one industry, so that the use table is the table of transactions and
the diagonal of supply is output; where supply is not diagonal the files are refused. The published
matrix of 39,360 rows takes 12 GB of memory, and pymrio holds it more than once while it parses.

Source: Lenzen and others (2017), Economic Systems Research 29, 158-186; Lenzen and others (2022),
Nature Sustainability 5, 157-166.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labels import Labels, labels_of
from worldclass.sources.input_output.labour_rows import row_names
from worldclass.sources.input_output.raw import RawAccount, RawTable
from worldclass.sources.input_output.through_pymrio import (
    account,
    in_order,
    numbers,
    one_table,
    pairs,
    parser,
)

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

ORIGIN = "GLORIA release {version} (Lenzen and others 2022), parsed by pymrio"
UNIT = "‘000 US$"
_NAME = re.compile(r"GLORIA_MRIOs_(?P<version>\d+)_(?P<year>\d{4})(\.zip)?", re.IGNORECASE)
_LABOUR = re.compile(r".*(employ|labour|labor|workforce|hours).*", re.IGNORECASE)


def gloria_years(folder: Path) -> Mapping[int, Path]:
    """The archive or folder of each year; of several releases the newest."""
    found: dict[int, Path] = {}
    for one in sorted(folder.iterdir()):
        if year := year_of(one):
            found[year] = one
    return dict(sorted(found.items()))


def year_of(path: Path) -> int | None:
    """The year in a name, if it is one of GLORIA's.

    Example
    -------
    >>> year_of(Path("GLORIA_MRIOs_59_2015.zip"))
    2015
    """
    name = _NAME.fullmatch(path.name)
    return int(name["year"]) if name else None


def read_gloria(path: Path, year: int) -> RawTable:
    """Read one year in basic prices.

    Parameters
    ----------
    path
        `GLORIA_MRIOs_…` of that year, with the accounts and the read-me beside it.

    Raises
    ------
    SourceError
        pymrio is not installed, a file is missing, or supply is not diagonal.
    """
    labels = labels_of("gloria")
    version = _version(path)
    with parser("GLORIA", path) as pymrio:
        parts, _ = pymrio.parse_gloria_sut(path.parent, year, version=version)
        use, demand = parts["U"], in_order(parts["Y"], parts["U"].index, "final demand", path)
        output = _output(parts["V"], use.index, path)
        rows, columns, transactions = one_table(
            labels.sectors(pairs(use.index)), labels.sectors(pairs(use.columns)), numbers(use)
        )
        added = account("value added", UNIT, parts["VA"], labels)
        accounts = {added.name: added, **_labour(parts["Q"], labels)}
    return RawTable(
        origin=ORIGIN.format(version=version),
        where=str(path),
        year=year,
        unit=labels.unit(UNIT),
        prices="current basic prices",
        rows=rows,
        columns=columns,
        transactions=transactions,
        demand_columns=labels.demands(pairs(demand.columns)),
        final_demand=numbers(demand),
        output_labels=rows,
        output=output,
        accounts=accounts,
    )


def _version(path: Path) -> int | str:
    """The release; 59a differs from 59 only in the name of its read-me."""
    name = _NAME.fullmatch(path.name)
    version = int(name["version"]) if name else 0
    plain = path.parent / f"GLORIA_ReadMe_0{version}.xlsx"
    revised = path.parent / f"GLORIA_ReadMe_0{version}a.xlsx"
    if not plain.is_file() and revised.is_file():
        return f"{version}a"
    return version


def _output(supply: pd.DataFrame, sectors: pd.Index, path: Path) -> NDArray[Any]:
    """What each industry makes of its own product, in the order of the sectors.

    Raises
    ------
    SourceError
        Where an industry makes another's product.
    """
    import numpy as np

    made = numbers(in_order(supply, sectors, "supply", path))
    if not supply.columns.equals(sectors):
        made = numbers(supply.loc[sectors, sectors])
    output = np.diagonal(made).copy()
    if np.count_nonzero(made) > np.count_nonzero(output):
        filled = ((i, np.flatnonzero(row)) for i, row in enumerate(made))
        maker, product = next((i, j) for i, row in filled for j in row if i != j)
        raise SourceError(
            f"The industry {sectors[maker]} makes the product of {sectors[product]}; use is "
            "then no table of transactions.",
            where=str(path),
            remedy="Transform use and supply by a stated assumption, and describe the result by a "
            "manifest.",
        )
    return output


def _labour(satellites: pd.DataFrame, labels: Labels) -> dict[str, RawAccount]:
    """Accounts of labour, one a heading and unit."""
    indicator, heading, unit = (satellites.index.get_level_values(i) for i in range(3))
    groups: dict[tuple[str, str], list[int]] = {}
    for place, (head, name) in enumerate(zip(heading, unit, strict=True)):
        if _LABOUR.fullmatch(str(head)):
            groups.setdefault((str(head).strip(), str(name)), []).append(place)
    found: dict[str, RawAccount] = {}
    for (head, name), places in groups.items():
        title = head.lower() if head.lower() not in found else f"{head.lower()} ({name})"
        own = row_names(title, tuple(str(indicator[i]) for i in places))
        found[title] = account(title, name, satellites.iloc[places], labels, rows=own)
    return found
