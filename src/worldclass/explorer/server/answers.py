"""What answers look like, for the OpenAPI description; `jobs.py` and `*_answer.py` make them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from worldclass.claims.evaluation import Verdict
from worldclass.claims.quantity import Evidence
from worldclass.explorer.server.problems import Problem
from worldclass.explorer.theory_text import ClassText, ParameterText, SplitText

Cell = str | int | float | bool | None


class Answer(BaseModel):
    """An answer; its fields are all that it has."""

    model_config = ConfigDict(extra="forbid")


class Rows(Answer):
    """A table of the Python API, row by row; a missing or infinite number is null."""

    rows: list[dict[str, Cell]]


class Runs(Rows):
    """Rows of `worldclass.simulate`."""

    every: int = Field(
        ge=1, description="2 where every second recorded time was kept, 1 where all were."
    )


class TheoryWords(Answer):
    """A theory for readers, and its rules as SQL."""

    id: str
    label: str
    version: str
    description: str
    citation: str
    source_notes: str
    lost: str
    classes: list[ClassText]
    parameters: list[ParameterText]
    splits: list[SplitText]
    sql: str


class Overlap(Answer):
    """Two rules that fit the same person; the first takes the person."""

    takes: str
    would_fit: str
    example: str


class ClassName(Answer):
    """Id and label of a class."""

    id: str
    label: str


class Checked(Answer):
    """What `worldclass theory check` finds; SQL only of a theory that is sound."""

    theory: str
    sound: bool
    combinations: int
    settings: int
    problems: list[str]
    overlaps: list[Overlap]
    classes: list[ClassName]
    sql: str | None = None


class ClaimRow(Answer):
    """A row of `worldclass.claims`, its statement, and where its numbers are from."""

    claim: str
    theory: str
    number: int
    label: str
    statement: str
    kind: str
    origin: str
    verdict: str
    share_holding: float | None
    estimate: float | None
    p05: float | None
    p95: float | None
    unit: str
    condition: str
    least_met: str | None
    computed: str
    numbers_from: str


class Claims(Answer):
    """Verdicts, one row a claim."""

    rows: list[ClaimRow]


class ChoiceWords(Answer):
    """What may defensibly be decided in several ways."""

    id: str
    label: str
    reason: str
    options: list[str]


class PartWords(Answer):
    """A condition of the decision rule."""

    id: str
    label: str
    unit: str
    estimate: str
    holds: str


class ClaimWords(Answer):
    """A claim as its file has it."""

    id: str
    theory: str
    number: int
    label: str
    statement: str
    question: str
    kind: str
    origin: str
    source: str
    scope: str
    reading: str
    choices: list[ChoiceWords]
    parts: list[PartWords]


class Evaluated(Answer):
    """A claim with its verdict and its curve: fields of an evaluation of `worldclass.claims`."""

    claim: ClaimWords
    verdict: Verdict
    specifications: list[dict[str, Cell]]
    parts: list[dict[str, Cell]]
    evaluated: int = Field(description="Number of specifications in the curve.")
    possible: int = Field(description="Number of specifications in the whole grid.")
    draws: int
    evidence: dict[str, Evidence]
    fingerprints: dict[str, str]
    version: str
    computed: str
    absent: list[str]
    receipt: bool
    numbers_from: str


def _error(description: str, **more: Any) -> dict[str, Any]:
    return {"model": Problem, "description": description, **more}


_RETRY = {
    "headers": {
        "Retry-After": {
            "description": "Seconds after which to ask again",
            "schema": {"type": "integer", "minimum": 1},
        }
    }
}
ERRORS: dict[int | str, dict[str, Any]] = {
    400: _error("The request cannot be read"),
    404: _error("No such thing, or no data for it here"),
    405: _error("Not a method of this route"),
    413: _error("The request's body is too large"),
    414: _error("The request's address is too long"),
    422: _error("What is asked for cannot be meant, or is too much"),
    431: _error("The request's headers are too long"),
    503: _error("All workers are busy", **_RETRY),
}
"""Errors that every route may answer with."""
