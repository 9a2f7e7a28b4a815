"""A provider on this machine that answers as told, and a cache that does not wait long."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from worldclass.sources.downloads import LOCK, Downloads
from worldclass.sources.transfer import Policy

QUICK = Policy(attempts=3, first_wait=0.01, longest_wait=0.2, connect_timeout=2.0, read_timeout=1.0)


@dataclass(frozen=True)
class Answer:
    """One answer of the server; `cut` sends only the first bytes of the body and hangs up."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    ranges: bool = False


class Provider:
    """A server on 127.0.0.1 with a list of answers for each path; the last one is repeated."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.requests: list[str] = []
        self.ranges: list[str | None] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.respond(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self.thread.start()

    def on(self, path: str, *answers: Answer | bytes | object) -> str:
        """Answer `path` (with its query) so; returns the address."""
        self.answers[path] = [_answer(a) for a in answers]
        return self.base + path

    def respond(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        self.requests.append(handler.path)
        asked = handler.headers.get("Range")
        self.ranges.append(asked)
        queue = self.answers.get(handler.path, [Answer(b"nothing here", 404)])
        answer = queue.pop(0) if len(queue) > 1 else queue[0]
        body, status, headers = answer.body, answer.status, dict(answer.headers)
        if answer.ranges and asked:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            body, status = body[start:], 206
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body if answer.cut is None else body[: answer.cut])

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def _answer(given: Answer | bytes | object) -> Answer:
    if isinstance(given, Answer):
        return given
    return Answer(given if isinstance(given, bytes) else json.dumps(given).encode())


@pytest.fixture
def answer() -> type[Answer]:
    return Answer


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.close()


@pytest.fixture
def downloads(tmp_path: Path) -> Downloads:
    return Downloads(tmp_path / "cache", QUICK)


@pytest.fixture
def cached(downloads: Downloads):
    """Names of the files in the cache, its lock file aside."""

    def names() -> list[str]:
        files = (f for f in downloads.folder.rglob("*") if f.is_file() and f.name != LOCK)
        return sorted(str(f.relative_to(downloads.folder)) for f in files)

    return names


@pytest.fixture
def packed():
    """Gzipped CSV text."""
    return lambda text: gzip.compress(text.encode(), mtime=0)
