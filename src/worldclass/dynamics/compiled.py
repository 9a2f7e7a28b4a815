"""Compile kernels with Numba, and keep what was compiled.

Machine code is kept beside the sources, or in the user's cache folder where the installation is
read-only (`NUMBA_CACHE_DIR` names another). Where neither can be written, kernels are compiled in
each process.

A kernel contains the machine code of the kernels that it calls, in other files too; Numba looks
only at its own file. What is kept is therefore stamped with the text of all kernels of this layer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
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
        return stamped(compiler(nogil=True, cache=True)(function))
    except RuntimeError:  # no folder for the cache
        return compiler(nogil=True)(function)


def stamped(compiled: Any) -> Any:
    """The same function; machine code of it that other kernels made is not taken from the cache.

    Numba keeps the stamp for itself: where a future Numba has none, its own rule holds.
    """
    kept: Any = getattr(getattr(compiled, "_cache", None), "_cache_file", None)
    if hasattr(kept, "_source_stamp"):
        kept._source_stamp = (kept._source_stamp, kernels_hash())
    return compiled


_MARKS = (b"@kernel", b"@lean", b"@inner", b"@inlined", b"intrinsic(")


@cache
def kernels_hash() -> str:
    """Hash of every file of this layer that holds compiled functions."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        text = file.read_bytes()
        if any(mark in text for mark in _MARKS):
            digest.update(text)
    return digest.hexdigest()
