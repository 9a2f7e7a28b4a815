"""Counts of people by a predicate, and their mean incomes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from worldclass.claims.data import Data
from worldclass.claims.quantities.mean_income import QUANTITY as MEAN
from worldclass.claims.quantities.mean_income import MeanIncome
from worldclass.claims.quantities.people_count import QUANTITY as COUNT
from worldclass.claims.quantities.people_count import PeopleCount
from worldclass.core.errors import ClaimError
from worldclass.people.estimates import Estimates

YEAR = 2019
EMPLOYED = "status in ('employer', 'own-account', 'employee', 'family-worker')"


def counts(*where: str, draws: tuple[int, ...] = (-1,), **fields: Any) -> np.ndarray:
    terms = [PeopleCount(where=one, **({"year": YEAR} | fields)) for one in where]
    return COUNT.evaluate(terms, draws, Data())


def means(*where: str, draws: tuple[int, ...] = (-1,), **fields: Any) -> np.ndarray:
    terms = [MeanIncome(where=one, **({"year": YEAR} | fields)) for one in where]
    return MEAN.evaluate(terms, draws, Data())


def test_everybody_is_the_population(estimates: Estimates) -> None:
    column = estimates.grid.years.index(YEAR)
    parts = ("children", "outside", "unemployed", "employed")
    people = sum(float(estimates[name][..., column].sum()) for name in parts)
    assert counts("")[0, 0] == pytest.approx(people, rel=1e-6)


@pytest.mark.parametrize(
    ("where", "missing"),
    [
        ("age = '0-14'", "age is null"),
        ("sector = 'industry'", "sector is null"),
        ("labour_income < 500", "labour_income is null"),
        ("welfare < 5 and status = 'employee'", "status is null"),
    ],
)
def test_a_predicate_its_opposite_and_the_unknown_are_everybody(where: str, missing: str) -> None:
    """A comparison with what is missing is neither true nor false."""
    inside, outside, unknown, everybody = counts(
        where, f"not ({where})", missing, "", draws=(-1, 3)
    )
    np.testing.assert_allclose(inside + outside + unknown, everybody, rtol=1e-6)


def test_women_and_men_are_all() -> None:
    where = "status = 'employee' and sector <> 'agriculture'"
    women, men, total = (counts(where, sex=sex)[0, 0] for sex in ("female", "male", "total"))
    assert women + men == pytest.approx(total, rel=1e-9)


def test_employment_by_sector_is_published_employment(estimates: Estimates) -> None:
    row, column = estimates.grid.countries.index("IND"), estimates.grid.years.index(YEAR)
    found = counts("sector = 'industry'", country="IND")[0, 0]
    share = estimates["sector"][1, :, row, column]
    assert found == pytest.approx(
        float((share * estimates["employed"][:, row, column]).sum()), 1e-4
    )


def test_means_of_parts_make_the_mean_of_all() -> None:
    for column, where in (("labour_income", "labour_income < 700"), ("welfare", "welfare < 7")):
        base = EMPLOYED if column == "labour_income" else ""
        rest = where.replace("<", ">=")
        low, high, whole = means(where, rest, base, column=column, draws=(-1, 2))
        described = [f"{one} and {EMPLOYED}" if base else one for one in (where, rest)]
        persons = counts(*described, draws=(-1, 2))
        together = (low * persons[0] + high * persons[1]) / persons.sum(axis=0)
        np.testing.assert_allclose(together, whole, rtol=2e-5)
        limit = float(where.split("< ")[1])
        assert (low < limit).all() and (high > limit).all()


def test_mean_labour_income_is_the_reference_income_of_theories(estimates: Estimates) -> None:
    """The mean over the employed that national thresholds are multiples of."""
    from worldclass.claims.quantities.threshold import QUANTITY, ThresholdOf

    found = means("", country="BRA", anchor="national-accounts")[0, 0]
    term = ThresholdOf(
        theory="sakai", parameter="capitalist_income", parameters=(("capitalist_income", 1.0),),
        country="BRA", year=YEAR, anchor="national-accounts",
    )  # fmt: skip
    assert found == pytest.approx(QUANTITY.evaluate([term], [-1], Data())[0, 0], rel=1e-5)


def test_employees_earn_what_surveys_say(estimates: Estimates) -> None:
    row, column = estimates.grid.countries.index("BRA"), estimates.grid.years.index(YEAR)
    found = means("status = 'employee'", country="BRA", anchor="earnings-survey")[0, 0]
    assert np.log(found) == pytest.approx(estimates["pay_log_mean"][row, column], abs=1e-4)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("statsu = 'employee'", "Did you mean 'status'"),
        ("status = 'boss'", "Codes of 'status'"),
        ("status = 'employee'; drop table people", "statement separator"),
        ("tau > 3", "There is no column 'tau'"),
        ("1 = 1", "names no column"),
        ("a" * 9000, "characters"),
    ],
)
def test_predicates_that_are_none_are_refused(where: str, words: str) -> None:
    for evaluate in (counts, means):
        with pytest.raises(ClaimError) as error:
            evaluate(where)
        assert words in str(error.value)


def test_a_mean_over_nobody_is_refused() -> None:
    with pytest.raises(ClaimError, match="no value"):
        means("age = '0-14'")
