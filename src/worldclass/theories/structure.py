"""Bind a theory's rules and build their decision table.

The table answers for every combination of codes, cut states and split states which class a
person belongs to. It is built once for each setting of the choices.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from worldclass.core.errors import TheoryError
from worldclass.people.columns import columns, shares
from worldclass.theories.axes import Axis, Layout
from worldclass.theories.bind import Names, bind_rule
from worldclass.theories.limits import LARGEST_TABLE, MOST_CUTS, MOST_SPLIT_IDS
from worldclass.theories.logic import (
    Always,
    CodeTest,
    CutTest,
    Formula,
    MissingTest,
    SplitTest,
    Test,
    Threshold,
    tests,
)
from worldclass.theories.match import is_category, matches
from worldclass.theories.schema import Split, Theory
from worldclass.theories.splits import SplitEntry, refuse_overlap

NO_CLASS = -1


@dataclass(frozen=True, eq=False)
class Structure:
    """What of a compiled theory does not depend on the parameters' numbers."""

    rules: tuple[Formula, ...]
    layout: Layout
    thresholds: tuple[Threshold, ...]
    entries: Mapping[str, tuple[SplitEntry, ...]]
    table: NDArray[np.int16]

    def matches(self, formula: Formula) -> NDArray[np.bool_]:
        """Where a rule holds, in a shape that broadcasts to the table's."""
        return matches(formula, self.layout, self.thresholds)

    def covered(self) -> dict[str, NDArray[np.bool_]]:
        """For each split, the cells that its entries cover."""
        return {
            split: np.any([entry.cells for entry in entries], axis=0)
            for split, entries in self.entries.items()
        }


@lru_cache(maxsize=256)
def build_structure(theory: Theory, choices: tuple[tuple[str, str], ...]) -> Structure:
    """Bind a theory's rules for one setting of its choices, and build their table."""
    names = Names(theory, dict(choices))
    where = f"theory '{theory.id}'"
    rules = tuple(
        Always(True)
        if rule.when is None
        else bind_rule(rule.when, names, f"{where}, class '{rule.id}'")
        for rule in theory.classes
    )
    used = [test for rule in rules for test in tests(rule)]
    splits = tuple(
        split
        for split in theory.split_ids
        if any(isinstance(test, SplitTest) and test.split == split for test in used)
    )
    applied = [entry for entry in theory.splits if entry.id in splits]
    cells = [_bind_split(entry, names, where) for entry in applied]
    used += [test for formula in cells for test in tests(formula)]
    thresholds = _thresholds(used)
    layout = Layout(_categories(used), len(thresholds), splits)
    _refuse_large(layout, where)
    entries = _entries(applied, cells, layout, where)
    table = np.full(layout.shape, NO_CLASS, dtype=np.int16)
    for index in range(len(rules) - 1, -1, -1):
        np.copyto(table, np.int16(index), where=matches(rules[index], layout, thresholds))
    table.setflags(write=False)
    return Structure(rules, layout, thresholds, entries, table)


def _bind_split(entry: Split, names: Names, where: str) -> Formula:
    """The formula of a split's `when`, which may use categories only."""
    place = f"{where}, split '{entry.id}'"
    formula = bind_rule(entry.when, names, place)
    for test in tests(formula):
        if isinstance(test, CutTest | SplitTest) or not is_category(test.column):
            raise TheoryError(
                "The 'when' of a split uses an income or another split.",
                where=place,
                remedy="Use categories only: a split divides cells, which have no one income.",
            )
    return formula


def _categories(used: list[Test]) -> tuple[Axis, ...]:
    """Axes of the categories that tests use, in the order of the column table."""
    named = {test.column for test in used if isinstance(test, CodeTest | MissingTest)}
    return tuple(
        Axis(column.name, (*column.codes, None) if column.nullable else column.codes)
        for column in columns().values()
        if column.kind == "category" and column.name in named
    )


def _thresholds(used: list[Test]) -> tuple[Threshold, ...]:
    """Distinct thresholds, grouped by column; one at 0 for an income only tested for NULL."""
    found = dict.fromkeys(test.threshold for test in used if isinstance(test, CutTest))
    cut = {threshold.column for threshold in found}
    for test in used:
        if isinstance(test, MissingTest) and not is_category(test.column):
            if test.column not in cut:
                found[Threshold(test.column, None, None, 0.0, 1.0)] = None
            cut.add(test.column)
    order = list(columns())
    return tuple(sorted(found, key=lambda threshold: order.index(threshold.column)))


def _refuse_large(layout: Layout, where: str) -> None:
    if layout.cuts > MOST_CUTS:
        raise TheoryError(
            f"The rules have {layout.cuts} cut points of incomes; at most {MOST_CUTS} are taken.",
            where=where,
            remedy="Divide the theory, or leave out cut points.",
        )
    if len(layout.splits) > MOST_SPLIT_IDS:
        raise TheoryError(
            f"The rules use {len(layout.splits)} splits; at most {MOST_SPLIT_IDS} are taken.",
            where=where,
            remedy="Give one id to splits that mean the same.",
        )
    if math.prod(layout.shape) > LARGEST_TABLE:
        raise TheoryError(
            f"The decision table would have {math.prod(layout.shape):,} entries; at most "
            f"{LARGEST_TABLE:,} are taken.",
            where=where,
            remedy="Use fewer columns, cut points or splits.",
        )


def _entries(
    applied: list[Split], cells: list[Formula], layout: Layout, where: str
) -> Mapping[str, tuple[SplitEntry, ...]]:
    """The entries of each split with the cells that they cover."""
    flat = Layout(layout.categories, 0, ())
    found: dict[str, tuple[SplitEntry, ...]] = dict.fromkeys(layout.splits, ())
    for entry, formula in zip(applied, cells, strict=True):
        covered = np.broadcast_to(matches(formula, flat, ()), flat.shape)
        _check_share(entry, covered, layout, where)
        found[entry.id] += (
            SplitEntry(
                split=entry.id,
                cells=covered,
                low=entry.low,
                central=entry.central,
                high=entry.high,
                plausible=entry.plausible,
                share=entry.share,
                scale=entry.scale,
                source=entry.source,
                rule=formula,
            ),
        )
    for entries in found.values():
        refuse_overlap(entries, where)
    return found


def _check_share(entry: Split, covered: NDArray[np.bool_], layout: Layout, where: str) -> None:
    """Check that a split's share exists and describes the persons that the split covers."""
    if entry.share is None:
        return
    place = f"{where}, split '{entry.id}'"
    if entry.share not in shares():
        raise TheoryError(
            f"There is no share '{entry.share}'.",
            where=place,
            remedy=f"Shares: {', '.join(shares())}.",
        )
    described = shares()[entry.share].status
    names = [axis.name for axis in layout.categories]
    statuses: set[str | None] = set(columns()["status"].codes)
    if "status" in names:
        axis = names.index("status")
        others = tuple(other for other in range(len(names)) if other != axis)
        found = np.any(covered, axis=others)
        statuses = {layout.categories[axis].codes[place] for place in np.flatnonzero(found)}
    outside = sorted(str(status) for status in statuses - set(described))
    if outside:
        raise TheoryError(
            f"Share '{entry.share}' does not describe persons with status {outside}.",
            where=place,
            remedy=f"Restrict 'when' to status {list(described)}.",
        )
