"""Compile a loop to machine code, and keep the result on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """The loop as machine code, compiled when first called and kept for the next process.

    The loop keeps its Python type, so that callers stay checked.
    """
    try:
        return cast(Loop, numba.njit(nogil=True, cache=True)(loop))
    except RuntimeError:  # no folder in which the compiled loop could be kept
        return cast(Loop, numba.njit(nogil=True)(loop))
