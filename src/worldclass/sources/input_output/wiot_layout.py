"""The sheet in which WIOD lays out a world table, the same in its 2013 and 2016 releases.

Four rows above the numbers and four columns left of them carry the labels: code, name, country and
number (c1, c2 … or r1, r2 …) of the industry. Intermediate use comes first, then final demand,
then output; below follow totals of each column, whose country is TOT.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.labels import Labels
from worldclass.sources.input_output.raw import Label, RawAccount
from worldclass.sources.input_output.spreadsheet import Cell, cell_name, cell_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

HEADER_ROWS, LABEL_COLUMNS = 6, 4
TOTAL = "TOT"
_CODE, _NAME, _COUNTRY, _NUMBER = 0, 1, 2, 3
_FIRST_HEADER = 2
_REMEDY = "Use the file as its provider publishes it, or describe it by a manifest."


@dataclass
class _Rows:
    """Rows of numbers with their labels, as they are gathered."""

    labels: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    values: list[Numbers] = field(default_factory=list[Any])


@dataclass(frozen=True)
class WorldSheet:
    """The blocks of one sheet.

    Attributes
    ----------
    title, unit, prices
        What the first cells say.
    rows, columns, demand_columns
        Labels, countries by our codes.
    transactions, final_demand, output
        Shapes (rows, columns), (rows, demand_columns), (rows,).
    industry_names
        Name of each industry code.
    codes
        The key of each industry by its code.
    below
        Totals of each column: taxes, margins, value added.
    """

    title: str
    unit: str
    prices: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    transactions: Numbers
    demand_columns: tuple[Label, ...]
    final_demand: Numbers
    output: Numbers
    industry_names: dict[str, str]
    codes: dict[str, str]
    below: RawAccount


def read_sheet(
    rows: Iterable[list[Cell]], labels: Labels, where: str, *, by_number: bool
) -> WorldSheet:
    """Split a sheet into its blocks by the labels of its rows and columns.

    Parameters
    ----------
    rows
        From cell A1 on.
    labels
        The provider's labels.
    where
        File, for messages.
    by_number
        Whether industries are named by their number (c1), as in the 2013 release, or by their
        code (A01).

    Raises
    ------
    SourceError
        The header is not as documented, a column has no label, a number is text, or there is no
        final demand or output.
    """
    stream = iter(rows)
    header = list(islice(stream, HEADER_ROWS))
    _check_header(header, where)
    key = _NUMBER if by_number else _CODE
    above = zip(*(row[LABEL_COLUMNS:] for row in header[_FIRST_HEADER:]), strict=True)
    tops = [tuple(cell_text(cell) for cell in cells) for cells in above]
    sectors, totals = _gather(stream, {top[key] for top in tops}, key, where, len(tops))
    use, demand, total = _sort_columns(tops, sectors, key, where)
    values = _stack(sectors.values)
    columns = labels.sectors((tops[i][_COUNTRY], tops[i][key]) for i in use)
    return WorldSheet(
        title=cell_text(header[0][0]),
        unit=_unit(cell_text(header[3][0])),
        prices=_prices(cell_text(header[1][0])),
        rows=labels.sectors((one[_COUNTRY], one[key]) for one in sectors.labels),
        columns=columns,
        transactions=values[:, use],
        demand_columns=labels.demands((tops[i][_COUNTRY], tops[i][key]) for i in demand),
        final_demand=values[:, demand],
        output=values[:, total],
        industry_names={one[key]: one[_NAME] for one in sectors.labels},
        codes={one[_CODE]: one[key] for one in sectors.labels},
        below=_below(totals, use, columns),
    )


def _check_header(header: list[list[Cell]], where: str) -> None:
    if len(header) < HEADER_ROWS or len(header[0]) <= LABEL_COLUMNS:
        raise SourceError(
            f"The sheet has {len(header)} rows of labels; a WIOD table has {HEADER_ROWS}.",
            where=where,
            remedy=_REMEDY,
        )


def _gather(
    stream: Iterable[list[Cell]], keys: set[str], key: int, where: str, width: int
) -> tuple[_Rows, _Rows]:
    """Rows of sectors, which have a country and head a column too, and rows of totals."""
    sectors, totals = _Rows(), _Rows()
    for place, row in enumerate(stream, start=HEADER_ROWS):
        label = tuple(cell_text(cell) for cell in row[:LABEL_COLUMNS])
        if not any(label):
            continue  # the sheet ends in empty rows
        is_sector = label[_COUNTRY].upper() not in ("", TOTAL) and label[key] in keys
        kind = sectors if is_sector else totals
        kind.labels.append(label)
        kind.values.append(_numbers(row[LABEL_COLUMNS:], width, place, where))
    if not sectors.labels:
        raise SourceError(
            "No row has a country and an industry that heads a column.",
            where=where,
            remedy=_REMEDY,
        )
    return sectors, totals


def _numbers(cells: list[Cell], width: int, row: int, where: str) -> Numbers:
    """One row of numbers; an empty cell is NaN, which `make_economy` reports."""
    import numpy as np

    try:
        numbers = np.array(cells, dtype=float)
    except (ValueError, TypeError):
        numbers = np.array([_number(cell, row, i, where) for i, cell in enumerate(cells)])
    if len(numbers) != width:
        raise SourceError(
            f"Row {row + 1} has {len(numbers)} numbers; the header has {width} columns.",
            where=where,
            remedy=_REMEDY,
        )
    return numbers


def _number(cell: Cell, row: int, column: int, where: str) -> float:
    if isinstance(cell, str) and not cell.strip():
        return float("nan")
    try:
        return float(cell)
    except (ValueError, TypeError) as error:
        raise SourceError(
            f"Cell {cell_name(row, column + LABEL_COLUMNS)} holds {cell!r}, not a number.",
            where=where,
            remedy=_REMEDY,
        ) from error


def _sort_columns(
    tops: list[tuple[str, ...]], sectors: _Rows, key: int, where: str
) -> tuple[list[int], list[int], int]:
    """Places of the columns of intermediate use, of final demand, and of output."""
    countries = {label[_COUNTRY] for label in sectors.labels}
    industries = {label[key] for label in sectors.labels}
    own = [i for i, top in enumerate(tops) if top[_COUNTRY] in countries]
    use = [i for i in own if tops[i][key] in industries]
    demand = [i for i in own if tops[i][key] not in industries]
    others = [i for i, top in enumerate(tops) if top[_COUNTRY] not in countries]
    total = [i for i in others if any(tops[i])] or others  # empty columns may trail the table
    if unnamed := [
        cell_name(_FIRST_HEADER + key, i + LABEL_COLUMNS) for i in own if not tops[i][key]
    ]:
        raise SourceError(
            f"{len(unnamed)} columns have no label: {', '.join(unnamed[:5])}.",
            where=where,
            remedy=_REMEDY,
        )
    if not demand:
        raise SourceError("No column is final demand.", where=where, remedy=_REMEDY)
    if len(total) != 1:
        names = ", ".join("/".join(tops[i][:3]) for i in total[:5]) or "none"
        raise SourceError(
            f"One column, of output, must have a country that no row has; found {names}.",
            where=where,
            remedy=_REMEDY,
        )
    return use, demand, total[0]


def _stack(values: list[Numbers]) -> Numbers:
    import numpy as np

    return np.array(values)


def _below(totals: _Rows, use: list[int], columns: tuple[Label, ...]) -> RawAccount:
    """What stands below the sectors and is given for every column: taxes, value added, output."""
    import numpy as np

    rows = [one[use] for one in totals.values]
    names = [label[_CODE] or label[_NAME] or label[_NUMBER] for label in totals.labels]
    whole = [place for place, row in enumerate(rows) if np.isfinite(row).all()]
    values = np.array([rows[place] for place in whole]).reshape(len(whole), len(use))
    return RawAccount(
        "below the table", "million USD", tuple(names[place] for place in whole), columns, values
    )


def _unit(text: str) -> str:
    """Such as "million USD", of "(millions of US$)"."""
    inside = text.strip("() ")
    is_usual = re.fullmatch(
        r"(in )?millions? of (current )?US( ?\$| dollars)", inside, re.IGNORECASE
    )
    return "million USD" if is_usual else inside


def _prices(text: str) -> str:
    return "previous year's basic prices" if "previous" in text.lower() else "current basic prices"
