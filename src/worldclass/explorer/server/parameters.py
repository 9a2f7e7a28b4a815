"""Parameters that several routes share, with their bounds and descriptions."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from worldclass.core.errors import UsageError

MOST_PLACES = 200
MOST_DRAWS = 1_000

Theory = Annotated[str, Query(description="Id of a shipped theory.", max_length=60)]
Country = Annotated[
    list[str] | None,
    Query(description="Codes or names of countries or aggregates.", max_length=MOST_PLACES),
]
Place = Annotated[str, Query(description="Code or name of a country or aggregate.", max_length=80)]
Years = Annotated[
    str | None, Query(description="A year, or a range such as 2000:2023.", max_length=20)
]
Year = Annotated[int | None, Query(description="A year; by default the latest.", ge=1900, le=2100)]
Sex = Annotated[list[str] | None, Query(description="Any of female, male, total.", max_length=3)]
OneSex = Annotated[str, Query(description="female, male or total.", max_length=10)]
Settings = Annotated[
    list[str] | None,
    Query(alias="set", description="A parameter of the theory, as name=value.", max_length=12),
]
Anchor = Annotated[
    str | None,
    Query(
        description="Fixes the anchor of incomes: national-accounts, household-survey or "
        "earnings-survey.",
        max_length=30,
    ),
]
Draws = Annotated[int, Query(description="Monte Carlo draws; 0 for none.", ge=0, le=MOST_DRAWS)]


def settings(given: list[str] | None, where: str = "set") -> dict[str, float | str] | None:
    """Parameters from `name=value` texts; a value that is no number is a choice.

    Raises
    ------
    UsageError
        A text sets nothing, or a name is given twice.
    """
    if not given:
        return None
    values: dict[str, float | str] = {}
    for text in given:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise UsageError(f"'{text[:80]}' is no setting.", where=where, remedy="name=value")
        if name in values:
            raise UsageError(f"'{name[:80]}' is set twice.", where=where, remedy="Set it once.")
        values[name] = _typed(value)
    return values


def _typed(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value
