"""Persons whom a predicate over the population table describes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from worldclass.atlas.settings import Setting
from worldclass.claims.quantities.faults import finite, told_of
from worldclass.claims.quantities.imagined_people import covered, imagine_sizes
from worldclass.claims.quantities.people_terms import (
    People,
    evidence_of,
    people_setting,
    sizes_of,
)
from worldclass.claims.quantities.predicates import INSIDE, predicate_theory
from worldclass.claims.quantity import Evidence, Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from worldclass.claims.data import Data

    Values = NDArray[np.float64]

ID = "people-count"


class PeopleCount(People):
    """What a term says of a number of persons.

    Attributes
    ----------
    where
        A predicate in the language of theories' rules, such as
        `status = 'employee' and sector <> 'agriculture'`; empty means everybody.
    """

    where: str = ""


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Persons whom the predicate describes, in the countries, of the sex.

    Returns
    -------
    Shape (settings, draws), persons.

    Raises
    ------
    ClaimError
        A predicate that is none, an unknown place or year.

    Examples
    --------
    >>> from worldclass.claims.data import Data
    >>> count = lambda sex: PeopleCount(where="sector = 'industry'", year=2019, sex=sex)
    >>> women, men, all_ = evaluate([count(s) for s in ("female", "male", "total")], [-1], Data())
    >>> bool(abs(women + men - all_) < 1)
    True
    """
    return finite(ID, settings, draws, sizes_of(settings, draws, data, as_setting))


@lru_cache(maxsize=65_536)
def as_setting(
    one: PeopleCount, countries: tuple[str, ...], years: tuple[int, ...] | None = None
) -> Setting:
    """A term's fields as the atlas evaluates them, for data of some countries and years."""
    with told_of(ID, one):
        return people_setting(one, predicate_theory(one.where), (INSIDE,), countries, years)


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Numbers of persons that could conceivably be; see `imagined_people`."""
    return imagine_sizes([as_setting(one, covered()) for one in settings], random, number)


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Sources of the population table, with the imputed share of the persons counted."""
    return evidence_of(
        settings,
        data,
        as_setting,
        method=(
            "Cells of the population table (persons by country, year, sex, labour-force status, "
            "sector, occupation and age) that the predicate describes are added up; where it "
            "compares an income, each cell's distribution is cut there."
        ),
    )


QUANTITY = Quantity(
    id=ID,
    label="Persons whom a predicate describes",
    fields=PeopleCount,
    needs=("people",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
)
