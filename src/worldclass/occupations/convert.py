"""Conversions between classifications: direct ones as files, others as stated chains.

Each file `conversions/<source>_<target>.csv` gives one target code for each source code. Where the
classifications split an occupation differently, it is the target that the authors' file puts first;
the file's comments say whose. A code that the file lacks has no counterpart: it becomes null and is
named in the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from worldclass.core.datafile import package_file
from worldclass.core.errors import SourceError, UsageError
from worldclass.occupations.classification import (
    CODE_DIGITS,
    MISSING,
    check_digits,
    classification,
    classifications,
    codes,
)
from worldclass.occupations.columns import as_series, code_texts, like
from worldclass.occupations.crosswalk import read_crosswalk
from worldclass.occupations.esco import read_esco
from worldclass.occupations.longer import lengthened, shortened, written
from worldclass.occupations.reading import CodeColumn, read_codes

if TYPE_CHECKING:
    import polars as pl

NO_COUNTERPART = -1
_STEPS = (
    ("isco08", "isco88"),
    ("isco88", "isco08"),
    ("isco68", "isco88"),
    ("isco68", "isco08"),
    ("isco88", "isco68"),
    ("isco88", "isco88com"),
    ("isco88com", "isco88"),
    ("esco", "isco08"),
)
_SAME = (("esco", "isco08"), ("isco88com", "isco88"))
"""Steps that change no code: ESCO numbers are read as unit groups of ISCO-08, and the list of
ISCO-88 holds every code of its European version, extras included."""


@dataclass(frozen=True, eq=False)
class Conversion:
    """A conversion between two classifications.

    Parameters
    ----------
    path
        The classifications passed through, source and target included; more than two make a chain.
    table
        int16 array of 10,002 places: the target of each code; −1 where there is none, for the
        places 10000 (malformed) and 10001 (missing) too.
    """

    path: tuple[str, ...]
    table: NDArray[np.int16]


@cache
def conversion(source: str, target: str) -> Conversion:
    """The conversion from one classification to another.

    A direct file is used where there is one, else the shortest chain of files. ESCO numbers are
    read as ISCO-08 codes, so that its first step changes nothing; nor does the step from
    ISCO-88(COM) to ISCO-88, whose list holds the European codes too.

    Raises
    ------
    UsageError
        There is no such classification, or no way from the one to the other.

    Example
    -------
    >>> conversion("isco08", "isco88com").path
    ('isco08', 'isco88', 'isco88com')
    >>> int(conversion("isco08", "isco88").table[2512])
    2131
    """
    path = _path(source, target)
    table = np.full(MISSING + 1, NO_COUNTERPART, dtype=np.int16)
    known = np.array(codes(source), dtype=np.int16)
    table[known] = known
    for step in pairwise(path):
        covered = table >= 0
        table[covered] = _step(*step)[table[covered]]
    table.flags.writeable = False
    return Conversion(path, table)


def recode(values: Any, source: str, target: str, *, digits: int = CODE_DIGITS) -> Any:
    """Codes of one classification as codes of another.

    Parameters
    ----------
    values
        Polars or pandas Series, PyArrow or NumPy array, list or tuple of text, integers or floats.
    source, target
        `isco08`, `isco88`, `isco88com`, `isco68`; `esco` as source only. Equal ids repair codes.
    digits
        Number of digits of the given codes, as in `read_codes`.

    Returns
    -------
    object
        The same kind as `values`, with texts of four digits (five for the armed forces of ISCO-68),
        and null (None) where a cell is missing, malformed, unknown or without counterpart;
        `recode_report` says how often, and names them.

    Raises
    ------
    UsageError
        There is no such conversion, or the values are of a type that holds no codes.

    Example
    -------
    >>> recode(["2512", 110, "9999", None], "isco08", "isco88")
    ['2131', '0110', None, None]
    """
    table = conversion(source, target).table
    column = read_column(as_series(values), source, digits)
    return like(values, lengthened(code_texts(table[column.codes]), target))


def recode_report(
    values: Any, source: str, target: str, *, digits: int = CODE_DIGITS
) -> pl.DataFrame:
    """What `recode` repaired in a column, and what it could not convert.

    Parameters
    ----------
    values, source, target, digits
        As for `recode`.

    Returns
    -------
    polars.DataFrame
        `item`, `rows`, `share` of all rows (0–1), `examples`: some values as written; all codes for
        the items `unknown code` and `no counterpart`.

    Example
    -------
    >>> recode_report(["2512", "9999", "9998"], "isco08", "isco88").rows()
    [('unknown code', 2, 0.6666666666666666, '9998, 9999')]
    """
    import polars as pl  # takes 0.2 s to import

    table = conversion(source, target).table
    column = read_column(as_series(values), source, digits)
    found = [(item.item, item.rows, ", ".join(item.examples)) for item in column.report.findings]
    rows = np.bincount(column.codes, minlength=len(table))[: 10**CODE_DIGITS]
    listed = np.zeros(10**CODE_DIGITS, dtype=bool)
    listed[list(codes(source))] = True
    lost = (rows > 0) & (table[: 10**CODE_DIGITS] < 0)
    for item, cases in (("unknown code", lost & ~listed), ("no counterpart", lost & listed)):
        if cases.any():
            names = ", ".join(written(code, source) for code in np.flatnonzero(cases).tolist())
            found.append((item, int(rows[cases].sum()), names))
    total = max(len(column.codes), 1)
    return pl.DataFrame(
        [(item, count, count / total, examples) for item, count, examples in found],
        schema={"item": pl.String, "rows": pl.Int64, "share": pl.Float64, "examples": pl.String},
        orient="row",
    )


def truncate(values: Any, digits: int) -> Any:
    """Codes cut to fewer digits, filled with zeros to four.

    Parameters
    ----------
    values
        As for `recode`, with codes of four digits.
    digits
        1 major, 2 sub-major, 3 minor groups; 4 only repairs.

    Returns
    -------
    object
        The same kind as `values`; null (None) where a cell is missing or malformed.

    Raises
    ------
    UsageError
        `digits` is not 1 to 4, or the values are of a type that holds no codes.

    Example
    -------
    >>> truncate([2512, "0310", None], 2)
    ['2500', '0300', None]
    """
    check_digits(digits)
    read = read_codes(as_series(values)).codes
    step = np.int16(10 ** (CODE_DIGITS - digits))
    groups = np.where(read < 10**CODE_DIGITS, read // step * step, np.int16(NO_COUNTERPART))
    return like(values, code_texts(groups))


def read_column(series: pl.Series, source: str, digits: int = CODE_DIGITS) -> CodeColumn:
    """A column's codes, by the rules of its classification.

    Parameters
    ----------
    series
        Raw column.
    source
        Id of the classification, `esco` among them.
    digits
        Number of digits of the given codes, as in `read_codes`.
    """
    if source == "esco":
        return read_esco(series)
    return read_codes(shortened(series, source, digits), digits=digits)


def _path(source: str, target: str) -> tuple[str, ...]:
    """The shortest chain of conversions, direct ones first."""
    for name in (source, target):
        classification(name)  # refuses an unknown id
    paths = [(source,)]
    while paths:
        for path in paths:
            if path[-1] == target != "esco":
                return path
        paths = [
            (*path, end)
            for path in paths
            for start, end in _STEPS
            if start == path[-1] and end not in path
        ]
    reachable = [name for name in classifications() if name in _reached(source)]
    raise UsageError(
        f"There is no conversion from {source} to {target}.",
        where="target",
        remedy=f"From {source} there are conversions to: {', '.join(reachable) or 'none'}.",
    )


def _reached(source: str) -> set[str]:
    """The classifications that chains of conversions lead to."""
    found, size = {source}, 0
    while len(found) > size:
        size = len(found)
        found |= {end for start, end in _STEPS if start in found}
    return found - {source}


@cache
def _step(source: str, target: str) -> NDArray[np.int16]:
    """The target of each code by one file, −1 where it gives none.

    Raises
    ------
    SourceError
        The file names a target that the other classification lacks.
    """
    table = np.full(MISSING + 1, NO_COUNTERPART, dtype=np.int16)
    if (source, target) in _SAME:
        table[list(codes(source))] = codes(source)
        return table
    file = package_file("worldclass.occupations", "conversions", f"{source}_{target}.csv")
    found = read_crosswalk(file, source, (target,), error=SourceError).column(target)
    alien = sorted(set(found.values()) - {f"{code:04d}" for code in codes(target)})
    if alien:
        raise SourceError(
            f"The targets {', '.join(alien)} are not codes of {target}.",
            where=str(file),
            remedy="Correct the file.",
        )
    table[list(found)] = [int(text) for text in found.values()]
    return table
