"""Routes of the flows: labour embodied in what countries consume."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from worldclass.explorer.server.answers import ERRORS, Rows
from worldclass.explorer.server.asking import compute
from worldclass.explorer.server.parameters import Country, Sex, Years

router = APIRouter(prefix="/api", tags=["flows"], responses=ERRORS)
Way = Literal["country", "pair", "sector", "industry", "sex"]
Account = Literal["hours", "persons", "pay", "value_added"]


@router.get("/flows", response_model=Rows)
async def flows(
    request: Request,
    year: Years = None,
    by: Annotated[
        list[Way] | None,
        Query(description="country or pair, with sector or industry, and sex.", max_length=4),
    ] = None,
    account: Annotated[Account, Query(description="What is counted.")] = "hours",
    country: Country = None,
    group: Annotated[
        list[str] | None,
        Query(
            description="Count between groups such as NORTH and SOUTH.",
            max_length=20,
            examples=[["NORTH", "SOUTH"]],
        ),
    ] = None,
    sex: Sex = None,
    draws: Annotated[int, Query(description="Draws; 0 for central values.", ge=0, le=200)] = 0,
) -> Response:
    """Who works for whom, by the embedded input-output tables (`worldclass.flows`)."""
    arguments = {"year": year, "by": by, "account": account, "country": country}
    arguments |= {"group": group, "sex": sex, "draws": draws}
    return await compute(request, "flows", arguments)
