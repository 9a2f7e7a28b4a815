"""OECD Inter-Country Input-Output tables: one CSV file a year, plain or zipped.

Editions of 2016 to 2025 are read. The extended tables split export processing from the rest of
Mexico and China (MX1, MX2, CN1, CN2); the parts are added up. Empty cells are zeros in these files.
Million US dollars, current basic prices. The tables carry no hours: lay your own beside them by a
manifest, or use the labour satellites of `worldclass.flows`.

Source: OECD, Inter-Country Input-Output tables, https://www.oecd.org/en/data/datasets/inter-country-input-output-tables.html
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labels import Labels, labels_of
from worldclass.sources.input_output.raw import Label, RawTable
from worldclass.sources.input_output.through_pymrio import (
    account,
    in_order,
    merged,
    numbers,
    one_table,
    pairs,
    parser,
    refuse_difference,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

ORIGIN = "OECD Inter-Country Input-Output tables{edition}, parsed by pymrio"
_NAMES = (
    re.compile(r"ICIO(?P<edition>\d{4})_(?P<year>\d{4})\.(csv|zip)", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})_SML(_P)?\.(csv|zip)", re.IGNORECASE),
)
_TOTALS = ("OUT", "TOTAL")
_OUTPUT, _BELOW = ("OUT", "OUTPUT"), re.compile(r"TLS|VA|.*(VALU|TAX).*")
_DEMAND = re.compile(r".*(HFCE|NPISH|NPS|GGFC|GFCF|INVNT|INV|DIRP|DPABR|FD|P33|DISC).*|OUT|TOTAL")


@dataclass(frozen=True)
class _Outline:
    """Labels of a file, and its row of output."""

    sectors: tuple[str, ...]
    output: NDArray[Any] | None


def icio_years(folder: Path) -> Mapping[int, Path]:
    """The file of each year in a folder; of several editions the newest.

    Files that name no edition (2018_SML.csv) are of the editions since 2023, newer than all that
    do (ICIO2021_2018.csv).
    """
    found: dict[int, Path] = {}
    for file in sorted(folder.iterdir(), key=lambda one: (one.name[:1].isdigit(), one.name)):
        if year := year_of(file):
            found[year] = file
    return dict(sorted(found.items()))


def year_of(file: Path) -> int | None:
    """The year in a file's name, if it is named as OECD names these tables.

    Example
    -------
    >>> year_of(Path("ICIO2021_2018.csv")), year_of(Path("2022_SML.csv"))
    (2018, 2022)
    """
    found = [match for name in _NAMES if (match := name.fullmatch(file.name))]
    return int(found[0]["year"]) if found else None


def read_icio(file: Path, year: int) -> RawTable:
    """Read one file.

    Raises
    ------
    SourceError
        pymrio is not installed, the file is not in the known layout, or the sectors of its rows
        are not those of its columns.
    """
    labels = labels_of("icio")
    with parser("OECD ICIO", file) as pymrio:
        outline = _outline(file)
        system = pymrio.parse_oecd(file)
        demand = in_order(system.Y, system.Z.index, "final demand", file)
        below = account("factor inputs", "million USD", system.factor_inputs.F, labels)
        sectors = labels.sectors(pairs(system.Z.index))
        rows, columns, use = one_table(
            sectors, labels.sectors(pairs(system.Z.columns)), numbers(system.Z)
        )
        _, final = merged(sectors, numbers(demand), axis=0)
        heads, final = merged(labels.demands(pairs(demand.columns)), final, axis=1)
    output_labels, output = _output(outline, labels)
    edition = _NAMES[0].fullmatch(file.name)
    return RawTable(
        origin=ORIGIN.format(edition=f", {edition['edition']} edition" if edition else ""),
        where=str(file),
        year=year,
        unit="million USD",
        prices="current basic prices",
        rows=rows,
        columns=columns,
        transactions=use,
        demand_columns=heads,
        final_demand=final,
        output_labels=output_labels,
        output=output,
        accounts={below.name: below},
    )


def _output(
    outline: _Outline, labels: Labels
) -> tuple[tuple[Label, ...] | None, NDArray[Any] | None]:
    if outline.output is None:
        return None, None
    split = (one.split("_", maxsplit=1) for one in outline.sectors)
    sectors = labels.sectors((country, industry) for country, industry in split)
    return merged(sectors, outline.output, axis=0)


def _outline(file: Path) -> _Outline:
    """Compare the labels of rows and columns, which pymrio takes to be in one order.

    Raises
    ------
    SourceError
        A label has no country, or rows and columns differ.
    """
    import numpy as np

    with _text(file) as stream:
        header = [name.strip() for name in next(csv.reader([stream.readline()]))][1:]
        names: list[str] = []
        ends: list[str] = []
        total: list[str] | None = None
        for line in stream:
            name = line.split(",", maxsplit=1)[0].strip().strip('"')
            if name in _OUTPUT:
                total = next(csv.reader([line]))[1:]
            elif name and _BELOW.fullmatch(name) is None:
                names.append(name)
                ends.append(line.rsplit(",", maxsplit=1)[-1].strip())
    columns = [name for name in header if _DEMAND.fullmatch(name) is None]
    if bare := [name for name in (*names, *columns) if "_" not in name]:
        raise SourceError(
            f"{len(bare)} labels are not of the form COUNTRY_INDUSTRY: {', '.join(bare[:5])}.",
            where=str(file),
            remedy="Give the file as OECD publishes it.",
        )
    refuse_difference(columns, names, "the columns", file)
    if total is not None:
        at = dict(zip(header, total, strict=True))
        ends = [at[name] for name in names]
    elif header[-1] not in _TOTALS:
        return _Outline(tuple(names), None)
    return _Outline(tuple(names), np.array([float(end or 0) for end in ends]))


@contextmanager
def _text(file: Path) -> Generator[IO[str], None, None]:
    if not zipfile.is_zipfile(file):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
        return
    with zipfile.ZipFile(file) as archive:
        members = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(members) != 1:
            raise SourceError(
                f"The archive holds {len(members)} CSV files; one year a file is read.",
                where=str(file),
                remedy="Unpack it and give its folder.",
            )
        with archive.open(members[0]) as content:
            yield io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
