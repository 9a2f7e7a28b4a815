"""The first call says that it compiles, once and not on standard output; workers need not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numba
import pytest

from worldclass.dynamics import announce
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.model import Model, Trajectory
from worldclass.dynamics.run import run


@pytest.fixture
def fresh(own_model: Model, monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    """A model that compiles something at its first run, about which nothing was said."""
    monkeypatch.setattr(announce, "_said", set[str]())

    def inc(number: int) -> int:
        return number + 1

    compiled: Any = numba.njit(inc)

    def simulate(*_: Any) -> Trajectory:
        found = Trajectory()
        found.add("total", "all", 0, compiled(1))
        return found

    yield replace(own_model, simulate=simulate, compiling=7.4)


def test_a_model_that_is_compiled_says_so_once(
    fresh: Model, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    run(fresh)
    assert caplog.messages == ["Compiling the model 'weights', once: about 7 s."]
    run(fresh)
    assert len(caplog.messages) == 1
    assert capsys.readouterr().out == ""


def test_without_a_handler_it_is_said_on_standard_error() -> None:
    code = """
from worldclass.dynamics import announce
from worldclass.dynamics.library import load_model
import numba
with announce.announced(load_model("social-architecture")):
    numba.njit(lambda x: x + 1)(1)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == ""
    assert ended.stderr.startswith("Compiling the model 'social-architecture', once: about ")
    assert ended.stderr.count("\n") == 1


def test_every_model_says_how_long_and_has_a_shortest_run() -> None:
    for name in list_models():
        model = load_model(name)
        assert 1 <= model.compiling <= 10, name
        assert model.shortest, name


SIGNATURES = """
import sys
from worldclass.dynamics.library import list_models, load_model
from worldclass.dynamics.run import run

def compiled():
    return {
        (module, name): len(one.overloads)
        for module, held in list(sys.modules.items()) if module.startswith("worldclass.dynamics.")
        for name, one in vars(held).items() if hasattr(one, "overloads")
    }

WHOLE = {"social-architecture": {"agents": 300, "years": 2}, "debt-crisis": {"years": 20.0}}
WHOLE |= {"protest-wave": {"days": 20}}
for name in list_models():
    model = load_model(name)
    run(model, model.shortest)
    before = compiled()
    run(model, WHOLE.get(name, {"periods": 20}))
    assert compiled() == before, name
"""


def test_the_shortest_run_compiles_all_that_a_whole_one_needs() -> None:
    ended = subprocess.run([sys.executable, "-c", SIGNATURES], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
