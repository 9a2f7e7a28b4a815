"""Employed persons by status, sector and occupation under given values of the assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.special import expit

from worldclass.people.assumptions import CENTRAL, Scores
from worldclass.people.ipf import fit_margins, refit_margins
from worldclass.people.status_sector import EMPLOYEE, FAMILY, SELF, seed_from_odds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Values = NDArray[np.floating[Any]]

TOLERANCE = 2e-4
"""Largest gap of a status margin in a draw, as a share of employment: 0.02 percentage points."""
EMPLOYER_CEILING = 0.6
"""Employers are at most this part of the self-employed of a sector."""
MANAGER_CEILING = 0.8
"""Managers and professionals are at most this part of the employees of a sector."""
MANAGERS_BY_SECTOR = (0.15, 0.70, 1.25)
"""How often employees of agriculture, industry and services are managers or professionals,
relative to one another. Assumption: education, health and public administration are services;
ILO tables of occupation by activity show the order, the sizes are ours."""


def joint_table(status: Values, sector: Values, log_odds: Values) -> Values:
    """Status × sector at the central assumptions, by iterative proportional fitting.

    Parameters
    ----------
    status, sector
        Shape (3, ...): margins as shares of employment.
    log_odds
        Shape (...): measured or predicted association.

    Returns
    -------
    Shape (3, 3, ...).
    """
    seed = seed_from_odds(
        log_odds,
        CENTRAL.value("family_agriculture_odds"),
        CENTRAL.value("employee_industry_odds"),
    )
    return fit_margins(seed, status, sector, tolerance=1e-9, rounds=20_000)


def redraw_joint(
    joint: Values, status: Values, sector: Values, log_odds_sd: Values, scores: Scores
) -> Values:
    """Change the odds ratios of the central table as a draw says, and restore the margins."""
    if all(scores.scores.get(name, 0.0) == 0.0 for name in _ODDS):
        return joint
    shifts = seed_from_odds(
        scores.value("status_sector_odds") * log_odds_sd,
        float(scores.value("family_agriculture_odds") - CENTRAL.value("family_agriculture_odds")),
        float(scores.value("employee_industry_odds") - CENTRAL.value("employee_industry_odds")),
    ).astype(joint.dtype)
    return refit_margins(joint * shifts, status, sector, tolerance=TOLERANCE)


_ODDS = ("status_sector_odds", "family_agriculture_odds", "employee_industry_odds")


def employed_cells(
    basis: Mapping[str, Values], income_group: NDArray[np.int_], scores: Scores
) -> Values:
    """Persons in each employed cell.

    Parameters
    ----------
    basis
        Arrays of `fields.toml` flattened over country-years: (..., sexes, n) or (..., n).
    income_group
        Shape (n,): index into the groups of the assumption `employer_share`.
    scores
        The draw.

    Returns
    -------
    Shape (15, sexes, n), in the order of `cells.CELLS`.
    """
    joint = redraw_joint(
        basis["joint"], basis["status"], basis["sector"], basis["log_odds_sd"], scores
    )
    employer = _employers(joint[SELF], basis, income_group, scores)
    managers = _managers(joint[EMPLOYEE], employer, basis, scores)
    shares = np.concatenate(
        [employer, joint[SELF] - employer, managers, joint[EMPLOYEE] - managers, joint[FAMILY]]
    )
    return shares * basis["employed"]


def _employers(
    self_employed: Values,
    basis: Mapping[str, Values],
    income_group: NDArray[np.int_],
    scores: Scores,
) -> Values:
    """Employers as shares of employment, shape (3 sectors, sexes, n)."""
    total = scores.value("employer_share")[income_group]
    ratio = float(scores.value("employer_sex_ratio"))
    employed = basis["employed"]
    men = total * employed.sum(axis=0) / np.maximum(employed[1] + ratio * employed[0], 1.0)
    wanted = np.stack([ratio * men, men])
    wanted = np.where(np.isfinite(basis["employer_share"]), basis["employer_share"], wanted)
    tilt = np.array([1.0, *[float(scores.value("employer_agriculture_odds"))] * 2])[:, None, None]
    weighted = self_employed * tilt
    part = wanted * tilt / np.maximum(weighted.sum(axis=0), 1e-9)
    return (self_employed * np.minimum(part, EMPLOYER_CEILING)).astype(self_employed.dtype)


def _managers(
    employees: Values, employer: Values, basis: Mapping[str, Values], scores: Scores
) -> Values:
    """Managers and professionals among employees, shape (3 sectors, sexes, n)."""
    error = float(scores.value("manager_share"))
    share = expit(basis["manager_log_odds"] + error * basis["manager_log_odds_sd"])
    wanted = share * float(scores.value("managers_employed"))
    tilt = np.array(MANAGERS_BY_SECTOR, dtype=employees.dtype)[:, None, None]
    everyone = basis["employed"] / np.maximum(basis["employed"].sum(axis=0), 1.0)
    both = ((employees * tilt) * everyone).sum(axis=(0, 1))
    part = wanted / np.maximum(both, 1e-9) * tilt
    return (employees * np.minimum(part, MANAGER_CEILING)).astype(employees.dtype)
