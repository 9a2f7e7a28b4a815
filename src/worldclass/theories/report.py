"""What the check of a theory found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from worldclass.theories.rows import row_text

ProblemKind = Literal["hole", "unreachable", "crossing", "unused", "empty-split"]


@dataclass(frozen=True)
class Problem:
    """Something that makes a theory unfit to run.

    Parameters
    ----------
    kind
        "hole": a person who gets no class. "unreachable": a class that nobody can get.
        "crossing": a class that vanishes at a corner of the parameters' ranges. "unused": a
        parameter, split or income that no rule names. "empty-split": a split that covers nobody.
    what
        One sentence.
    row
        The person that proves it, or None.
    setting
        The parameters at which it occurs, where they differ from the defaults.
    """

    kind: ProblemKind
    what: str
    row: Mapping[str, str] | None = None
    setting: Mapping[str, float | str] | None = None

    def __str__(self) -> str:
        text = self.what
        if self.setting:
            values = ", ".join(f"{name} = {value}" for name, value in self.setting.items())
            text += f"\n  with {values}"
        if self.row is not None:
            text += f"\n  counter-example: {row_text(self.row)}"
        return text


@dataclass(frozen=True)
class Overlap:
    """Two rules that fit the same person; the first takes the person.

    Parameters
    ----------
    first, second
        Ids of the classes.
    row
        A person whom both fit.
    """

    first: str
    second: str
    row: Mapping[str, str]


@dataclass(frozen=True)
class CheckReport:
    """The result of a check.

    Parameters
    ----------
    theory
        Id of the theory.
    settings
        Number of parameter settings that differ in the order of their cut points, or in a
        choice, all of which were checked.
    combinations
        Number of table entries that can occur, over all settings.
    problems
        What makes the theory unfit; empty for a sound theory.
    overlaps
        Rules that fit the same person, at the default parameters. Not a fault: order decides.
    notes
        What a reader should know.
    """

    theory: str
    settings: int
    combinations: int
    problems: tuple[Problem, ...]
    overlaps: tuple[Overlap, ...]
    notes: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every person gets exactly one class and every class can be got."""
        return not self.problems
