"""Did a wave rise and fade, or did it escalate? One answer under each defensible choice.

A specification *holds* when, at 95 % confidence,

1. the peak lies after the first day and before the last,
2. the wave doubled at least from its first day to its peak,
3. its level at the end is below half of the peak,
4. it does not rise at the end: the trend of its last week is below 1 % a day.

All are read off the wave without days of the week; intervals from a parametric bootstrap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
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

    Values = NDArray[np.float64]

FADED, RISING = 0.5, 0.01
SHOWN = ("peak_day", "half_life", "level_at_end", "trend_at_end")
WEEKS = ("none", "weekend")


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

    chosen = families or (
        growth_decay(),
        log_quadratic(),
        contagion(),
        contagion(latent=True),
        self_exciting_pool(),
    )
    shorter = replace(series, observed=series.observed.copy(), counts=series.counts.copy())
    per_day = round(1 / series.width)
    shorter.observed[-per_day:] = False
    shorter.counts[-per_day:] = 0.0
    rows: list[dict[str, Any]] = []
    for days, used in (("all", series), ("without the last", shorter)):
        for week in weeks:
            for place, family in enumerate(chosen):
                found = _judge(Setting(family, week), used, draws, (seed, place))
                rows.append({"model": family.id, "week": week, "days": days} | found)
    share = sum(row["holds"] for row in rows) / len(rows)
    return pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.lit(share).alias("share_holding")
    )


def verdict_of(share: float) -> str:
    """The word for a share of specifications that hold.

    Examples
    --------
    >>> verdict_of(1.0), verdict_of(0.4), verdict_of(0.0)
    ('holds', 'depends', 'fails')
    """
    return "holds" if share == 1 else "fails" if share == 0 else "depends"


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
