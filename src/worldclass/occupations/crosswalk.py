"""Compact crosswalks: values by occupational code, one row for each distinct pattern of values.

```
# Source: …
codes,employee,supervisor
11 2100,1,1
21,2,1
```

`codes` are prefixes of one to four digits. A prefix covers the codes of the classification that
start with it, groups filled with zeros included, unless a longer prefix in any row covers them;
four digits are that one code. An empty value, and a code that no prefix covers, is not covered.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.datafile import read_text
from worldclass.core.errors import TheoryError, WorldclassError
from worldclass.occupations.classification import CODE_DIGITS, codes
from worldclass.occupations.prefixes import shortest_prefixes

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

_PREFIX = re.compile(r"[0-9]{1,4}\Z")
_SHOWN = 8
_NUMBER_OF_CODES = 10**CODE_DIGITS

Values = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """A table of values by occupational code.

    Parameters
    ----------
    where
        The file, for messages.
    classification, digits
        Whose codes, and at which level.
    columns
        Names of the value columns.
    rows
        The distinct patterns, as texts; "" where the table gives no value.
    row_of
        int16 array of 10,000 places: the row of each code, −1 where there is none.
    """

    where: str
    classification: str
    digits: int
    columns: tuple[str, ...]
    rows: tuple[Values, ...]
    row_of: np.ndarray

    def expand(self) -> dict[int, int]:
        """The row of each covered code, in order of the codes."""
        covered = np.flatnonzero(self.row_of >= 0)
        return dict(zip(covered.tolist(), self.row_of[covered].tolist(), strict=True))

    def column(self, name: str) -> dict[int, str]:
        """The value of each covered code in one column, without empty values.

        Raises
        ------
        TheoryError
            There is no such column.
        """
        if name not in self.columns:
            raise TheoryError(
                f"There is no column '{name}'.",
                where=self.where,
                remedy=f"Use one of {', '.join(self.columns)}.",
            )
        place = self.columns.index(name)
        values = [row[place] for row in self.rows]
        return {code: values[row] for code, row in self.expand().items() if values[row]}


def read_crosswalk(
    file: Path | Traversable,
    classification: str,
    columns: Sequence[str] | None = None,
    *,
    digits: int = CODE_DIGITS,
    error: type[WorldclassError] = TheoryError,
) -> Crosswalk:
    """Read a compact crosswalk and expand its prefixes.

    Parameters
    ----------
    file
        Path, or a file of a package.
    classification
        Whose codes the prefixes cover: `isco08`, `isco88`, `isco88com` or `isco68`.
    columns
        The value columns the file must have, in any order; None takes those it has.
    digits
        Level of the codes: 4, or fewer when the table is for codes cut to so many digits.
    error
        Class of the errors raised.

    Raises
    ------
    WorldclassError
        Of class `error`: the header differs, a row is malformed, a prefix is no prefix, is listed
        twice, or covers no code. The message names the lines.
    """
    text = read_text(file, error=error)
    return parse_crosswalk(text, str(file), classification, columns, digits=digits, error=error)


def parse_crosswalk(
    text: str,
    where: str,
    classification: str,
    columns: Sequence[str] | None = None,
    *,
    digits: int = CODE_DIGITS,
    error: type[WorldclassError] = TheoryError,
) -> Crosswalk:
    """Read a compact crosswalk from text; see `read_crosswalk`.

    Example
    -------
    >>> table = parse_crosswalk("codes,class\\n21,1\\n2100 22,2\\n", "here", "isco88")
    >>> classes = table.column("class")
    >>> classes[2111], classes[2110], classes[2100], classes[2230]
    ('1', '1', '2', '2')
    """
    universe = codes(classification, digits)
    lines = _records(text, where, error)
    header = _header(lines, where, columns, error)
    patterns: dict[Values, int] = {}
    listed: dict[str, tuple[int, int]] = {}  # prefix → row, line
    for number, record in lines[1:]:
        if len(record) != len(header) + 1:
            raise error(
                f"The row has {len(record)} cells; the header has {len(header) + 1}.",
                where=f"{where}, line {number}",
                remedy="Give one value for each column; leave it empty where there is none.",
            )
        row = patterns.setdefault(tuple(cell.strip() for cell in record[1:]), len(patterns))
        for prefix in _prefixes(record[0], f"{where}, line {number}", error):
            if prefix in listed:
                raise error(
                    f"The prefix {prefix} is listed twice.",
                    where=f"{where}, lines {listed[prefix][1]} and {number}",
                    remedy="Keep it in one row.",
                )
            listed[prefix] = row, number
    row_of = _expand({prefix: row for prefix, (row, _) in listed.items()}, universe)
    _refuse_idle(listed, universe, classification, digits, where, error)
    return Crosswalk(where, classification, digits, header, tuple(patterns), row_of)


def encode_prefixes(
    mapping: Mapping[int, Values], classification: str, *, digits: int = CODE_DIGITS
) -> list[tuple[Values, str]]:
    """The fewest prefixes that say what a mapping says, grouped by values.

    Among encodings with equally few prefixes, the one with the fewest digits is taken; a prefix
    that covers a single code is written as that code. Codes that the mapping lacks are not covered;
    they get a row of empty values where a shorter prefix would cover them otherwise.

    Parameters
    ----------
    mapping
        Values of each four-digit code; all tuples have the same length.
    classification, digits
        Whose codes, and at which level.

    Returns
    -------
    list
        Pairs of values and their prefixes separated by spaces, ordered by the first prefix.

    Raises
    ------
    TheoryError
        The mapping is empty, has a code that the classification lacks, or tuples of unequal
        length.

    Example
    -------
    >>> classes = {code: ("2" if code == 2100 else "1",) for code in codes("isco88")
    ...            if code // 1000 == 2}
    >>> encode_prefixes(classes, "isco88")
    [(('1',), '2'), (('2',), '2100')]
    """
    universe = codes(classification, digits)
    alien = sorted(set(mapping) - set(universe))
    if alien or len({len(values) for values in mapping.values()}) != 1:
        shown = ", ".join(f"{code:04d}" for code in alien[:_SHOWN])
        raise TheoryError(
            f"Codes that {classification} lacks: {shown}."
            if alien
            else "The mapping is empty, or its tuples have unequal lengths.",
            where="mapping",
            remedy="Give one tuple of values for each code of the classification.",
        )
    empty = ("",) * len(next(iter(mapping.values())))
    leaves = {f"{code:04d}": mapping.get(code, empty) for code in universe}
    found = shortest_prefixes(leaves, empty)
    groups: dict[Values, list[str]] = {}
    for prefix in sorted(found):
        groups.setdefault(found[prefix], []).append(prefix)
    return [(values, " ".join(prefixes)) for values, prefixes in groups.items()]


def format_crosswalk(
    mapping: Mapping[int, Values],
    classification: str,
    columns: Sequence[str],
    *,
    comments: Iterable[str] = (),
    digits: int = CODE_DIGITS,
) -> str:
    """A mapping as the text of a compact crosswalk file.

    Parameters
    ----------
    mapping, classification, digits
        As for `encode_prefixes`.
    columns
        Names of the value columns.
    comments
        Lines on source and version, written first.

    Example
    -------
    >>> print(format_crosswalk({110: ("soldier",)}, "isco08", ["job"], comments=["A test."]))
    # A test.
    codes,job
    0110,soldier
    <BLANKLINE>
    """
    stream = io.StringIO()
    stream.writelines(f"# {line}".rstrip() + "\n" for line in comments)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["codes", *columns])
    for values, prefixes in encode_prefixes(mapping, classification, digits=digits):
        writer.writerow([prefixes, *values])
    return stream.getvalue()


def _records(text: str, where: str, error: type[WorldclassError]) -> list[tuple[int, list[str]]]:
    """Line numbers and cells of a CSV text, without comments and empty lines."""
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append((number, next(csv.reader([line], strict=True))))
        except csv.Error as cause:
            raise error(
                f"The line is not CSV: {cause}.",
                where=f"{where}, line {number}",
                remedy="Separate cells by commas; close quotes on the same line.",
            ) from cause
    return found


def _header(
    lines: list[tuple[int, list[str]]],
    where: str,
    columns: Sequence[str] | None,
    error: type[WorldclassError],
) -> tuple[str, ...]:
    """The value columns, if the header is as expected."""
    found = [cell.strip() for cell in lines[0][1]] if lines else []
    sound = len(found) > 1 and found[0] == "codes" and len(set(found)) == len(found) and all(found)
    if columns is not None:
        sound = sound and sorted(found[1:]) == sorted(columns)
    if not sound:
        expected = ", ".join(["codes", *(columns or ["one or more columns of values"])])
        raise error(
            f"The header is '{','.join(found)}'; expected: {expected}.",
            where=where,
            remedy="Name each column once.",
        )
    return tuple(found[1:])


def _prefixes(cell: str, where: str, error: type[WorldclassError]) -> list[str]:
    """The prefixes of a cell."""
    found = cell.split()
    wrong = [prefix for prefix in found if not _PREFIX.match(prefix)]
    if wrong or not found:
        raise error(
            f"'{' '.join(wrong[:_SHOWN])}' is not a list of code prefixes.",
            where=where,
            remedy="Write one to four digits for each, separated by spaces.",
        )
    return found


def _expand(listed: Mapping[str, int], universe: Iterable[int]) -> np.ndarray:
    """The row of each code by its longest listed prefix."""
    row_of = np.full(_NUMBER_OF_CODES, -1, dtype=np.int16)
    for code in universe:
        text = f"{code:04d}"
        for length in range(CODE_DIGITS, 0, -1):
            if text[:length] in listed:
                row_of[code] = listed[text[:length]]
                break
    row_of.flags.writeable = False
    return row_of


def _refuse_idle(
    listed: Mapping[str, tuple[int, int]],
    universe: Iterable[int],
    classification: str,
    digits: int,
    where: str,
    error: type[WorldclassError],
) -> None:
    """Refuse prefixes that no code of the classification starts with."""
    heads = {f"{code:04d}"[:length] for code in universe for length in range(1, CODE_DIGITS + 1)}
    idle = sorted(set(listed) - heads)
    if idle:
        level = "" if digits == CODE_DIGITS else f" at {digits} digits"
        raise error(
            f"No code of {classification}{level} starts with {', '.join(idle[:_SHOWN])}.",
            where=f"{where}, line {listed[idle[0]][1]}",
            remedy="Remove the prefix, or name the classification that has it.",
        )
