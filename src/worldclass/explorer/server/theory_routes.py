"""Routes of theories: the shipped ones, and the check of a visitor's own."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request, Response

from worldclass.core.datafile import package_file
from worldclass.explorer.server.answers import ERRORS, Checked, Rows, TheoryWords
from worldclass.explorer.server.asking import compute
from worldclass.explorer.server.jobs import shipped
from worldclass.explorer.server.parameters import (
    Anchor,
    Country,
    Draws,
    Settings,
    Sex,
    Years,
    known,
    settings,
)
from worldclass.explorer.server.problems import Problem, RefusedError
from worldclass.theories.library import list_theories

router = APIRouter(prefix="/api", tags=["theories"], responses=ERRORS)
only_posted = APIRouter(prefix="/api", tags=["theories"], responses=ERRORS)
EXAMPLE = "ilo-status"
TEXT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A theory file (TOML, at most 64,000 bytes).",
        "content": {
            "application/toml": {
                "schema": {"type": "string"},
                "example": package_file(
                    "worldclass.theories", "files", f"{EXAMPLE}.toml"
                ).read_text(encoding="utf-8"),
            }
        },
    }
}


@router.get("/theories")
async def theories() -> list[str]:
    """Ids of the shipped theories (`worldclass.list_theories`)."""
    return list_theories()


@only_posted.get("/theory/check", include_in_schema=False)
@only_posted.get("/theory/atlas", include_in_schema=False)
async def posted() -> None:
    """What takes a theory file by POST is no theory that could be asked for."""
    raise HTTPException(405, headers={"Allow": "POST"})


@router.get("/theory/{theory}", response_model=TheoryWords)
async def theory(
    request: Request,
    theory: Annotated[
        str,
        Path(
            description="Id of a theory.", max_length=60, json_schema_extra=known(list_theories())
        ),
    ],
) -> Response:
    """Words, parameters, splits and SQL of a theory (`worldclass.theory`)."""
    if theory not in list_theories():
        remedy = f"Theories: {', '.join(list_theories())}."
        raise RefusedError(404, Problem(f"There is no theory {theory[:60]!r}.", "theory", remedy))
    return await compute(request, "theory", {"theory": shipped(theory)})


@router.post("/theory/check", response_model=Checked, openapi_extra=TEXT)
async def check(request: Request) -> Response:
    """Prove a theory file sound, or refute it (`worldclass theory check`)."""
    return await compute(request, "check", {"text": await request.body()})


@router.post("/theory/atlas", response_model=Rows, openapi_extra=TEXT)
async def own_atlas(
    request: Request,
    country: Country = None,
    year: Years = None,
    sex: Sex = None,
    set_: Settings = None,
    anchor: Anchor = None,
    draws: Draws = 0,
) -> Response:
    """Class sizes by a theory file of one's own, once it is proved sound (`worldclass.atlas`)."""
    arguments: dict[str, Any] = {"text": await request.body(), "country": country or "WORLD"}
    arguments |= {"year": year, "sex": sex, "parameters": settings(set_)}
    arguments |= {"anchor": anchor, "draws": draws}
    return await compute(request, "own-atlas", arguments)
