"""Our columns of survey microdata, and the kinds of missing values kept apart."""

from __future__ import annotations

import re
from typing import Final, Literal

Kind = Literal["code", "boolean", "integer", "words"]

CODES: Final = ("isco08", "isco88", "isco88com", "isco68", "esco")
"""Columns of occupation codes."""

KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(CODES, "code"),
    "self_employed": "boolean",
    "supervisor": "boolean",
    "employees": "integer",
    "control_work": "integer",
    "control_daily": "integer",
    "work_status": "words",
    "main_activity": "words",
    "age": "integer",
}
"""Kind of each column that an adapter can make. (`income_rank` needs the whole file: a rank is
no matter of one row.)"""

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "work_status": ("employee", "self-employed", "not-employed"),
    "main_activity": ("working", "education", "disabled", "home", "retired", "unemployed"),
}

BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "employees": (0, 10_000_000),
    "control_work": (0, 10),
    "control_daily": (1, 4),
    "age": (0, 130),
}
"""Least and largest value of the integer columns."""

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
