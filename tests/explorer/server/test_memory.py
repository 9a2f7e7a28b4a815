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
"""Of each process: what allocators may keep once the crowd has gone."""


@pytest.fixture(scope="module")
def warm(server: Served) -> Served:
    """The server, once its pages are made and its workers have loaded the models."""
    server.ask("GET", "/simulate.html")
    with ThreadPoolExecutor(WORKERS) as clients:
        list(clients.map(lambda _: server.ask("POST", "/api/simulate", LONG_ANSWER), range(4)))
    _settled(server)
    return server


def _settled(server: Served) -> dict[int, int]:
    """Resident bytes by process, once they have stood still for a second."""
    before: dict[int, int] = {}
    for _ in range(int(PATIENCE)):
        now = family(server.process)
        if set(now) == set(before) and all(
            abs(size - before[one]) < MEGABYTE for one, size in now.items()
        ):
            return now
        before = now
        time.sleep(1)
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


def test_a_crowd_with_long_answers_leaves_memory_bounded(warm: Served) -> None:
    before = _settled(warm)

    def one(number: int) -> int:
        return warm.ask("POST", "/api/simulate", LONG_ANSWER | {"seed": number})[0]

    statuses, most = _crowd(warm, one)
    count = Counter(statuses)
    assert set(count) <= {200, 503}
    assert count[200] >= WORKERS + Limits().waiting
    assert len(most) <= 1 + WORKERS
    assert max(most.values()) < MOST
    after = _settled(warm)
    assert set(after) == set(before)
    assert sum(after.values()) < sum(before.values()) + RETAINED * len(before)


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
