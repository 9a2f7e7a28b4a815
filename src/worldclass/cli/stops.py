"""How commands that take long end before their time, whatever asks them to.

An exception that a signal's handler raises is lost where Python, or a compiled library, drops
exceptions: in destructors and callbacks, and (before Python 3.13) where C code asks whether an
object has an attribute. Numba's dispatcher asks so at every call with an array of a subclass such
as `numpy.recarray`, whose attributes are looked up by code in Python, where handlers run. So the
handler also writes down that it was called, and the exception is raised again at the next step of
progress, at the latest at the end. Others turn the exception into one of their own (Polars does
where it looks at types and values): what goes wrong after a signal is told as that signal.
"""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Ctrl-C, and what schedulers and closing terminals send."""
SHELLS = 128
"""Added by shells to the number of the signal that ended a command."""
PATIENCE = 2.0
"""Seconds after a signal in which another one must not disturb the end that it began; later, the
exception may have been lost, and another signal is answered."""


class Stopped(KeyboardInterrupt):
    """A signal other than Ctrl-C's asked this process to end; it does so as at Ctrl-C."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


@dataclass
class _Received:
    """Signals answered so far, when the last one was, and whether answers only write them down."""

    numbers: list[int] = field(default_factory=list[int])
    last: float = -PATIENCE
    quiet: bool = False

    def forget(self) -> None:
        """Begin anew."""
        self.numbers.clear()
        self.last, self.quiet = -PATIENCE, False


_received = _Received()


@contextmanager
def stops() -> Generator[None]:
    """Answer the signals of `SIGNALS` inside the block as Ctrl-C is answered.

    Workers are stopped and temporary files removed. After Ctrl-C, `KeyboardInterrupt` goes on;
    after the others the exit code is 128 and the signal's number, as the shell's own would be. A
    signal that is ignored (`nohup`) stays so.
    """
    usual = (signal.SIG_DFL, signal.default_int_handler)
    before = {
        number: handler
        for name in SIGNALS
        if (number := getattr(signal, name, None)) is not None
        and (handler := signal.getsignal(number)) in usual
    }
    _received.forget()
    try:
        for number in before:
            signal.signal(number, _answer)
        with retold():
            yield
        raise_received()
    except Stopped as stopped:
        name = signal.Signals(stopped.number).name
        typer.echo(f"Stopped by {name}; nothing was left half-written.", err=True)
        raise typer.Exit(SHELLS + stopped.number) from stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _received.forget()


def _answer(number: int, _: FrameType | None) -> None:
    """Write a signal down, and raise its exception."""
    now = time.monotonic()
    if now - _received.last < PATIENCE:
        return
    _received.numbers.append(number)
    _received.last = now
    if not _received.quiet:
        raise exception_of(number)


def exception_of(number: int) -> KeyboardInterrupt:
    """What a signal raises.

    Examples
    --------
    >>> exception_of(signal.SIGINT), exception_of(signal.SIGTERM)
    (KeyboardInterrupt(), Stopped(15))
    """
    return KeyboardInterrupt() if number == signal.SIGINT else Stopped(int(number))


def raise_received() -> None:
    """Raise the exception of a signal that came, in case it was lost where it was raised."""
    if _received.numbers:
        raise exception_of(_received.numbers[0])


@contextmanager
def retold() -> Generator[None]:
    """What goes wrong inside the block after a signal came is told as that signal."""
    try:
        yield
    except Exception as error:
        if _received.numbers:
            raise exception_of(_received.numbers[0]) from error
        raise


@contextmanager
def quietly() -> Generator[None]:
    """Inside the block signals are only written down: it would be left in disorder."""
    before, _received.quiet = _received.quiet, True
    try:
        yield
    finally:
        _received.quiet = before
