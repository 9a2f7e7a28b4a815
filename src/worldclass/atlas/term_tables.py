"""Persons of a plan's terms in one draw, at every distinct value of the cuts and splits they use.

A term (`worldclass.theories.plan`) holds persons of some cells, times the share of them between
cuts, times fractions inside or outside splits. With u numbering the distinct combinations of the
values of its cuts, v those of the scales of its splits, and a the areas,

    table[u, v, a] = Σ_{c, k in a}  S[u, c, k] · P[c, k] · F[v, c, k]

where c are the term's cells, k countries, S the share between the cuts, P persons (or the income
that they have) and F the product of fractions. Thousands of settings share few such combinations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy.special import ndtr

from worldclass.people import quantiles
from worldclass.people.cells import EMPLOYED, PAID
from worldclass.people.realise import mean_labour_income
from worldclass.theories.evaluate import Bound, reference_income, split_share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.people.realise import People
    from worldclass.theories.axes import Cut
    from worldclass.theories.compile import CompiledTheory
    from worldclass.theories.plan import Plan, Term

    Values = NDArray[np.floating[Any]]
    Index = NDArray[np.intp]

Measure = Literal["persons", "labour_income", "welfare"]
"""What is added up: persons, or their labour income a month, or their welfare a day."""
MANY = 1_000
"""From so many cut points on, shares are tabulated and interpolated rather than computed."""
NODE_STEP, SPLINE = 0.01, 5
"""Distance between tabulated cut points in logarithms, and the degree of the spline between them.
Within cells the log standard deviation is 0.3 or more: the spline's error is below 1e-9, so that
what remains is single precision, a few parts in a million."""
PRODUCT_PENALTY = 10
"""A matrix product is worth up to this many times the multiplications of a sparse sum."""


@dataclass(frozen=True)
class TermLayout:
    """The distinct combinations of values that a term meets.

    Attributes
    ----------
    term
        The term.
    cut_rows
        By position of a cut, shape (combinations u,): which of its distinct values; a slice
        where all of them come in order.
    scales
        For every combination v of scales: a theory that has them.
    pairs
        Shape (pairs, 2): the combinations (u, v) that occur.
    of_setting
        Shape (settings,): the pair of each setting.
    """

    term: Term
    cut_rows: Mapping[int, Index | slice]
    scales: tuple[CompiledTheory, ...]
    pairs: Index
    of_setting: Index


@dataclass(frozen=True)
class Drawn:
    """The people of one year under one draw; what several terms need is computed once.

    Attributes
    ----------
    people
        All countries of the population table in one year.
    welfare_anchor
        Anchor of household welfare.
    """

    people: People
    welfare_anchor: str
    _references: dict[str, Values] = field(default_factory=dict[str, "Values"])

    @cached_property
    def welfare(self) -> Values:
        """Log quantiles of welfare, shape (countries, scores)."""
        return self.people.welfare(self.welfare_anchor)

    @cached_property
    def welfare_mean(self) -> Values:
        """Mean welfare a day, shape (countries,)."""
        return quantiles.mean(self.welfare)

    @cached_property
    def incomes(self) -> Values:
        """Mean labour income a month of the employed cells, shape (15, sexes, countries)."""
        return mean_labour_income(self.people)

    def reference(self, name: str) -> Values:
        """A reference income in every country, shape (countries,)."""
        if name not in self._references:
            self._references[name] = reference_income(name, self.people, self.welfare_anchor)
        return self._references[name]

    def points(self, cut: Cut, values: Values, columns: Index) -> Values:
        """Cut points of a cut at some values, shape (values, countries or 1)."""
        if cut.reference is None:
            return values[:, None]
        return values[:, None] * self.reference(cut.reference)[columns]


@dataclass
class TermTables:
    """The tables of one plan in one draw.

    Attributes
    ----------
    plan, drawn, bound, measure
        What is evaluated.
    values
        By position of a cut: its distinct values over all settings.
    columns
        Positions of the countries that any area needs.
    membership
        Shape (columns, areas): 1 where a country belongs to an area.
    worlds
        Number of worlds that stand side by side in the people: in place of n countries they have
        n · worlds columns, country by country.
    """

    plan: Plan
    drawn: Drawn
    bound: Bound
    measure: Measure
    values: Sequence[Values]
    columns: Index
    membership: Values
    worlds: int = 1
    _shares: dict[tuple[object, ...], Values] = field(default_factory=dict[Any, Any])
    _tabulated: dict[int, TermTables] = field(default_factory=dict[int, "TermTables"])

    def table(self, layout: TermLayout) -> Values:
        """What a term adds up to, shape (pairs, areas, worlds)."""
        tabulated = self._at_nodes(layout)
        if tabulated is not None:
            return self._interpolated(layout, *tabulated)
        return self._exact(layout)

    def _at_nodes(self, layout: TermLayout) -> tuple[TermTables, Values] | None:
        """The same tables at evenly spaced cut points, where they are fewer than the term's own.

        A sum of lognormals is smooth in the logarithm of the cut point; household welfare bends,
        and is not tabulated.
        """
        if self.worlds > 1 or len(layout.cut_rows) != 1:
            return None
        ((position, rows),) = layout.cut_rows.items()
        values = self.values[position]
        if self.plan.compiled.cuts[position].column == "welfare" or values[0] <= 0:
            return None
        number = int(np.log(values[-1] / values[0]) / NODE_STEP) + 2 * SPLINE
        wanted = len(values) if isinstance(rows, slice) else len(rows)
        if wanted < max(MANY, 2 * number):
            return None
        if position not in self._tabulated:
            nodes = np.geomspace(values[0], values[-1], number)
            others = [nodes if k == position else one for k, one in enumerate(self.values)]
            self._tabulated[position] = replace(self, values=others, _shares={}, _tabulated={})
        return self._tabulated[position], self._tabulated[position].values[position]

    def _interpolated(self, layout: TermLayout, tables: TermTables, nodes: Values) -> Values:
        from scipy.interpolate import make_interp_spline

        ((position, rows),) = layout.cut_rows.items()
        count = len(layout.scales)
        pairs = np.stack(
            [np.tile(np.arange(len(nodes)), count), np.arange(count).repeat(len(nodes))]
        )
        whole = tables._exact(replace(layout, cut_rows={position: slice(None)}, pairs=pairs.T))
        first, second = layout.pairs.T
        points = np.log(self.values[position][rows])[first]
        out = np.empty((len(first), *whole.shape[1:]))
        for number, part in enumerate(np.split(whole, count)):
            here = second == number
            out[here] = make_interp_spline(np.log(nodes), part, k=SPLINE)(points[here])
        return np.maximum(out, 0.0)

    def _exact(self, layout: TermLayout) -> Values:
        weights = self._weights(layout)
        shares = self._between(layout)
        if shares is None or shares.shape[1] == 1:
            weights = weights.sum(axis=1, keepdims=True)
        if shares is None:
            shares = np.ones((1, 1, len(self.columns)))
        first, second = layout.pairs.T
        areas = self.membership.shape[1]
        combinations = len(shares) * len(weights)
        if self.worlds == 1 and combinations * areas <= PRODUCT_PENALTY * len(first):
            return _product(shares, weights, self.membership)[first, second][..., None]
        by_country = np.empty((len(first), len(self.columns)))
        for position, weight in enumerate(weights):
            here = np.flatnonzero(second == position)
            by_country[here] = np.einsum("uck,ck->uk", shares[first[here]], weight)
        by_country = by_country.reshape(len(first), -1, self.worlds)
        return np.einsum("pkw,ka->paw", by_country, self.membership, optimize=True)

    def _weights(self, layout: TermLayout) -> Values:
        """Persons or their income times fractions, shape (combinations v, cells, columns)."""
        term, people = layout.term, self.drawn.people
        rows = list(term.cells)
        persons = people.persons[rows, term.sex][:, self.columns].astype(np.float64)
        if self.measure == "welfare":
            persons = persons * self.drawn.welfare_mean[self.columns]
        if self.measure == "labour_income":
            earning = np.zeros(persons.shape)
            inside = [number for number, row in enumerate(rows) if row < EMPLOYED]
            kept = [rows[number] for number in inside]
            earning[inside] = self.drawn.incomes[kept, term.sex][:, self.columns]
            persons = persons * earning
        return np.stack([self._divided(persons, term, scaled) for scaled in layout.scales])

    def _divided(self, persons: Values, term: Term, scaled: CompiledTheory) -> Values:
        for position in (*term.inside, *term.outside):
            share = self._fraction(position, scaled)[list(term.cells), term.sex]
            share = share if share.shape[-1] == 1 else share[:, self.columns]
            persons = persons * (share if position in term.inside else 1 - share)
        return persons

    def _fraction(self, position: int, scaled: CompiledTheory) -> Values:
        key = ("split", position, id(scaled))
        if key not in self._shares:
            plan = replace(self.plan, compiled=scaled)
            self._shares[key] = split_share(plan, position, self.drawn.people, self.bound)
        return self._shares[key]

    def _between(self, layout: TermLayout) -> Values | None:
        """Share between the cuts, shape (combinations u, cells or 1, columns); None without cuts.

        The product over the two incomes of the smallest share below the cuts that the term lies
        below, less the largest below those that it lies above.
        """
        product: Values | None = None
        for column in ("labour_income", "welfare"):
            low = self._taken(layout, layout.term.above, column)
            high = self._taken(layout, layout.term.below, column)
            if not low and not high:
                continue
            top = np.minimum.reduce(high) if high else np.float32(1)
            share = np.maximum(top - np.maximum.reduce(low), 0) if low else np.asarray(top)
            product = share if product is None else product * share
        return product

    def _taken(self, layout: TermLayout, positions: Sequence[int], column: str) -> list[Values]:
        cuts = self.plan.compiled.cuts
        return [
            self._below(layout.term, position)[layout.cut_rows[position]]
            for position in positions
            if cuts[position].column == column
        ]

    def _below(self, term: Term, position: int) -> Values:
        """Share below every distinct value of a cut, shape (values, cells or 1, columns)."""
        cut, values = self.plan.compiled.cuts[position], self.values[position]
        welfare = cut.column == "welfare"
        key = (position, *(() if welfare else (term.cells, term.sex)))
        if key not in self._shares:
            points = self.drawn.points(cut, values, self.columns)
            find = self._welfare_below if welfare else self._income_below
            self._shares[key] = find(points, term)
        return self._shares[key]

    def _welfare_below(self, points: Values, term: Term) -> Values:
        logs = self.drawn.welfare[self.columns]
        points = np.broadcast_to(points, (len(points), len(self.columns)))
        weighed = self.measure == "welfare"
        share = (quantiles.mean_below if weighed else quantiles.below)(logs[None], points)
        return share[:, None].astype(self.drawn.people.persons.dtype)

    def _income_below(self, points: Values, term: Term) -> Values:
        """A lognormal's share below; of its income, the same with scores one σ lower."""
        rows = [row for row in term.cells if row < PAID]
        income = self.drawn.people.income
        sigma = income.sigma[self.columns]
        target = np.log(np.maximum(points, 1e-12)).astype(sigma.dtype)
        level, sex = income.level[self.columns], income.sex[term.sex, self.columns]
        offset = (target - level + sigma**2 / 2 - sex) / sigma
        relative = income.relative[rows][:, self.columns]
        scores = offset[:, None] - relative / sigma
        if self.measure == "labour_income":
            scores -= sigma
        return ndtr(scores, out=scores)


def _product(shares: Values, weights: Values, membership: Values) -> Values:
    """Σ over cells and countries by one matrix product, shape (u, v, areas)."""
    v, areas = len(weights), membership.shape[1]
    right = (weights[..., None] * membership).transpose(1, 2, 0, 3).reshape(-1, v * areas)
    left = shares.reshape(len(shares), -1).astype(np.float64, copy=False)
    return (left @ right).reshape(len(shares), v, areas)
