"""A progress bar on standard error; an interruption leaves it in order and says what is kept.

Where standard error is no terminal (a file, a scheduler's log) a line now and then takes its place.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import typer

from worldclass.cli.stops import quietly, raise_received, retold

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    Kept = Callable[[str, int, int], str]


SECONDS = 10.0
"""From one line to the next, where there is no terminal."""


class Count(Protocol):
    """Tells the bar what is done, of how much (null where it is not known), of what, and in front
    of that which one it is."""

    def __call__(self, done: int, total: int | None, what: str = ..., place: str = ...) -> None: ...


@contextmanager
def counting(what: str, kept: Kept | None = None) -> Generator[Count]:
    """A bar that begins with the first step; work of a single step has none.

    Parameters
    ----------
    what
        What is counted, beside the bar, unless a step says another.
    kept
        What to say after an interruption, from the last step: what, how much was done, and of how
        much.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task(what, total=None)
    last = (what, 0, 0)
    told = time.monotonic()

    def count(done: int, total: int | None, what: str = what, place: str = "") -> None:
        nonlocal last, told
        last = (what, done, total or 0)
        with quietly():
            if not console.is_terminal and time.monotonic() - told >= SECONDS:
                told = time.monotonic()
                of = f" of {total:,}" if total else ""
                typer.echo(f"{place} {what}: {done:,}{of}".strip(), err=True)
            if total != 1 and console.is_terminal and not progress.live.is_started:
                progress.start()
            said = f"{place} {what}".strip()
            progress.update(task, description=said, completed=done, total=total or None)
        raise_received()

    def end() -> None:
        if progress.live.is_started:
            progress.stop()

    try:
        with retold():
            yield count
    except KeyboardInterrupt:
        with quietly():
            end()
            if kept is not None and last[2]:
                typer.echo(kept(*last), err=True)
        raise
    finally:
        with quietly():
            end()
