"""Employed persons by status, sector and occupation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from worldclass.people.assumptions import CENTRAL, Scores
from worldclass.people.cells import CELLS
from worldclass.people.draws import make_draws
from worldclass.people.employment import (
    EMPLOYER_CEILING,
    MANAGER_CEILING,
    TOLERANCE,
    employed_cells,
    redraw_joint,
)
from worldclass.people.realise import Basis

EMPLOYED_CELLS = CELLS[:15]


def rows(**wanted: str) -> list[int]:
    """Positions of the employed cells with some codes."""
    return [
        k
        for k, cell in enumerate(EMPLOYED_CELLS)
        if all(getattr(cell, name) == code for name, code in wanted.items())
    ]


def shares(basis: Basis, scores: Scores) -> np.ndarray:
    persons = employed_cells(basis.arrays, basis.income_group, scores)
    return persons / basis.arrays["employed"]


def margin_gaps(basis: Basis, scores: Scores) -> tuple[float, float]:
    """Largest gap of a status share and of a sector share from the published margins."""
    found = shares(basis, scores)
    status = [
        found[rows(status="employee")].sum(axis=0),
        found[rows(status="employer") + rows(status="own-account")].sum(axis=0),
        found[rows(status="family-worker")].sum(axis=0),
    ]
    sector = [found[rows(sector=s)].sum(axis=0) for s in ("agriculture", "industry", "services")]
    return (
        float(np.abs(np.stack(status) - basis.arrays["status"]).max()),
        float(np.abs(np.stack(sector) - basis.arrays["sector"]).max()),
    )


def test_the_central_table_has_the_published_margins_everywhere(everyone: Basis) -> None:
    status, sector = margin_gaps(everyone, CENTRAL)
    assert status < 2e-5
    assert sector < 2e-5


@pytest.mark.parametrize("index", [0, 7, 31, 112])
def test_margins_hold_in_draws_too(everyone: Basis, index: int) -> None:
    status, sector = margin_gaps(everyone, make_draws().one(index))
    assert status < TOLERANCE + 2e-5  # half of the tenth of a point that is promised
    assert sector < 2e-5


def test_the_number_of_the_employed_is_the_same_in_every_draw(basis: Basis) -> None:
    for index in range(5):
        total = shares(basis, make_draws().one(index)).sum(axis=0)
        np.testing.assert_allclose(total, 1, atol=2e-5)


def test_no_cell_is_ever_negative(everyone: Basis) -> None:
    for index in (3, 40, 200):
        assert (shares(everyone, make_draws().one(index)) >= 0).all()


def test_a_draw_moves_the_odds_ratio_by_its_score(basis: Basis) -> None:
    arrays = basis.arrays

    def log_odds(scores: Scores) -> np.ndarray:
        joint = redraw_joint(
            arrays["joint"], arrays["status"], arrays["sector"], arrays["log_odds_sd"], scores
        )
        return np.log(joint[0, 2] * joint[1, 0] / (joint[0, 0] * joint[1, 2]))

    moved = log_odds(Scores({"status_sector_odds": 1.5})) - log_odds(CENTRAL)
    np.testing.assert_allclose(moved, 1.5 * arrays["log_odds_sd"], rtol=1e-6, atol=1e-9)


def test_employers_are_the_assumed_share_where_no_source_reports_them(basis: Basis) -> None:
    persons = employed_cells(basis.arrays, basis.income_group, CENTRAL)
    employers = persons[rows(status="employer")]
    own = persons[rows(status="own-account")]
    free = (employers / (employers + own) < EMPLOYER_CEILING - 1e-6).all(axis=(0, 1))
    assumed = CENTRAL.value("employer_share")[basis.income_group]
    found = employers.sum(axis=(0, 1)) / basis.arrays["employed"].sum(axis=0)
    assert free.sum() > 10
    np.testing.assert_allclose(found[free], assumed[free], rtol=1e-4)


def test_women_s_employer_share_is_the_assumed_part_of_men_s(basis: Basis) -> None:
    persons = employed_cells(basis.arrays, basis.income_group, CENTRAL)
    employers, own = persons[rows(status="employer")], persons[rows(status="own-account")]
    free = (employers / (employers + own) < EMPLOYER_CEILING - 1e-6).all(axis=(0, 1))
    share = employers.sum(axis=0) / basis.arrays["employed"]
    ratio = (share[0] / share[1])[free]
    np.testing.assert_allclose(ratio, float(CENTRAL.value("employer_sex_ratio")), rtol=1e-4)


def test_a_reported_employer_share_replaces_the_assumption(basis: Basis) -> None:
    given = dict(basis.arrays)
    given["employer_share"] = np.full_like(given["employer_share"], 0.005)
    persons = employed_cells(given, basis.income_group, CENTRAL)
    found = persons[rows(status="employer")].sum(axis=0) / given["employed"]
    np.testing.assert_allclose(found, 0.005, rtol=1e-6)


def test_ceilings_hold_in_every_draw(everyone: Basis) -> None:
    for index in (0, 99):
        found = shares(everyone, make_draws().one(index))
        employers, own = found[rows(status="employer")], found[rows(status="own-account")]
        assert (employers <= (EMPLOYER_CEILING + 1e-9) * (employers + own)).all()
        managers = found[rows(status="employee", occupation="manager-professional")]
        others = found[rows(status="employee", occupation="other")]
        assert (managers <= (MANAGER_CEILING + 1e-9) * (managers + others)).all()


def test_managers_are_the_estimated_share_of_the_employed_where_no_ceiling_binds(
    basis: Basis,
) -> None:
    persons = employed_cells(basis.arrays, basis.income_group, CENTRAL)
    managers = persons[rows(status="employee", occupation="manager-professional")]
    others = persons[rows(status="employee", occupation="other")]
    free = (managers < (MANAGER_CEILING - 1e-6) * (managers + others)).all(axis=(0, 1))
    found = managers.sum(axis=(0, 1)) / basis.arrays["employed"].sum(axis=0)
    wanted = expit(basis.arrays["manager_log_odds"]) * float(CENTRAL.value("managers_employed"))
    assert free.sum() > 10
    np.testing.assert_allclose(found[free], wanted[free], rtol=1e-4)
