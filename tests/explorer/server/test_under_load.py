"""A real server process on the loopback: crowds, visitors who leave, and requests made to harm."""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest

from tests.explorer.server.serving import PATIENCE, Served, served
from worldclass.explorer.server.limits import Limits

pytest.importorskip("fastapi")
pytest.importorskip("uvicorn")

CLIENTS = 50
SHORT = {"model": "protest-wave", "parameters": {"days": 30}, "runs": 1}
LONG = {
    "model": "civil-violence",
    "parameters": {"periods": 7000, "width": 1500, "height": 1500},
    "runs": 1,
}


@pytest.fixture(scope="module")
def alone() -> Iterator[Served]:
    """A server with one worker, which nothing but a visitor's leaving frees."""
    with served(workers=1, seconds=900, ahead=False) as found:
        found.ask("POST", "/api/simulate", SHORT)  # the worker has started, the model is compiled
        yield found


def raw(port: int, text: bytes) -> int:
    """Status of the answer to bytes that no client library would send; 0 when none came."""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall(text)
        first = connection.makefile("rb").readline()
    return int(first.split()[1]) if first else 0


def busy(port: int) -> socket.socket:
    """A visitor whose question keeps the only worker busy until the connection is closed."""
    body = json.dumps(LONG).encode()
    head = (
        b"POST /api/simulate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", port), 20)
    connection.sendall(head + body)
    connection.settimeout(1.0)
    with pytest.raises(TimeoutError):
        connection.recv(1)  # it computes, for longer than a second
    return connection


def test_fifty_clients_get_an_answer_or_are_told_when_to_come_back(alone: Served) -> None:
    def one(seed: int) -> tuple[int, dict[str, str], bytes]:
        return alone.ask("POST", "/api/simulate", SHORT | {"seed": seed})

    waiting = Limits().waiting
    before = busy(alone.port)
    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = [clients.submit(one, seed) for seed in range(CLIENTS)]
        told = as_completed(asked, timeout=PATIENCE)
        for _ in range(CLIENTS - waiting):
            next(told)  # those beyond the queue are told at once, while the worker is busy
        before.close()
        answers = [future.result() for future in asked]
    assert Counter(status for status, _, _ in answers) == {200: waiting, 503: CLIENTS - waiting}
    for status, headers, body in answers:
        content = json.loads(body)
        if status == 503:
            assert int(headers["retry-after"]) > 0
            assert content["what"]
            assert content["remedy"]
        else:
            assert content["rows"][0]["model"] == "protest-wave"


def test_a_visitor_who_leaves_frees_the_worker(alone: Served) -> None:
    busy(alone.port).close()
    # The only worker would be busy for longer than we wait; a new one answers.
    status, _, _ = alone.ask("POST", "/api/simulate", SHORT)
    assert status == 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"model": 1}',
        b'{"model": "no-such"}',
        b'{"model": "civil-violence", "parameters": {"periods": -1}}',
        b'{"model": "civil-violence", "parameters": {"periods": 1e400}}',
        b'{"model": "civil-violence", "parameters": {"periods": NaN}}',
        b'{"model": "civil-violence", "parameters": {"no_such": 1}}',
        b'{"model": "civil-violence", "parameters": [1]}',
        b'{"scenario": "../../etc/passwd"}',
        b'{"scenario": "/etc/passwd.toml"}',
        b'{"model": "civil-violence", "runs": 1000000}',
        b'{"model": "civil-violence", "seed": -1}',
        b'{"model": "civil-violence", "seed": 1e30}',
        b'{"model": "civil-violence", "unknown": 1}',
        b"[" * 50_000,
        b" " * 200_000,
    ],
)
def test_what_cannot_be_meant_is_refused_with_words(alone: Served, content: bytes) -> None:
    status, _, body = alone.ask("POST", "/api/simulate", content)
    assert 400 <= status < 500
    assert json.loads(body)["what"]


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/....//....//etc/passwd",
        "/data/%00",
        "//etc/passwd",
        "/assets/site.py",
        "/api/../../etc/passwd",
        "/api/theory/..%2f..%2fetc%2fpasswd",
        "/api/no-such",
        "/api/atlas?theory=../../etc/passwd",
        "/api/atlas?theory=bromma&year=x",
        f"/index.html?{'x' * 20_000}",
    ],
)
def test_no_path_leads_out_of_the_site(alone: Served, path: str) -> None:
    status, _, body = alone.ask("GET", path)
    assert 400 <= status < 500
    assert b"root:" not in body


@pytest.mark.parametrize(
    "text",
    [
        b"GARBAGE\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/simulate HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        b"POST /api/simulate HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 200_000 + b"\r\n\r\n",
    ],
)
def test_malformed_requests_are_refused_and_the_server_goes_on(alone: Served, text: bytes) -> None:
    try:
        status = raw(alone.port, text)
    except ConnectionError:
        status = 0  # closed while we were still writing
    assert status == 0 or 400 <= status < 500
    assert alone.ask("GET", "/assets/site.css")[0] == 200


def test_the_policy_forbids_texts_that_become_programs(alone: Served) -> None:
    for path in ("/assets/app.js", "/api/models", "/no-such"):
        policy = alone.ask("GET", path)[1]["content-security-policy"]
        assert "unsafe-eval" not in policy
        assert "unsafe-inline" not in policy
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
