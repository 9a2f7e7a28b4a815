"""What holds for every answer: security headers, sizes of requests, no word of our insides."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from worldclass.explorer.server.problems import Problem
from worldclass.explorer.site.shell import POLICY

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from worldclass.explorer.server.limits import Limits

SECURITY = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]
"""Sent with everything. Charts may stand in other pages, so framing is allowed: no page does
anything in a visitor's name."""


class Guard:
    """An ASGI application around the others."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self.limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too large; add the headers to what is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *SECURITY]
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await answer_problem(sending, *refused)
            return
        body = await self._body(scope, receive)
        if body is None:
            await answer_problem(sending, 413, self._too_large())
            return
        await self.app(scope, body, sending)

    def _refused(self, scope: Scope) -> tuple[int, Problem] | None:
        asked = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if asked > self.limits.query:
            problem = Problem(
                f"The address has {asked:,} bytes; at most {self.limits.query:,} are read.",
                remedy="Ask for fewer things at a time.",
            )
            return 414, problem
        carried = 0
        for name, value in scope["headers"]:
            carried += len(name) + len(value)
            if name == b"content-length" and _number(value) > self.limits.body:
                return 413, self._too_large()
        if carried > self.limits.headers:
            problem = Problem(
                f"The headers have {carried:,} bytes; at most {self.limits.headers:,} are read.",
                remedy="Send fewer or shorter headers.",
            )
            return 431, problem
        return None

    async def _body(self, scope: Scope, receive: Receive) -> Receive | None:
        """The body, read to its end but never beyond the limit; None when it is too large."""
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return receive
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                break
            part = message.get("body", b"")
            size, more = size + len(part), message.get("more_body", False)
            if size > self.limits.body:
                return None
            parts.append(part)
        whole: list[Any] = [{"type": "http.request", "body": b"".join(parts), "more_body": False}]

        async def receiving() -> Message:
            return whole.pop() if whole else await receive()

        return receiving

    def _too_large(self) -> Problem:
        return Problem(
            f"The body is larger than {self.limits.body:,} bytes.",
            remedy="Theory files and settings are short; check that it is the right file.",
        )


def _number(value: bytes) -> int:
    return int(value) if value.isdigit() else 0


async def answer_problem(
    send: Send, status: int, problem: Problem, retry_after: int | None = None
) -> None:
    """Send an error as JSON."""
    body = json.dumps(asdict(problem), ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close") if status == 413 else (b"cache-control", b"no-store"),
    ]
    if retry_after is not None:
        headers.append((b"retry-after", str(retry_after).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
