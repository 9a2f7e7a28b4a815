"""Signals end a command in order, even where Python or a compiled library loses their exception."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator

import numba
import numpy as np
import pytest
import typer

from worldclass.cli import stops as module
from worldclass.cli.progress import counting
from worldclass.cli.stops import Stopped, quietly, raise_received, stops

KINDS = [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Stopped), (signal.SIGHUP, Stopped)]


@pytest.fixture(autouse=True)
def _usual_signals(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a command of its own; what Python reports of lost exceptions is not printed."""
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)
    before = {number: signal.getsignal(number) for number, _ in KINDS}
    for number in before:
        usual = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        signal.signal(number, usual)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class InDestructor:
    """Gets a signal while it is thrown away."""

    def __init__(self, number: signal.Signals) -> None:
        self.number = number

    def __del__(self) -> None:
        signal.raise_signal(self.number)


class InLookup(np.ndarray):
    """Gets a signal while Numba asks how to take it, as a `numpy.recarray` may at every call."""

    def __getattribute__(self, name: str) -> object:
        if name == "__numba_array_subtype_dispatch__":
            signal.raise_signal(signal.SIGTERM)
        return super().__getattribute__(name)


@numba.njit
def _first(values: np.ndarray) -> float:
    return values[0]


def _destroy(number: signal.Signals) -> None:
    InDestructor(number)


def _look_up(number: signal.Signals) -> None:
    assert number == signal.SIGTERM
    _first(np.ones(2))
    _first(np.ones(2).view(InLookup))


LOSING = [(_destroy, *kind) for kind in KINDS] + [(_look_up, signal.SIGTERM, Stopped)]


@pytest.mark.parametrize(("lose", "number", "kind"), LOSING)
def test_a_lost_exception_is_raised_again_at_the_next_step(
    lose: Callable[[signal.Signals], None], number: signal.Signals, kind: type[BaseException]
) -> None:
    steps: list[int] = []
    with pytest.raises(typer.Exit if kind is Stopped else kind), stops(), counting("x") as count:
        for step in range(3):
            count(step, 3)
            steps.append(step)
            if step == 0:
                try:
                    lose(number)
                except KeyboardInterrupt:  # Python's own version may not lose it
                    pytest.skip("Nothing was lost.")
    assert steps == [0]


@pytest.mark.parametrize(("number", "kind"), KINDS)
def test_a_lost_exception_is_raised_at_the_end_at_the_latest(
    number: signal.Signals, kind: type[BaseException]
) -> None:
    with pytest.raises(typer.Exit if kind is Stopped else kind), stops():
        _destroy(number)


@pytest.mark.parametrize(("number", "kind"), KINDS)
def test_a_signal_ends_the_block_at_once_and_its_answer_is_taken_back(
    number: signal.Signals, kind: type[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(number)
    with pytest.raises(typer.Exit if kind is Stopped else kind) as caught, stops():
        signal.raise_signal(number)
        raise AssertionError("It went on.")
    assert signal.getsignal(number) is before
    if kind is Stopped:
        assert isinstance(caught.value, typer.Exit) and caught.value.exit_code == 128 + number
        assert number.name in capsys.readouterr().err


def test_a_signal_is_forgotten_when_its_block_has_ended() -> None:
    with pytest.raises(typer.Exit), stops():
        signal.raise_signal(signal.SIGTERM)
    with pytest.raises(ValueError, match="another"), counting("x") as count:
        count(1, 5)
        raise ValueError("another")


def test_what_is_done_quietly_is_done_in_full() -> None:
    done = False
    with pytest.raises(KeyboardInterrupt), stops():
        with quietly():
            signal.raise_signal(signal.SIGINT)
            done = True
        raise_received()
    assert done


@pytest.mark.parametrize(("number", "kind"), KINDS)
def test_what_an_exception_was_turned_into_is_told_as_the_signal(
    number: signal.Signals, kind: type[BaseException]
) -> None:
    caught: list[BaseException] = []
    with pytest.raises(typer.Exit if kind is Stopped else kind), stops():
        try:
            with counting("x") as count:
                count(1, 3)
                try:
                    signal.raise_signal(number)
                except KeyboardInterrupt as error:
                    raise TypeError("no data type") from error
        except KeyboardInterrupt as error:
            caught.append(error)
            raise
    assert [type(one) for one in caught] == [kind]


def test_without_a_signal_errors_stay_what_they_are() -> None:
    with pytest.raises(TypeError, match="no data type"), stops(), counting("x") as count:
        count(1, 3)
        raise TypeError("no data type")


def test_a_second_signal_at_once_does_not_disturb_the_end_and_a_later_one_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    tidied = False
    with pytest.raises(KeyboardInterrupt), stops():
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            signal.raise_signal(signal.SIGINT)
            tidied = True
            now[0] += module.PATIENCE
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
    assert tidied


def test_a_signal_that_is_ignored_stays_so() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with stops():
        signal.raise_signal(signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
