"""Blocks of a table: labels on both sides and numbers, from the wide or the long layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.manifest_cells import (
    Cells,
    read_cells,
    require,
    texts,
    values,
)
from worldclass.sources.input_output.manifest_schema import (
    FinalDemand,
    Manifest,
    Output,
    Transactions,
)
from worldclass.sources.input_output.raw import Label

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

_SHOWN = 5
_MOST_LABELS = 100_000_000


@dataclass(frozen=True)
class Block:
    """Numbers with the labels of both sides.

    Attributes
    ----------
    rows, columns
        Labels.
    values
        Shape (rows, columns).
    file
        For messages.
    row_words, column_words
        What the file calls a label, for messages.
    """

    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    values: Numbers
    file: Path
    row_words: Mapping[Label, str] = field(default_factory=dict[Label, str])
    column_words: Mapping[Label, str] = field(default_factory=dict[Label, str])

    @property
    def places(self) -> tuple[str, ...]:
        """Codes of countries and regions on either side."""
        return tuple(country for country, _ in (*self.rows, *self.columns))


def read_block(manifest: Manifest, part: Transactions | FinalDemand, file: Path) -> Block:
    """Read transactions or final demand.

    Raises
    ------
    SourceError
        A column is missing, a label is missing or repeated, or a cell is not a number.
    """
    wide = part.layout == "wide"
    cells = read_cells(file, manifest.csv, header_rows=manifest.csv.header_rows if wide else 1)
    return _wide(manifest, part, cells) if wide else _long(manifest, part, cells)


def read_output(manifest: Manifest, part: Output, file: Path) -> tuple[tuple[Label, ...], Numbers]:
    """Read gross output: labels and numbers.

    Raises
    ------
    SourceError
        As `read_block`.
    """
    cells = read_cells(file, manifest.csv)
    need = (*_country_columns(manifest, part.country), part.industry, part.value)
    require(cells, need)
    labels = sector_labels(manifest, cells, part.country, part.industry)
    refuse_twice(labels, cells, "The sector")
    column = values(cells, part.value, manifest.csv, zero=part.absent == "zero")
    return labels, column.to_numpy()


def aligned(block: Block, sectors: tuple[Label, ...], *, zero: bool) -> Block:
    """The block with its rows in the order of the sectors.

    Parameters
    ----------
    zero
        Whether a sector without a row has zeros; else it is an error.

    Raises
    ------
    SourceError
        A row is no sector, or a sector is missing.
    """
    import numpy as np

    refuse_other(block.rows, sectors, block.file, missing=not zero)
    places = {label: place for place, label in enumerate(sectors)}
    ordered = np.zeros((len(sectors), len(block.columns)))
    ordered[[places[label] for label in block.rows]] = block.values
    return Block(sectors, block.columns, ordered, block.file)


def refuse_other(
    found: Sequence[Label],
    sectors: Sequence[Label],
    file: Path,
    *,
    missing: bool = True,
) -> None:
    """Raise a SourceError that names the sectors that are missing or not of the table.

    Parameters
    ----------
    missing
        Whether a missing sector is an error; one that is not of the table always is.
    """
    have, want = set(found), set(sectors)
    absent = [label for label in sectors if label not in have and missing]
    extra = [label for label in found if label not in want]
    parts = [
        f"{len(labels)} {name}: {_names(labels)}"
        for name, labels in (("missing", absent), ("not among the sellers", extra))
        if labels
    ]
    if parts:
        raise SourceError(
            f"The sectors are not the sellers of the transactions; {'; '.join(parts)}.",
            where=str(file),
            remedy="Spell the labels alike in all files, and give every sector a line.",
        )


def refuse_twice(
    labels: Sequence[Label], cells: Cells, what: str, *, at: Sequence[int] | None = None
) -> None:
    """Raise a SourceError where a label occurs twice; it names the lines.

    Parameters
    ----------
    labels
        One a line.
    what
        What they label, for messages.
    at
        Places of the lines in the frame; all lines by default.
    """
    first: dict[Label, int] = {}
    for label, place in zip(labels, at or range(len(labels)), strict=True):
        if label in first:
            lines = f"{first[label] + cells.first_line} and {place + cells.first_line}"
            raise SourceError(
                f"{what} {_names([label])} occurs twice, in lines {lines}.",
                where=str(cells.file),
                remedy="Keep one of the lines, or add them up.",
            )
        first[label] = place


def sector_labels(
    manifest: Manifest, cells: Cells, country: str, industry: str
) -> tuple[Label, ...]:
    """Country and industry of each line, countries by our codes."""
    industries = texts(cells, industry).to_list()
    if manifest.country:
        return tuple((manifest.country, str(one)) for one in industries)
    countries = texts(cells, country).to_list()
    return tuple(
        (manifest.countries.get(str(one), str(one)), str(two))
        for one, two in zip(countries, industries, strict=True)
    )


def _country_columns(manifest: Manifest, *names: str) -> tuple[str, ...]:
    """Columns of countries; a national table has none."""
    return () if manifest.country else names


def _wide(manifest: Manifest, part: Transactions | FinalDemand, cells: Cells) -> Block:
    import numpy as np

    own = (*_country_columns(manifest, part.seller_country), part.seller_industry)
    require(cells, own)
    rows = sector_labels(manifest, cells, part.seller_country, part.seller_industry)
    refuse_twice(rows, cells, "The seller")
    names = [name for name in cells.frame.columns if name not in own]
    if not names:
        raise SourceError(
            "The file has columns of labels only.",
            where=str(cells.file),
            remedy='Add a column for each buyer, or state layout = "long".',
        )
    columns = tuple(_split(manifest, name, cells) for name in names)
    _refuse_columns_twice(columns, cells)
    numbers = np.empty((len(rows), len(names)))
    for place, name in enumerate(names):
        column = values(cells, name, manifest.csv, zero=part.absent == "zero")
        numbers[:, place] = column.to_numpy()
    lines = _words(manifest, cells, part.seller_country, part.seller_industry)
    return Block(
        rows,
        columns,
        numbers,
        cells.file,
        dict(zip(rows, lines, strict=True)),
        dict(zip(columns, names, strict=True)),
    )


def _words(manifest: Manifest, cells: Cells, country: str, industry: str) -> list[str]:
    """What the file calls the sector of each line, joined as in a heading."""
    industries = texts(cells, industry).to_list()
    if manifest.country:
        return industries
    countries = texts(cells, country).to_list()
    return [
        f"{one}{manifest.csv.separator}{two}"
        for one, two in zip(countries, industries, strict=True)
    ]


def _refuse_columns_twice(columns: tuple[Label, ...], cells: Cells) -> None:
    """Two headings are one buyer where two names of countries mean one code."""
    if len(set(columns)) == len(columns):
        return
    counts = Counter(columns)
    twice = [label for label, count in counts.items() if count > 1]
    raise SourceError(
        f"{len(twice)} buyers head more than one column: {_names(twice)}.",
        where=str(cells.file),
        remedy="Keep one column of each, or give the countries codes of their own.",
    )


def _split(manifest: Manifest, heading: str, cells: Cells) -> Label:
    """Country and industry of a heading such as "USA|Wheat"."""
    if manifest.country:
        return manifest.country, heading
    country, mark, industry = heading.partition(manifest.csv.separator)
    if not mark or not country.strip() or not industry.strip():
        raise SourceError(
            f"The heading {heading!r} is not a country and an industry joined by "
            f"{manifest.csv.separator!r}.",
            where=str(cells.file),
            remedy="Head each column so, or set separator or header_rows under [csv]; for a table "
            "of one country give its code as country.",
        )
    name = country.strip()
    return manifest.countries.get(name, name), industry.strip()


def _long(manifest: Manifest, part: Transactions | FinalDemand, cells: Cells) -> Block:
    import numpy as np

    category = part.category if isinstance(part, FinalDemand) else part.buyer_industry
    places = _country_columns(manifest, part.seller_country, part.buyer_country)
    require(cells, (*places, part.seller_industry, category, part.value))
    numbers = values(cells, part.value, manifest.csv, zero=part.absent == "zero")
    sellers = _coded(manifest, cells, part.seller_country, part.seller_industry)
    buyers = _coded(manifest, cells, part.buyer_country, category)
    (rows, row, row_words), (columns, column, column_words) = sellers, buyers
    flat = row * len(columns) + column
    counts = np.bincount(flat, minlength=len(rows) * len(columns))
    if counts.max() > 1:
        _refuse_pair(flat, counts, rows, columns, cells)
    if part.absent == "error" and not counts.all():
        _refuse_absent(counts, rows, columns, cells)
    block = np.zeros((len(rows), len(columns)))
    block[row, column] = numbers.to_numpy()
    return Block(rows, columns, block, cells.file, row_words, column_words)


def _coded(
    manifest: Manifest, cells: Cells, country: str, industry: str
) -> tuple[tuple[Label, ...], Numbers, Mapping[Label, str]]:
    """The labels once, the place of each line's label among them, and the file's words."""
    import numpy as np

    names, industries = _factor(cells, industry)
    if manifest.country:
        countries, places = [manifest.country], np.zeros(len(industries), dtype=np.int64)
        called = {manifest.country: ""}
    else:
        published, places = _factor(cells, country)
        ours = [manifest.countries.get(name, name) for name in published]
        countries = list(dict.fromkeys(ours))  # two names may mean one country
        called = {
            code: name + manifest.csv.separator for name, code in zip(published, ours, strict=True)
        }
        places = np.array([countries.index(name) for name in ours])[places]
    if (size := len(countries) * len(names)) > _MOST_LABELS:
        raise SourceError(
            f"The file labels {len(countries):,} countries and {len(names):,} industries.",
            where=str(cells.file),
            remedy="Check that the columns of labels are the right ones.",
        )
    pairs = places * len(names) + industries
    first = np.full(size, -1)
    first[pairs[::-1]] = np.arange(len(pairs))[::-1]  # of several lines the first one stays
    used = np.flatnonzero(first >= 0)
    used = used[np.argsort(first[used])]
    place = np.empty(size, dtype=np.int64)
    place[used] = np.arange(len(used))
    pairs_used = (divmod(int(pair), len(names)) for pair in used)
    labels = tuple((countries[i], names[j]) for i, j in pairs_used)
    return labels, place[pairs], {one: called[one[0]] + one[1] for one in labels}


def _factor(cells: Cells, column: str) -> tuple[list[str], Numbers]:
    """The labels without repetition, and the place of each line's label among them."""
    import polars as pl

    series = cells.frame[column].cast(pl.String).fill_null("")
    published = series.unique(maintain_order=True)
    clean = published.str.strip_chars().to_list()
    if "" in clean:
        texts(cells, column)  # which names the line
    names = {name: place for place, name in enumerate(dict.fromkeys(clean))}
    codes = [names[name] for name in clean]
    return list(names), series.replace_strict(published, codes, return_dtype=pl.Int64).to_numpy()


def _refuse_pair(
    flat: Numbers,
    counts: Numbers,
    rows: tuple[Label, ...],
    columns: tuple[Label, ...],
    cells: Cells,
) -> None:
    import numpy as np

    pair = int(flat[np.argmax(counts[flat] > 1)])
    first, second = np.flatnonzero(flat == pair)[:2] + cells.first_line
    seller, buyer = rows[pair // len(columns)], columns[pair % len(columns)]
    raise SourceError(
        f"The pair {_names([seller])} to {_names([buyer])} occurs twice, in lines "
        f"{first} and {second}.",
        where=str(cells.file),
        remedy="Keep one of the lines, or add them up.",
    )


def _refuse_absent(
    counts: Numbers, rows: tuple[Label, ...], columns: tuple[Label, ...], cells: Cells
) -> None:
    import numpy as np

    lacking = np.flatnonzero(counts == 0)
    pair = int(lacking[0])
    seller, buyer = rows[pair // len(columns)], columns[pair % len(columns)]
    raise SourceError(
        f"{len(lacking)} pairs have no line, the first is {_names([seller])} to {_names([buyer])}.",
        where=str(cells.file),
        remedy='Add the lines, or write absent = "zero" for this file.',
    )


def _names(labels: Sequence[Label]) -> str:
    shown = ", ".join(f"{country} {industry}" for country, industry in labels[:_SHOWN])
    return shown if len(labels) <= _SHOWN else f"{shown} …"
