"""Routes of claims: what the package says of them, one in full, two theories side by side."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from worldclass.claims.library import is_claim, list_claims, theories_with_claims
from worldclass.core.errors import UsageError
from worldclass.explorer.server.answers import ERRORS, Claims, Evaluated, Rows
from worldclass.explorer.server.asking import compute
from worldclass.explorer.server.parameters import known
from worldclass.explorer.server.problems import Problem, RefusedError

router = APIRouter(prefix="/api", tags=["claims"], responses=ERRORS)
_WHOSE = Query(
    description="Id of a theory with claims.",
    max_length=60,
    json_schema_extra=known(theories_with_claims()),
)
Whose = Annotated[str, _WHOSE]
One = Annotated[
    str,
    Path(description="Id of a claim.", max_length=120, json_schema_extra=known(list_claims())),
]


@router.get("/list_claims")
async def claim_names(
    theory: Annotated[str | None, _WHOSE] = None,
) -> list[str]:
    """Ids of the claims, by theory and number (`worldclass.list_claims`)."""
    return list_claims(theory)


@router.get("/claims", response_model=Claims)
async def claims(request: Request, theory: Annotated[str | None, _WHOSE] = None) -> Response:
    """Verdicts on the claims from stored results, one row a claim (`worldclass.claims`)."""
    if theory is not None:
        list_claims(theory)  # refuses what is not there before a worker is asked
    return await compute(request, "claims", {"theory": theory})


@router.get("/claims/{claim}", response_model=Evaluated)
async def claim(request: Request, claim: One) -> Response:
    """A claim with verdict, curve and evidence, and where its numbers are from."""
    if not is_claim(claim):
        near = get_close_matches(claim, list_claims(), n=3)
        guess = f"Did you mean {' or '.join(near)}? " if near else ""
        remedy = f"{guess}All ids: /api/list_claims."
        raise RefusedError(404, Problem(f"There is no claim {claim[:60]!r}.", "claim", remedy))
    return await compute(request, "claim", {"claim": claim})


@router.get("/compare_claims", response_model=Rows)
async def compare_claims(request: Request, theory: Whose, other: Whose) -> Response:
    """Claims of two theories on the same question (`worldclass.compare_claims`)."""
    for where, name in (("theory", theory), ("other", other)):
        if name not in theories_with_claims():
            raise UsageError(
                f"There are no claims of a theory {name[:60]!r}.",
                where=where,
                remedy=f"Theories with claims: {', '.join(theories_with_claims())}.",
            )
    return await compute(request, "compare-claims", {"theory": theory, "other": other})
