"""Maximum likelihood for models of counts, with intervals.

The search runs on the logarithm of positive parameters, from several starts, within bounds
(sequential quadratic programming, SLSQP). All likelihoods are conditional on the first bin, so
that they can be compared.
Intervals are profile likelihood: the values x with  2 (ℓ(θ̂) − max_{θ_j = x} ℓ) ≤ χ²₁(0.95).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import SourceError
from worldclass.dynamics.protest_wave.counts import conditional_means, log_likelihood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from worldclass.dynamics.protest_wave.counts import Recursion
    from worldclass.dynamics.protest_wave.events import EventSeries
    from worldclass.dynamics.protest_wave.family import Setting

    Values = NDArray[np.float64]

FIRST = 1
"""First bin that is explained; the one before it is given."""
LEAST_BINS = 8
QUANTILE = 3.841458820694124
"""95 % point of χ² with one degree of freedom."""
WORST = 1e10
EDGE = 1e-4


@dataclass(frozen=True)
class Fit:
    """A fitted model of counts.

    Parameters
    ----------
    setting, series
        What was fitted to what.
    values
        Estimates in the order of `setting.free`.
    log_likelihood
        Of bins from the second on.
    covariance
        Inverse of the observed information on the scale of the search; rows and columns of
        parameters on a bound are zero.
    at_bound
        Names of parameters whose estimate lies on a bound of the search.
    """

    setting: Setting
    series: EventSeries
    values: Values
    log_likelihood: float
    covariance: Values = field(default_factory=lambda: np.zeros((0, 0)))
    at_bound: tuple[str, ...] = ()

    @property
    def recursion(self) -> Recursion:
        """The recursion of the estimates over the bins of the series."""
        return self.ahead(0)

    def ahead(self, bins: int) -> Recursion:
        """The recursion over the series and some bins more."""
        series = self.series
        return self.setting.recursion(
            self.values, series.start, series.counts.size + bins, series.width
        )

    @property
    def means(self) -> Values:
        """Mean of each bin given those before it."""
        return conditional_means(*self.recursion.arrays, self.series.counts, self.series.observed)

    @property
    def dispersion(self) -> float:
        """α of the counts' variance m + αm²."""
        return self.setting.dispersion_of(self.values)

    @property
    def used(self) -> int:
        """Bins that the likelihood sums over."""
        return int(self.series.observed[FIRST:].sum())

    @property
    def aic(self) -> float:
        """Akaike's criterion, corrected for small samples: 2k − 2ℓ + 2k(k + 1)/(n − k − 1)."""
        k, n = self.values.size, self.used
        small = 2 * k * (k + 1) / (n - k - 1) if n > k + 1 else math.inf
        return 2 * k - 2 * self.log_likelihood + small

    def value(self, name: str) -> float | None:
        """An estimate by its name; null where the model has no such parameter."""
        names = [one.name for one in self.setting.free]
        return float(self.values[names.index(name)]) if name in names else None


def fit_counts(
    setting: Setting,
    series: EventSeries,
    *,
    starts: Sequence[Values] | None = None,
    information: bool = True,
    quick: bool = False,
) -> Fit:
    """Fit a model of counts.

    Parameters
    ----------
    setting
        The model, with its week and observation.
    series
        Counts by bin.
    starts
        Values to begin from; by default those of the family.
    information
        Whether to compute the covariance.
    quick
        Whether to leave out the last, more exact search; for refits of simulated series.

    Raises
    ------
    SourceError
        Fewer than `LEAST_BINS` observed bins, as many parameters as bins, or no event after the
        first bin.
    """
    problem = Problem(setting, series)
    used = int(series.observed[FIRST:].sum())
    if used < max(LEAST_BINS - 1, problem.size + 1) or not series.counts[FIRST:].sum():
        raise SourceError(
            f"{used + 1} observed bins with {series.counts.sum():,.0f} events cannot tell the "
            f"{problem.size} parameters of '{setting.family.id}'.",
            where="events",
            remedy=f"Give at least {max(LEAST_BINS, problem.size + 2)} bins with events, or a "
            "simpler model.",
        )
    begun = [problem.scaled(start) for start in (starts or problem.default_starts())]
    if problem.size == 0:
        return Fit(setting, series, np.zeros(0), -problem.loss(np.zeros(0)))
    best = min((problem.search(start) for start in begun), key=lambda one: one[1])
    point, loss = best if quick else problem.settled(*problem.search(best[0], careful=True))
    near = problem.on_bound(point)
    names = tuple(one.name for one, flag in zip(setting.free, near, strict=True) if flag)
    covariance = problem.covariance(point, near) if information else np.zeros((0, 0))
    return Fit(setting, series, problem.natural(point), -loss, covariance, names)


class Problem:
    """The search for the greatest likelihood of a setting on a series."""

    def __init__(self, setting: Setting, series: EventSeries) -> None:
        self.setting, self.series = setting, series
        self.free = setting.free
        self.size = len(self.free)
        self.signed = np.array([one.signed for one in self.free], dtype=np.bool_)
        ends = [np.array([getattr(one, end) for one in self.free]) for end in ("low", "high")]
        self.low, self.high = (self.scaled(end) for end in ends)

    def scaled(self, values: Any) -> Values:
        """Natural values on the scale of the search."""
        given = np.asarray(values, dtype=np.float64)
        return np.where(self.signed, given, np.log(np.where(self.signed, 1.0, given)))

    def natural(self, point: Values) -> Values:
        """The scale of the search in natural values."""
        return np.where(self.signed, point, np.exp(np.where(self.signed, 0.0, point)))

    def loss(self, point: Values) -> float:
        """−ℓ."""
        series, values = self.series, self.natural(point)
        recursion = self.setting.recursion(values, series.start, series.counts.size, series.width)
        means = conditional_means(*recursion.arrays, series.counts, series.observed)
        found = log_likelihood(
            series.counts, series.observed, means, self.setting.dispersion_of(values), FIRST
        )
        return -found if math.isfinite(found) else WORST

    def default_starts(self) -> list[Values]:
        """Starts of the family, with a plain week and some dispersion."""
        extra = [
            0.2 if one.name == "dispersion" else 1.0
            for one in self.free[len(self.setting.family.free) :]
        ]
        return [np.array([*own, *extra]) for own in self.setting.family.starts(self.series)]

    def search(
        self, start: Values, *, fixed: int = -1, careful: bool = False
    ) -> tuple[Values, float]:
        """The lowest point found from a start, with one coordinate held where asked."""
        from scipy.optimize import minimize

        low, high = self.low.copy(), self.high.copy()
        begun = np.clip(start, low, high)
        if fixed >= 0:
            low[fixed] = high[fixed] = begun[fixed] = start[fixed]
        found: Any = minimize(
            self.loss,
            begun,
            jac="3-point" if careful else "2-point",
            method="SLSQP",
            bounds=np.column_stack([low, high]),
            options={"maxiter": 300, "ftol": 1e-10 if careful else 1e-8},
        )
        value = float(found.fun)
        if not math.isfinite(value) or value > self.loss(begun):
            return begun, self.loss(begun)
        return np.clip(found.x, low, high), value

    def settled(self, point: Values, loss: float) -> tuple[Values, float]:
        """The point with each coordinate on a bound where that fits at least as well.

        The search goes down in flat directions to its own precision, which hangs on the machine.
        """
        for j in range(self.size):
            for bound in (self.low[j], self.high[j]):
                moved = point.copy()
                moved[j] = bound
                reached = self.loss(moved)
                if reached <= loss:
                    point, loss = moved, reached
        return point, loss

    def on_bound(self, point: Values) -> NDArray[np.bool_]:
        """Which coordinates lie on a bound."""
        return (point - self.low < EDGE) | (self.high - point < EDGE)

    def covariance(self, point: Values, near: NDArray[np.bool_]) -> Values:
        """Inverse Hessian of −ℓ over the coordinates off the bounds, by central differences."""
        inner = np.flatnonzero(~near)
        found = np.zeros((self.size, self.size))
        if not inner.size:
            return found
        step = 1e-3
        hessian = np.empty((inner.size, inner.size))
        for row, i in enumerate(inner):
            for column, j in enumerate(inner[: row + 1]):
                total = 0.0
                for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                    moved = point.copy()
                    moved[i] += a * step
                    moved[j] += b * step
                    total += a * b * self.loss(moved)
                hessian[row, column] = hessian[column, row] = total / (4 * step * step)
        # A flat direction has no information: its variance is cut at that of a factor e².
        values, vectors = np.linalg.eigh(hessian)
        found[np.ix_(inner, inner)] = (vectors / np.maximum(values, 0.25)) @ vectors.T
        return found

    def interval(self, point: Values, loss: float, j: int, deviation: float) -> tuple[float, float]:
        """Profile-likelihood interval of coordinate j, natural scale; a bound stays open."""
        ends = [self._end(point, loss, j, deviation, side) for side in (-1, 1)]
        signed = bool(self.signed[j])
        low, high = ((end if signed else math.exp(end)) for end in ends)
        if ends[0] <= self.low[j] + EDGE:
            low = -math.inf if signed else 0.0
        if ends[1] >= self.high[j] - EDGE:
            high = math.inf
        return low, high

    def _end(self, point: Values, loss: float, j: int, deviation: float, side: int) -> float:
        """Where the profile leaves the interval on one side, or the bound."""
        bound = self.low[j] if side < 0 else self.high[j]
        inside, near, step = float(point[j]), point, min(max(0.5 * deviation, 0.02), 0.4)

        def climb(at: float) -> tuple[Values, float]:
            """The profile at a value: from the last point inside, and from the estimates."""
            starts = [near.copy(), point.copy()]
            for start in starts:
                start[j] = at
            found = min((self.search(one, fixed=j) for one in starts), key=lambda one: one[1])
            return found[0], 2 * (found[1] - loss) - QUANTILE

        while True:
            outside = inside + side * step
            if side * (outside - bound) >= 0:
                outside = float(bound)
            reached, excess = climb(outside)
            if excess > 0:
                break
            if outside == bound:
                return outside
            inside, near, step = outside, reached, 1.5 * step
        for _ in range(6):
            middle = 0.5 * (inside + outside)
            reached, excess = climb(middle)
            if excess > 0:
                outside = middle
            else:
                inside, near = middle, reached
        return 0.5 * (inside + outside)


def profile_intervals(fit: Fit) -> dict[str, tuple[float, float]]:
    """95 % profile-likelihood intervals of all parameters, natural scale.

    Where the likelihood has several peaks, each within reach of the highest is followed, and the
    interval spans them all.
    """
    problem = Problem(fit.setting, fit.series)
    best, loss = problem.scaled(fit.values), -fit.log_likelihood
    found = [problem.search(start) for start in problem.default_starts()] if problem.size else []
    peaks = [best]
    for point, value in sorted(found, key=lambda one: one[1]):
        apart = min(float(np.abs(point - other).max()) for other in peaks)
        if 2 * (value - loss) < QUANTILE and apart > 0.5:
            peaks.append(point)
    deviations = np.sqrt(np.diag(fit.covariance)) if fit.covariance.size else np.ones(problem.size)
    intervals: dict[str, tuple[float, float]] = {}
    for j, one in enumerate(fit.setting.free):
        ends = [problem.interval(peak, loss, j, float(deviations[j])) for peak in peaks[:3]]
        intervals[one.name] = (min(low for low, _ in ends), max(high for _, high in ends))
    return intervals
