"""The shape of a wave: growth, peak, half-life, decay, and how many events one event brings about.

All are read off the wave that the fitted model makes alone, from its first bin on and without the
days of the week: means in place of counts. Intervals come from the same reading of waves whose
parameters are drawn from the asymptotic distribution of the estimates, or of refitted simulations
(parametric bootstrap).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from worldclass.core.errors import SimulationError
from worldclass.dynamics.protest_wave.contagion import activity
from worldclass.dynamics.protest_wave.counts import LINEAR, draw_paths, mean_path
from worldclass.dynamics.protest_wave.fit import Problem, fit_counts
from worldclass.dynamics.random_numbers import random_state

if TYPE_CHECKING:
    from numpy.random import SeedSequence
    from numpy.typing import NDArray

    from worldclass.dynamics.protest_wave.fit import Fit

    Values = NDArray[np.float64]

MOST_TRIES = 100
AFTER_DAYS, PARTS = 60, 8
"""Days past the data over which a peak and the fall to half are looked for; steps a bin of a
curve."""
UNITS = {
    "peak_day": "days from the start",
    "peak_level": "events per day",
    "growth_rate": "per day",
    "doubling_time": "days",
    "half_life": "days",
    "decay_rate": "per day",
    "trend_at_end": "per day",
    "level_at_end": "share of the peak",
    "ratio_at_start": "events per event",
    "ratio_at_end": "events per event",
}


def wave_path(fit: Fit, values: Values) -> tuple[Values, float]:
    """The wave over the data and `AFTER_DAYS` more, without days of the week.

    Returns
    -------
    Events per day at each step, and days a step: a bin, or a part of it where the model is a curve
    that does not hang on earlier counts.
    """
    series, width = fit.series, fit.series.width
    days = series.counts.size * width + AFTER_DAYS
    coarse = fit.setting.recursion(values, series.start, series.counts.size, width)
    if coarse.kind == LINEAR and not coarse.gain.any():
        step = width / PARTS
        recursion = fit.setting.recursion(values, series.start, round(days / step), step)
        return recursion.curve / step, step
    bins = round(days / width)
    recursion = fit.setting.recursion(values, series.start, bins, width)
    first = max(float(series.counts[0]), 0.5) / float(recursion.week[0])
    plain = replace(recursion, week=np.ones(bins))
    return mean_path(*plain.arrays, first) / width, width


def wave_shape(fit: Fit, values: Values) -> dict[str, float]:
    """Quantities of `UNITS` for some values of the parameters; those without meaning are nan.

    Peak: the highest step, refined by a parabola through the logarithms of it and its neighbours.
    Growth: mean slope of the logarithm from a tenth (or the first step, if higher) to half of the
    peak. Half-life: days from the peak to half of it. Decay: mean slope over that
    time. A path that still rises at its end has no peak.
    """
    path, width = wave_path(fit, values)
    # The end is that of the last bin observed: what lies beyond it is not data.
    seen = int(np.flatnonzero(fit.series.observed)[-1]) + 1
    n = round(seen * fit.series.width / width)
    logs, top = np.log(np.maximum(path, 1e-12)), int(path.argmax())
    found = dict.fromkeys(UNITS, math.nan)
    week = max(2, round(7 / width))
    last = min(week, n)
    found["trend_at_end"] = float(logs[n - 1] - logs[n - last]) / ((last - 1) * width)
    found |= ratios(fit, values)
    if top == path.size - 1 or path[top] <= path[-1] * (1 + 1e-6):
        return found
    shift, height = _parabola(logs, top)
    found["peak_day"] = (top + 0.5 + shift) * width
    found["peak_level"] = math.exp(height)
    found["level_at_end"] = float(path[n - 1]) / math.exp(height)
    half = height - math.log(2)
    fall = _crossing(-logs[top:], -half)
    if not math.isnan(fall):
        found["half_life"] = (fall - shift) * width
        found["decay_rate"] = math.log(2) / found["half_life"]
    before = logs[: top + 1]
    low = max(float(before[0]), height - math.log(10))
    if low < half - 0.05:
        start, end = _crossing(before, low), _crossing(before, half)
        found["growth_rate"] = (half - low) / max((end - start) * width, 1e-9)
        found["doubling_time"] = math.log(2) / found["growth_rate"]
    return found


def ratios(fit: Fit, values: Values) -> dict[str, float]:
    """Events that one event brings about, at the start and at the end of the data.

    Self-exciting: η (1 − N/K) with the N of the data; contagion: R σ/σ₀.
    """
    family = fit.setting.family
    named = {one.name: float(values[k]) for k, one in enumerate(family.free)}
    if "branching_ratio" in named:
        used = float(fit.series.counts.sum()) / named.get("pool", math.inf)
        start = named["branching_ratio"]
        return {"ratio_at_start": start, "ratio_at_end": start * max(1 - used, 0.0)}
    if "reproduction" in named:
        n = fit.series.counts.size
        _, left = activity(
            np.full(n, named["reproduction"]),
            np.full(n, 1 / named["active_days"]),
            named.get("latent_days", 0.0),
            named["first_activity"],
            named["pool_rate"],
            fit.series.width,
        )
        start = named["reproduction"]
        return {"ratio_at_start": start, "ratio_at_end": start * float(left[-1])}
    return {}


def asymptotic_draws(fit: Fit, draws: int, seed: SeedSequence) -> list[Values]:
    """Parameters drawn from the normal distribution of the estimates on the scale of the search."""
    problem = Problem(fit.setting, fit.series)
    random = np.random.default_rng(seed)
    point = problem.scaled(fit.values)
    moved = random.multivariate_normal(point, fit.covariance, size=draws, method="eigh")
    return [problem.natural(np.clip(one, problem.low, problem.high)) for one in moved]


def bootstrap_draws(fit: Fit, draws: int, seed: SeedSequence) -> list[Values]:
    """Estimates from series that the fitted model makes from the first bin on.

    Bins that were not observed stay so. Each search begins at the estimates.
    """
    series = fit.series
    n, recursion = series.counts.size, fit.recursion
    drawn, means = np.empty((draws, n)), np.empty((draws, n))
    draw_paths(
        *recursion.arrays,
        series.counts[:1],
        fit.dispersion,
        random_state(seed),
        drawn,
        means,
        False,
    )
    found: list[Values] = []
    for path in drawn:
        counts = np.where(series.observed, path, 0.0)
        if counts[1:].sum() == 0:
            continue  # a wave that died out before its first event tells nothing
        found.append(_refit(fit, counts))
    return found


def bootstrap_draw(fit: Fit, seed: SeedSequence) -> Values:
    """Estimates from one series that the fitted model makes, as in `bootstrap_draws`.

    A series without an event after its first bin is drawn again.

    Raises
    ------
    SimulationError
        Every one of `MOST_TRIES` series died out.
    """
    series, recursion = fit.series, fit.recursion
    shape = (1, series.counts.size)
    for attempt in range(MOST_TRIES):
        state = random_state(np.random.SeedSequence(seed.entropy, spawn_key=(attempt,)))
        drawn, means = np.empty(shape), np.empty(shape)
        draw_paths(*recursion.arrays, series.counts[:1], fit.dispersion, state, drawn, means, False)
        counts = np.where(series.observed, drawn[0], 0.0)
        if counts[1:].sum() > 0:
            return _refit(fit, counts)
    raise SimulationError(
        f"All of {MOST_TRIES} waves that '{fit.setting.family.id}' makes die out at once.",
        where="events",
        remedy="Give a series with more events, or another model.",
    )


def _refit(fit: Fit, counts: Values) -> Values:
    """Estimates from other counts of the same bins; the search begins at the fit's own."""
    again = replace(fit.series, counts=counts, times=None)
    starts = [fit.values]
    return fit_counts(fit.setting, again, starts=starts, information=False, quick=True).values


def shape_intervals(
    fit: Fit, draws: Iterable[Values]
) -> dict[str, tuple[float | None, float | None]]:
    """2.5–97.5 % of each quantity over drawn parameters.

    A draw without a peak counts as a peak, half-life and doubling time beyond every number, so that
    an interval may be open above; a quantity that no draw has gets no interval.
    """
    shapes = [wave_shape(fit, values) for values in draws]
    found: dict[str, tuple[float | None, float | None]] = {}
    for name in UNITS:
        values = np.array([shape[name] for shape in shapes])
        if not values.size or np.isnan(values).all():
            found[name] = (None, None)
            continue
        endless = name in ("peak_day", "half_life", "doubling_time", "peak_level")
        values[np.isnan(values)] = math.inf if endless else 0.0
        low, high = np.quantile(values, [0.025, 0.975], method="nearest")
        found[name] = (float(low), float(high))
    return found


def _parabola(logs: Values, top: int) -> tuple[float, float]:
    """Place, in bins from `top`, and height of the vertex through three points."""
    if not 0 < top < logs.size - 1:
        return 0.0, float(logs[top])
    before, at, after = (float(value) for value in logs[top - 1 : top + 2])
    bend = before - 2 * at + after
    if bend >= 0:
        return 0.0, at
    shift = min(max(0.5 * (before - after) / bend, -0.5), 0.5)
    return shift, at - 0.25 * (before - after) * shift


def _crossing(logs: Values, level: float) -> float:
    """Place, in bins, where the values first reach a level, by straight lines between bins."""
    above = np.flatnonzero(logs >= level)
    if not above.size:
        return math.nan
    k = int(above[0])
    if k == 0:
        return 0.0
    step = float(logs[k] - logs[k - 1])
    return k - 1 + (level - float(logs[k - 1])) / step if step > 0 else float(k)
