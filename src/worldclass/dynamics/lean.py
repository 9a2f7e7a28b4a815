"""Compile loops that only change arrays they are given, with no more code than they need.

Numba counts, at every mention of an array, who still needs it; a town of six arrays that passes
through five functions is counted dozens of times a turn, which takes seven times as long as the
turn. Loops that make no arrays can do without. And Numba gives each function a door through which
Python may call it; where a kernel consists of dozens of functions, making doors that nobody uses
takes a quarter of the time of compiling.

Both are left out by options that Numba keeps for itself; where a future Numba refuses them, loops
are slower or take longer to compile, and give the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

from worldclass.dynamics.compiled import stamped

Function = TypeVar("Function", bound=Callable[..., Any])
_NO_DOOR = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def lean(function: Function) -> Function:
    """Compile a function that makes no arrays, to be called from Python or from kernels."""
    return _compile(function, {})


def inner(function: Function) -> Function:
    """Compile a function that makes no arrays, to be called from kernels only."""
    return _doorless(function, {})


def inlined(function: Function) -> Function:
    """Compile a small function that makes no arrays into each of the kernels that call it.

    A call passes each array as seven numbers, which takes longer than small functions themselves.
    """
    return _doorless(function, {"forceinline": True})


def _doorless(function: Function, options: dict[str, Any]) -> Function:
    """Compile without a door, and refuse calls from Python: Numba would follow a null pointer."""
    compiled: Any = _compile(function, options | _NO_DOOR)
    if not (hasattr(compiled, "add_overload") and hasattr(compiled, "_compile_for_args")):
        return _compile(function, options)

    def keep(found: Any) -> None:
        """Hold what was compiled for kernels, without telling the door."""
        compiled.overloads[tuple(found.signature.args)] = found

    def refuse(*_: Any, **__: Any) -> None:
        raise TypeError(f"'{function.__name__}' is a part of kernels; Python cannot call it.")

    compiled.add_overload, compiled._compile_for_args = keep, refuse
    return compiled


def _compile(function: Function, options: dict[str, Any]) -> Function:
    ways: list[dict[str, Any]] = [{"cache": True, "_nrt": False}, {"_nrt": False}, {"cache": True}]
    compiler: Any = numba.njit
    for way in ways:
        try:
            return stamped(compiler(nogil=True, **options, **way)(function))
        except (KeyError, RuntimeError):  # no such option; no folder for the cache
            continue
    return compiler(nogil=True, **options)(function)
