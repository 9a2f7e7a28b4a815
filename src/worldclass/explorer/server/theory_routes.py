"""Routes of theories: the shipped ones, and the check of a visitor's own."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Request, Response

from worldclass.explorer.server.asking import ERRORS, compute
from worldclass.explorer.server.jobs import shipped
from worldclass.explorer.server.parameters import (
    Anchor,
    Country,
    Draws,
    Settings,
    Sex,
    Years,
    settings,
)
from worldclass.explorer.server.problems import Problem, RefusedError
from worldclass.theories.library import list_theories

router = APIRouter(prefix="/api", tags=["theories"], responses=ERRORS)
File = Annotated[
    bytes,
    Body(media_type="application/toml", description="A theory file (TOML, at most 64,000 bytes)."),
]
TEXT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/toml": {"schema": {"type": "string"}}},
    }
}


@router.get("/theories")
async def theories() -> list[str]:
    """Ids of the shipped theories (`worldclass.list_theories`)."""
    return list_theories()


@router.get("/theory/{theory}")
async def theory(
    request: Request, theory: Annotated[str, Path(description="Id of a theory.", max_length=60)]
) -> Response:
    """Words, parameters, splits and SQL of a theory (`worldclass.theory`)."""
    if theory not in list_theories():
        remedy = f"Theories: {', '.join(list_theories())}."
        raise RefusedError(404, Problem(f"There is no theory {theory[:60]!r}.", "theory", remedy))
    return await compute(request, "theory", {"theory": shipped(theory)})


@router.post("/theory/check", openapi_extra=TEXT)
async def check(request: Request) -> Response:
    """Prove a theory file sound, or refute it (`worldclass theory check`)."""
    return await compute(request, "check", {"text": await request.body()})


@router.post("/theory/atlas", openapi_extra=TEXT)
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
