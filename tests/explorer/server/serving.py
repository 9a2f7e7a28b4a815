"""`worldclass serve` as a process of its own, and how tests ask it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

PATIENCE = 240.0  # of machines that are busy with other tests
WORKERS = 2
"""Of the server that most tests share."""


@dataclass(frozen=True)
class Served:
    """A server that listens on the loopback."""

    port: int
    process: int

    @property
    def address(self) -> str:
        """Its root, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, content: Any = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; content that is bytes is sent as it is."""
        body = content if isinstance(content, bytes) or content is None else json.dumps(content)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        """The JSON of an answer that must be there."""
        status, _, body = self.ask("GET", path)
        assert status == 200, (status, body[:500])
        return json.loads(body)


@contextmanager
def served(*, workers: int, seconds: int, ahead: bool = True) -> Iterator[Served]:
    """Start `worldclass serve` on a free port; at the end it must still run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--workers", str(workers), "--seconds", str(seconds)]
    options += [] if ahead else ["--on-demand"]
    command = [sys.executable, "-c", "from worldclass.cli.main import main; main()", "serve"]
    process = subprocess.Popen(
        [*command, *options],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield Served(port, process.pid)
        assert process.poll() is None, "the server did not survive"
    finally:
        process.terminate()
        try:
            process.wait(20)
        finally:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Until the server listens."""
    started = time.monotonic()
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert process.poll() is None, "the server has ended"
            assert time.monotonic() - started < PATIENCE, "the server does not start"
            time.sleep(0.05)
