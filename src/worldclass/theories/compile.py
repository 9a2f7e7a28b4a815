"""Set a theory's parameters, and get a decision table ready to classify with.

A parameter's number moves a cut point but leaves the table as it is, so that thousands of
settings of one theory cost next to nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.theories.axes import Axis, Cut
from worldclass.theories.schema import ChoiceParameter, Theory
from worldclass.theories.splits import SplitEntry
from worldclass.theories.structure import Structure, build_structure


@dataclass(frozen=True, eq=False)
class CompiledTheory:
    """A theory with its parameters set, ready to classify.

    Parameters
    ----------
    theory
        The theory.
    parameters
        The value of every parameter: a number, or the word of a choice.
    classes
        Class ids in the order of the file.
    categories
        The categories that rules and splits use.
    cuts
        Cut points, grouped by column. Two cuts may have equal values.
    splits
        Ids of the splits that rules use.
    table
        Index into `classes`, or -1 for none; int16, shape (codes of each category, …, 4 for
        each cut, …, 2 for each split, …). On a cut's axis 0 is below, 1 equal, 2 above, 3
        missing; on a split's axis 0 is outside, 1 inside. Read-only.
    structure
        The rules as formulas.
    """

    theory: Theory
    parameters: Mapping[str, float | str]
    classes: tuple[str, ...]
    categories: tuple[Axis, ...]
    cuts: tuple[Cut, ...]
    splits: tuple[str, ...]
    table: NDArray[np.int16]
    structure: Structure = field(repr=False)

    def split_fraction(self, split: str) -> tuple[SplitEntry, ...]:
        """The entries of a split, which never overlap; elsewhere its fraction is 0."""
        return self.structure.entries[split]

    @property
    def references(self) -> tuple[str, ...]:
        """Names of the reference incomes that the cuts use, without repetition."""
        return tuple(dict.fromkeys(cut.reference for cut in self.cuts if cut.reference))

    @property
    def shares(self) -> tuple[str, ...]:
        """Names of the shares that the splits use, without repetition."""
        entries = (entry for split in self.splits for entry in self.split_fraction(split))
        return tuple(dict.fromkeys(entry.share for entry in entries if entry.share))


def compile_theory(
    theory: Theory, parameters: Mapping[str, float | str] | None = None
) -> CompiledTheory:
    """Compile a theory for one setting of its parameters.

    Parameters
    ----------
    theory
        The theory.
    parameters
        Values that differ from the defaults. Numbers may lie outside the parameter's range,
        which says what is plausible, but not below zero.

    Raises
    ------
    TheoryError
        A rule is malformed, a parameter is unknown or impossible, or the table too large.

    Example
    -------
    >>> from worldclass.theories.library import load_theory
    >>> compiled = compile_theory(load_theory("kharas"), {"lower": 10})
    >>> compiled.cuts[0].parameter, round(compiled.cuts[0].value, 2)
    ('lower', 12.05)
    """
    values = settle(theory, parameters or {})
    choices = tuple(
        (name, str(values[name]))
        for name, parameter in theory.parameters.items()
        if isinstance(parameter, ChoiceParameter)
    )
    structure = build_structure(theory, choices)
    cuts = tuple(
        Cut(item.column, item.value(values), item.reference, item.parameter)
        for item in structure.thresholds
    )
    return CompiledTheory(
        theory=theory,
        parameters=values,
        classes=tuple(rule.id for rule in theory.classes),
        categories=structure.layout.categories,
        cuts=cuts,
        splits=structure.layout.splits,
        table=structure.table,
        structure=structure,
    )


def settle(theory: Theory, given: Mapping[str, float | str]) -> dict[str, float | str]:
    """The value of every parameter: as given, else its default.

    Raises
    ------
    TheoryError
        A name that the theory lacks, a word that is no choice, a number below zero or not
        finite.
    """
    where = f"theory '{theory.id}'"
    values: dict[str, float | str] = {
        name: parameter.default for name, parameter in theory.parameters.items()
    }
    for name, value in given.items():
        parameter = theory.parameters.get(name)
        if parameter is None:
            raise TheoryError(
                f"There is no parameter '{name}'.",
                where=where,
                remedy=f"Parameters: {', '.join(theory.parameters) or 'none'}.",
            )
        if isinstance(parameter, ChoiceParameter):
            if value not in parameter.choices:
                raise TheoryError(
                    f"Parameter '{name}' cannot be {value!r}.",
                    where=where,
                    remedy=f"Choices: {', '.join(parameter.choices)}.",
                )
            values[name] = str(value)
            continue
        values[name] = _number(name, value, where)
    return values


def _number(name: str, value: float | str, where: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise TheoryError(
            f"Parameter '{name}' cannot be {value!r}.",
            where=where,
            remedy="Give a finite number that is not below zero.",
        )
    return number
