"""Prove a scheme over its whole domain: code × employment position, missing values included.

The domain is finite, so the proof visits all of it: employment positions are mutually exclusive
and leave nobody out, every class can be reached, every cell of every table names a class that
exists, and every rule of a derived scheme takes somebody.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.occupations.classification import codes
from worldclass.schemes.axes import StatusAxis, build_axes, flatten, grid_names, states_of
from worldclass.schemes.compile import CodingTable, compile_scheme, status_rules
from worldclass.schemes.conditions import where_true
from worldclass.schemes.library import occupations_of
from worldclass.schemes.outcomes import CODE_REASONS, CODES
from worldclass.schemes.schema import Scheme


@dataclass(frozen=True)
class SchemeProblem:
    """Why a scheme is unsound, with the person who refutes it.

    Parameters
    ----------
    kind
        "overlap", "gap", "unreachable".
    what
        One sentence.
    """

    kind: str
    what: str

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True)
class SchemeReport:
    """What the proof found.

    Parameters
    ----------
    scheme
        Id of the scheme.
    combinations
        How many combinations of code, employment position and choice were visited.
    problems
        Why the scheme is unsound; empty if it is sound.
    notes
        What the reader should know: coverage, and classes out of reach of a classification.
    """

    scheme: str
    combinations: int
    problems: tuple[SchemeProblem, ...]
    notes: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether the scheme gives each person of its domain exactly one class."""
        return not self.problems


def check_scheme(scheme: Scheme) -> SchemeReport:
    """Check a scheme over its whole domain, for every classification and every choice.

    Parameters
    ----------
    scheme
        The scheme.

    Raises
    ------
    TheoryError
        A rule or a table is malformed.

    Example
    -------
    >>> from worldclass.schemes.library import load_scheme
    >>> check_scheme(load_scheme("oesch16")).sound
    True
    """
    problems = list(_positions(scheme))
    notes: list[str] = []
    combinations = 0
    reached: set[str] = set()
    for occupation in occupations_of(scheme):
        for choices in _choices(scheme):
            table = compile_scheme(scheme, occupation.classification, parameters=choices)
            combinations += table.cells.size
            problems += _gaps(table)
            reached |= set(map(str, _reached(table)))
            notes += _coverage(table)
    if scheme.kind == "classes":
        dead = [entry.id for entry in scheme.classes if entry.id not in reached]
        problems += [
            SchemeProblem("unreachable", f"Nobody can belong to class '{name}'.") for name in dead
        ]
    return SchemeReport(
        scheme.id, combinations, tuple(dict.fromkeys(problems)), tuple(dict.fromkeys(notes))
    )


def require_sound(scheme: Scheme) -> None:
    """Check a scheme and refuse to go on if it is unsound.

    Raises
    ------
    TheoryError
        Naming the first problem with its counter-example.
    """
    report = check_scheme(scheme)
    if not report.sound:
        more = len(report.problems) - 1
        raise TheoryError(
            str(report.problems[0]) + (f"\n({more} more)" if more else ""),
            where=f"scheme '{scheme.id}'",
            remedy="Correct the file; 'worldclass theory check FILE' lists the problems.",
        )


def overlaps(scheme: Scheme) -> list[tuple[str, str]]:
    """Pairs of positions that fit the same person; empty for a sound scheme."""
    if not scheme.positions:
        return []
    axes = build_axes(status_rules(scheme))
    held = _held(scheme, axes)
    pairs = itertools.combinations(range(len(scheme.positions)), 2)
    return [
        (scheme.positions[one].id, scheme.positions[two].id)
        for one, two in pairs
        if np.any(held[one] & held[two])
    ]


def _positions(scheme: Scheme) -> Iterator[SchemeProblem]:
    """Positions that overlap, are never reached, or leave somebody out."""
    if not scheme.positions:
        return
    axes = build_axes(status_rules(scheme))
    held = _held(scheme, axes)
    count = held.sum(axis=0)
    complete = np.ones(flatten(axes), dtype=bool)
    for axis in axes:
        complete &= states_of(axes, axis) != axis.size - 1
    for state in np.flatnonzero(count > 1)[:1]:
        both = [p.id for p, at in zip(scheme.positions, held[:, state], strict=True) if at]
        yield SchemeProblem(
            "overlap",
            f"Positions {' and '.join(both)} both fit a person with {_person(axes, int(state))}.",
        )
    for state in np.flatnonzero(complete & (count == 0))[:1]:
        yield SchemeProblem("gap", f"No position fits a person with {_person(axes, int(state))}.")
    for position, at in zip(scheme.positions, held, strict=True):
        if not at.any():
            yield SchemeProblem("unreachable", f"Nobody can be in position '{position.id}'.")


def _held(scheme: Scheme, axes: tuple[StatusAxis, ...]) -> NDArray[np.bool_]:
    """Which position fits which state, shape (positions, states)."""
    names = grid_names(axes)
    return np.stack(
        [
            np.broadcast_to(
                where_true(position.when, names, f"scheme '{scheme.id}', position '{position.id}'"),
                (flatten(axes),),
            )
            for position in scheme.positions
        ]
    )


def _gaps(table: CodingTable) -> Iterator[SchemeProblem]:
    """A covered code in a complete position that gets neither a class nor "not covered"."""
    first = CODE_REASONS.index("no rule fits")
    blamed = [len(table.classes) + place for place in range(first, len(table.reasons))]
    complete = [
        state
        for state in range(table.cells.shape[1])
        if all(state // axis.stride % axis.size != axis.size - 1 for axis in table.axes)
    ]
    found = np.argwhere(np.isin(table.cells[:CODES, complete], blamed))
    if len(found):
        code, state = int(found[0][0]), complete[int(found[0][1])]
        yield SchemeProblem(
            "gap",
            f"No class fits {table.classification} {code:04d} with {_person(table.axes, state)}.",
        )


def _coverage(table: CodingTable) -> Iterator[str]:
    """How many codes of the classification have a class, and which classes it cannot reach."""
    known = list(codes(table.classification, table.digits))
    given = table.cells[known] < len(table.classes)
    whole = int(given.any(axis=1).sum())
    level = f"{len(known)} codes of {table.classification}"
    level += f" at {table.digits} digits" if table.digits < 4 else ""
    yield f"{whole} of {level} have a class" + (
        "." if whole == len(known) else f"; {len(known) - whole} are not covered."
    )
    if table.scheme.kind == "classes":
        far = [str(name) for name in table.classes if name not in _reached(table)]
        if far:
            yield f"From {table.classification} nobody comes into {', '.join(far)}."


def _reached(table: CodingTable) -> set[str | float]:
    """The classes that some cell holds."""
    found = np.unique(table.cells[:CODES])
    return {table.classes[index] for index in found.tolist() if index < len(table.classes)}


def _choices(scheme: Scheme) -> Iterator[dict[str, str]]:
    """Every combination of the words of the parameters."""
    names = list(scheme.parameters)
    for words in itertools.product(*(scheme.parameters[name].choices for name in names)):
        yield dict(zip(names, words, strict=True))


def _person(axes: tuple[StatusAxis, ...], state: int) -> str:
    """A flat state in words."""
    return ", ".join(axis.describe(state // axis.stride % axis.size) for axis in axes)
