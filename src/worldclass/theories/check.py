"""Prove a theory over its whole domain, or find the person who refutes it.

The domain is every combination of codes, missing values included, with every order that an
income can have among the cut points, at the default parameters, at every corner of their ranges
and for every choice. It is finite, so the proof visits all of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.theories.axes import Cut, possible
from worldclass.theories.compile import CompiledTheory, compile_theory
from worldclass.theories.limits import LARGEST_PROOF, MOST_OVERLAP_TESTS, MOST_SETTINGS
from worldclass.theories.names import unused_names
from worldclass.theories.report import CheckReport, Overlap, Problem
from worldclass.theories.rows import first_row
from worldclass.theories.schema import ChoiceParameter, NumberParameter, Theory
from worldclass.theories.structure import NO_CLASS

Setting = Mapping[str, float | str]


@dataclass
class _Proof:
    """What the settings visited so far have shown."""

    reached: set[int] = field(default_factory=set[int])
    settings: int = 0
    combinations: int = 0
    entries: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])


@lru_cache(maxsize=64)
def check_theory(theory: Theory) -> CheckReport:
    """Check a theory over its whole domain.

    Parameters
    ----------
    theory
        The theory.

    Returns
    -------
    CheckReport
        Problems with counter-examples, overlaps, and notes.

    Raises
    ------
    TheoryError
        A rule is malformed (unknown column, code, unit, forbidden construct), or the domain is
        too large to visit.

    Example
    -------
    >>> from worldclass.theories.library import load_theory
    >>> check_theory(load_theory("pew")).sound
    True
    """
    proof = _Proof()
    for choices in _choice_settings(theory):
        _prove(theory, choices, proof)
    default = compile_theory(theory)
    problems = [
        *proof.problems,
        *_unreachable(theory, proof.reached),
        *_empty_splits(default),
        *(Problem("unused", what) for what in unused_names(theory)),
    ]
    return CheckReport(
        theory=theory.id,
        settings=proof.settings,
        combinations=proof.combinations,
        problems=tuple(problems),
        overlaps=tuple(_overlaps(default)),
        notes=tuple(_notes(theory, default)),
    )


def require_sound(theory: Theory) -> None:
    """Check a theory and refuse to go on if it is unsound.

    Raises
    ------
    TheoryError
        Naming the first problem with its counter-example.
    """
    report = check_theory(theory)
    if not report.sound:
        more = len(report.problems) - 1
        raise TheoryError(
            str(report.problems[0]) + (f"\n({more} more)" if more else ""),
            where=f"theory '{theory.id}'",
            remedy="Correct the rules; 'worldclass theory check FILE' lists the problems.",
        )


def _choice_settings(theory: Theory) -> Iterator[dict[str, str]]:
    """Every combination of the choices, the defaults first."""
    names: list[str] = []
    words: list[list[str]] = []
    count = 1
    for name, parameter in theory.parameters.items():
        if isinstance(parameter, ChoiceParameter):
            names.append(name)
            words.append(sorted(parameter.choices, key=lambda word: word != parameter.default))
            count *= len(parameter.choices)
    if count > MOST_SETTINGS:
        raise _too_large(theory, f"{count:,} combinations of choices")
    for combination in itertools.product(*words):
        yield dict(zip(names, combination, strict=True))


def _corners(theory: Theory, compiled: CompiledTheory) -> Iterator[dict[str, float]]:
    """The default numbers, then every corner of the ranges of those that can change an order."""
    yield {}
    columns = [cut.column for cut in compiled.cuts]
    moving = [
        cut.parameter for cut in compiled.cuts if cut.parameter and columns.count(cut.column) > 1
    ]
    names = list(dict.fromkeys(moving))
    ranges = [
        parameter.range
        for parameter in (theory.parameters[name] for name in names)
        if isinstance(parameter, NumberParameter)
    ]
    for corner in itertools.product(*ranges):
        yield dict(zip(names, corner, strict=True))


def _prove(theory: Theory, choices: dict[str, str], proof: _Proof) -> None:
    """Visit all settings of the numbers for one setting of the choices."""
    seen: set[bytes] = set()
    covered = compile_theory(theory, choices).structure.covered()
    default_reached: set[int] | None = None
    for corner in _corners(theory, compile_theory(theory, choices)):
        compiled = compile_theory(theory, {**choices, **corner})
        order = _order_key(compiled.cuts)
        if order in seen:
            continue
        seen.add(order)
        proof.settings += 1
        proof.entries += compiled.table.size
        if proof.settings > MOST_SETTINGS or proof.entries > LARGEST_PROOF:
            raise _too_large(theory, f"more than {LARGEST_PROOF:,} table entries")
        layout = compiled.structure.layout
        mask = np.broadcast_to(possible(layout, compiled.cuts, covered), layout.shape)
        proof.combinations += int(mask.sum())
        reached = _values(compiled.table[mask])
        setting = _differs(theory, {**choices, **corner})
        if NO_CLASS in reached:
            hole = first_row(mask & (compiled.table == NO_CLASS), layout, compiled.cuts)
            if not any(problem.kind == "hole" for problem in proof.problems):
                what = "A person gets no class."
                proof.problems.append(Problem("hole", what, hole, setting))
        if default_reached is None:
            default_reached = reached
        for index in sorted(default_reached - reached - {NO_CLASS}):
            what = f"Class '{theory.classes[index].id}' vanishes at a corner of the ranges."
            proof.problems.append(Problem("crossing", what, None, setting))
        proof.reached |= reached


def _values(found: NDArray[np.int16]) -> set[int]:
    """The distinct class indices; counted, because sorting is slow on large tables."""
    counts = np.bincount(found - NO_CLASS)
    return {int(index) + NO_CLASS for index in np.flatnonzero(counts)}


def _order_key(cuts: tuple[Cut, ...]) -> bytes:
    """A key that is equal for two settings whose cut points are ordered alike."""
    values = np.array([cut.value for cut in cuts])
    pairs = np.sign(values[:, None] - values[None, :]).astype(np.int8)
    return pairs.tobytes() + np.sign(values).astype(np.int8).tobytes()


def _unreachable(theory: Theory, reached: set[int]) -> Iterator[Problem]:
    """Classes that nobody gets at any setting, with the rule that takes their members."""
    compiled = compile_theory(theory)
    structure = compiled.structure
    mask = possible(structure.layout, compiled.cuts, structure.covered())
    for index, rule in enumerate(theory.classes):
        if index in reached:
            continue
        fits = mask & structure.matches(structure.rules[index])
        row = first_row(fits, structure.layout, compiled.cuts)
        if row is None:
            yield Problem("unreachable", f"Class '{rule.id}': its rule can never be true.")
            continue
        whole = np.broadcast_to(fits, structure.layout.shape)
        takers = [theory.classes[int(other)].id for other in _values(compiled.table[whole])]
        what = f"Class '{rule.id}' is never given: earlier classes take everyone, {takers}."
        yield Problem("unreachable", what, row)


def _empty_splits(compiled: CompiledTheory) -> Iterator[Problem]:
    for split in compiled.splits:
        for number, entry in enumerate(compiled.split_fraction(split), start=1):
            if not entry.cells.any():
                what = f"Entry {number} of split '{split}' covers nobody."
                yield Problem("empty-split", what)


def _overlaps(compiled: CompiledTheory) -> Iterator[Overlap]:
    """Pairs of rules that fit the same person, a closing rule for all others left out."""
    structure, classes = compiled.structure, compiled.theory.classes
    if _too_many_pairs(compiled):
        return
    mask = possible(structure.layout, compiled.cuts, structure.covered())
    fits: list[NDArray[np.bool_]] = [structure.matches(rule) for rule in structure.rules]
    for first, second in itertools.combinations(range(len(classes)), 2):
        if classes[second].when is None:
            continue
        row = first_row(mask & fits[first] & fits[second], structure.layout, compiled.cuts)
        if row is not None:
            yield Overlap(classes[first].id, classes[second].id, row)


def _too_many_pairs(compiled: CompiledTheory) -> bool:
    """Whether listing overlaps would take long."""
    rules = len(compiled.classes)
    return rules * (rules - 1) // 2 * compiled.table.size > MOST_OVERLAP_TESTS


def _notes(theory: Theory, compiled: CompiledTheory) -> Iterator[str]:
    """Overlaps that were not looked for; scales that can push a fraction above 1."""
    if _too_many_pairs(compiled):
        yield "Overlaps are not listed: the table and the number of rules are too large."
    for entry in theory.splits:
        scale = theory.parameters[entry.scale] if entry.scale else None
        if isinstance(scale, NumberParameter) and scale.range[1] * entry.high > 1:
            yield (
                f"Split '{entry.id}': {entry.scale} can raise the fraction above 1, where it stops."
            )


def _differs(theory: Theory, setting: Setting) -> dict[str, float | str]:
    """The part of a setting that differs from the defaults."""
    return {
        name: value for name, value in setting.items() if value != theory.parameters[name].default
    }


def _too_large(theory: Theory, what: str) -> TheoryError:
    return TheoryError(
        f"The theory's domain is too large to prove: {what}.",
        where=f"theory '{theory.id}'",
        remedy="Use fewer columns, cut points, parameters or choices.",
    )
