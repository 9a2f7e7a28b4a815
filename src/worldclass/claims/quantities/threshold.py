"""A theory's threshold in money: the value of a parameter as a cut point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.atlas.settings import basis_of_year
from worldclass.atlas.term_tables import Drawn
from worldclass.claims.quantities.faults import finite, told_of
from worldclass.claims.quantities.imagined_people import covered, imagine_worlds
from worldclass.claims.quantities.people_evidence import sources_of
from worldclass.claims.quantities.people_terms import (
    Anchor,
    Parameters,
    Place,
    anchor_of,
    check_year,
    compiled_theory,
    members_of,
    scores_of,
)
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.errors import ClaimError
from worldclass.core.prices import DAYS_A_MONTH
from worldclass.people.columns import Column, columns
from worldclass.people.realise import realise
from worldclass.theories.evaluate import labour_anchor_of, welfare_anchor_of
from worldclass.theories.plan import Plan, make_plan
from worldclass.theories.schema import NumberParameter
from worldclass.theories.units import measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.theories.compile import CompiledTheory

    Values = NDArray[np.float64]

ID = "threshold"
LOCAL = ("national_mean_labour_income", "national_mean_employee_pay")
"""Reference incomes that differ between countries."""


class ThresholdOf(Fields):
    """What a term says of a threshold.

    Attributes
    ----------
    theory, parameter
        A theory and one of its parameters that is an amount.
    parameters
        Values that differ from the theory's defaults.
    country
        Where the threshold applies: one country where it is relative to a national mean.
    year, anchor
        When, and under which anchor of incomes: both matter to relative thresholds alone.
    """

    theory: str
    parameter: str
    parameters: Parameters = ()
    country: Place = "WORLD"
    year: int
    anchor: Anchor = "any"


@dataclass(frozen=True)
class _Cut:
    """A threshold: `factor` dollars a month, or that many times a reference income.

    Attributes
    ----------
    labour_anchor, welfare_anchor
        The anchors that the theory takes.
    members
        Countries where it applies.
    """

    factor: float
    reference: str | None
    labour_anchor: str | None
    welfare_anchor: str
    year: int
    members: tuple[str, ...]

    def value(
        self, drawn: Mapping[tuple[int, str | None, str], Drawn], places: Sequence[str]
    ) -> Any:
        """The threshold among some people, per world."""
        if self.reference is None:
            return self.factor
        found = drawn[self.key].reference(self.reference).reshape(len(places), -1)
        return self.factor * found[places.index(self.members[0])].astype(np.float64)

    @property
    def key(self) -> tuple[int, str | None, str]:
        """What the people depend on."""
        return (self.year, self.labour_anchor, self.welfare_anchor)


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Thresholds in money.

        t = value · factor                      for amounts in PPP dollars
        t = value · mean income of reference    for multiples of a mean

    The factor carries prices to 2021, and days to months.

    Returns
    -------
    Shape (settings, draws), PPP dollars of 2021 a month.

    Raises
    ------
    ClaimError
        The parameter is no amount, or differs between the countries named.

    Examples
    --------
    >>> from worldclass.claims.data import Data
    >>> tau = ThresholdOf(theory="bromma", parameter="tau", year=2020)
    >>> float(evaluate([tau], [-1], Data())[0, 0])
    1500.0
    """
    shot = data.open_snapshot()
    grid = shot.estimates.grid
    cuts = [_cut_of(one, grid.countries, grid.years) for one in settings]
    needed = {cut.key for cut in cuts if cut.reference is not None}
    values = np.empty((len(settings), len(draws)))
    for column, scores in enumerate(scores_of(shot, draws)):
        drawn = {
            (year, labour, welfare): Drawn(
                realise(basis_of_year(shot, year), replace(scores, anchor=labour)), welfare
            )
            for year, labour, welfare in needed
        }
        for row, cut in enumerate(cuts):
            values[row, column] = np.squeeze(cut.value(drawn, grid.countries))
    return finite(ID, settings, draws, values)


def _cut_of(
    one: ThresholdOf, countries: tuple[str, ...], years: Sequence[int] | None = None
) -> _Cut:
    with told_of(ID, one):
        compiled = compiled_theory(one.theory, one.parameters)
        plan = _plan(compiled)
        members = members_of(one.country, (), countries)
        factor, reference = _measured(compiled, one.parameter)
        if reference is not None and reference.startswith("mean_welfare:"):
            members = (reference.split(":")[1],)
        elif reference in LOCAL and len(members) > 1:
            raise ClaimError(
                f"The parameter '{one.parameter}' is a multiple of a national mean: it differs "
                f"between countries.",
                where=f"country = {one.country!r}",
                remedy="Name one country.",
            )
        anchor = anchor_of(one.anchor)
        return _Cut(
            factor=factor,
            reference=reference,
            labour_anchor=labour_anchor_of(plan, anchor),
            welfare_anchor=welfare_anchor_of(plan, anchor),
            year=one.year if years is None else check_year(one.year, years),
            members=members,
        )


def _measured(compiled: CompiledTheory, name: str) -> tuple[float, str | None]:
    """Factor in dollars of 2021 a month, or multiple of a reference income, with its name."""
    parameter = compiled.theory.parameters.get(name)
    if not isinstance(parameter, NumberParameter):
        raise ClaimError(
            f"The theory '{compiled.theory.id}' has no amount '{name}' among its parameters.",
            where="parameter",
            remedy=f"Parameters: {', '.join(compiled.theory.parameters) or 'none'}.",
        )
    for income in compiled.theory.incomes:
        column: Column = columns()[income]
        found = measure(parameter.unit, column)
        if found is not None:
            monthly = DAYS_A_MONTH if column.unit.endswith("_day") else 1.0
            return float(compiled.parameters[name]) * found.factor * monthly, found.reference
    raise ClaimError(
        f"The parameter '{name}' is in {parameter.unit}, which is no amount of an income.",
        where="parameter",
        remedy="Choose a parameter that a rule compares an income with.",
    )


@lru_cache(maxsize=4096)
def _plan(compiled: CompiledTheory) -> Plan:
    return make_plan(compiled)


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Thresholds in imagined worlds: absolute ones are what they are, relative ones follow the
    incomes of imagined peoples (see `imagined_people`)."""
    cuts = [_cut_of(one, covered()) for one in settings]
    worlds = imagine_worlds(random, [cut.members for cut in cuts], number)
    drawn = {
        cut.key: Drawn(worlds.people(cut.year, cut.labour_anchor), cut.welfare_anchor)
        for cut in cuts
        if cut.reference is not None
    }
    out = np.empty((len(settings), number))
    for row, cut in enumerate(cuts):
        known = tuple(code for code in cut.members if code in worlds.places)
        out[row] = replace(cut, members=known).value(drawn, worlds.places)
    return out


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Who sets the thresholds, and what relative ones are relative to."""
    theories = dict.fromkeys(one.theory for one in settings)
    cited = tuple(f"{compiled_theory(name, ()).theory.citation}" for name in theories)
    return Evidence(
        sources=(*cited, *sources_of(data.open_snapshot())),
        imputed=None,
        method=(
            "A theory's parameter as an amount: carried to prices of 2021 by US consumer prices, "
            "or multiplied by the mean income that it refers to in that year and draw."
        ),
        page="theories.md",
    )


QUANTITY = Quantity(
    id=ID,
    label="A theory's threshold in money",
    fields=ThresholdOf,
    needs=("people",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
)
