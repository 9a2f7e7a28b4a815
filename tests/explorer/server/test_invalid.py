"""What cannot be meant is refused in our words: field, value, what is allowed, what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.explorer.server.serving import Served


def refused(server: Served, method: str, path: str, body: Any = None) -> dict[str, str]:
    status, _, text = server.ask(method, f"/api/{path}", body)
    assert status == 422, text
    problem = json.loads(text)
    words = f"{problem['what']} {problem['remedy']}"
    assert "nput should" not in words
    assert "validation" not in words
    assert problem["remedy"]
    return problem


@pytest.mark.parametrize(
    ("given", "what", "where", "remedy"),
    [
        (
            {"model": "debt-crisis", "runs": 0},
            "'runs' is 0, which is not allowed.",
            "runs",
            "Give a whole number from 1 to 50.",
        ),
        (
            {"model": "debt-crisis", "runs": "many"},
            "'runs' is \"many\", which is not allowed.",
            "runs",
            "Give a whole number from 1 to 50.",
        ),
        (
            {"model": "debt-crisis", "seed": -1},
            "'seed' is -1, which is not allowed.",
            "seed",
            f"Give a whole number from 0 to {2**63 - 1}.",
        ),
        (
            {"model": "debt-crisis", "rnus": 3},
            "There is no field 'rnus'.",
            "rnus",
            "Did you mean 'runs'? "
            "It has model, parameters, scenario, seed, runs, every.",
        ),
        (
            {"model": "debt-crisis", "parameters": {"interest": None}},
            "'interest' is null, which is not allowed.",
            "interest",
            "Give a number, true or false, or the name of a choice.",
        ),
        ([], "The body is missing, or no object.", "body", "openapi.json describes it."),
        (b"{", "The body is no JSON.", "body", "openapi.json describes it."),
    ],
)  # fmt: skip
def test_a_body_is_refused_field_by_field(
    server: Served, given: Any, what: str, where: str, remedy: str
) -> None:
    problem = refused(server, "POST", "simulate", given)
    assert problem["what"] == what
    assert problem["where"] == where
    assert remedy in problem["remedy"]


@pytest.mark.parametrize(
    ("path", "what", "remedy"),
    [
        ("atlas?draws=many", "'draws' is \"many\"", "Give a whole number from 0 to 1000."),
        ("atlas?draws=5000", "'draws' is \"5000\"", "Give a whole number from 0 to 1000."),
        ("atlas?sex=men", "'sex' is \"men\"", "at most 3 values, each one of female, male, total"),
        ("compare_claims?theory=bromma", "'other' is missing.", "Give one of "),
        ("rank?class=employees&year=1", "'year' is \"1\"", "a whole number from 1900 to 2100"),
    ],
)
def test_a_query_is_refused_parameter_by_parameter(
    server: Served, path: str, what: str, remedy: str
) -> None:
    problem = refused(server, "GET", path)
    assert what in problem["what"]
    assert remedy in problem["remedy"]
