"""Run a theory on the people: central sizes, draws, bounds and the imputed part."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.atlas.imputed import imputed_shares
from worldclass.core.errors import UsageError
from worldclass.people.assumptions import Scores
from worldclass.people.cells import ADULTS, IN_LABOUR_FORCE
from worldclass.people.realise import Basis, make_basis, realise
from worldclass.theories.evaluate import (
    Bound,
    evaluate,
    labour_anchor_of,
    needed_countries,
    needs_all_countries,
    term_persons,
    weigh,
    welfare_anchor_of,
)
from worldclass.theories.plan import Plan, make_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from worldclass.people.draws import Draws
    from worldclass.people.estimates import Estimates
    from worldclass.people.grid import Grid
    from worldclass.theories.compile import CompiledTheory

    Values = NDArray[np.floating[Any]]

WORKERS = min(4, os.cpu_count() or 1)


@dataclass(frozen=True)
class Run:
    """Class sizes of one theory; arrays of shape (..., classes, sexes, countries, years).

    Attributes
    ----------
    central
        Persons at the central assumptions.
    adults, workforce
        Persons among them of 15 and over, and in the labour force.
    imputed
        Persons weighted by the imputed share of the input that decided their class.
    draws
        Persons in each draw, with a leading axis of draws; None without draws.
    low, high
        Persons with all splits at their low or high value: bounds, not intervals.
    population
        Persons by cell, shape (21, sexes, countries, years).
    """

    compiled: CompiledTheory
    grid: Grid
    central: Values
    adults: Values
    workforce: Values
    imputed: Values
    draws: Values | None
    low: Values
    high: Values
    population: Values

    @property
    def bounded(self) -> NDArray[np.bool_]:
        """Which classes the data only bound, shape (classes,)."""
        return np.array([rule.bounds for rule in self.compiled.theory.classes])


def run_theory(
    estimates: Estimates,
    compiled: CompiledTheory,
    *,
    countries: Sequence[str],
    years: Sequence[int],
    draws: Draws | None = None,
    anchor: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> Run:
    """Run a compiled theory.

    Parameters
    ----------
    estimates
        The estimated quantities, for at least the countries and years asked for.
    compiled
        The theory with its parameters set.
    countries, years
        What to compute.
    draws
        Standard scores; None gives central values only.
    anchor
        Fixes the anchor of incomes; by default the theory's, else drawn.
    progress
        Called with the number of draws done.
    """
    plan = make_plan(compiled)
    wanted = tuple(countries)
    carried = _carried(estimates, plan, wanted)
    basis = make_basis(estimates.select(carried, years), np.float32)
    rows = [carried.index(code) for code in wanted]
    job = _Job(plan, basis, anchor, rows)
    central, adults, workforce, imputed = job.central()
    return Run(
        compiled=compiled,
        grid=basis.grid if carried == wanted else estimates.select(wanted, years).grid,
        central=central,
        adults=adults,
        workforce=workforce,
        imputed=imputed,
        draws=None if draws is None else job.all_draws(draws, progress),
        low=job.end("low", central),
        high=job.end("high", central),
        population=job.population(),
    )


def _carried(estimates: Estimates, plan: Plan, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The countries that must be computed along: those behind reference incomes."""
    if needs_all_countries(plan):
        return estimates.grid.countries
    extra = needed_countries(plan)
    check_references(plan, estimates.grid.countries)
    return (*wanted, *(code for code in dict.fromkeys(extra) if code not in wanted))


def check_references(plan: Plan, covered: Sequence[str]) -> None:
    """Refuse a theory that refers to the mean income of a country without data.

    Raises
    ------
    UsageError
        Naming the country.
    """
    unknown = [code for code in needed_countries(plan) if code not in covered]
    if unknown:
        raise UsageError(
            f"The theory's reference country {unknown[0]} is not in the population table.",
            where=f"theory {plan.compiled.theory.id}",
            remedy="Name another country in the parameter's unit.",
        )


@dataclass(frozen=True)
class _Job:
    plan: Plan
    basis: Basis
    anchor: str | None
    rows: list[int]

    @property
    def labour_anchor(self) -> str | None:
        return labour_anchor_of(self.plan, self.anchor)

    @property
    def welfare_anchor(self) -> str:
        return welfare_anchor_of(self.plan, self.anchor)

    def one(self, scores: Scores, bound: Bound = "central") -> Values:
        """Persons of each class in one draw."""
        people = realise(self.basis, scores)
        weights = weigh(self.plan, people, welfare_anchor=self.welfare_anchor, bound=bound)
        return self._shape(evaluate(self.plan, people, weights))

    def end(self, bound: Bound, central: Values) -> Values:
        """Persons with all splits at one end; the centre where no class asks for bounds."""
        if not any(rule.bounds for rule in self.plan.compiled.theory.classes):
            return central
        return self.one(Scores({}, self.labour_anchor), bound)

    def central(self) -> tuple[Values, Values, Values, Values]:
        """All persons, adults, labour force, and imputed persons, of each class."""
        people = realise(self.basis, Scores({}, self.labour_anchor))
        weights = weigh(self.plan, people, welfare_anchor=self.welfare_anchor)
        shares = imputed_shares(self.plan, self.basis, people.anchor, self.welfare_anchor)
        out = np.zeros((4, len(self.plan.compiled.classes), *people.persons.shape[1:]))
        for term, share in zip(self.plan.terms, shares, strict=True):
            part = term_persons(self.plan, term, people.persons, weights)
            cells = np.array(term.cells)
            out[0, term.target, term.sex] += part.sum(axis=0)
            out[1, term.target, term.sex] += part[cells < ADULTS].sum(axis=0)
            out[2, term.target, term.sex] += part[cells < IN_LABOUR_FORCE].sum(axis=0)
            out[3, term.target, term.sex] += (part * share).sum(axis=0)
        everyone, adults, workforce, imputed = self._shape(out)
        return everyone, adults, workforce, imputed

    def population(self) -> Values:
        """Persons by cell at the central assumptions."""
        return self._shape(realise(self.basis).persons)

    def all_draws(self, draws: Draws, progress: Callable[[int], None] | None) -> Values:
        """Persons of each class in every draw, filled by a few threads."""
        years = self.basis.grid.shape[1]
        classes = len(self.plan.compiled.classes)
        out = np.empty((len(draws), classes, 2, len(self.rows), years), dtype=np.float32)

        def fill(index: int) -> None:
            out[index] = self.one(draws.one(index, self.labour_anchor))

        with ThreadPoolExecutor(WORKERS) as pool:
            for done, _ in enumerate(pool.map(fill, range(len(draws))), start=1):
                if progress is not None:
                    progress(done)
        return out

    def _shape(self, values: Values) -> Values:
        full = values.reshape(*values.shape[:-1], *self.basis.grid.shape)
        whole = self.rows == list(range(full.shape[-2]))
        return full if whole else full[..., self.rows, :]
