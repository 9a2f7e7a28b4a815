"""What one visitor may ask for, so that the others still get an answer."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of the server.

    Parameters
    ----------
    workers
        Processes that compute; each computes one answer at a time.
    waiting
        Requests that may wait for a worker; beyond that the answer is 503.
    seconds
        Longest computation of one answer.
    memory
        Bytes of address space of a worker; a computation that needs more is refused.
    body
        Bytes of a request's body: a theory file, or a simulation's settings.
    query
        Bytes of a request's path and query.
    headers
        Bytes of a request's headers.
    rows
        Rows of one answer.
    """

    workers: int = max(1, (os.cpu_count() or 2) - 1)
    waiting: int = 16
    seconds: float = 30.0
    memory: int = 6 << 30
    body: int = 128_000
    query: int = 8_000
    headers: int = 32_000
    rows: int = 50_000
