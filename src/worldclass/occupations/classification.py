"""The occupational classifications: which codes exist, and which of them are official.

A code is an integer from 0 to 9999: the four digits of a unit group, or a group of fewer digits
filled with zeros on the right (sub-major group 21 is 2100). `codes/<id>.csv` lists, for each minor
group, the last digits of its unit groups; the groups above follow from them. What the publishers'
lists lack and data hold all the same, chiefly the codes that Ganzeboom and Treiman added, is in
`codes/classifications.toml`, with its source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from worldclass.core.datafile import load_toml, package_file, read_text
from worldclass.core.errors import SourceError, UsageError

MALFORMED = 10000  # in an array of codes: the cell holds no code
MISSING = 10001  # in an array of codes: the cell is empty
CODE_DIGITS = 4

_FOLDER = "worldclass.occupations"
_LINE = re.compile(r"(\d{3}),(\d{1,10})\Z")
_CodeList = Annotated[str, StringConstraints(pattern=r"^\d{4}( \d{4})*$")]


class _Extra(BaseModel):
    """Codes outside the publisher's list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    codes: _CodeList
    by: str
    source: str


class _Entry(BaseModel):
    """One classification, as `classifications.toml` describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    source: str
    unit_digits: int = Field(ge=3, le=4)
    counts: tuple[int, ...] = ()
    list: str = ""
    without: _CodeList | None = None
    longer: dict[Annotated[str, StringConstraints(pattern=r"^[1-9]\d{4}$")], _CodeList] = {}
    extra: tuple[_Extra, ...] = ()


class _File(BaseModel):
    """The whole of `classifications.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classification: dict[str, _Entry]


@dataclass(frozen=True)
class ExtraCodes:
    """Codes that are in use but not in the publisher's list.

    Parameters
    ----------
    codes
        Four-digit codes as integers, sorted.
    by
        Who added them.
    source
        Where that is published.
    """

    codes: tuple[int, ...]
    by: str
    source: str


@dataclass(frozen=True)
class Classification:
    """An occupational classification and its codes.

    Parameters
    ----------
    id
        `isco08`, `isco88`, `isco88com`, `isco68` or `esco`.
    title
        Its name and year.
    source
        Publication of the list.
    unit_digits
        Number of digits of an official unit group: 4, but 3 for ISCO-68.
    codes
        All codes, groups filled with zeros and extras included, sorted.
    unit_groups
        Official unit groups as four-digit integers; for ISCO-68, whose fourth digit is not the
        ILO's, the most detailed codes of the list.
    extras
        Codes outside the publisher's list.
    longer
        Codes of five digits, and the number of four, otherwise unused, that stands for each among
        the codes and extras (`occupations.longer`).
    counts
        Numbers of official major, sub-major, minor and unit groups; empty where the fourth digit is
        not the publisher's.
    """

    id: str
    title: str
    source: str
    unit_digits: int
    codes: tuple[int, ...]
    unit_groups: tuple[int, ...]
    extras: tuple[ExtraCodes, ...]
    longer: Mapping[int, int]
    counts: tuple[int, ...]


def classifications() -> tuple[str, ...]:
    """The ids of the classifications.

    Example
    -------
    >>> classifications()
    ('isco08', 'isco88', 'isco88com', 'isco68', 'esco')
    """
    return tuple(_file().classification)


@cache
def classification(name: str) -> Classification:
    """A classification by its id.

    Raises
    ------
    UsageError
        There is no such classification.

    Example
    -------
    >>> isco = classification("isco08")
    >>> len(isco.unit_groups), len(isco.codes)
    (436, 590)
    """
    entries = _file().classification
    if name not in entries:
        raise UsageError(
            f"There is no classification '{name}'.",
            where="classification",
            remedy=f"Use one of {', '.join(entries)}.",
        )
    entry = entries[name]
    units = _units(entry.list or name)
    listed = {group * 10 ** (4 - digits) for digits in (1, 2, 3) for group in _heads(units, digits)}
    listed |= units
    if entry.without:
        listed -= {int(code) for code in entry.without.split()}
    extras = tuple(
        ExtraCodes(tuple(sorted(int(code) for code in extra.codes.split())), extra.by, extra.source)
        for extra in entry.extra
    )
    added = {code for extra in extras for code in extra.codes}
    return Classification(
        name,
        entry.title,
        entry.source,
        entry.unit_digits,
        tuple(sorted(listed | added)),
        tuple(sorted(units)),
        extras,
        MappingProxyType({int(code): int(short) for code, short in entry.longer.items()}),
        entry.counts,
    )


@cache
def codes(name: str, digits: int = CODE_DIGITS) -> tuple[int, ...]:
    """All codes of a classification, as sorted four-digit integers.

    Parameters
    ----------
    name
        Id of the classification.
    digits
        4: unit groups and groups filled with zeros. Fewer: the codes that are left when all codes
        are cut to so many digits, filled with zeros; those of five digits have no groups.

    Example
    -------
    >>> codes("isco08", 1)
    (0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000)
    """
    check_digits(digits)
    step, found = 10 ** (CODE_DIGITS - digits), classification(name)
    alone = set(found.longer.values()) if digits < CODE_DIGITS else set[int]()
    return tuple(sorted({code // step * step for code in set(found.codes) - alone}))


def known(code: int, name: str, digits: int = CODE_DIGITS) -> bool:
    """Whether a classification has a code, once it is cut to so many digits.

    Example
    -------
    >>> known(2512, "isco08"), known(2519, "isco88"), known(2519, "isco88", digits=1)
    (True, False, True)
    """
    step = 10 ** (CODE_DIGITS - digits)
    return code // step * step in _known(name, digits)


def check_digits(digits: Any) -> None:
    """Refuse a number of digits other than 1, 2, 3 or 4.

    Raises
    ------
    UsageError
        With the value given.
    """
    if isinstance(digits, bool | float) or digits not in (1, 2, 3, 4):
        raise UsageError(
            f"Occupational codes have 1, 2, 3 or 4 digits, not {digits!r}.",
            where="digits",
            remedy="Give one of these numbers.",
        )


@cache
def _known(name: str, digits: int) -> frozenset[int]:
    """The codes of a classification at a level, as a set."""
    return frozenset(codes(name, digits))


@cache
def _file() -> _File:
    """What `classifications.toml` says."""
    return load_toml(package_file(_FOLDER, "codes", "classifications.toml"), _File)


def _heads(units: set[int], digits: int) -> set[int]:
    """The first digits of codes, as numbers."""
    return {unit // 10 ** (CODE_DIGITS - digits) for unit in units}


def _units(name: str) -> set[int]:
    """The most detailed codes of a list file.

    Raises
    ------
    SourceError
        A line is not a minor group and the last digits of its unit groups.
    """
    file = package_file(_FOLDER, "codes", f"{name}.csv")
    units: set[int] = set()
    lines = read_text(file, error=SourceError).splitlines()
    body = [line for line in lines if line and not line.startswith("#")]
    for line in body[1:]:
        match = _LINE.match(line)
        if not match:
            raise SourceError(
                f"The line '{line}' is not a minor group and the last digits of its unit groups.",
                where=str(file),
                remedy="Write it like '111,1234'.",
            )
        units |= {int(match.group(1) + last) for last in match.group(2)}
    return units
