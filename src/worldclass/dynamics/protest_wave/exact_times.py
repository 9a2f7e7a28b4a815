"""Self-excitation fitted to exact times of events.

    λ(t) = b + (A/τ) e^(−t/τ) + η Σ_{t_i < t} f(t − t_i)
    ℓ = Σ_i log λ(t_i) − ∫₀ᵀ λ(t) dt

The exponential kernel takes time in proportion to the number of events n, the others to n². If the
model is right, the times Λ(t_i) = ∫₀^{t_i} λ are those of a Poisson process of rate 1.

Source: Ogata (1978), Ann. Inst. Stat. Math. 30, 243–261; Ozaki (1979), ibid. 31, 145–155, for the
recursion; Ogata (1988), J. Am. Stat. Assoc. 83(401), 9–27, for the rescaled times.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import SourceError
from worldclass.dynamics.compiled import kernel
from worldclass.dynamics.protest_wave.decay import EXPONENTIAL, KERNELS, POWER, spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

LEAST, MOST_SQUARE, MOST = 20, 20_000, 5_000_000
TIED = 0.01
"""Part of the events that may share their time with another before the times are called rounded."""
NORMAL_95 = 1.959963984540054
BOUNDS = {
    "background": (1e-8, 1e8),
    "branching_ratio": (1e-6, 20.0),
    "delay": (1e-6, 1e4),
    "shape": (0.05, 50.0),
    "shock": (1e-6, 1e8),
    "shock_days": (1e-4, 1e4),
}
UNITS = {
    "background": "events per day",
    "branching_ratio": "events per event",
    "delay": "days",
    "shape": "1",
    "shock": "events",
    "shock_days": "days",
}


@dataclass(frozen=True)
class TimesFit:
    """A self-exciting process fitted to times.

    Parameters
    ----------
    kernel, end
        Decay kernel, and T in days.
    names, values, low, high
        Parameters, estimates, and 95 % intervals from the observed information on the logarithms.
    log_likelihood
        ℓ.
    rescaled
        Λ(t_i), ascending, shape (n,).
    """

    kernel: str
    end: float
    names: tuple[str, ...]
    values: Values
    low: Values
    high: Values
    log_likelihood: float
    rescaled: Values


@kernel
def excitation(kind: int, times: Values, delay: float, shape: float) -> Values:
    """Σ_{j < i} f(t_i − t_j) of every event, shape (n,)."""
    n = times.size
    found = np.zeros(n)
    if kind == EXPONENTIAL:
        held = 0.0
        for i in range(1, n):
            held = math.exp((times[i - 1] - times[i]) / delay) * (held + 1.0 / delay)
            found[i] = held
        return found
    rate = shape / delay
    constant = shape * math.log(rate) - math.lgamma(shape)
    for i in range(1, n):
        total = 0.0
        for j in range(i):
            gap = times[i] - times[j]
            if kind == POWER:
                total += (1.0 + gap / delay) ** (-shape - 1.0)
            elif rate * gap < 700.0 and gap > 0.0:
                total += math.exp((shape - 1.0) * math.log(gap) - rate * gap + constant)
        found[i] = total * rate if kind == POWER else total
    return found


@kernel
def exponential_log_likelihood(
    times: Values,
    end: float,
    background: float,
    ratio: float,
    delay: float,
    shock: float,
    shock_days: float,
) -> float:
    """ℓ of the exponential kernel in one pass; a shock of 0 for none."""
    total, held, before, spent = 0.0, 0.0, 0.0, 0.0
    for i in range(times.size):
        if i > 0:
            held = math.exp((before - times[i]) / delay) * (held + ratio / delay)
        before = times[i]
        rate = background + held
        if shock > 0.0:
            rate += shock / shock_days * math.exp(-before / shock_days)
        total += math.log(rate) if rate > 0.0 else -math.inf
        spent -= math.expm1((before - end) / delay)
    if shock > 0.0:
        total += shock * math.expm1(-end / shock_days)
    return total - background * end - ratio * spent


def intensities(kernel: str, times: Values, values: dict[str, float]) -> Values:
    """λ(t_i) of every event, per day."""
    kind = KERNELS.index(kernel)
    own = excitation(kind, times, values["delay"], values.get("shape", 1.0))
    rate = values["background"] + values["branching_ratio"] * own
    if "shock" in values:
        days = values["shock_days"]
        rate = rate + values["shock"] / days * np.exp(-times / days)
    return rate


def integral(kernel: str, times: Values, until: Any, values: dict[str, float]) -> Any:
    """∫₀ᵗ λ at one or several ends t, each with the events before it."""
    ends = np.atleast_1d(np.asarray(until, dtype=np.float64))
    total = values["background"] * ends
    if "shock" in values:
        total = total + values["shock"] * spread("exponential", ends, values["shock_days"], 1.0)
    shape = values.get("shape", 1.0)
    for k, end in enumerate(ends):
        spent = spread(kernel, end - times[times < end], values["delay"], shape)
        total[k] += values["branching_ratio"] * float(spent.sum())
    return total if np.ndim(until) else float(total[0])


def times_log_likelihood(kernel: str, times: Values, end: float, values: dict[str, float]) -> float:
    """ℓ of times in [0, end], ascending, in days.

    Examples
    --------
    >>> rate = {"background": 2.0, "branching_ratio": 1e-12, "delay": 1.0}
    >>> found = times_log_likelihood("exponential", np.array([0.5, 1.0]), 3.0, rate)
    >>> round(found, 4)  # 2 log 2 − 6
    -4.6137
    """
    if kernel == "exponential":
        return exponential_log_likelihood(
            times,
            end,
            values["background"],
            values["branching_ratio"],
            values["delay"],
            values.get("shock", 0.0),
            values.get("shock_days", 1.0),
        )
    rates = intensities(kernel, times, values)
    if not (rates > 0).all():
        return -math.inf
    return float(np.log(rates).sum()) - integral(kernel, times, end, values)


def fit_times(
    times: Values, end: float, *, kernel: str = "exponential", shock: bool = False
) -> TimesFit:
    """Fit a self-exciting process to times of events.

    Parameters
    ----------
    times
        Days since the start, ascending, within [0, end].
    end
        T: until when events were observed.

    Raises
    ------
    SourceError
        Too few times, too many for the kernel, not ascending, outside [0, end], or too many ties.
    """
    from scipy.optimize import minimize

    _check(times, end, kernel)
    names = ["background", "branching_ratio", "delay"]
    names += ["shape"] if kernel != "exponential" else []
    names += ["shock", "shock_days"] if shock else []
    ends = np.log(np.array([BOUNDS[name] for name in names]))

    def loss(point: Values) -> float:
        values = dict(zip(names, np.exp(point).tolist(), strict=True))
        found = times_log_likelihood(kernel, times, end, values)
        return -found / times.size if math.isfinite(found) else 1e6

    best: Any = None
    rate = times.size / end
    for ratio, delay in ((0.5, 3.0 / rate), (0.5, end / 20), (0.9, 10.0 / rate)):
        start = {
            "background": rate * max(1 - ratio, 0.1),
            "branching_ratio": ratio,
            "delay": delay,
            "shape": 1.5,
            "shock": 0.2 * times.size,
            "shock_days": end / 5,
        }
        begun = np.clip(np.log([start[name] for name in names]), ends[:, 0], ends[:, 1])
        found: Any = minimize(
            loss, begun, jac="3-point", method="SLSQP", bounds=ends, options={"ftol": 1e-12}
        )
        if math.isfinite(found.fun) and (best is None or found.fun < best.fun):
            best = found
    point = np.clip(best.x, ends[:, 0], ends[:, 1])
    error = _errors(loss, point, times.size)
    values = dict(zip(names, np.exp(point).tolist(), strict=True))
    return TimesFit(
        kernel,
        end,
        tuple(names),
        np.exp(point),
        np.exp(point - NORMAL_95 * error),
        np.exp(np.minimum(point + NORMAL_95 * error, 700.0)),
        -float(best.fun) * times.size,
        np.asarray(integral(kernel, times, times, values)),
    )


def rescaling_test(fit: TimesFit) -> tuple[float, float]:
    """Kolmogorov & Smirnov's distance of the rescaled gaps from the exponential law, and p-value.

    The p-value is too large where parameters were estimated from few events.
    """
    from scipy.stats import expon, kstest

    gaps = np.diff(fit.rescaled, prepend=0.0)
    found: Any = kstest(gaps, expon.cdf)
    return float(found.statistic), float(found.pvalue)


def _errors(loss: Any, point: Values, n: int) -> Values:
    """Standard errors of the logarithms from the observed information."""
    k, step = point.size, 1e-3
    hessian = np.empty((k, k))
    for i in range(k):
        for j in range(i + 1):
            total = 0.0
            for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                moved = point.copy()
                moved[i] += a * step
                moved[j] += b * step
                total += a * b * loss(moved)
            hessian[i, j] = hessian[j, i] = n * total / (4 * step * step)
    values, vectors = np.linalg.eigh(hessian)
    covariance = (vectors / np.maximum(values, 0.25)) @ vectors.T
    return np.sqrt(np.diag(covariance))


def _check(times: Values, end: float, kernel: str) -> None:
    most = MOST if kernel == "exponential" else MOST_SQUARE
    problem = ""
    if not LEAST <= times.size <= most:
        problem = f"{times.size:,} times are not between {LEAST} and {most:,}"
    elif not np.isfinite(times).all() or (np.diff(times) < 0).any():
        problem = "the times are not ascending"
    elif times[0] < 0 or times[-1] > end:
        problem = f"times from {times[0]:g} to {times[-1]:g} are outside 0 to {end:g}"
    elif (np.diff(times) == 0).mean() > TIED:
        tied = int((np.diff(times) == 0).sum())
        problem = f"{tied:,} of {times.size:,} events share their time with the one before"
    if problem:
        raise SourceError(
            f"A process of exact times cannot be fitted: {problem}.",
            where="events",
            remedy="Fit counts by day or hour instead, or use the exponential kernel.",
        )
