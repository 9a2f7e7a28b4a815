"""Cells: the groups of industries whose workers are known, within which the rule spreads them.

A cell is a labour market and a broad sector of the ILO; or, where employment by section is
published for the labour market, a labour market and a block of sections.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from worldclass.flows.labour.grouping import Grouping
from worldclass.flows.labour.sections import block_persons, join_sections
from worldclass.people.status_sector import SECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worldclass.flows.labour.classes import IndustryClass
    from worldclass.flows.labour.sections import SectionEmployment
    from worldclass.people.grid import Array


@dataclass(frozen=True)
class Cells:
    """Which cell each sector belongs to, and who works there.

    Attributes
    ----------
    grouping
        Cell of each sector.
    persons
        Shape (2, cells): thousand women and men.
    """

    grouping: Grouping
    persons: Array


def broad_cells(broad: Grouping, persons: Array) -> Cells:
    """Cells of labour market × broad sector, from persons of shape (2, T, 3)."""
    return Cells(broad, persons.reshape(2, -1))


def section_cells(
    cells: Cells,
    market: Grouping,
    classes: Sequence[IndustryClass],
    output: Array,
    members: Sequence[Sequence[str]],
    sections: SectionEmployment,
    year: int,
) -> Cells:
    """Replace the cells of each labour market whose sections are published."""
    index, persons = cells.grouping.index.copy(), [cells.persons]
    count = cells.grouping.size
    for place, named in enumerate(members):
        published = sections.of(named, year)
        here: list[int] = np.flatnonzero(market.index == place).tolist()
        if published is None or not here:
            continue
        blocks = join_sections([*(classes[i].sections for i in here), *published])
        block_of = [blocks[classes[i].sections[0]] for i in here]
        made = _output(block_of, output[here])
        total = cells.persons[:, place * len(SECTORS) : (place + 1) * len(SECTORS)]
        found = block_persons(published, blocks, made, total)
        if found is None:
            continue
        # sectors without output keep no workers wherever they are put
        names = list(found)
        index[here] = [count + names.index(b) if b in found else i
                       for b, i in zip(block_of, index[here], strict=True)]  # fmt: skip
        persons[0] = _emptied(persons[0], place)
        persons.append(np.stack(list(found.values()), axis=-1))
        count += len(names)
    return Cells(Grouping(index, count), np.concatenate(persons, axis=1))


def _output(blocks: Sequence[str], output: Array) -> dict[str, float]:
    made: dict[str, float] = {}
    for block, amount in zip(blocks, output.tolist(), strict=True):
        made[block] = made.get(block, 0.0) + amount
    return made


def _emptied(persons: Array, place: int) -> Array:
    """Persons without those of one labour market, which are in its blocks now."""
    kept = persons.copy()
    kept[:, place * len(SECTORS) : (place + 1) * len(SECTORS)] = 0.0
    return kept
