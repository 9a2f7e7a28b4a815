"""Mean labour income of workers, or mean household welfare of persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.atlas.settings import Setting, sizes_at
from worldclass.claims.quantities.faults import finite, told_of
from worldclass.claims.quantities.imagined_people import covered, imagine_sizes
from worldclass.claims.quantities.people_count import PeopleCount
from worldclass.claims.quantities.people_terms import (
    asked_of,
    evidence_of,
    people_setting,
    scores_of,
)
from worldclass.claims.quantities.predicates import EMPLOYED, INSIDE, predicate_theory
from worldclass.claims.quantity import Evidence, Quantity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.data import Data

    Values = NDArray[np.float64]

ID = "mean-income"


class MeanIncome(PeopleCount):
    """What a term says of a mean income.

    Attributes
    ----------
    column
        "labour_income", of the employed whom the predicate describes (contributing family workers
        have none of their own and count with 0), or "welfare", of all whom it describes.
    """

    column: Literal["labour_income", "welfare"] = "labour_income"


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Mean income of the persons described.

        m = Σ_cells ∫_{x fits} x f_c(x) dx · P_c / Σ_cells ∫_{x fits} f_c(x) dx · P_c

    with P persons and f the density of the income within a cell of a country and sex.

    Returns
    -------
    Shape (settings, draws): PPP dollars of 2021, of labour income a month, of welfare a day.

    Raises
    ------
    ClaimError
        A predicate that is none or describes nobody, an unknown place or year.

    Examples
    --------
    >>> from worldclass.claims.data import Data
    >>> employees = "status = 'employee'"
    >>> pay = [MeanIncome(where=employees, country=c, year=2019) for c in ("IND", "USA")]
    >>> india, usa = evaluate(pay, [-1], Data())[:, 0]
    >>> bool(usa > 3 * india)
    True
    """
    shot = data.open_snapshot()
    asked = asked_of(shot, settings, as_setting)
    both = asked + asked_of(shot, settings, _counting)
    found = sizes_at(both, scores_of(shot, draws), shot)
    return finite(ID, settings, draws, _ratio(found))


def _ratio(both: Values) -> Values:
    """Incomes over persons; NaN where there is nobody."""
    incomes, persons = np.split(both, 2)
    return np.divide(incomes, persons, out=np.full(incomes.shape, np.nan), where=persons > 0)


def as_setting(
    one: MeanIncome, countries: tuple[str, ...], years: tuple[int, ...] | None = None
) -> Setting:
    """The sum of incomes as the atlas evaluates it, for data of some countries and years."""
    where = one.where
    if one.column == "labour_income":
        where = f"{EMPLOYED} and ({where})" if where.strip() else EMPLOYED
    with told_of(ID, one):
        found = people_setting(one, predicate_theory(where), (INSIDE,), countries, years)
    return replace(found, measure=one.column)


def _counting(
    one: MeanIncome, countries: tuple[str, ...], years: tuple[int, ...] | None = None
) -> Setting:
    """The number of persons averaged over."""
    return replace(as_setting(one, countries, years), measure="persons")


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Mean incomes that could conceivably be; see `imagined_people`. 0 where there is nobody."""
    asked = [made(one, covered()) for made in (as_setting, _counting) for one in settings]
    found = imagine_sizes(asked, random, number)
    return np.nan_to_num(_ratio(found), nan=0.0)


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Sources of the population table, with the imputed share of the persons averaged over."""
    return evidence_of(
        settings,
        data,
        _counting,
        method=(
            "Means over cells of the population table. Labour income is lognormal within a cell, "
            "its level set by one of three anchors; welfare follows the surveys' quantiles."
        ),
    )


QUANTITY = Quantity(
    id=ID,
    label="Mean income",
    fields=MeanIncome,
    needs=("people",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
)
