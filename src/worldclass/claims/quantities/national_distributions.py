"""Distributions of income by country, and inequality within and between countries.

With p_k a country's part of all persons, m_k its mean, μ = Σ p_k m_k and s_k = p_k m_k / μ its part
of all income, the mean log deviation L and Theil's index T fall apart exactly:

    L = Σ p_k L_k + Σ p_k ln(μ / m_k)
    T = Σ s_k T_k + Σ s_k ln(m_k / μ)

The Gini index does not. Its part within is the mean of national indices, Σ p_k G_k, its part
between the index of country means, ½ ΣΣ p_j p_k |m_j − m_k| / μ; the global index is that of all,

    G = 1 − ∫ (1 − F(x))² dx / ∫ (1 − F(x)) dx,  F = Σ p_k F_k,

and no sum of the two.

Source: A. F. Shorrocks (1980), The Class of Additively Decomposable Inequality Measures,
Econometrica 48(3), 613-625; C. Lakner and B. Milanovic (2016), Global Income Distribution: From the
Fall of the Berlin Wall to the Great Recession, World Bank Economic Review 30(2), 203-232.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy.special import ndtr

from worldclass.people import quantiles
from worldclass.people.cells import PAID

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from worldclass.people.labour_income import LabourIncome
    from worldclass.people.realise import People

    Values = NDArray[np.floating[Any]]

Index = Literal["mld", "theil", "gini"]
Part = Literal["within", "between", "global"]
FINE, COARSE = 0.05, 0.2
"""Steps of log income over which the Gini index is integrated."""
LOWEST, HIGHEST = -6.0, 7.5
"""Normal scores beyond which nobody counts."""


@dataclass(frozen=True)
class Distributions:
    """Distributions of an income in several countries and worlds; arrays of shape (n,) with n =
    countries × worlds unless stated.

    Attributes
    ----------
    persons
        Persons who have the income.
    mean
        Their mean.
    mean_log, unit_log
        Mean logarithm over persons, and over units of income.
    shares
        Weights of the lognormal components, shape (components, n); None for quantiles.
    centres, spread
        Their log medians, shape (components, n), and log standard deviation; for quantiles, the
        log quantiles, shape (n, scores), and None.
    worlds
        Number of worlds.
    step
        Of the integral.
    """

    persons: Values
    mean: Values
    mean_log: Values
    unit_log: Values
    shares: Values | None
    centres: Values
    spread: Values | None
    worlds: int = 1
    step: float = FINE

    def index(self, index: Index, part: Part, rows: Sequence[int], *, equal: bool) -> Values:
        """An index over some countries, shape (worlds,).

        Parameters
        ----------
        rows
            Positions of the countries.
        equal
            Every country counts as much as another, whatever its persons.
        """
        weights = np.ones_like(self.persons) if equal else self.persons
        weights, mean = self._of(weights, rows), self._of(self.mean, rows)
        p = weights / weights.sum(axis=0)
        overall = (p * mean).sum(axis=0)
        if index == "gini":
            return self._gini(part, rows, p, mean, overall)
        if index == "mld":
            within = (p * (np.log(mean) - self._of(self.mean_log, rows))).sum(axis=0)
            between = (p * np.log(overall / mean)).sum(axis=0)
        else:
            s = p * mean / overall
            within = (s * (self._of(self.unit_log, rows) - np.log(mean))).sum(axis=0)
            between = (s * np.log(mean / overall)).sum(axis=0)
        return {"within": within, "between": between, "global": within + between}[part]

    def _of(self, values: Values, rows: Sequence[int]) -> Values:
        """Values of some countries, shape (countries, worlds)."""
        return values.reshape(-1, self.worlds)[list(rows)].astype(np.float64)

    def _gini(
        self, part: Part, rows: Sequence[int], p: Values, mean: Values, overall: Values
    ) -> Values:
        if part == "between":
            return _gini_of_means(p, mean, overall)
        if part == "within":
            return (p * self._national_ginis[list(rows)]).sum(axis=0)
        weights = np.zeros((len(self._above), self.worlds))
        weights[list(rows)] = p
        return self._gini_of(np.stack([w @ self._above[:, k] for k, w in enumerate(weights.T)]))

    def _gini_of(self, above: Values) -> Values:
        """Gini index of shares above the points, shape (..., points) → (...)."""
        size = np.exp(self._points)
        width = size * (self._points[1] - self._points[0])
        width[[0, -1]] /= 2  # the trapezoidal rule over log income
        return 1 - (size[0] + above**2 @ width) / (size[0] + above @ width)

    @cached_property
    def _national_ginis(self) -> Values:
        """Shape (countries, worlds)."""
        return self._gini_of(self._above)

    @cached_property
    def _above(self) -> Values:
        """Share above each point, shape (countries, worlds, points)."""
        return 1 - self._below.reshape(-1, self.worlds, len(self._points))

    @cached_property
    def _points(self) -> Values:
        """Log incomes, evenly spaced, shape (points,)."""
        if self.spread is None:
            logs, scores = self.centres, quantiles.SCORES
            first = (logs[:, 1] - logs[:, 0]) / (scores[1] - scores[0])
            last = (logs[:, -1] - logs[:, -2]) / (scores[-1] - scores[-2])
            low = logs[:, 0] + first * (LOWEST - scores[0])
            high = logs[:, -1] + last * (HIGHEST - scores[-1])
        else:
            low = (self.centres + self.spread * LOWEST).min(axis=0)
            high = (self.centres + self.spread * HIGHEST).max(axis=0)
        start, end = float(low.min()), float(high.max())
        return np.linspace(start, end, int((end - start) / self.step) + 2)

    @cached_property
    def _below(self) -> Values:
        """Share below each point, shape (n, points)."""
        if self.spread is None or self.shares is None:
            logs, scores = self.centres, quantiles.SCORES
            step = scores[1] - scores[0]
            first, last = (logs[:, 1] - logs[:, 0]) / step, (logs[:, -1] - logs[:, -2]) / step
            at = np.stack([np.interp(self._points, row, scores) for row in logs])
            under = (self._points - logs[:, :1]) / first[:, None] + scores[0]
            over = (self._points - logs[:, -1:]) / last[:, None] + scores[-1]
            at = np.where(self._points < logs[:, :1], under, at)
            return ndtr(np.where(self._points > logs[:, -1:], over, at))
        total = np.zeros((len(self.spread), len(self._points)))
        for share, centre in zip(self.shares, self.centres, strict=True):
            scores = (self._points - centre[:, None]) / self.spread[:, None]
            total += share[:, None] * ndtr(scores)
        return total


def _gini_of_means(p: Values, mean: Values, overall: Values) -> Values:
    """½ ΣΣ p_j p_k |m_j − m_k| / μ by the sorted means, shape (worlds,)."""
    order = np.argsort(mean, axis=0)
    p, mean = np.take_along_axis(p, order, 0), np.take_along_axis(mean, order, 0)
    before = np.cumsum(p, axis=0) - p / 2  # rank in the middle of a country
    return 2 * (p * mean * before).sum(axis=0) / overall - 1


def welfare_distributions(people: People, anchor: str) -> Distributions:
    """Household welfare per head, of all persons, PPP dollars of 2021 a day."""
    logs = people.welfare(anchor).astype(np.float64)
    persons = people.persons.sum(axis=(0, 1), dtype=np.float64)
    mean_log, unit_log = quantiles.log_means(logs)
    return Distributions(persons, quantiles.mean(logs), mean_log, unit_log, None, logs, None)


def labour_income_distributions(people: People) -> Distributions:
    """Labour income of those who have one, PPP dollars of 2021 a month.

    A mixture of lognormals: cells by status, sector, occupation and sex. Contributing family
    workers, who have none, are left out.
    """
    income: LabourIncome = people.income
    persons = people.persons[:PAID].astype(np.float64).reshape(2 * PAID, -1)
    log_mean = income.log_mean().astype(np.float64).reshape(2 * PAID, -1)
    sigma = income.sigma.astype(np.float64)
    shares = persons / persons.sum(axis=0)
    money = shares * np.exp(log_mean)
    mean = money.sum(axis=0)
    half = sigma**2 / 2
    return Distributions(
        persons=persons.sum(axis=0),
        mean=mean,
        mean_log=(shares * log_mean).sum(axis=0) - half,
        unit_log=(money * log_mean).sum(axis=0) / mean + half,
        shares=shares,
        centres=log_mean - half,
        spread=sigma,
    )
