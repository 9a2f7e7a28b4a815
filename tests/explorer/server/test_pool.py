"""Processes that compute: how many, for how long, and what becomes of those that are lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from worldclass.explorer.server.limits import Limits
from worldclass.explorer.server.pool import Pool, Worker
from worldclass.explorer.server.problems import RefusedError

QUICK = ("theory", {"theory": "ilo-status"})
LONG = ("simulate", {"model": "civil-violence", "parameters": {"periods": 7000, "width": 1500}})
ONE = Limits(workers=1, waiting=1, seconds=60)


def within(limits: Limits, work: Callable[[Pool], Awaitable[None]]) -> None:
    """Use a pool and end it."""

    async def whole() -> None:
        pool = Pool(limits)
        try:
            await work(pool)
        finally:
            await pool.close()

    asyncio.run(whole())


async def refused(pool: Pool, job: str, arguments: dict[str, object]) -> RefusedError:
    with pytest.raises(RefusedError) as found:
        await pool.run(job, arguments)
    return found.value


def test_one_worker_answers_again_and_again() -> None:
    async def work(pool: Pool) -> None:
        for _ in range(2):
            assert json.loads(await pool.run(*QUICK))["id"] == "ilo-status"
        assert (pool.alive, len(pool.idle), pool.inside) == (1, 1, 0)
        error = await refused(pool, "theory", {"theory": "no-such"})
        assert error.status == 422
        assert len(pool.idle) == 1  # a refusal does no harm to the process

    within(ONE, work)


def test_who_comes_after_those_who_wait_is_told_when_to_come_back() -> None:
    async def work(pool: Pool) -> None:
        inside = [asyncio.ensure_future(pool.run(*QUICK)) for _ in range(2)]
        await asyncio.sleep(0)
        error = await refused(pool, *QUICK)
        assert (error.status, error.retry_after) == (503, 5)
        assert len(await asyncio.gather(*inside)) == 2

    within(ONE, work)


def test_what_takes_too_long_is_stopped_and_the_next_answer_comes_from_a_new_process() -> None:
    async def work(pool: Pool) -> None:
        error = await refused(pool, *LONG)
        assert error.status == 422
        assert "2 seconds" in error.problem.what
        assert (pool.alive, pool.idle) == (0, [])
        pool.limits = replace(ONE)
        assert await pool.run(*QUICK)

    within(replace(ONE, seconds=2), work)


def test_what_needs_too_much_memory_is_refused() -> None:
    async def work(pool: Pool) -> None:
        arguments = {"model": "civil-violence", "parameters": {"width": 8000, "height": 8000}}
        error = await refused(pool, "simulate", arguments)
        assert error.status == 422
        assert "memory" in error.problem.what

    within(replace(ONE, memory=1 << 30), work)


def test_a_fault_of_ours_is_500_and_tells_nothing_of_our_insides() -> None:
    async def work(pool: Pool) -> None:
        error = await refused(pool, "theory", {})
        assert error.status == 500
        assert "KeyError" not in str(error.body)
        assert "report" in error.problem.remedy

    within(ONE, work)


def test_workers_are_started_ahead_and_lost_ones_replaced() -> None:
    async def work(pool: Pool) -> None:
        async def full() -> list[Worker]:
            while len(pool.idle) < 2:
                await asyncio.sleep(0.02)
            return list(pool.idle)

        pool.fill()
        first = await asyncio.wait_for(full(), 60)
        assert pool.alive == 2
        asked = asyncio.ensure_future(pool.run(*LONG))
        await asyncio.sleep(0.5)
        asked.cancel()  # the visitor leaves
        await asyncio.wait({asked})
        second = await asyncio.wait_for(full(), 60)
        assert pool.alive == 2
        assert len({one.process.pid for one in (*first, *second)}) == 3

    within(replace(ONE, workers=2), work)


def test_a_worker_that_the_system_has_ended_is_not_asked() -> None:
    async def work(pool: Pool) -> None:
        await pool.run(*QUICK)
        pool.idle[0].process.kill()
        await pool.idle[0].process.wait()
        assert await pool.run(*QUICK)
        assert pool.alive == 1

    within(ONE, work)
