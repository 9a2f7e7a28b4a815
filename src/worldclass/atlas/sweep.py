"""Class sizes over many settings of a theory's parameters, evaluated side by side.

A setting is treated like another set of country-years: the people are laid out once per setting
and each copy gets its own cut points, so that a thousand settings cost a few array operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from worldclass.atlas.areas import Area, choose_areas, sum_over
from worldclass.atlas.ready import load_sound
from worldclass.atlas.sizes import bases_of, percentiles, with_total
from worldclass.core.errors import UsageError
from worldclass.people.assumptions import Scores, check_anchor
from worldclass.people.choices import Years, choose_sexes, choose_years
from worldclass.people.draws import choose_draws
from worldclass.people.grid import SEX_CODES
from worldclass.people.realise import Basis, People, make_basis, realise
from worldclass.people.snapshot import Snapshot, open_snapshot
from worldclass.theories.compile import CompiledTheory, compile_theory
from worldclass.theories.evaluate import (
    Bound,
    cut_points,
    evaluate,
    labour_anchor_of,
    weigh,
    welfare_anchor_of,
)
from worldclass.theories.plan import Plan, make_plan

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.theories.schema import Theory

    Values = NDArray[np.floating[Any]]
    Setting = Mapping[str, float | str]

MOST_NUMBERS = 200_000_000
"""Numbers that a sweep may hold (1.6 GB)."""
MOST_COLUMNS = 200_000
"""Country-years times settings that are laid out at once (about 100 MB)."""


def sweep(
    theory: str | Path | Theory,
    parameters: Mapping[str, Sequence[float | str]] | Iterable[Setting],
    *,
    country: str | Iterable[str] = "WORLD",
    year: Years = None,
    sex: str | Iterable[str] = "total",
    anchor: str | None = None,
    draws: int = 0,
    snapshot: str | Path | Snapshot | None = None,
) -> pl.DataFrame:
    """Class sizes for every setting of a theory's parameters.

    Parameters
    ----------
    theory
        Id, path or loaded theory.
    parameters
        Either values per parameter, of which every combination is evaluated, or a list of
        settings.
    country, year, sex
        What to compute; by default the world in the latest year, both sexes together.
    anchor
        Fixes the anchor of incomes.
    draws
        Monte Carlo draws for intervals; 0 for central values.
    snapshot
        A snapshot or its folder.

    Returns
    -------
    One row per setting, area, year, class and sex: the parameters, then `class`, `country`,
    `year`, `sex`, `persons`, `persons_p05`, `persons_p95` (empty without draws, but for classes
    that data only bound), `share_population`, `only_bounds` (see `atlas`).

    Examples
    --------
    >>> sweep("bromma", {"tau": [1000, 2000]}, year=2023).height
    14
    """
    shot = open_snapshot(snapshot)
    loaded = load_sound(theory)
    settings = list_settings(parameters)
    compiled = [compile_theory(loaded, setting) for setting in settings]
    grid = shot.estimates.grid
    areas = choose_areas(country, grid.countries)
    years = choose_years(grid.years[-1] if year is None else year, grid.years)
    sexes = choose_sexes(sex)
    check_anchor(anchor)
    basis = make_basis(shot.estimates.select(grid.countries, years), np.float32)
    scores = [Scores({}, anchor)]
    if draws:
        drawn = choose_draws(shot.draws, draws)
        scores += [drawn.one(k, anchor) for k in range(len(drawn))]
    shape = (len(compiled), len(loaded.classes), 3, len(areas), len(years))
    if len(scores) * int(np.prod(shape)) > MOST_NUMBERS:
        raise UsageError(
            f"{len(compiled):,} settings × {len(scores):,} draws × {len(areas)} areas × "
            f"{len(years)} years are too many to hold at once.",
            where="parameters, country, year, draws",
            remedy="Sweep fewer areas or years at a time, or with fewer draws.",
        )
    drawn_sizes, ends = np.empty((len(scores), *shape)), np.empty((2, *shape))
    for group in _groups(compiled, basis):
        found = _evaluate_group(group, basis, scores, areas, anchor)
        drawn_sizes[:, group.positions], ends[:, group.positions] = found
    sizes = _with_intervals(drawn_sizes, ends, loaded)
    frame = _frame(compiled, list(settings[0]), sizes, areas, years, basis)
    return frame.filter(frame["sex"].is_in(sexes))


def list_settings(
    parameters: Mapping[str, Sequence[float | str]] | Iterable[Setting],
) -> list[dict[str, float | str]]:
    """Every combination of values, or the settings as listed.

    Raises
    ------
    UsageError
        There is none, or they do not name the same parameters.
    """
    settings: list[dict[str, float | str]] = []
    if isinstance(parameters, Mapping):
        grid = cast("Mapping[str, Sequence[float | str]]", parameters)
        settings += [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
    else:
        settings += [dict(setting) for setting in parameters]
    if not settings or any(list(s) != list(settings[0]) for s in settings):
        raise UsageError(
            "There is no setting to evaluate, or settings name different parameters.",
            where="parameters",
            remedy='Give values per parameter, such as {"tau": [1000, 2000]}.',
        )
    return settings


@dataclass(frozen=True)
class _Group:
    """Settings that share a plan: same choices, same scales, same order of cuts."""

    plan: Plan
    values: Values  # (settings, cuts)
    positions: list[int]


def _groups(compiled: list[CompiledTheory], basis: Basis) -> Iterator[_Group]:
    sorted_by: dict[object, list[int]] = {}
    for position, one in enumerate(compiled):
        scales = tuple(
            one.parameters[entry.scale]
            for split in one.splits
            for entry in one.split_fraction(split)
            if entry.scale
        )
        order = tuple(np.argsort([cut.value for cut in one.cuts], kind="stable").tolist())
        ties = tuple(cut.value == other.value for cut in one.cuts for other in one.cuts)
        signs = tuple(cut.value > 0 for cut in one.cuts)
        key = (id(one.structure), scales, order, ties, signs)
        sorted_by.setdefault(key, []).append(position)
    room = max(1, MOST_COLUMNS // basis.arrays["population"].shape[-1])
    for members in sorted_by.values():
        plan = make_plan(compiled[members[0]])
        for start in range(0, len(members), room):
            part = members[start : start + room]
            values = np.array([[cut.value for cut in compiled[k].cuts] for k in part], dtype=float)
            yield _Group(plan, values.reshape(len(part), -1), part)


def _evaluate_group(
    group: _Group, basis: Basis, scores: list[Scores], areas: Sequence[Area], anchor: str | None
) -> tuple[Values, Values]:
    """Sizes in each draw, and with all splits at their low and high ends.

    Returns
    -------
    Shapes (scores, …) and (2, …) with … = settings, classes, 3 sexes with total, areas, years.
    """
    number, plan = len(group.positions), group.plan
    wide = Basis(
        basis.grid,
        {name: np.tile(values, number) for name, values in basis.arrays.items()},
        np.tile(basis.income_group, number),
    )
    welfare_anchor = welfare_anchor_of(plan, anchor)
    fixed = labour_anchor_of(plan, anchor)

    def sizes(people: People, points: list[Values], bound: Bound) -> Values:
        weights = weigh(plan, people, welfare_anchor=welfare_anchor, points=points, bound=bound)
        persons = evaluate(plan, people, weights)
        shape = (*persons.shape[:2], number, *basis.grid.shape)
        summed = sum_over(np.moveaxis(persons.reshape(shape), 2, 0), basis.grid.countries, areas)
        return with_total(summed)

    results: list[Values] = []
    ends: list[Values] = []
    for one in scores:
        drawn = replace(one, anchor=fixed)
        points = _points(group, basis, drawn, welfare_anchor)
        people = realise(wide, drawn)
        results.append(sizes(people, points, "central"))
        if not ends:
            ends = [sizes(people, points, "low"), sizes(people, points, "high")]
    return np.stack(results), np.stack(ends)


def _points(group: _Group, basis: Basis, scores: Scores, welfare_anchor: str) -> list[Values]:
    """Cut points of every setting side by side, each of shape (settings × country-years,)."""
    units = cut_points(_unit_cuts(group.plan), realise(basis, scores), welfare_anchor)
    wide = [np.broadcast_to(np.asarray(unit), basis.income_group.shape) for unit in units]
    return [
        np.concatenate([unit * value for value in column])
        for unit, column in zip(wide, group.values.T, strict=True)
    ]


def _with_intervals(drawn: Values, ends: Values, theory: Theory) -> Values:
    """Central, low and high sizes, shape (3, …); bounds for the classes that data only bound."""
    central = drawn[0]
    unknown = np.full(central.shape, np.nan)
    low, high = percentiles(drawn[1:]) if len(drawn) > 2 else (unknown, unknown.copy())
    bounded = [rule.bounds for rule in theory.classes]
    low[:, bounded] = ends.min(axis=0)[:, bounded]
    high[:, bounded] = ends.max(axis=0)[:, bounded]
    return np.stack([central, low, high])


def _unit_cuts(plan: Plan) -> Plan:
    """The plan with every cut at 1 unit of its reference, so that cut points can be scaled."""
    cuts = tuple(replace(cut, value=1.0) for cut in plan.compiled.cuts)
    return replace(plan, compiled=replace(plan.compiled, cuts=cuts))


def _frame(
    compiled: Sequence[CompiledTheory],
    named: Sequence[str],
    sizes: Values,
    areas: Sequence[Area],
    years: Sequence[int],
    basis: Basis,
) -> pl.DataFrame:
    import polars as pl

    central, low, high = sizes
    cells = realise(basis).persons
    cells = cells.reshape(*cells.shape[:2], *basis.grid.shape)
    population = bases_of(cells, basis.grid.countries, areas).population
    index = np.indices(central.shape).reshape(5, -1)
    theory = compiled[0].theory
    empty = [
        rule.id
        for k, rule in enumerate(theory.classes)
        if rule.residual and not central[:, k].any()
    ]
    bounded = np.array([rule.bounds for rule in theory.classes])
    columns = {
        name: pl.Series([one.parameters[name] for one in compiled]).gather(index[0])
        for name in named
    }
    labels = {
        "class": pl.Series([rule.id for rule in theory.classes]).gather(index[1]),
        "country": pl.Series([area.code for area in areas]).gather(index[3]),
        "year": pl.Series(list(years), dtype=pl.Int32).gather(index[4]),
        "sex": pl.Series(list(SEX_CODES)).gather(index[2]),
    }
    numbers = {
        "persons": central,
        "persons_p05": low,
        "persons_p95": high,
        "share_population": central / population,
    }
    flat = {name: values.reshape(-1) for name, values in numbers.items()}
    flat["only_bounds"] = bounded[index[1]]
    frame = pl.DataFrame({**columns, **labels, **flat}).fill_nan(None)
    return frame.filter(~pl.col("class").is_in(empty))
