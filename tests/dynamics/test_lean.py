"""Loops compile with and without the option that leaves out the counting of references."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest

from worldclass.dynamics.lean import inlined, lean


def double(numbers: np.ndarray) -> None:
    """Double every number in place."""
    for place in range(len(numbers)):
        numbers[place] *= 2


@pytest.mark.parametrize("compiler", [lean, inlined])
def test_compiled_loops_change_the_arrays_they_are_given(compiler: Any) -> None:
    numbers = np.arange(4)
    compiler(double)(numbers)
    assert numbers.tolist() == [0, 2, 4, 6]


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
