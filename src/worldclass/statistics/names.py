"""Names that results use, and that columns of the data may therefore not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from worldclass.core.errors import UsageError

_INTERVAL = re.compile(r"p\d{2,6}")


def refuse_names(given: Sequence[Any], taken: Iterable[str], where: str) -> None:
    """Refuse columns that a result could not hold beside its own.

    Parameters
    ----------
    given
        Columns of the data that the result is to hold.
    taken
        Names of the result's own columns. Names of intervals (p05, p95, p025 …) are always taken.
    where
        The function that is asked.

    Raises
    ------
    UsageError
        When a column is named by anything but text, is named twice, or has a name that is taken.
    """
    strange = [name for name in given if not isinstance(name, str)]
    if strange:
        raise UsageError(
            f"{strange[0]!r} is no name of a column",
            where=where,
            remedy="Give the names of columns as text.",
        )
    twice = [name for name in dict.fromkeys(given) if given.count(name) > 1]
    if twice:
        raise UsageError(
            f"the column {', '.join(map(repr, twice))} is given twice",
            where=where,
            remedy="Each column has one part in a table: to cross it with itself, copy it under "
            "another name.",
        )
    own = set(taken)
    held = [name for name in given if name in own or _INTERVAL.fullmatch(name)]
    if held:
        raise UsageError(
            f"the name {', '.join(map(repr, held))} is that of a column of the result",
            where=where,
            remedy=f"Rename the column. The result has: {', '.join(sorted(own))}, and its "
            "interval (p05, p95 and the like).",
        )
