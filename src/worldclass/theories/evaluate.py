"""Persons of each class under one draw: the terms of a plan, weighed by the people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy.special import ndtr

from worldclass.people import quantiles
from worldclass.people.assumptions import LIMIT, P95
from worldclass.people.cells import CELLS, EMPLOYED, EMPLOYEES
from worldclass.people.realise import mean_labour_income

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from worldclass.people.realise import People
    from worldclass.theories.axes import Cut
    from worldclass.theories.plan import Plan, Term
    from worldclass.theories.splits import SplitEntry

    Values = NDArray[np.floating[Any]]

Bound = Literal["low", "central", "high"]
DEFAULT_WELFARE = "household-survey"
SHARES = {"long_term_unemployed": "long_term"}
"""Shares that a split may name, and the estimated quantity that holds them."""


@dataclass(frozen=True)
class Weights:
    """What the terms of one draw are weighed with.

    Attributes
    ----------
    cut_shares
        For each cut: persons below it, of shape (12, sexes, n) for labour income or (n,) for
        welfare.
    split_shares
        For each split: fraction inside, shape (cells, sexes, n or 1).
    """

    cut_shares: tuple[Values, ...]
    split_shares: tuple[Values, ...]


def evaluate(plan: Plan, people: People, weights: Weights) -> Values:
    """Persons of each class, shape (classes, sexes, n)."""
    persons = people.persons
    out = np.zeros((len(plan.compiled.classes), *persons.shape[1:]), dtype=persons.dtype)
    for term in plan.terms:
        out[term.target, term.sex] += term_persons(plan, term, persons, weights).sum(axis=0)
    return out


def term_persons(plan: Plan, term: Term, persons: Values, weights: Weights) -> Values:
    """Persons of a term, shape (cells of the term, n)."""
    rows = _rows(term.cells)
    part = persons[rows, term.sex]
    for column in ("labour_income", "welfare"):
        share = _between(plan, term, column, rows, weights)
        if share is not None:
            part = part * share
    for position in term.inside:
        part = part * weights.split_shares[position][rows, term.sex]
    for position in term.outside:
        part = part * (1 - weights.split_shares[position][rows, term.sex])
    return part


def _rows(cells: tuple[int, ...]) -> slice | list[int]:
    first, last = cells[0], cells[-1]
    return slice(first, last + 1) if last - first + 1 == len(cells) else list(cells)


def _between(
    plan: Plan, term: Term, column: str, rows: slice | list[int], weights: Weights
) -> Values | None:
    """Share of a cell between the cuts of one column.

    The smallest share below the cuts that the term lies below, less the largest below those that
    it lies above: the order of the cuts does not matter, and may differ between countries.
    """
    cuts = plan.compiled.cuts

    def shares(positions: tuple[int, ...]) -> list[Values]:
        return [
            weights.cut_shares[k][rows, term.sex]
            if column == "labour_income"
            else weights.cut_shares[k]
            for k in positions
            if cuts[k].column == column
        ]

    low, high = shares(term.above), shares(term.below)
    if not low and not high:
        return None
    top = high[0] if high else 1.0
    for other in high[1:]:
        top = np.minimum(top, other)
    if not low:
        return np.asarray(top)
    bottom = low[0]
    for other in low[1:]:
        bottom = np.maximum(bottom, other)
    return np.maximum(top - bottom, 0)


def weigh(
    plan: Plan,
    people: People,
    *,
    welfare_anchor: str,
    bound: Bound = "central",
    points: Sequence[Values | float] | None = None,
) -> Weights:
    """Shares below every cut and inside every split under one draw.

    Parameters
    ----------
    plan
        The theory over the cells.
    people
        The draw.
    welfare_anchor
        Anchor of household welfare.
    bound
        Puts all splits at their low, central (as drawn) or high value.
    points
        Cut points, each a number or of shape (n,); by default those of the theory.
    """
    if points is None:
        points = cut_points(plan, people, welfare_anchor)
    cuts = tuple(
        share_below(cut, point, people, welfare_anchor)
        for cut, point in zip(plan.compiled.cuts, points, strict=True)
    )
    splits = tuple(
        split_share(plan, position, people, bound) for position in range(len(plan.covers))
    )
    return Weights(cuts, splits)


def cut_points(plan: Plan, people: People, welfare_anchor: str) -> list[Values | float]:
    """Each cut point in the unit of its column: a number, or one per country-year."""
    references = {
        name: reference_income(name, people, welfare_anchor) for name in plan.compiled.references
    }
    return [
        cut.value if cut.reference is None else cut.value * references[cut.reference]
        for cut in plan.compiled.cuts
    ]


def share_below(cut: Cut, point: Values | float, people: People, welfare_anchor: str) -> Values:
    """Share of each cell below a cut point."""
    if cut.column == "welfare":
        return quantiles.below(people.welfare(welfare_anchor), point).astype(people.persons.dtype)
    income = people.income
    target = np.log(np.maximum(point, 1e-12)).astype(income.sigma.dtype)
    offset = (target - income.level + income.sigma**2 / 2 - income.sex) / income.sigma
    scores = offset[None] - (income.relative / income.sigma)[:, None]
    return ndtr(scores)


def reference_income(name: str, people: People, welfare_anchor: str) -> Values:
    """A reference income in every country-year, shape (n,).

    `world_mean_labour_income`, `national_mean_labour_income` and `national_mean_employee_pay`
    are means over employed persons (contributing family workers count with 0) or employees;
    `mean_welfare:XXX` is the mean of a country in the same year.
    """
    countries, years = people.basis.grid.shape
    if name.startswith("mean_welfare:"):
        means = quantiles.mean(people.welfare(welfare_anchor)).reshape(countries, years)
        row = people.basis.grid.countries.index(name.split(":")[1])
        return np.tile(means[row], countries)
    income = mean_labour_income(people)
    persons = people.persons[:EMPLOYED]
    if name == "national_mean_employee_pay":
        income, persons = income[EMPLOYEES], persons[EMPLOYEES]
    mass, heads = (income * persons).sum(axis=(0, 1)), persons.sum(axis=(0, 1))
    if name == "world_mean_labour_income":
        mass = np.tile(mass.reshape(countries, years).sum(axis=0), countries)
        heads = np.tile(heads.reshape(countries, years).sum(axis=0), countries)
    return mass / heads


def split_share(plan: Plan, position: int, people: People, bound: Bound) -> Values:
    """Fraction of every cell inside a split in one draw, shape (cells, sexes, n)."""
    name = plan.compiled.splits[position]
    score = people.scores.scores.get(f"split_{position + 1}", 0.0)
    out = np.zeros((len(CELLS), 2, people.persons.shape[-1]), dtype=people.persons.dtype)
    for entry, cover in zip(plan.compiled.split_fraction(name), plan.covers[position], strict=True):
        share = people.basis.arrays[SHARES[entry.share]] if entry.share else None
        value = split_value(entry, plan.compiled.parameters, share, bound, score)
        for sex in (0, 1):
            out[cover[:, sex], sex] = value[sex] if value.ndim == 2 else value
    return out


def split_value(
    entry: SplitEntry,
    parameters: Mapping[str, float | str],
    share: Values | None,
    bound: Bound,
    score: float,
) -> Values:
    """Fraction inside one entry of a split, at a bound or at a standard score.

    The centre moves within the plausible range: its ends are the 5th and 95th percentiles.
    Without a plausible range the centre does not move.
    """
    value = entry.fraction(bound, parameters, share)
    if bound != "central" or score == 0.0 or entry.plausible is None:
        return value
    end = entry.plausible[1] if score > 0 else entry.plausible[0]
    scaled = entry.fraction("central", parameters, share)
    factor = 1.0 if entry.scale is None else float(parameters[entry.scale])
    end = min(1.0, end * factor)
    part = min(abs(score), LIMIT) / P95
    return np.clip(scaled + (end - scaled) * part, 0.0, 1.0)


def welfare_anchor_of(plan: Plan, override: str | None) -> str:
    """The anchor of household welfare: the override where it is one, else the theory's."""
    if override in ("household-survey", "national-accounts"):
        return str(override)
    income = plan.compiled.theory.incomes.get("welfare")
    return DEFAULT_WELFARE if income is None or income.anchor == "any" else income.anchor


def labour_anchor_of(plan: Plan, override: str | None) -> str | None:
    """The anchor of labour income: the override, else the theory's; None lets draws choose."""
    income = plan.compiled.theory.incomes.get("labour_income")
    if override is not None:
        return override
    return None if income is None or income.anchor == "any" else income.anchor


def needs_all_countries(plan: Plan) -> bool:
    """Whether a reference income is a mean over the world."""
    return "world_mean_labour_income" in plan.compiled.references


def needed_countries(plan: Plan) -> tuple[str, ...]:
    """Countries whose mean welfare is a reference income."""
    names = (name for name in plan.compiled.references if name.startswith("mean_welfare:"))
    return tuple(name.split(":")[1] for name in names)
