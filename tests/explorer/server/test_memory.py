"""Memory of the server and its workers while a crowd asks, and afterwards."""

from __future__ import annotations

import http.client
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from tests.explorer.server.memory import MEGABYTE, PROCESSES, family
from tests.explorer.server.serving import PATIENCE, WORKERS, Served
from worldclass.explorer.server.limits import Limits

pytest.importorskip("fastapi")
pytest.importorskip("uvicorn")
pytestmark = pytest.mark.skipif(
    not list((PROCESSES / "self" / "task").glob("*/children")),
    reason="this system does not tell a process's memory and children under /proc",
)

CLIENTS = 50
LONG_ANSWER = {"scenario": "keen-recovery"}
"""80,000 rows, of which every second is sent: 5 MB of JSON."""
MOST = 700 * MEGABYTE
"""Of each process: the server's own, and each worker's; half of it is libraries."""
RETAINED = 60 * MEGABYTE
"""Of each process: what a second crowd may leave beyond what the first did."""


@pytest.fixture(scope="module")
def warm(server: Served) -> Served:
    """The server, once its pages are made and its workers have loaded the models."""
    server.ask("GET", "/simulate.html")
    with ThreadPoolExecutor(WORKERS) as clients:
        list(clients.map(lambda _: server.ask("POST", "/api/simulate", LONG_ANSWER), range(4)))
    _settled(server)
    return server


def _settled(server: Served) -> dict[int, int]:
    """Resident bytes by process, once they have stood still for some seconds."""
    before, still = family(server.process), 0
    for _ in range(int(PATIENCE)):
        time.sleep(1)
        now = family(server.process)
        same = set(now) == set(before)
        moved = max(abs(size - before.get(one, 0)) for one, size in now.items())
        still = still + 1 if same and moved < MEGABYTE else 0
        if still == 3:
            return now
        before = now
    return before


def _crowd(server: Served, one: Callable[[int], int]) -> tuple[list[int], dict[int, int]]:
    """Statuses of all clients, and the most memory of each process meanwhile."""
    most: dict[int, int] = {}
    with ThreadPoolExecutor(CLIENTS) as clients:
        asked = [clients.submit(one, number) for number in range(CLIENTS)]
        while not all(future.done() for future in asked):
            for process, size in family(server.process).items():
                most[process] = max(size, most.get(process, 0))
            time.sleep(0.05)
    return [future.result() for future in asked], most


def test_crowds_with_long_answers_leave_memory_bounded(warm: Served) -> None:
    def one(number: int) -> int:
        return warm.ask("POST", "/api/simulate", LONG_ANSWER | {"seed": number})[0]

    after: list[dict[int, int]] = []
    for _ in range(2):
        statuses, most = _crowd(warm, one)
        count = Counter(statuses)
        assert set(count) <= {200, 503}
        assert count[200] >= Limits().waiting
        assert max(most.values()) < MOST
        after.append(_settled(warm))
    first, second = after
    assert len(second) == 1 + WORKERS
    assert sum(second.values()) < sum(first.values()) + RETAINED * len(second)


def test_bodies_without_end_are_not_kept(warm: Served) -> None:
    before = _settled(warm)[warm.process]
    piece = b"#" * MEGABYTE

    def one(number: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", warm.port, timeout=PATIENCE)
        try:
            with suppress(ConnectionError):  # closed while we were still writing
                body = (piece for _ in range(20))
                connection.request("POST", "/api/theory/check", body, encode_chunked=True)
                return connection.getresponse().status
            return 413
        finally:
            connection.close()

    statuses, most = _crowd(warm, one)
    assert set(statuses) == {413}
    assert most[warm.process] < before + 150 * MEGABYTE  # of 1,000 that were sent
