"""Parameters that several routes share, with their bounds and descriptions."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from fastapi import Query, Request

from worldclass.core.errors import UsageError
from worldclass.theories.library import list_theories

MOST_PLACES = 200
MOST_DRAWS = 1_000

SexName = Literal["female", "male", "total"]
AnchorName = Literal["national-accounts", "household-survey", "earnings-survey"]


def only_known(request: Request) -> None:
    """Refuse a parameter that the route has not: a misspelt one would be as if it were not there.

    Raises
    ------
    UsageError
        The query holds such a parameter.
    """
    route: Any = request.scope["route"]
    names: list[str] = [one.alias for one in route.dependant.query_params]
    for name in request.query_params:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            meant = f"Did you mean '{near[0]}'? " if near else ""
            having = f"It has {', '.join(names)}." if names else "It has none."
            raise UsageError(
                f"There is no parameter '{name:.60}'.", where="query", remedy=meant + having
            )


def known(names: Iterable[str | None]) -> dict[str, Any]:
    """Ids that the package ships, for the OpenAPI description; the routes refuse others."""
    return {"enum": list(names)}


Theory = Annotated[
    str,
    Query(
        description="Id of a shipped theory.",
        max_length=60,
        json_schema_extra=known(list_theories()),
    ),
]
Country = Annotated[
    list[str] | None,
    Query(
        description="Codes or names of countries or aggregates.",
        max_length=MOST_PLACES,
        examples=[["WORLD", "IND"]],
    ),
]
Place = Annotated[str, Query(description="Code or name of a country or aggregate.", max_length=80)]
Years = Annotated[
    str | None,
    Query(
        description="A year, or a range such as 2000:2023.", max_length=20, examples=["2021:2023"]
    ),
]
Year = Annotated[int | None, Query(description="A year; by default the latest.", ge=1900, le=2100)]
Sex = Annotated[list[SexName] | None, Query(description="Any of them.", max_length=3)]
OneSex = Annotated[SexName, Query(description="Whose numbers.")]
Settings = Annotated[
    list[str] | None,
    Query(
        alias="set",
        description="A parameter of the theory, as name=value.",
        max_length=12,
        examples=[["tau=1000"]],
    ),
]
Anchor = Annotated[AnchorName | None, Query(description="Fixes the anchor of incomes.")]
Draws = Annotated[
    int,
    Query(description="Monte Carlo draws; 0 for none.", ge=0, le=MOST_DRAWS, examples=[20]),
]


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
        values[name] = setting_value(value)
    return values


def setting_value(text: str) -> float | str:
    """A number, or the name of a choice.

    Examples
    --------
    >>> setting_value("1000"), setting_value("relative")
    (1000.0, 'relative')
    """
    try:
        return float(text)
    except ValueError:
        return text.strip()
