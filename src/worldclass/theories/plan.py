"""A compiled theory laid over the cells of the population table.

Each cell of each sex falls into classes by the intervals between income cut points and by
splits. A `Term` is one such part: the cells that share it, the class, and what its weight is:
below which cuts, above which, inside which splits, outside which. Cuts and splits on which the
class does not depend are left out, so that most cells have a single term of weight 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import TheoryError
from worldclass.people.cells import CELLS, EMPLOYED, PAID
from worldclass.people.grid import SEXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from worldclass.theories.axes import Cut
    from worldclass.theories.compile import CompiledTheory

BELOW, EQUAL, ABOVE, MISSING = range(4)


@dataclass(frozen=True)
class Term:
    """Persons of some cells of one sex who belong to one class.

    Attributes
    ----------
    sex
        0 women, 1 men.
    cells
        Positions in `CELLS`; all paid, or all unpaid.
    target
        Position of the class.
    below, above
        Positions of cuts that the income lies below, or on and above.
    inside, outside
        Positions of splits that hold, or do not.
    """

    sex: int
    cells: tuple[int, ...]
    target: int
    below: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    inside: tuple[int, ...] = ()
    outside: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All terms of a theory, and which cells of each sex each split entry covers.

    Attributes
    ----------
    covers
        For each split, for each of its entries: Booleans of shape (cells, sexes).
    """

    compiled: CompiledTheory
    terms: tuple[Term, ...]
    covers: tuple[tuple[NDArray[np.bool_], ...], ...]

    def uses(self, column: str) -> bool:
        """Whether a category decides anything."""
        return any(axis.name == column for axis in self.compiled.categories)


def make_plan(compiled: CompiledTheory) -> Plan:
    """Lay a compiled theory over the cells.

    Raises
    ------
    TheoryError
        Some persons of the population table fall into no class.
    """
    parts: dict[tuple[object, ...], list[int]] = {}
    for sex in range(len(SEXES)):
        for position in range(len(CELLS)):
            for term in _terms_of_cell(compiled, position, sex):
                key = (
                    term.sex,
                    term.target,
                    term.below,
                    term.above,
                    term.inside,
                    term.outside,
                    position < PAID,
                )
                parts.setdefault(key, []).append(position)
    terms = tuple(
        Term(sex, tuple(cells), target, below, above, inside, outside)  # type: ignore[arg-type]
        for (sex, target, below, above, inside, outside, _), cells in parts.items()
    )
    covers = tuple(
        tuple(_cover(compiled, entry.cells) for entry in compiled.split_fraction(name))
        for name in compiled.splits
    )
    return Plan(compiled, terms, covers)


def _category_index(compiled: CompiledTheory, position: int, sex: int) -> tuple[int, ...]:
    cell = CELLS[position]
    codes = (
        SEXES[sex] if axis.name == "sex" else cell.code(axis.name) for axis in compiled.categories
    )
    return tuple(
        axis.codes.index(code) for axis, code in zip(compiled.categories, codes, strict=True)
    )


def _cover(compiled: CompiledTheory, cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    grid = [
        [cells[_category_index(compiled, c, s)] for s in range(len(SEXES))]
        for c in range(len(CELLS))
    ]
    return np.array(grid, dtype=bool)


def _terms_of_cell(compiled: CompiledTheory, position: int, sex: int) -> Iterator[Term]:
    index = _category_index(compiled, position, sex)
    states = [_states(cut, position) for cut in compiled.cuts]
    covered = [
        any(entry.cells[index] for entry in compiled.split_fraction(name))
        for name in compiled.splits
    ]
    sides = [(0, 1) if here else (0,) for here in covered]
    block = compiled.table[index][np.ix_(*states, *sides)]
    cuts, splits = len(states), len(sides)
    free = [
        axis
        for axis in range(cuts + splits)
        if block.shape[axis] > 1 and not _constant(block, axis)
    ]
    for choice in product(
        *(range(block.shape[axis]) if axis in free else (0,) for axis in range(cuts + splits))
    ):
        below = tuple(a for a in free if a < cuts and choice[a] == 0)
        above = tuple(a for a in free if a < cuts and choice[a] == 1)
        if _impossible(compiled.cuts, below, above):
            continue
        target = int(block[choice])
        if target < 0:
            raise TheoryError(
                f"Some persons belong to no class: {CELLS[position]}, {SEXES[sex]}.",
                where=f"theory {compiled.theory.id}",
                remedy="Run `worldclass theory check`; add a last class without `when`.",
            )
        yield Term(
            sex,
            (position,),
            target,
            below,
            above,
            tuple(a - cuts for a in free if a >= cuts and choice[a] == 1),
            tuple(a - cuts for a in free if a >= cuts and choice[a] == 0),
        )


def _states(cut: Cut, position: int) -> tuple[int, ...]:
    """States of a cut that persons of a cell can be in; a single value of income has no mass."""
    if cut.column != "labour_income" or position < PAID:
        return (BELOW, ABOVE)
    if position < EMPLOYED:  # contributing family workers: income 0
        return (BELOW,) if cut.value > 0 else (EQUAL,)
    return (MISSING,)


def _constant(block: NDArray[np.int16], axis: int) -> bool:
    first = np.take(block, [0], axis=axis)
    return bool((block == first).all())


def _impossible(cuts: tuple[Cut, ...], below: tuple[int, ...], above: tuple[int, ...]) -> bool:
    """An income cannot lie below a cut and above a higher one with the same reference."""
    return any(
        cuts[b].column == cuts[a].column
        and cuts[b].reference == cuts[a].reference
        and cuts[b].value <= cuts[a].value
        for b in below
        for a in above
    )
