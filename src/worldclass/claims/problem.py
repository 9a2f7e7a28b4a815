"""What is wrong with a claim, in words that teach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or odd.

    Attributes
    ----------
    severity
        "refused": the claim cannot be evaluated; "warning": it can, and may not mean what was
        meant.
    what, where, remedy
        What is wrong, in which part of the file, and what to do about it.

    Examples
    --------
    >>> print(Problem("warning", "The term 'old' is idle.", "term.old", "Remove it."))
    warning: term.old: The term 'old' is idle. Remove it.
    """

    severity: Literal["refused", "warning"]
    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.severity}: {where}{self.what} {self.remedy}".rstrip()
