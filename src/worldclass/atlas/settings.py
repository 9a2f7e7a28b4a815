"""Class sizes at thousands of settings in many draws: what claims are tested on.

A setting names a theory with its parameters, classes, countries, a year, a sex, an anchor and a
bound. Settings that differ only in numbers share a plan, whose terms are evaluated once for each
distinct combination of the values that they use (`worldclass.atlas.term_tables`) and handed out
to the settings. Every year is realised with all countries, so that the sizes at a setting do
not depend on what else is asked for; they equal those of `worldclass.atlas`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.atlas.run import WORKERS, check_references
from worldclass.atlas.term_tables import Drawn, Measure, TermLayout, TermTables
from worldclass.people.cells import PAID
from worldclass.people.realise import Basis, People, make_basis, realise
from worldclass.people.snapshot import Snapshot
from worldclass.theories.evaluate import Bound, labour_anchor_of, welfare_anchor_of
from worldclass.theories.plan import Plan, Term, make_plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.people.assumptions import Scores
    from worldclass.theories.compile import CompiledTheory

    Values = NDArray[np.floating[Any]]
    Sizes = NDArray[np.float64]
    Index = NDArray[np.intp]


@dataclass(frozen=True)
class Setting:
    """One size to be found.

    Attributes
    ----------
    compiled
        The theory with its parameters set.
    classes
        Positions of the classes that are added up.
    countries
        ISO3 codes that are added up.
    year
        The year.
    sexes
        0 women, 1 men.
    anchor
        Fixes the anchor of incomes; None leaves the theory's, else the draw's.
    bound
        Puts the splits at an end.
    measure
        What is added up: persons, labour income (PPP dollars of 2021 a month) or welfare (a day).
    """

    compiled: CompiledTheory
    classes: tuple[int, ...]
    countries: tuple[str, ...]
    year: int
    sexes: tuple[int, ...] = (0, 1)
    anchor: str | None = None
    bound: Bound = "central"
    measure: Measure = "persons"


def sizes_at(settings: Sequence[Setting], scores: Sequence[Scores], shot: Snapshot) -> Sizes:
    """Sizes at every setting under every draw.

    Parameters
    ----------
    settings
        What to find.
    scores
        The draws; their anchors give way to those of the settings.
    shot
        The snapshot with the population table.

    Returns
    -------
    Shape (settings, draws): persons, or the income that they have.

    Raises
    ------
    UsageError
        A theory refers to the mean income of a country that the table lacks.

    Examples
    --------
    >>> from worldclass.people.assumptions import CENTRAL
    >>> from worldclass.people.snapshot import open_snapshot
    >>> from worldclass.theories.compile import compile_theory
    >>> from worldclass.theories.library import load_theory
    >>> bromma = load_theory("bromma")
    >>> asked = [Setting(compile_theory(bromma, {"tau": tau}), (5,), ("USA",), 2023)
    ...          for tau in (1000, 2000)]
    >>> lower, higher = sizes_at(asked, [CENTRAL], open_snapshot())[:, 0]
    >>> bool(lower > higher)
    True
    """
    tasks = _tasks(tuple(settings), shot.estimates.grid.countries)
    out = np.zeros((len(settings), len(scores)))

    def fill(draw: int) -> None:
        one = scores[draw]
        found = _all_sizes(
            tasks,
            lambda year, anchor: realise(basis_of_year(shot, year), replace(one, anchor=anchor)),
        )
        for task, sizes in found:
            out[task.positions, draw] = sizes[:, 0]

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(fill, range(len(scores))))
    return out


def sizes_among(
    settings: Sequence[Setting],
    countries: Sequence[str],
    people_of: Callable[[int, str | None], People],
    worlds: int,
) -> Sizes:
    """Sizes at every setting among people who are not those of a snapshot.

    Parameters
    ----------
    settings
        What to find.
    countries
        Codes of the countries of the people.
    people_of
        Gives the people of a year under an anchor, on a grid of countries × worlds.
    worlds
        How many worlds stand side by side.

    Returns
    -------
    Shape (settings, worlds).
    """
    out = np.zeros((len(settings), worlds))
    for task, sizes in _all_sizes(_tasks(tuple(settings), tuple(countries)), people_of, worlds):
        out[task.positions] = sizes
    return out


def _all_sizes(
    tasks: Sequence[_Task], people_of: Callable[[int, str | None], People], worlds: int = 1
) -> Iterator[tuple[_Task, Sizes]]:
    """Sizes of every task; people are realised once for tasks that share them."""
    people: dict[tuple[int, str | None], People] = {}
    drawn: dict[tuple[int, str | None, str], Drawn] = {}
    for task in tasks:
        key = (task.year, task.labour_anchor)
        if key not in people:
            people[key] = people_of(*key)
        whole = (*key, task.welfare_anchor)
        if whole not in drawn:
            drawn[whole] = Drawn(people[key], task.welfare_anchor)
        yield task, task.sizes(drawn[whole], worlds)


@dataclass(frozen=True)
class _Task:
    """Settings that share a plan, a year, anchors, a bound and a measure.

    Attributes
    ----------
    positions
        Where the settings stand in the whole list.
    columns, membership
        Countries that are needed, and which areas have them; see `TermTables`.
    area
        Shape (settings,): the area of each.
    values
        By cut: its distinct values.
    layouts
        The terms that any setting needs, and which settings need them.
    """

    plan: Plan
    year: int
    labour_anchor: str | None
    welfare_anchor: str
    bound: Bound
    measure: Measure
    positions: Index
    columns: Index
    membership: Values
    area: Index
    values: tuple[Values, ...]
    layouts: tuple[tuple[TermLayout, Index], ...]

    def sizes(self, drawn: Drawn, worlds: int = 1) -> Sizes:
        """Sizes in one draw, shape (settings, worlds)."""
        tables = TermTables(
            plan=self.plan,
            drawn=drawn,
            bound=self.bound,
            measure=self.measure,
            values=self.values,
            columns=(self.columns[:, None] * worlds + np.arange(worlds)).reshape(-1),
            membership=self.membership,
            worlds=worlds,
        )
        out = np.zeros((len(self.positions), worlds))
        for layout, wanting in self.layouts:
            table = tables.table(layout)
            out[wanting] += table[layout.of_setting, self.area[wanting]]
        return out


@lru_cache(maxsize=64)
def basis_of_year(shot: Snapshot, year: int) -> Basis:
    """All countries in one year, in the precision of the atlas."""
    estimates = shot.estimates
    return make_basis(estimates.select(estimates.grid.countries, (year,)), np.float32)


@lru_cache(maxsize=8)
def _tasks(settings: tuple[Setting, ...], countries: tuple[str, ...]) -> tuple[_Task, ...]:
    """Settings grouped by what they share; kept, since claims ask for draws block by block."""
    grouped: dict[tuple[object, ...], list[int]] = {}
    alike: dict[int, tuple[object, ...]] = {}
    for position, one in enumerate(settings):
        if id(one.compiled) not in alike:
            alike[id(one.compiled)] = _same_plan(one.compiled)
        key = (alike[id(one.compiled)], one.year, one.anchor, one.bound, one.measure)
        grouped.setdefault(key, []).append(position)
    plans: dict[object, Plan] = {}
    tasks: list[_Task] = []
    for key, positions in sorted(grouped.items(), key=lambda item: str(item[0][1:])):
        members = [settings[position] for position in positions]
        if key[0] not in plans:
            plans[key[0]] = make_plan(members[0].compiled)
            check_references(plans[key[0]], countries)
        tasks.append(_task(plans[key[0]], members, np.array(positions), countries))
    return tuple(tasks)


def _same_plan(compiled: CompiledTheory) -> tuple[object, ...]:
    """What two parameter settings must share to have the same terms."""
    cuts = compiled.cuts
    order = tuple(
        cuts[b].value <= cuts[a].value
        for a in range(len(cuts))
        for b in range(len(cuts))
        if a != b and (cuts[a].column, cuts[a].reference) == (cuts[b].column, cuts[b].reference)
    )
    return (id(compiled.structure), order, tuple(cut.value > 0 for cut in cuts))


def _task(plan: Plan, members: list[Setting], positions: Index, countries: Sequence[str]) -> _Task:
    first = members[0]
    columns, membership, area = _areas(members, countries)
    cuts = range(len(plan.compiled.cuts))
    values = np.array([[one.compiled.cuts[k].value for k in cuts] for one in members])
    values = values.reshape(len(members), len(cuts))
    found = [np.unique(values[:, k], return_inverse=True) for k in cuts]
    rows = np.array([row for _, row in found], dtype=np.intp).reshape(len(cuts), len(members))
    layouts = [
        (_layout(plan, term, members, wanting, rows, found), wanting)
        for term, wanting in _wanted(plan, members)
    ]
    return _Task(
        plan=plan,
        year=first.year,
        labour_anchor=labour_anchor_of(plan, first.anchor),
        welfare_anchor=welfare_anchor_of(plan, first.anchor),
        bound=first.bound,
        measure=first.measure,
        positions=positions,
        columns=columns,
        membership=membership,
        area=area,
        values=tuple(distinct for distinct, _ in found),
        layouts=tuple(layouts),
    )


def _areas(members: list[Setting], codes: Sequence[str]) -> tuple[Index, Values, Index]:
    """Countries that are needed, their membership in areas, and the area of each setting."""
    areas: dict[tuple[str, ...], int] = {}
    area = np.array([areas.setdefault(one.countries, len(areas)) for one in members])
    place = {code: row for row, code in enumerate(codes)}
    whole = np.zeros((len(codes), len(areas)))
    for countries, number in areas.items():
        whole[[place[code] for code in countries], number] = 1.0
    columns = np.flatnonzero(whole.any(axis=1))
    return columns, whole[columns], area


def _wanted(plan: Plan, members: list[Setting]) -> Iterator[tuple[Term, Index]]:
    """Terms that matter, with the settings that add them up."""
    kinds: dict[tuple[object, ...], list[int]] = {}
    for number, one in enumerate(members):
        kinds.setdefault((one.classes, one.sexes), []).append(number)
    earning = {"persons": None, "welfare": None, "labour_income": PAID}[members[0].measure]
    for term in plan.terms:
        if earning is not None and term.cells[0] >= earning:
            continue
        wanting = [
            number
            for (classes, sexes), numbers in kinds.items()
            if term.target in classes and term.sex in sexes  # type: ignore[operator]
            for number in numbers
        ]
        if wanting:
            yield term, np.array(sorted(wanting))


def _layout(
    plan: Plan,
    term: Term,
    members: list[Setting],
    wanting: Index,
    rows: Index,
    found: Sequence[tuple[Values, Index]],
) -> TermLayout:
    used = sorted({*term.below, *term.above})
    keys, combination = _distinct(rows[used][:, wanting].T)
    cut_rows: dict[int, Index | slice] = {}
    for number, position in enumerate(used):
        picked = keys[:, number]
        whole = np.array_equal(picked, np.arange(len(found[position][0])))
        cut_rows[position] = slice(None) if whole else picked
    names = sorted(_scales(plan, term))
    scales: dict[tuple[float | str, ...], CompiledTheory] = {}
    scale = np.empty(len(wanting), dtype=np.intp)
    numbers: dict[tuple[float | str, ...], int] = {}
    for place, number in enumerate(wanting):
        compiled = members[number].compiled
        key = tuple(compiled.parameters[name] for name in names)
        scale[place] = numbers.setdefault(key, len(numbers))
        scales.setdefault(key, compiled)
    pairs, of_setting = _distinct(np.stack([combination, scale], axis=1))
    return TermLayout(term, cut_rows, tuple(scales.values()), pairs, of_setting)


def _scales(plan: Plan, term: Term) -> set[str]:
    """Parameters that scale the splits of a term."""
    entries = (
        entry
        for position in (*term.inside, *term.outside)
        for entry in plan.compiled.split_fraction(plan.compiled.splits[position])
    )
    return {entry.scale for entry in entries if entry.scale}


def _distinct(keys: Index) -> tuple[Index, Index]:
    """Distinct rows, and which of them each row is; no columns make one row."""
    if keys.shape[1] == 0:
        return np.zeros((1, 0), dtype=np.intp), np.zeros(len(keys), dtype=np.intp)
    distinct, inverse = np.unique(keys, axis=0, return_inverse=True)
    return distinct, inverse.reshape(-1)
