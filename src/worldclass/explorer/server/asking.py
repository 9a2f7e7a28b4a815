"""From a request to the pool and back, for as long as the visitor is there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response

from worldclass.explorer.server.pool import Pool


async def compute(request: Request, job: str, arguments: Mapping[str, Any]) -> Response:
    """Compute an answer; stop when the visitor leaves.

    Parameters
    ----------
    request
        The visitor's; its application has the pool.
    job
        A name in `jobs.JOBS`.
    arguments
        Arguments of the function of that name; those that are None are left out.

    Raises
    ------
    RefusedError
        As `Pool.run` raises it.
    """
    pool: Pool = request.app.state.pool
    given = {name: value for name, value in arguments.items() if value is not None}
    answer = asyncio.ensure_future(pool.run(job, given))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({answer, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            return Response(status_code=499)  # nobody reads it
        return Response(answer.result(), media_type="application/json")
    finally:
        leaving.cancel()
        answer.cancel()


async def _left(request: Request) -> None:
    """Return when the visitor has closed the connection."""
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return
