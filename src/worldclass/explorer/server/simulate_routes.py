"""Routes of the models: a run or an ensemble, within bounds."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from worldclass.dynamics.library import list_models
from worldclass.explorer.server.asking import ERRORS, compute

router = APIRouter(prefix="/api", tags=["dynamics"], responses=ERRORS)
MOST_RUNS = 50


class Simulation(BaseModel):
    """What to run; a mechanism, not a forecast."""

    model_config = ConfigDict(extra="forbid")

    model: str | None = Field(None, max_length=60, description="Id of a model.")
    parameters: dict[str, float | int | bool | str] = Field(
        default_factory=dict, max_length=60, description="Settings by name."
    )
    scenario: str | None = Field(
        None, max_length=60, pattern="^[a-z0-9-]+$", description="Name of a shipped scenario."
    )
    seed: int = Field(0, ge=0, lt=2**63, description="Root of all chance.")
    runs: int = Field(1, ge=1, le=MOST_RUNS, description="Runs of the setting.")


@router.get("/models")
async def models() -> list[str]:
    """Ids of the models."""
    return list_models()


@router.post("/simulate")
async def simulate(request: Request, simulation: Simulation) -> Response:
    """Run a model within the server's bounds on time and memory (`worldclass.simulate`)."""
    arguments: dict[str, Any] = simulation.model_dump()
    return await compute(request, "simulate", arguments)
