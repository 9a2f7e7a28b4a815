"""Labour income of the employed cells under given values of the assumptions.

Within a country-year, a cell's mean is  level · status · occupation · productivity^η · sex:

* status and occupation: named assumptions, relative to employees who are not managers;
* productivity: value added per worker of the sector relative to the whole, η a named assumption;
* sex: such that women's mean among employees is the measured (or predicted) part of men's;
* level: such that an anchor holds:
    national-accounts   mean over all employed = labour share × GDP ÷ employed
    household-survey    mean over all employed = survey welfare per head × persons ÷ employed,
                        times income ÷ consumption where needed, times labour's part
    earnings-survey     mean over employees = survey mean of earnings

Contributing family workers have no income of their own. Within a cell incomes are lognormal with
one σ per country-year: σ² = total log variance − variance between cells, where the total is the
spread of household welfare times named assumptions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.prices import DAYS_A_MONTH
from worldclass.people.cells import EMPLOYEES, PAID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from worldclass.people.assumptions import Scores

    Values = NDArray[np.floating[Any]]

SMALLEST_SIGMA = 0.30
"""Workers of one cell are never more alike than this (log standard deviation)."""


@dataclass(frozen=True)
class LabourIncome:
    """Lognormal incomes of the paid cells, PPP dollars of 2021 a month.

    Attributes
    ----------
    relative
        Shape (12, n): log mean of a cell relative to the level.
    sex
        Shape (sexes, n): log effect of sex.
    level
        Shape (n,): log of the level.
    sigma
        Shape (n,): log standard deviation within cells.
    """

    relative: Values
    sex: Values
    level: Values
    sigma: Values

    def log_mean(self) -> Values:
        """Log of each cell's mean, shape (12, sexes, n)."""
        return self.relative[:, None] + (self.sex + self.level)


def labour_income(
    basis: Mapping[str, Values], persons: Values, anchor: str, scores: Scores
) -> LabourIncome:
    """Incomes of the paid cells.

    Parameters
    ----------
    basis
        Arrays of `fields.toml` flattened over country-years.
    persons
        Shape (15, sexes, n): employed persons.
    anchor
        One of the options of the assumption `anchor`.
    scores
        The draw.
    """
    paid = persons[:PAID]
    relative = _relative(basis["productivity"], scores)
    factor = np.exp(relative)
    sex = _sex_effect(basis, paid[EMPLOYEES], factor[EMPLOYEES], scores)
    pay = (paid * factor[:, None]).sum(axis=0) * np.exp(sex)
    if anchor == "earnings-survey":
        employees = paid[EMPLOYEES]
        mass = ((employees * factor[EMPLOYEES, None]).sum(axis=0) * np.exp(sex)).sum(axis=0)
        heads = employees.sum(axis=(0, 1))
    else:
        mass, heads = pay.sum(axis=0), persons.sum(axis=(0, 1))
    level = anchor_log_mean(basis, heads, anchor, scores) - np.log(mass / heads)
    level = level + ppp_shift(basis["us_distance"], scores)
    return LabourIncome(relative, sex, level, _sigma(basis, paid, relative, sex, scores))


def ppp_shift(distance: Values, scores: Scores) -> Values:
    """Log shift of all incomes by the assumption on purchasing power parities."""
    return float(scores.value("ppp")) * distance


def anchor_log_mean(
    basis: Mapping[str, Values], employed: Values, anchor: str, scores: Scores
) -> Values:
    """Log mean that an anchor prescribes, shape (n,)."""
    if anchor == "earnings-survey":
        return basis["pay_log_mean"] + scores.value("survey_pay") * basis["pay_log_mean_sd"]
    if anchor == "national-accounts":
        share = np.log(basis["labour_share"])
        error = scores.value("labour_share") * basis["labour_share_sd"]
        return np.log(basis["gdp_per_worker"]) + np.minimum(share + error, np.log(0.95))
    if anchor == "household-survey":
        kind = basis["welfare_consumption"]
        return (
            np.log(basis["welfare_mean"] * DAYS_A_MONTH * basis["population"] / employed)
            + welfare_mean_shift(basis, scores)
            + kind * np.log(scores.value("consumption_to_income"))
            + np.log(scores.value("household_labour_part"))
        )
    raise ValueError(anchor)


def welfare_mean_shift(basis: Mapping[str, Values], scores: Scores) -> Values:
    """Log shift of mean welfare under the survey anchor, shape (n,)."""
    from worldclass.people.assumptions import CENTRAL

    extra = float(scores.value("survey_growth") - CENTRAL.value("survey_growth"))
    error = scores.value("welfare_mean") * basis["welfare_log_sd"]
    return extra * basis["welfare_growth"] + error


def _relative(productivity: Values, scores: Scores) -> Values:
    """Log mean relative to employees who are not managers, shape (12, n)."""
    sector = float(scores.value("sector_pay")) * productivity
    status = [
        float(np.log(scores.value(name)))
        for name in ("employer_pay", "own_account_pay", "manager_pay")
    ]
    return np.concatenate([sector + effect for effect in (*status, 0.0)]).astype(productivity.dtype)


def _sex_effect(
    basis: Mapping[str, Values], employees: Values, factor: Values, scores: Scores
) -> Values:
    """Log effect of sex, shape (sexes, n): women's measured gap less that of composition."""
    means = (employees * factor[:, None]).sum(axis=0) / np.maximum(employees.sum(axis=0), 1e-6)
    composition = np.log(means[0] / means[1])
    ratio = basis["pay_ratio_log"] + scores.value("sex_pay") * basis["pay_ratio_log_sd"]
    women = (ratio - composition).astype(factor.dtype)
    return np.stack([women, np.zeros_like(women)])


def _sigma(
    basis: Mapping[str, Values], paid: Values, relative: Values, sex: Values, scores: Scores
) -> Values:
    weights = paid / np.maximum(paid.sum(axis=(0, 1)), 1e-6)
    logs = relative[:, None] + sex
    centre = (weights * logs).sum(axis=(0, 1))
    between = (weights * (logs - centre) ** 2).sum(axis=(0, 1))
    kind = basis["welfare_consumption"]
    total = (
        basis["welfare_spread"]
        * float(scores.value("earnings_spread"))
        * (1 + kind * (float(scores.value("consumption_to_income_spread")) - 1))
    )
    return np.sqrt(np.maximum(total**2 - between, SMALLEST_SIGMA**2)).astype(relative.dtype)
