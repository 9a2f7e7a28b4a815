"""Compile loops that only change arrays they are given, without the counting of references.

Numba counts, at every mention of an array, who still needs it; a town of six arrays that passes
through five functions is counted dozens of times a turn, which takes seven times as long as the
turn. Loops that make no arrays can do without. The counting is left out by an option that Numba
keeps for itself; where a future Numba refuses it, loops are slower and give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

from worldclass.dynamics.compiled import stamped

Function = TypeVar("Function", bound=Callable[..., Any])


def lean(function: Function) -> Function:
    """Compile a function that makes no arrays."""
    return _compile(function, {})


def inlined(function: Function) -> Function:
    """Compile a small function that makes no arrays into each of its callers.

    A call passes each array as seven numbers, which takes longer than small functions themselves.
    """
    return _compile(function, {"forceinline": True})


def _compile(function: Function, options: dict[str, Any]) -> Function:
    ways: list[dict[str, Any]] = [{"cache": True, "_nrt": False}, {"_nrt": False}, {"cache": True}]
    compiler: Any = numba.njit
    for way in ways:
        try:
            return stamped(compiler(nogil=True, **options, **way)(function))
        except (KeyError, RuntimeError):  # no such option; no folder for the cache
            continue
    return compiler(nogil=True, **options)(function)
