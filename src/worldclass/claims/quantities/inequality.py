"""Inequality of incomes: among all persons, within countries, and between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.atlas.run import WORKERS
from worldclass.atlas.settings import basis_of_year
from worldclass.claims.quantities.faults import finite, told_of
from worldclass.claims.quantities.imagined_people import covered, imagine_worlds
from worldclass.claims.quantities.national_distributions import (
    COARSE,
    Distributions,
    Index,
    Part,
    labour_income_distributions,
    welfare_distributions,
)
from worldclass.claims.quantities.people_evidence import sources_of
from worldclass.claims.quantities.people_terms import (
    Anchor,
    Place,
    anchor_of,
    check_year,
    members_of,
    scores_of,
)
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.errors import ClaimError
from worldclass.people.realise import realise
from worldclass.theories.evaluate import DEFAULT_WELFARE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.people.realise import People
    from worldclass.people.snapshot import Snapshot

    Values = NDArray[np.float64]
    Kind = tuple[int, str, str | None]

ID = "inequality"
FLAGS = {
    "household-survey": ("welfare_imputed",),
    "national-accounts": ("welfare_imputed", "accounts_consumption_imputed"),
}


class Inequality(Fields):
    """What a term says of inequality.

    Attributes
    ----------
    column
        "welfare": household income or consumption per head, of all persons. "labour_income": of
        those who have one.
    index
        "mld" (mean log deviation), "theil" (Theil's T) or "gini".
    part
        "within" countries, "between" them, or "global", among all persons.
    average
        "population" weighs countries by their persons, "countries" counts each alike.
    anchor
        Anchor of the income; "any" is the survey for welfare, and drawn for labour income.
    """

    column: Literal["welfare", "labour_income"] = "welfare"
    index: Index = "mld"
    part: Part = "global"
    average: Literal["population", "countries"] = "population"
    country: Place = "WORLD"
    without: Place = ()
    year: int
    anchor: Anchor = "any"


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Inequality at some settings; the equations stand in `national_distributions`.

    The shape of a country's distribution of welfare is the same in every draw, its mean is not:
    draws move inequality between countries, and of welfare within them only its weights.

    Returns
    -------
    Shape (settings, draws): 0 for equal incomes; Gini indices from 0 to 1.

    Raises
    ------
    ClaimError
        An unknown place or year, or an anchor that the income does not have.

    Examples
    --------
    >>> from worldclass.claims.data import Data
    >>> parts = [Inequality(part=p, year=2019) for p in ("within", "between", "global")]
    >>> within, between, whole = evaluate(parts, [-1], Data())[:, 0]
    >>> bool(abs(within + between - whole) < 1e-9)
    True
    """
    shot = data.open_snapshot()
    grid = shot.estimates.grid
    members = [_members(one, grid.countries, grid.years) for one in settings]
    place = {code: row for row, code in enumerate(grid.countries)}
    rows = [[place[code] for code in codes] for codes in members]
    scores = scores_of(shot, draws)
    values = np.empty((len(settings), len(draws)))

    def fill(column: int) -> None:
        def people(year: int, anchor: str | None) -> People:
            return realise(basis_of_year(shot, year), replace(scores[column], anchor=anchor))

        values[:, column] = _values(settings, rows, people)[:, 0]

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(fill, range(len(draws))))
    return finite(ID, settings, draws, values)


def _values(
    settings: Sequence[Inequality],
    rows: Sequence[Sequence[int]],
    people: Callable[[int, str | None], People],
    worlds: int = 1,
) -> Values:
    """Values among some people, shape (settings, worlds)."""
    known: dict[Kind, Distributions] = {}
    out = np.empty((len(settings), worlds))
    for row, one in enumerate(settings):
        kind = (one.year, one.column, anchor_of(one.anchor))
        if kind not in known:
            known[kind] = _distributions(one, people)
            if worlds > 1:
                known[kind] = replace(known[kind], worlds=worlds, step=COARSE)
        equal = one.average == "countries"
        out[row] = known[kind].index(one.index, one.part, rows[row], equal=equal)
    return out


def _distributions(one: Inequality, people: Callable[[int, str | None], People]) -> Distributions:
    anchor = anchor_of(one.anchor)
    if one.column == "labour_income":
        return labour_income_distributions(people(one.year, anchor))
    return welfare_distributions(people(one.year, None), anchor or DEFAULT_WELFARE)


def _members(
    one: Inequality, countries: tuple[str, ...], years: Sequence[int] | None = None
) -> tuple[str, ...]:
    with told_of(ID, one):
        if one.column == "welfare" and one.anchor == "earnings-survey":
            raise ClaimError(
                "Earnings surveys anchor labour income, not welfare.",
                where=f"{ID}: anchor = {one.anchor!r}",
                remedy="Use household-survey or national-accounts, or the column labour_income.",
            )
        if years is not None:
            check_year(one.year, years)
        return members_of(one.country, one.without, countries)


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Inequality among imagined peoples; see `imagined_people`.

    Parts add up where they do in fact. A region of which no country is imagined is stood for by
    those that the settings name.
    """
    members = [_members(one, covered()) for one in settings]
    worlds = imagine_worlds(random, members, number)
    place = {code: row for row, code in enumerate(worlds.places)}
    rows = [[place[code] for code in codes if code in place] for codes in members]
    return _values(settings, rows, worlds.people, number)


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Sources of the population table, with the share of persons whose incomes are imputed."""
    shot = data.open_snapshot()
    shares = [_imputed(shot, one) for one in settings]
    return Evidence(
        sources=sources_of(shot),
        imputed=float(np.mean(shares)),
        method=(
            "Household welfare per head as quantiles from surveys, after the last survey by the "
            "growth of output per head; labour income as a mixture of lognormals by cell. Theil's "
            "index and the mean log deviation fall apart exactly into parts within and between "
            "countries; for the Gini index the mean of national indices and the index of country "
            "means stand for them."
        ),
        page="method.md",
    )


def _imputed(shot: Snapshot, one: Inequality) -> float:
    """Share of persons in countries without a survey of that year."""
    basis = basis_of_year(shot, one.year)
    places = _members(one, basis.grid.countries)
    rows = [basis.grid.countries.index(code) for code in places]
    if one.column == "labour_income":
        flags = ("survey_pay_imputed", "pay_ratio_imputed")
    else:
        flags = FLAGS[anchor_of(one.anchor) or DEFAULT_WELFARE]
    share = np.mean([basis.arrays[name][rows] for name in flags], axis=0)
    persons = basis.arrays["population"][rows]
    return float((share * persons).sum() / persons.sum())


QUANTITY = Quantity(
    id=ID,
    label="Inequality of incomes",
    fields=Inequality,
    needs=("people",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
)
