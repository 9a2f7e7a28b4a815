"""Compile kernels with Numba, and keep what was compiled.

Machine code is kept beside the sources, or in the user's cache folder where the installation is
read-only (`NUMBA_CACHE_DIR` names another). Where neither can be written, kernels are compiled in
each process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile a function of arrays and numbers at its first call; Python's lock is let go.

    Examples
    --------
    >>> @kernel
    ... def twice(number):
    ...     return 2 * number
    >>> twice(4)
    8
    """
    compiler: Any = numba.njit
    try:
        return compiler(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder for the cache
        return compiler(nogil=True)(function)
