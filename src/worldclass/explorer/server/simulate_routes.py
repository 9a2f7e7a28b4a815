"""Routes of the models: a run or an ensemble, within bounds."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from worldclass.dynamics.library import list_models
from worldclass.dynamics.scenarios import list_scenarios
from worldclass.explorer.server.answers import ERRORS, Runs
from worldclass.explorer.server.asking import compute
from worldclass.explorer.server.parameters import known

router = APIRouter(prefix="/api", tags=["dynamics"], responses=ERRORS)
MOST_RUNS = 50


class Simulation(BaseModel):
    """What to run; a mechanism, not a forecast."""

    model_config = ConfigDict(extra="forbid")

    model: str | None = Field(
        None,
        max_length=60,
        description="Id of a model.",
        json_schema_extra=known([*list_models(), None]),
    )
    parameters: dict[str, float | int | bool | str] = Field(
        default_factory=dict,
        max_length=60,
        description="Settings by name; they win over those of the scenario.",
    )
    scenario: str | None = Field(
        None,
        max_length=60,
        pattern="^[a-z0-9-]+$",
        description="Name of a shipped scenario.",
        json_schema_extra=known([*list_scenarios(), None]),
    )
    seed: int = Field(0, ge=0, lt=2**63, description="Root of all chance.")
    runs: int = Field(1, ge=1, le=MOST_RUNS, description="Runs of the setting.")
    every: int | None = Field(
        None,
        ge=1,
        le=1_000_000,
        description="Keep every second, third, … recorded time, and the last; by default as many "
        "as an answer has room for.",
    )


@router.get("/models")
async def models() -> list[str]:
    """Ids of the models."""
    return list_models()


@router.post("/simulate", response_model=Runs)
async def simulate(request: Request, simulation: Simulation) -> Response:
    """Run a model within the server's bounds on time and memory (`worldclass.simulate`)."""
    arguments: dict[str, Any] = simulation.model_dump()
    return await compute(request, "simulate", arguments)
