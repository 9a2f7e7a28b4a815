"""Warnings that point at the caller's line, however deep in this package they arise."""

from __future__ import annotations

import inspect
import warnings

_PACKAGE = __name__.partition(".")[0]


def warn_caller(message: str, kind: type[Warning]) -> None:
    """Warn at the first line on the stack that is not this package's own.

    Example
    -------
    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     warn_caller("A column is lacking.", UserWarning)
    >>> str(caught[0].message)
    'A column is lacking.'
    """
    level, frame = 1, inspect.currentframe()
    while frame and str(frame.f_globals.get("__name__")).partition(".")[0] == _PACKAGE:
        level, frame = level + 1, frame.f_back
    warnings.warn(message, kind, stacklevel=level)
