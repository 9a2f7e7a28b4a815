"""Routes of the atlas: sizes, comparison, rank, change, contributions, sweep."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from worldclass.atlas.compare import Measure
from worldclass.core.errors import UsageError
from worldclass.explorer.server.answers import ERRORS, Rows
from worldclass.explorer.server.asking import compute
from worldclass.explorer.server.jobs import shipped
from worldclass.explorer.server.parameters import (
    Anchor,
    Country,
    Draws,
    OneSex,
    Place,
    Settings,
    Sex,
    Theory,
    Year,
    Years,
    setting_value,
    settings,
)
from worldclass.people.draws import DEFAULT

router = APIRouter(prefix="/api", tags=["atlas"], responses=ERRORS)
MOST_VALUES = 200
Theories = Annotated[
    list[str],
    Query(
        description="Ids of theories.", min_length=1, max_length=8, examples=[["bromma", "sakai"]]
    ),
]
Class = Annotated[
    str,
    Query(alias="class", description="Id of a class.", max_length=60, examples=["worker-elite"]),
]


@router.get("/atlas", response_model=Rows)
async def atlas(
    request: Request,
    theory: Theory = "bromma",
    country: Country = None,
    year: Years = None,
    sex: Sex = None,
    set_: Settings = None,
    anchor: Anchor = None,
    draws: Draws = DEFAULT,
) -> Response:
    """How large the classes of a theory are, with 5-95 % intervals (`worldclass.atlas`)."""
    arguments = {"theory": shipped(theory), "country": country or "WORLD", "year": year}
    arguments |= {"sex": sex, "parameters": settings(set_), "anchor": anchor, "draws": draws}
    return await compute(request, "atlas", arguments)


@router.get("/compare", response_model=Rows)
async def compare(
    request: Request,
    theory: Theories,
    country: Country = None,
    year: Years = None,
    sex: Sex = None,
    draws: Draws = DEFAULT,
) -> Response:
    """The classes of several theories in one table (`worldclass.compare`)."""
    arguments = {"theories": [shipped(name) for name in theory], "country": country or "WORLD"}
    arguments |= {"year": year, "sex": sex, "draws": draws}
    return await compute(request, "compare", arguments)


@router.get("/rank", response_model=Rows)
async def rank(
    request: Request,
    class_: Class,
    theory: Theory = "bromma",
    year: Year = None,
    sex: OneSex = "total",
    by: Annotated[Measure, Query(description="The measure to rank by.")] = "share_adults",
    set_: Settings = None,
    draws: Draws = 0,
) -> Response:
    """Countries in order of a class (`worldclass.rank`)."""
    arguments = {"theory": shipped(theory), "class": class_, "year": year, "sex": sex, "by": by}
    arguments |= {"parameters": settings(set_), "draws": draws}
    return await compute(request, "rank", arguments)


@router.get("/change", response_model=Rows)
async def change(
    request: Request,
    theory: Theory = "bromma",
    start: Year = None,
    end: Year = None,
    country: Place = "WORLD",
    sex: OneSex = "total",
    set_: Settings = None,
    draws: Draws = 0,
) -> Response:
    """What moved class sizes between two years, by component and place (`worldclass.change`)."""
    arguments = {"theory": shipped(theory), "start": start, "end": end, "country": country}
    arguments |= {"sex": sex, "parameters": settings(set_), "draws": draws}
    return await compute(request, "change", arguments)


@router.get("/contributions", response_model=Rows)
async def contributions(
    request: Request,
    class_: Class,
    theory: Theory = "bromma",
    country: Place = "WORLD",
    year: Year = None,
    sex: OneSex = "total",
    set_: Settings = None,
) -> Response:
    """What each assumption contributes to a class's size (`worldclass.contributions`)."""
    arguments = {"theory": shipped(theory), "class": class_, "country": country, "year": year}
    arguments |= {"sex": sex, "parameters": settings(set_)}
    return await compute(request, "contributions", arguments)


@router.get("/sweep", response_model=Rows)
async def sweep(
    request: Request,
    parameter: Annotated[
        str, Query(description="Parameter to vary.", max_length=60, examples=["tau"])
    ],
    value: Annotated[
        list[str],
        Query(
            description="Its values.",
            min_length=1,
            max_length=MOST_VALUES,
            examples=[["1000", "2000"]],
        ),
    ],
    theory: Theory = "bromma",
    country: Country = None,
    year: Years = None,
    sex: Sex = None,
    set_: Settings = None,
    draws: Annotated[int, Query(ge=0, le=200)] = 0,
) -> Response:
    """Class sizes over values of one parameter, the others set (`worldclass.sweep`)."""
    fixed, name = settings(set_) or {}, parameter.strip()
    if name in fixed:
        raise UsageError(f"'{name}' is both varied and set.", where="set")
    varied: dict[str, Any] = {one: [number] for one, number in fixed.items()}
    varied[name] = [setting_value(text) for text in value]
    arguments = {"theory": shipped(theory), "parameters": varied, "country": country or "WORLD"}
    arguments |= {"year": year, "sex": sex or "total", "draws": draws}
    return await compute(request, "sweep", arguments)
