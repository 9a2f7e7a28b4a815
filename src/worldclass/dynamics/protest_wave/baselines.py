"""Baselines: what describes a wave without a mechanism, to be beaten or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from worldclass.dynamics.protest_wave.counts import LINEAR, LOCAL, LOG, Recursion
from worldclass.dynamics.protest_wave.family import Family, Free, Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.dynamics.protest_wave.events import EventSeries

    Values = NDArray[np.float64]

WINDOW_DAYS = 7
MOST_LOG = 40.0


def last_value() -> Family:
    """Tomorrow as today:  m_t = y_{t−1} + 1/2.

    The half keeps a day without events from foreseeing none for certain.
    """

    def build(values: Values, grid: Grid) -> Recursion:
        floor = np.full(grid.bins, 0.5)
        return Recursion(LINEAR, floor, np.ones(grid.bins), np.ones(1), grid.week)

    return Family("last-value", "last value", True, (), build, lambda _: [[]], has_week=False)


def local_average() -> Family:
    """The mean of the last seven days, times the effect of the day of the week."""

    def build(values: Values, grid: Grid) -> Recursion:
        weights = np.ones(max(1, round(WINDOW_DAYS / grid.width)))
        nothing = np.zeros(grid.bins)
        return Recursion(LOCAL, nothing, nothing, weights, grid.week)

    return Family("local-average", "mean of seven days", True, (), build, lambda _: [[]])


def growth_decay() -> Family:
    """Exponential growth to a day, exponential decay after it.

    log m_t = log w_t + a + r min(t − p, 0) − f max(t − p, 0)
    """
    free = (
        Free("peak_level", "events per day", 1e-3, 1e9),
        Free("peak_time", "days", 0.0, 1e4, signed=True),
        Free("growth", "per day", 1e-3, 10.0),
        Free("decay", "per day", 1e-3, 10.0),
    )

    def build(values: Values, grid: Grid) -> Recursion:
        level, peak, growth, decay = values
        from_peak = _middles(grid) - peak
        curve = growth * np.minimum(from_peak, 0) - decay * np.maximum(from_peak, 0)
        return _curve(np.log(level) + curve, grid)

    def starts(series: EventSeries) -> list[list[float]]:
        top, place = _top(series)
        days = series.counts.size * series.width
        peaks = {place, 0.25 * days, 0.5 * days}
        return [[top, peak, 0.6, 0.15] for peak in sorted(peaks)]

    return Family("growth-decay", "exponential growth and decay", True, free, build, starts)


def log_quadratic() -> Family:
    """A Gaussian bump:  log m_t = log w_t + a − (t − p)²/(2s²)."""
    free = (
        Free("peak_level", "events per day", 1e-3, 1e9),
        Free("peak_time", "days", -30.0, 1e4, signed=True),
        Free("bump_days", "days", 0.3, 1e3),
    )

    def build(values: Values, grid: Grid) -> Recursion:
        level, peak, days = values
        return _curve(np.log(level) - 0.5 * ((_middles(grid) - peak) / days) ** 2, grid)

    def starts(series: EventSeries) -> list[list[float]]:
        top, place = _top(series)
        days = series.counts.size * series.width
        return [[top, place, days / 5], [top, 0.5 * days, days / 3], [top, 0.25 * days, days / 8]]

    return Family("log-quadratic", "Gaussian bump", True, free, build, starts)


def autoregression() -> Family:
    """A log-linear autoregression:  log m_t = log w_t + c + φ log(1 + y_{t−1}/w_{t−1}).

    Source: Fokianos & Tjøstheim (2011), J. Multivar. Anal. 102(3), 563–578, with one lag and
    without their feedback of the mean.
    """
    free = (
        Free("constant", "log events", -30.0, 30.0, signed=True),
        Free("memory", "1", -1.0, 1.5, signed=True),
    )

    def build(values: Values, grid: Grid) -> Recursion:
        nothing = np.zeros(grid.bins)
        curve = np.full(grid.bins, values[0])
        return Recursion(LOG, curve, nothing, np.zeros(1), grid.week, memory=float(values[1]))

    def starts(series: EventSeries) -> list[list[float]]:
        return [[0.5, 0.9], [2.0, 0.5]]

    return Family("autoregression", "log-linear autoregression", True, free, build, starts)


def baselines() -> tuple[Family, ...]:
    """All baselines."""
    return (last_value(), local_average(), growth_decay(), log_quadratic(), autoregression())


def _middles(grid: Grid) -> Values:
    return np.asarray((np.arange(grid.bins) + 0.5) * grid.width, dtype=np.float64)


def _curve(logs: Values, grid: Grid) -> Recursion:
    curve = np.exp(np.clip(logs, -MOST_LOG, MOST_LOG)) * grid.width
    return Recursion(LINEAR, curve, np.zeros(grid.bins), np.zeros(1), grid.week)


def _top(series: EventSeries) -> tuple[float, float]:
    """Highest rate of a bin, events per day, and its time."""
    place = int(series.counts.argmax())
    return max(float(series.counts[place]) / series.width, 0.5), (place + 0.5) * series.width
