"""What a departure is, and how the cells and the persons it touches are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from validation.schemes.reference import Persons, Text, tally
from validation.tables import Results

Coding = Callable[[Persons], Text]
"""Gives each person a class as text, empty for none."""


@dataclass(frozen=True)
class Count:
    """How much of a domain, and of the survey extract, comes out otherwise.

    Attributes
    ----------
    what
        The function or the variant.
    cells, of_cells
        Combinations of code and position that differ, and all of them.
    rows, of_rows
        Persons of the extract who differ, and all of them; None where the extract cannot say.
    gained_cells, gained_rows
        Those among `cells` and `rows` that have a class by the second coding alone.
    """

    what: str
    cells: int
    of_cells: int
    rows: int | None
    of_rows: int | None
    gained_cells: int = 0
    gained_rows: int = 0


@dataclass(frozen=True)
class Departure:
    """One place where a published implementation leaves its own table or the publication.

    Attributes
    ----------
    title
        In a few words.
    where
        Package, version and function.
    publication
        What the publication or the implementation's own table says, with its source.
    does
        What the implementation does.
    consequence
        What that does to results.
    ours
        What worldclass does.
    counts
        Cells and rows; the first goes into the overview.
    tables
        Further detail.
    """

    title: str
    where: str
    publication: str
    does: str
    consequence: str
    ours: str
    counts: tuple[Count, ...] = ()
    tables: tuple[Results, ...] = field(default=())


def compare(what: str, right: Coding, given: Coding, cells: Persons, survey: Persons) -> Count:
    """Count the cells and the persons on which two codings differ."""
    expected, found = right(cells), given(cells)
    wanted, coded = right(survey), given(survey)
    return Count(
        what,
        tally(expected != found),
        cells.number,
        tally(wanted != coded),
        survey.number,
        tally((expected == "") & (found != "")),
        tally((wanted == "") & (coded != "")),
    )


def share(part: int | None, whole: int | None) -> str:
    """A share in percent as text; a dash where it is unknown."""
    if part is None or not whole:
        return "–"
    percent = 100 * part / whole
    return f"{percent:.1f}" if percent >= 0.95 or part == 0 else f"{percent:.2f}"
