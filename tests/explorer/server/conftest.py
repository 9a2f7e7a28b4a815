"""One server for the tests of routes, and one with a single worker for those of crowds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.explorer.server.serving import WORKERS, Served, served


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    """A server as users start it, with two workers."""
    pytest.importorskip("fastapi")
    pytest.importorskip("uvicorn")
    with served(workers=WORKERS, seconds=60) as found:
        yield found
