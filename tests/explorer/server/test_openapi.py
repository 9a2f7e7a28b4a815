"""Requests made from the OpenAPI description: what is documented is what is answered."""

from __future__ import annotations

from typing import Any

import pytest

from tests.explorer.server.serving import PATIENCE, Served

pytest.importorskip("fastapi")
schemathesis = pytest.importorskip("schemathesis")

from hypothesis import HealthCheck, settings  # noqa: E402
from schemathesis.checks import (  # noqa: E402
    not_a_server_error,
)
from schemathesis.specs.openapi import checks  # noqa: E402

from worldclass.explorer.server.app import make_api  # noqa: E402
from worldclass.explorer.server.limits import Limits  # noqa: E402

EXAMPLES = 8
"""Random requests of a route, beside those at the edges of every parameter."""
SLOW = "/api/contributions"
"""Runs a theory once for each assumption: seconds a request, so that only a few are made."""
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]
"""All but that every request that fits the description is accepted: whether a class is one of a
theory, or a year is covered, is not a matter of form, and is refused with words."""


REFUSALS = ["400", "404", "405", "413", "414", "422", "431"]


def described() -> Any:
    """The description as `worldclass serve` gives it."""
    found = schemathesis.openapi.from_dict(make_api(Limits()).openapi())
    found.config.generation.update(deterministic=True, no_shrink=True)
    found.config.checks.negative_data_rejection.expected_statuses = REFUSALS
    return found


def bounded(examples: int) -> settings:
    """The same requests in every run."""
    return settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


api = described()
slow = described()
slow.config.phases.coverage.enabled = False


@schemathesis.serializer("application/toml")
def as_text(context: Any, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def shorten(case: schemathesis.Case) -> None:
    """Many draws, years, runs and rows take long, and the same way as few."""
    query, body = case.query, case.body
    draws = str(query.get("draws", ""))
    many = draws.isascii() and draws.isdigit() and 20 < int(draws) <= 1000
    drawn = "draws" not in query and {"set", "anchor"} & set(query)
    if many or drawn:
        case.query["draws"] = 20
    if len(query) > 1:
        case.query.setdefault("year", "2023")
    if isinstance(body, dict):
        runs = body.get("runs")
        if isinstance(runs, int) and 2 < runs <= 50:
            case.body["runs"] = 2
        if body.get("every") in (None, 1):
            case.body["every"] = 100


@api.exclude(path=SLOW).parametrize()
@bounded(EXAMPLES)
def test_every_answer_is_as_described(case: schemathesis.Case, server: Served) -> None:
    shorten(case)
    case.call_and_validate(base_url=server.address, checks=CHECKS, timeout=PATIENCE)


@slow.include(path=SLOW).parametrize()
@bounded(3)
def test_answers_that_take_long_are_as_described(case: schemathesis.Case, server: Served) -> None:
    shorten(case)
    case.call_and_validate(base_url=server.address, checks=CHECKS, timeout=PATIENCE)
