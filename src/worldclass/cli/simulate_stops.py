"""How `worldclass simulate` ends before its time: what is kept, and how to go on."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path
    from types import FrameType

SIGNALS = ("SIGTERM", "SIGHUP")
"""What schedulers and closing terminals send; without an answer Python ends at once."""
SHELLS = 128
"""Added by shells to the number of the signal that ended a command."""
_received: list[int] = []
"""Signals answered so far: an exception raised where Python ignores exceptions (in a callback of a
compiled library, or a destructor) is lost, and raised again at the next step of progress."""


class Stopped(KeyboardInterrupt):
    """A signal asked this process to end; it does so as at Ctrl-C."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


@contextmanager
def stops() -> Generator[None]:
    """Answer the signals of `SIGNALS` inside the block as Ctrl-C is answered.

    Workers are stopped, temporary files removed, and the exit code is 128 and the signal's number,
    as the shell's own would be. A signal that is ignored (`nohup`) stays so.
    """

    def stop(number: int, _: FrameType | None) -> None:
        for one in own:  # a second one must not disturb the end that the first began
            signal.signal(one, signal.SIG_IGN)
        _received.append(number)
        raise Stopped(number)

    before = {
        number: signal.getsignal(number)
        for name in SIGNALS
        if (number := getattr(signal, name, None)) is not None
        and signal.getsignal(number) == signal.SIG_DFL
    }

    def interrupt(number: int, _: FrameType | None) -> None:
        _received.append(number)
        raise KeyboardInterrupt

    own = dict.fromkeys(before, stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        before[signal.SIGINT] = signal.default_int_handler
        own[signal.SIGINT] = interrupt
    _received.clear()
    try:
        for number, answer in own.items():
            signal.signal(number, answer)
        yield
    except Stopped as stopped:
        name = signal.Signals(stopped.number).name
        typer.echo(f"Stopped by {name}; nothing was left half-written.", err=True)
        raise typer.Exit(SHELLS + stopped.number) from stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def counting(checkpoint: Path | None) -> Generator[Callable[[int, int], None]]:
    """A progress bar on standard error; an interruption says what is kept."""
    from rich.console import Console
    from rich.progress import Progress

    progress = Progress(console=Console(stderr=True), transient=True)
    task = progress.add_task("runs", total=None)
    state = [0, 0]

    def count(done: int, total: int) -> None:
        state[:] = [done, total]
        if _received:
            number = _received[0]
            raise KeyboardInterrupt if number == signal.SIGINT else Stopped(number)
        if total > 1 and not progress.live.is_started:
            progress.start()
        progress.update(task, completed=done, total=total)

    try:
        yield count
    except KeyboardInterrupt:
        progress.stop()
        if state[1]:
            typer.echo(_kept(state[0], state[1], checkpoint), err=True)
        raise
    finally:
        if progress.live.is_started:
            progress.stop()


def _kept(done: int, total: int, checkpoint: Path | None) -> str:
    """What an interruption leaves."""
    if checkpoint is None:
        return f"{done:,} of {total:,} runs were done; with --checkpoint FOLDER they are kept."
    return (
        f"{done:,} of {total:,} runs are kept in {checkpoint}; "
        "the same command continues with the others."
    )
