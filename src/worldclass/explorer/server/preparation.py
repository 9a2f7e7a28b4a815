"""The pages that run simulations, made in a process of its own as soon as the server starts.

The process computes each scenario that the site shows, which also leaves every kernel compiled on
the disk. A visitor who comes meanwhile waits for it; nothing is computed twice, the server's own
process stays small. Visitors' questions go first: while one is computed the process stands still,
unless somebody waits for one of its pages.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from worldclass.explorer.server.worker import LENGTH
from worldclass.explorer.site.simulations import runs_simulations

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from worldclass.explorer.site.site_file import SiteFile

MODULE = "worldclass.explorer.server.preparation"
NICE = 10
"""How far visitors' questions go before it."""


class Preparation:
    """Contents of files that another process makes.

    Parameters
    ----------
    paths
        All files of the site; those that run simulations are made.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._made: dict[str, bytes] = {}
        self._ready = {path: asyncio.Event() for path in paths if runs_simulations(path)}
        self._started = False
        self._process: Process | None = None
        self._readers = 0
        self._asked = self._still = False

    async def content(self, path: str) -> bytes | None:
        """The bytes of a file once they are there; None for a file that is not made here."""
        if self._started and path in self._ready:
            self._readers += 1
            self._give_way()
            try:
                await self._ready[path].wait()
            finally:
                self._readers -= 1
                self._give_way()
        return self._made.pop(path, None)

    def busy(self, asked: bool) -> None:
        """Stand still while visitors' questions are computed; go on when there is none."""
        self._asked = asked
        self._give_way()

    def _give_way(self) -> None:
        still = self._asked and not self._readers
        process = self._process
        if still == self._still or process is None or process.returncode is not None:
            return
        if sys.platform != "win32":
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGSTOP if still else signal.SIGCONT)
        self._still = still

    async def run(self) -> None:
        """Make them all; what the process leaves undone, the server makes when it is asked for."""
        self._started = True
        process: Process | None = None
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", MODULE, stdin=PIPE, stdout=PIPE,
                # Ctrl-C is for the server, also while this one begins; in the server's session,
                # the system ends it when the server is killed while it stands still.
                process_group=0,
            )  # fmt: skip
            self._process = process
            self._give_way()
            await self._read(process)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            left = sum(not event.is_set() for event in self._ready.values())
            print(
                f"Pages that could not be made ahead: {left} ({type(error).__name__}). "
                "They are made when they are asked for.",
                file=sys.stderr,
            )
        finally:
            for event in self._ready.values():
                event.set()
            if process is not None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.communicate()  # to the end of its pipes, which closes them

    async def _read(self, process: Process) -> None:
        assert process.stdout
        for _ in self._ready:
            length = int.from_bytes(await process.stdout.readexactly(LENGTH), "big")
            path, content = pickle.loads(await process.stdout.readexactly(length))
            self._made[path] = content
            self._ready[path].set()


def prepare(site: Mapping[str, SiteFile], target: IO[bytes]) -> None:
    """Make the files and write them: pickled `(path, bytes)`, each after its length."""
    for path, file in site.items():
        if runs_simulations(path):
            message = pickle.dumps((path, file.make()))
            target.write(len(message).to_bytes(LENGTH, "big") + message)
            target.flush()


def main() -> None:
    """Run as a process; it ends when its work is done, or when the server has gone."""
    from worldclass.explorer.server.worker import own_output
    from worldclass.explorer.site.material import open_material
    from worldclass.explorer.site.site import make_site

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, which ends us
    if hasattr(os, "nice"):
        os.nice(NICE)
    with suppress(BrokenPipeError):
        prepare(make_site(open_material(live=True)), own_output())


if __name__ == "__main__":
    main()
