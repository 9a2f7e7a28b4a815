"""Loops compile with and without the option that leaves out the counting of references."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numba
import numpy as np
import pytest

from tests.dynamics.doors import door
from worldclass.dynamics.lean import inlined, inner, lean


def double(numbers: np.ndarray) -> None:
    """Double every number in place."""
    for place in range(len(numbers)):
        numbers[place] *= 2


@pytest.mark.parametrize("compiler", [lean, inner, inlined])
def test_compiled_loops_change_the_arrays_they_are_given(compiler: Any) -> None:
    numbers = np.arange(4)
    part = compiler(double)
    (part if compiler is lean else door(part))(numbers)
    assert numbers.tolist() == [0, 2, 4, 6]


CALL = """
import numba
import numpy as np
from worldclass.dynamics.lattice.chance import pick

random = np.ones(4, np.uint64)
if COMPILED:
    numba.njit(lambda random: pick(random, 5))(random)
try:
    pick(random, 5)
except TypeError as error:
    print(error)
"""


@pytest.mark.parametrize("compiled", [True, False])
def test_a_part_of_kernels_refuses_to_be_called_from_python(compiled: bool) -> None:
    """Numba itself would follow a null pointer: hence a process of its own."""
    code = CALL.replace("COMPILED", str(compiled))
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert "'pick' is a part of kernels" in ended.stdout


@pytest.mark.parametrize("refused", ["_nrt", "cache"])
def test_an_option_that_numba_refuses_is_left_out(
    refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unknown option is a KeyError, a cache that nobody may write a RuntimeError."""
    tried: list[set[str]] = []
    njit: Any = numba.njit

    def fussy(**options: Any) -> Any:
        tried.append(set(options))
        if refused in options:
            raise KeyError(refused) if refused == "_nrt" else RuntimeError("cannot cache")
        return njit(**options)

    monkeypatch.setattr(numba, "njit", fussy)
    numbers = np.arange(3)
    lean(double)(numbers)
    assert numbers.tolist() == [0, 2, 4]
    assert refused in tried[0]
    assert refused not in tried[-1]


def test_fetching_changes_nothing() -> None:
    from worldclass.dynamics.lattice.fetch import fetch

    @lean
    def ask(table: np.ndarray) -> None:
        for number in range(table.size):
            fetch(table, number)

    table = np.arange(12).reshape(3, 4)
    ask(table)
    assert np.array_equal(table, np.arange(12).reshape(3, 4))
