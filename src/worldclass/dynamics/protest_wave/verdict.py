"""Did a wave rise and fade, or did it escalate? One answer under each defensible choice.

A specification *holds* when, at 95 % confidence,

1. the peak lies after the first day and before the last,
2. the wave doubled at least from its first day to its peak,
3. its level at the end is below half of the peak,
4. it does not rise at the end: the trend of its last week is below 1 % a day.

All are read off the wave without days of the week; intervals from a parametric bootstrap. In how
large a share of specifications it must hold for the claim to hold is for `claims` to say.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.dynamics.protest_wave.baselines import growth_decay, log_quadratic
from worldclass.dynamics.protest_wave.family import Family, Setting
from worldclass.dynamics.protest_wave.fit import fit_counts
from worldclass.dynamics.protest_wave.mechanisms import contagion, self_exciting_pool
from worldclass.dynamics.protest_wave.wave import (
    bootstrap_draws,
    shape_intervals,
    wave_path,
    wave_shape,
)

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from worldclass.dynamics.protest_wave.events import EventSeries
    from worldclass.dynamics.protest_wave.fit import Fit

    Values = NDArray[np.float64]

FADED, RISING = 0.5, 0.01
SHOWN = ("peak_day", "half_life", "level_at_end", "trend_at_end")
WEEKS = ("none", "weekend")
MODELS: dict[str, Callable[[], Family]] = {
    "growth-decay": growth_decay,
    "log-quadratic": log_quadratic,
    "sir": contagion,
    "seir": partial(contagion, latent=True),
    "self-exciting-pool": self_exciting_pool,
}
"""Models of a wave that may rise and fade."""


def week_ratio(series: EventSeries) -> tuple[float, float, float, int]:
    """Events of the last seven days against those of the seven that were most; 95 % interval.

        log ratio ± 1.96 √(φ/S₁ + φ/S₂)

    with sums S and φ the variance of a day's count over its mean, as the spread of the days within
    both weeks has it (their difference in mean and any trend or weekend within a week enlarge φ,
    so that the interval is wide rather than narrow). Both weeks hold every day of the week once.

    Returns
    -------
    Ratio, low, high, and the first bin of the greatest week. nan where 14 days are not observed
    apart from each other.
    """
    size = round(7 / series.width)
    n = series.counts.size
    sums = np.array(
        [
            series.counts[k : k + size].sum() if series.observed[k : k + size].all() else np.nan
            for k in range(n - size + 1)
        ]
    )
    if np.isnan(sums).all() or np.isnan(sums[-1]):
        return math.nan, math.nan, math.nan, -1
    top = int(np.nanargmax(sums))
    if n - size - top < size or sums[-1] == 0:
        return math.nan, math.nan, math.nan, top
    weeks = [series.counts[top : top + size], series.counts[-size:]]
    spread = sum(float(((week - week.mean()) ** 2).sum()) / week.mean() for week in weeks)
    phi = max(spread / (2 * (size - 1)), 1.0)
    ratio = float(sums[-1] / sums[top])
    error = 1.959963984540054 * math.sqrt(phi / sums[-1] + phi / sums[top])
    return ratio, ratio * math.exp(-error), ratio * math.exp(error), top


def specifications(
    series: EventSeries,
    *,
    draws: int = 100,
    seed: int = 0,
    weeks: Sequence[str] = WEEKS,
    families: Sequence[Family] = (),
) -> pl.DataFrame:
    """Fit every model of a wave under every choice, and say in which the claim holds.

    Choices: the model (exponential growth and decay, Gaussian bump, SIR, SEIR, self-excitation
    with a pool; or `families`), whether weekends differ, and whether the last day counts.

    Returns
    -------
    Columns `model, week, days`, for each of `SHOWN` its value, `_low` and `_high`, then `holds`
    and `share_holding`, the same in every row. A value without meaning is null.
    """
    import polars as pl

    chosen = families or tuple(make() for make in MODELS.values())
    rows: list[dict[str, Any]] = []
    for days, used in (("all", series), ("without the last", without_last_day(series))):
        for week in weeks:
            for place, family in enumerate(chosen):
                found = _judge(Setting(family, week), used, draws, (seed, place))
                rows.append({"model": family.id, "week": week, "days": days} | found)
    share = sum(row["holds"] for row in rows) / len(rows)
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.lit(share).alias("share_holding")
    )


def wave_course(fit: Fit, values: Values) -> dict[str, float]:
    """The rise and fall of a wave in numbers that every wave has.

    `growth`: peak over the first day; `peak_day`: days from the start; `days_after_peak`: from the
    peak to the end of the data, negative where it lies beyond; `level_at_end`: share of the peak;
    `trend_at_end`: per day. Where the wave still rises `AFTER_DAYS` after the data, its highest
    point is taken for the peak, and that day for the peak's.
    """
    shape, (path, width) = wave_shape(fit, values), wave_path(fit, values)
    end = (int(np.flatnonzero(fit.series.observed)[-1]) + 1) * fit.series.width
    day, level = shape["peak_day"], shape["peak_level"]
    if math.isnan(day):
        day, level = path.size * width, float(path.max())
    return {
        "growth": level / float(path[0]),
        "peak_day": day,
        "days_after_peak": end - day,
        "level_at_end": float(path[round(end / width) - 1]) / level,
        "trend_at_end": shape["trend_at_end"],
    }


def without_last_day(series: EventSeries) -> EventSeries:
    """The same series, its last day not observed."""
    shorter = replace(series, observed=series.observed.copy(), counts=series.counts.copy())
    per_day = round(1 / series.width)
    shorter.observed[-per_day:] = False
    shorter.counts[-per_day:] = 0.0
    return shorter


def _judge(
    setting: Setting, series: EventSeries, draws: int, seed: tuple[int, int]
) -> dict[str, Any]:
    fit = fit_counts(setting, series)
    shape = wave_shape(fit, fit.values)
    drawn = bootstrap_draws(fit, draws, np.random.SeedSequence(seed))
    between = shape_intervals(fit, drawn)
    path, _ = wave_path(fit, fit.values)
    days = (int(np.flatnonzero(series.observed)[-1]) + 1) * series.width
    found: dict[str, Any] = {}
    for name in SHOWN:
        low, high = between[name]
        value = shape[name]
        found |= {
            name: None if math.isnan(value) else value,
            f"{name}_low": low,
            f"{name}_high": high,
        }
    has_peak = not math.isnan(shape["peak_day"])
    ends = [
        found[f"{name}_{end}"]
        for name, end in (
            ("peak_day", "low"),
            ("peak_day", "high"),
            ("level_at_end", "high"),
            ("trend_at_end", "high"),
        )
    ]
    holds = (
        has_peak
        and None not in ends
        and ends[0] > series.width
        and ends[1] < days - series.width
        and shape["peak_level"] >= 2 * path[0]
        and ends[2] < FADED
        and ends[3] < RISING
    )
    return found | {"holds": bool(holds)}
