"""What the guard refuses, and what it adds to every answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.explorer.server.asking import ask
from worldclass.explorer.server.guard import SECURITY, Guard
from worldclass.explorer.server.limits import Limits

LIMITS = Limits(body=100, query=50, headers=200)


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Sends the body back, as one message must have it."""
    message = await receive()
    assert message["more_body"] is False
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": message["body"]})


GUARD = Guard(echo, LIMITS)


def test_a_body_in_parts_arrives_whole() -> None:
    said = ask(GUARD, "/", method="POST", parts=[b"a" * 60, b"b" * 40])
    assert (said.status, said.body) == (200, b"a" * 60 + b"b" * 40)


@pytest.mark.parametrize(
    ("status", "request_"),
    [
        (413, {"method": "POST", "parts": [b"a" * 60, b"b" * 41]}),
        (413, {"method": "POST", "headers": [(b"content-length", b"101")]}),
        (414, {"query": b"q" * 51}),
        (431, {"headers": [(b"x", b"y" * 200)]}),
    ],
)
def test_what_is_too_large_is_refused_with_words(status: int, request_: dict[str, Any]) -> None:
    said = ask(GUARD, "/", **request_)
    assert said.status == status
    problem = json.loads(said.body)
    assert set(problem) == {"what", "where", "remedy"}
    assert problem["what"]
    assert problem["remedy"]
    assert int(said.headers[b"content-length"]) == len(said.body)


def test_every_answer_has_the_security_headers() -> None:
    for said in (ask(GUARD, "/"), ask(GUARD, "/", query=b"q" * 51)):
        assert set(SECURITY) <= set(said.headers.items())
    policy = dict(SECURITY)[b"content-security-policy"].decode()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
