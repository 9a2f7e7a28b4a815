"""A few processes that compute answers, and that can be stopped.

A thread cannot be stopped, a process can: when a visitor leaves, or a computation takes too
long, its process is ended and another takes its place. No more than `workers` computations run,
no more than `waiting` wait; who comes after that is told when to come back.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from worldclass.explorer.server.problems import Problem, RefusedError
from worldclass.explorer.server.worker import LENGTH, MODULE

if TYPE_CHECKING:
    from worldclass.explorer.server.limits import Limits

RETRY_AFTER = 5


@dataclass
class Worker:
    """A process that takes jobs on its standard input and answers on its standard output."""

    process: Process

    async def ask(self, job: str, arguments: Mapping[str, Any]) -> tuple[str, Any]:
        """Send a job and wait for its end.

        Raises
        ------
        EOFError, OSError
            The process has ended.
        """
        assert self.process.stdin and self.process.stdout
        message = pickle.dumps((job, dict(arguments)))
        self.process.stdin.write(len(message).to_bytes(LENGTH, "big") + message)
        await self.process.stdin.drain()
        length = int.from_bytes(await self.process.stdout.readexactly(LENGTH), "big")
        return pickle.loads(await self.process.stdout.readexactly(length))

    def end(self) -> None:
        """Stop the process at once, whatever it does."""
        with suppress(ProcessLookupError):
            self.process.kill()


@dataclass
class Pool:
    """Workers, those of them that are idle, and the number of requests inside.

    Attributes
    ----------
    alive
        Processes, those that are just starting among them.
    busy
        Told when the first question comes, and when the last one has been answered.
    warm
        Whether workers load all models before they are asked, and a lost one is replaced at once.
    """

    limits: Limits
    busy: Callable[[bool], None] | None = None
    idle: list[Worker] = field(default_factory=list[Worker])
    inside: int = 0
    alive: int = 0
    warm: bool = False
    free: asyncio.Semaphore = field(init=False)
    _filling: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    def __post_init__(self) -> None:
        self.free = asyncio.Semaphore(self.limits.workers)

    async def run(self, job: str, arguments: Mapping[str, Any]) -> bytes:
        """Compute an answer in a process.

        Raises
        ------
        RefusedError
            503 when too many wait; 422 when it takes too long or too much, or cannot be meant.
        """
        if self.inside >= self.limits.workers + self.limits.waiting:
            problem = Problem(
                "All workers are busy and the queue is full.",
                remedy=f"Ask again in {RETRY_AFTER} seconds.",
            )
            raise RefusedError(503, problem, retry_after=RETRY_AFTER)
        self._count(1)
        try:
            async with self.free:
                return await self._run(job, arguments)
        finally:
            self._count(-1)

    def _count(self, step: int) -> None:
        """Keep the number of questions, and tell when there are some and when there are none."""
        before, self.inside = self.inside, self.inside + step
        if self.busy is not None and not (before and self.inside):
            self.busy(bool(self.inside))

    async def _run(self, job: str, arguments: Mapping[str, Any]) -> bytes:
        worker = self._idle() or await self._start()
        kept = False
        try:
            asked = worker.ask(job, arguments)
            verdict, content = await asyncio.wait_for(asked, self.limits.seconds)
            kept = True
        except TimeoutError as error:
            raise RefusedError(422, self._too_long()) from error
        except (EOFError, OSError) as error:
            raise RefusedError(422, self._too_much()) from error
        finally:
            # Also when the visitor has left: the request is then cancelled here.
            if kept and self.alive <= self.limits.workers:
                self.idle.append(worker)
            else:
                self._lose(worker)
        if verdict == "refused":
            status, problem = content
            raise RefusedError(status, problem)
        return content

    def _idle(self) -> Worker | None:
        """A worker that waits; one that the system has ended meanwhile is forgotten."""
        while self.idle:
            worker = self.idle.pop()
            if worker.process.returncode is None:
                return worker
            self.alive -= 1
        return None

    def _lose(self, worker: Worker) -> None:
        worker.end()
        self.alive -= 1
        if self.warm:
            self.fill()

    def fill(self) -> None:
        """Start the workers that are missing, without making anybody wait."""
        self.warm = True
        filling = asyncio.ensure_future(self._fill())
        self._filling.add(filling)
        filling.add_done_callback(self._filling.discard)

    async def _fill(self) -> None:
        while self.alive < self.limits.workers:
            self.idle.append(await self._start())

    async def _start(self) -> Worker:
        """A new process; it ends by itself when this one does."""
        options = [str(self.limits.memory), str(self.limits.rows), *(["warm"] if self.warm else [])]
        self.alive += 1
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", MODULE, *options, stdin=PIPE, stdout=PIPE,
                start_new_session=True,  # Ctrl-C is for the server, also while this one begins
            )  # fmt: skip
        except BaseException:
            self.alive -= 1
            raise
        return Worker(process)

    async def close(self) -> None:
        """End all processes, and wait until they have ended."""
        self.warm = False
        for filling in self._filling:
            filling.cancel()
        while self.idle:
            worker = self.idle.pop()
            worker.end()
            await worker.process.wait()

    def _too_long(self) -> Problem:
        return Problem(
            f"The computation took longer than {self.limits.seconds:g} seconds and was stopped.",
            remedy="Ask for fewer countries, years, draws, runs or agents.",
        )

    def _too_much(self) -> Problem:
        return Problem(
            "The computation needed more memory than one answer may take.",
            remedy="Ask for fewer countries, years, draws, runs or agents.",
        )
