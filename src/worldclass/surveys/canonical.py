"""Our columns of survey microdata, and the kinds of missing values kept apart."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal, cast

from worldclass.surveys.columns import OCCUPATION_COLUMNS, status_columns

Kind = Literal["code", "boolean", "integer", "words"]

_NEEDS_THE_WHOLE_FILE = "income_rank"  # a rank is no matter of one row


@cache
def kinds() -> dict[str, Kind]:
    """Kind of each column that an adapter can make.

    Example
    -------
    >>> kinds()["isco08"], kinds()["employees"]
    ('code', 'integer')
    """
    found: dict[str, Kind] = dict.fromkeys(OCCUPATION_COLUMNS, "code")
    for name, column in status_columns().items():
        if name != _NEEDS_THE_WHOLE_FILE:
            found[name] = cast(Kind, column.kind)
    return found


def bounds(name: str) -> tuple[int, int]:
    """Least and largest value of an integer column.

    Example
    -------
    >>> bounds("control_work")
    (0, 10)
    """
    column = status_columns()[name]
    return int(column.low or 0), int(column.high or 0)


STATED: Final = ("not applicable", "refused", "don't know", "not asked", "no answer")
"""Kinds of missing that surveys state."""

UNUSABLE: Final = "unusable"
"""The survey gives a value, but it does not say what the column needs ("other, not
classifiable"), or the variable is known to be spoilt."""

UNKNOWN: Final = "unknown code"
"""A code that the adapter file does not know."""

REASONS: Final = (*STATED, UNUSABLE, UNKNOWN)
"""Categories of the companion columns, in this order."""

DESIGN: Final = ("weight", "psu", "stratum")
"""Columns for statistics that an adapter can make."""


def companion(name: str) -> str:
    """Name of the column that holds the kind of missing.

    Example
    -------
    >>> companion("employees")
    'employees_missing'
    """
    return f"{name}_missing"


def code_key(value: str | int) -> str:
    """A code of a survey in the one way of writing that codes are compared in.

    Numbers lose leading zeros and an empty decimal part, other text the spaces around it.

    Example
    -------
    >>> code_key(" 07"), code_key("66666.0"), code_key(-4), code_key("OC1")
    ('7', '66666', '-4', 'OC1')
    """
    text = re.sub(r"^([+-]?[0-9]+)\.0*$", r"\1", str(value).strip())
    return str(int(text)) if re.fullmatch(r"-?[0-9]{1,18}", text) else text
