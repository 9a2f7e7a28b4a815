"""Errors that say what failed, where, and what to do about it.

Every error a user can cause derives from `WorldclassError`. The command line prints its
message without a traceback and leaves with its `exit_code`, so that scripts can tell the
kinds apart.
"""

from __future__ import annotations

from typing import ClassVar


class WorldclassError(Exception):
    """Base of all errors raised on purpose.

    Parameters
    ----------
    what
        One sentence: what is wrong, with the offending values.
    where
        File, table, column or option concerned.
    remedy
        What the reader can do about it.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        parts = [self.what]
        if self.where:
            parts.append(f"Where: {self.where}")
        if self.remedy:
            parts.append(f"Remedy: {self.remedy}")
        return "\n".join(parts)


class UsageError(WorldclassError):
    """An argument or option that cannot be meant: unknown country, year, sex or theory."""

    exit_code: ClassVar[int] = 2


class TheoryError(WorldclassError):
    """A theory file that is malformed, unsafe, incomplete or contradictory."""

    exit_code: ClassVar[int] = 3


class SourceError(WorldclassError):
    """A source that is missing, corrupt, unreachable, or not in its documented shape."""

    exit_code: ClassVar[int] = 4


class MarginError(WorldclassError):
    """Published margins that contradict one another or do not add up."""

    exit_code: ClassVar[int] = 5


class OutputError(WorldclassError):
    """A result that could not be written: disk full, no permission, unknown format."""

    exit_code: ClassVar[int] = 6


class EconomyError(WorldclassError):
    """An input-output table that cannot be an economy: unbalanced, incomplete, not productive."""

    exit_code: ClassVar[int] = 7


class SimulationError(WorldclassError):
    """A run that left the numbers, a worker that died, or a law of conservation that broke."""

    exit_code: ClassVar[int] = 8


class ClaimError(WorldclassError):
    """A claim that is malformed, that no data could decide, or whose quantity has no value."""

    exit_code: ClassVar[int] = 9
