"""Labour income: what each anchor fixes holds exactly, under any draw."""

from __future__ import annotations

import numpy as np
import pytest

from worldclass.core.prices import DAYS_A_MONTH
from worldclass.people.assumptions import CENTRAL, Scores
from worldclass.people.cells import EMPLOYED, EMPLOYEES, PAID
from worldclass.people.draws import make_draws
from worldclass.people.labour_income import SMALLEST_SIGMA
from worldclass.people.realise import Basis, People, mean_labour_income, realise

DRAWS = [CENTRAL, *(make_draws().one(k) for k in (1, 5, 77))]


def at(basis: Basis, scores: Scores, anchor: str) -> People:
    return realise(basis, Scores(scores.scores, anchor))


def mean(people: People, cells: slice, sex: int | None = None) -> np.ndarray:
    """Mean income over some cells, weighted by persons."""
    side = slice(None) if sex is None else slice(sex, sex + 1)
    persons = people.persons[cells, side]
    return (mean_labour_income(people)[cells, side] * persons).sum(axis=(0, 1)) / persons.sum(
        axis=(0, 1)
    )


def shift(people: People) -> np.ndarray:
    """The factor of the draw's purchasing power, which moves all incomes alike."""
    return np.exp(float(people.scores.value("ppp")) * people.basis.arrays["us_distance"])


@pytest.mark.parametrize("scores", DRAWS)
def test_under_national_accounts_labour_gets_its_share_of_output(
    basis: Basis, scores: Scores
) -> None:
    people, given = at(basis, scores, "national-accounts"), basis.arrays
    error = float(scores.value("labour_share"))
    share = given["labour_share"] * np.exp(error * given["labour_share_sd"])
    expected = np.minimum(share, 0.95) * given["gdp_per_worker"] * shift(people)
    np.testing.assert_allclose(mean(people, slice(EMPLOYED)), expected, rtol=1e-9)


@pytest.mark.parametrize("scores", DRAWS)
def test_under_survey_earnings_employees_get_the_surveyed_mean(
    basis: Basis, scores: Scores
) -> None:
    people, given = at(basis, scores, "earnings-survey"), basis.arrays
    error = float(scores.value("survey_pay")) * given["pay_log_mean_sd"]
    expected = np.exp(given["pay_log_mean"] + error) * shift(people)
    np.testing.assert_allclose(mean(people, EMPLOYEES), expected, rtol=1e-9)


@pytest.mark.parametrize("scores", DRAWS)
def test_under_household_surveys_the_employed_earn_labour_s_part_of_all_welfare(
    basis: Basis, scores: Scores
) -> None:
    people, given = at(basis, scores, "household-survey"), basis.arrays
    all_welfare = given["welfare_mean"] * DAYS_A_MONTH * given["population"]
    growth = float(scores.value("survey_growth") - CENTRAL.value("survey_growth"))
    error = growth * given["welfare_growth"]
    error = error + float(scores.value("welfare_mean")) * given["welfare_log_sd"]
    saving = float(scores.value("consumption_to_income")) ** given["welfare_consumption"]
    part = float(scores.value("household_labour_part"))
    expected = all_welfare * np.exp(error) * saving * part * shift(people)
    employed = people.persons[:EMPLOYED].sum(axis=(0, 1))
    np.testing.assert_allclose(mean(people, slice(EMPLOYED)), expected / employed, rtol=1e-9)


@pytest.mark.parametrize("anchor", ["national-accounts", "household-survey", "earnings-survey"])
@pytest.mark.parametrize("scores", DRAWS)
def test_women_among_employees_earn_the_measured_part_of_men_s_pay(
    basis: Basis, scores: Scores, anchor: str
) -> None:
    people, given = at(basis, scores, anchor), basis.arrays
    ratio = mean(people, EMPLOYEES, 0) / mean(people, EMPLOYEES, 1)
    error = float(scores.value("sex_pay")) * given["pay_ratio_log_sd"]
    np.testing.assert_allclose(ratio, np.exp(given["pay_ratio_log"] + error), rtol=1e-9)


def test_contributing_family_workers_have_no_income_of_their_own(basis: Basis) -> None:
    assert (mean_labour_income(realise(basis))[PAID:EMPLOYED] == 0).all()


def test_pay_differs_between_statuses_and_occupations_as_assumed(basis: Basis) -> None:
    income = mean_labour_income(realise(basis))
    others = income[9:12]
    for rows, name in ((slice(0, 3), "employer_pay"), (slice(3, 6), "own_account_pay"),
                       (slice(6, 9), "manager_pay")):  # fmt: skip
        np.testing.assert_allclose(income[rows] / others, float(CENTRAL.value(name)), rtol=1e-9)


def test_pay_differs_between_sectors_by_a_power_of_productivity(basis: Basis) -> None:
    income = np.log(mean_labour_income(realise(basis))[9:12])
    gap = basis.arrays["productivity"]
    power = float(CENTRAL.value("sector_pay"))
    np.testing.assert_allclose(income[1] - income[0], np.stack([power * (gap[1] - gap[0])] * 2))


def test_variance_between_and_within_cells_adds_up_to_that_of_welfare(everyone: Basis) -> None:
    people, given = realise(everyone), everyone.arrays
    logs = np.log(mean_labour_income(people)[:PAID])
    weights = people.persons[:PAID]
    centre = np.average(logs, axis=(0, 1), weights=weights)
    between = np.average((logs - centre) ** 2, axis=(0, 1), weights=weights)
    wider = 1 + given["welfare_consumption"] * (
        float(CENTRAL.value("consumption_to_income_spread")) - 1
    )
    total = (given["welfare_spread"] * float(CENTRAL.value("earnings_spread")) * wider) ** 2
    sigma = people.income.sigma
    free = sigma > SMALLEST_SIGMA + 1e-9
    assert free.mean() > 0.9
    np.testing.assert_allclose((between + sigma**2)[free], total[free], rtol=1e-8)
    assert (sigma >= SMALLEST_SIGMA - 1e-9).all()


def test_the_anchor_changes_the_level_of_incomes_and_nothing_else(basis: Basis) -> None:
    one, other = (at(basis, CENTRAL, a) for a in ("national-accounts", "earnings-survey"))
    ratio = mean_labour_income(one)[:PAID] / mean_labour_income(other)[:PAID]
    np.testing.assert_allclose(ratio, np.broadcast_to(ratio[0, 0], ratio.shape), rtol=1e-9)
    np.testing.assert_array_equal(one.persons, other.persons)
    np.testing.assert_array_equal(one.income.sigma, other.income.sigma)
