"""Questions to a file of events: fit, residuals, skill, exact times, verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from worldclass.core.errors import SourceError, UsageError
from worldclass.dynamics.protest_wave.baselines import baselines
from worldclass.dynamics.protest_wave.dates import read_days
from worldclass.dynamics.protest_wave.event_table import Columns
from worldclass.dynamics.protest_wave.events import EventSeries, read_events
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.protest_wave.fit import Fit, fit_counts, profile_intervals
from worldclass.dynamics.protest_wave.mechanisms import MECHANISMS, mechanism
from worldclass.dynamics.protest_wave.parameters import ProtestWave
from worldclass.dynamics.protest_wave.residuals import (
    count_distribution,
    quantile_residuals,
    residual_checks,
)
from worldclass.dynamics.protest_wave.skill import paths_ahead, rolling_scores, summarise_scores
from worldclass.dynamics.protest_wave.wave import (
    UNITS,
    asymptotic_draws,
    bootstrap_draws,
    shape_intervals,
    wave_shape,
)

if TYPE_CHECKING:
    import polars as pl

SEED = 20200526
"""Seed of all chance in analyses: the same file gives the same table."""
ASYMPTOTIC = 1000
FURTHER = 20
COLUMNS = ("quantity", "date", "value", "low", "high", "unit", "interval")
REFERENCE = "local-average"


def read_data(parameters: ProtestWave, data: Path | None) -> EventSeries:
    """The events of a file, read as the parameters say."""
    if data is None:
        raise UsageError(
            "A fit needs a file of dated events.",
            where="--data",
            remedy="Give a .csv or .parquet file with a column of dates.",
        )
    places = tuple(part.strip() for part in parameters.place_columns.split(",") if part.strip())
    return read_events(
        data,
        Columns(parameters.date_column, parameters.count_column, places, only=parameters.only),
        absent=parameters.absent,
        leave_out=read_days(parameters.leave_out, "leave_out"),
        bin_hours=parameters.bin_hours,
        sort=parameters.out_of_order == "sort",
    )


def setting_of(parameters: ProtestWave) -> Setting:
    """The model to fit, as the parameters say."""
    family = mechanism(parameters.process, parameters.kernel)
    return Setting(family, parameters.week, parameters.observation)


def fit_table(parameters: ProtestWave, data: Path | None) -> pl.DataFrame:
    """Fit one mechanism to a file of events.

    Returns
    -------
    Columns `COLUMNS`. First the estimates with 95 % intervals: profile likelihood for parameters,
    bootstrap for the shape of the wave; an end that the data leave open is null. Where events per
    event at the start (or at the end) are a parameter itself, they have its interval. Then by bin:
    `observed`, `fitted` (mean given the bins before, 5–95 % of counts), `residual`, and `ahead`
    (median and 5–95 % of the bins that follow, parameters drawn from their distribution).
    """
    import polars as pl

    series = read_data(parameters, data)
    fit = fit_counts(setting_of(parameters), series)
    profiles = profile_intervals(fit)
    rows = [*_estimates(fit, profiles), *_shape(fit, parameters, profiles)]
    rows += [*_summary(fit), *_by_bin(fit)]
    rows += _ahead(fit, parameters.ahead_days)
    rows += [_row(f"note: {note}") for note in series.notes]
    schema: dict[str, Any] = dict.fromkeys(COLUMNS, pl.Float64)
    schema |= dict.fromkeys(("quantity", "unit", "interval"), pl.String)
    table = pl.DataFrame(rows, schema=schema | {"date": pl.Datetime})
    return table.with_columns(pl.col("date").cast(pl.Date)) if series.width == 1 else table


def residual_table(parameters: ProtestWave, data: Path | None) -> pl.DataFrame:
    """Checks of residuals of every mechanism and baseline: `model, check, value, expected, p`."""
    import polars as pl

    series = read_data(parameters, data)
    rows: list[dict[str, Any]] = []
    for setting in _settings(parameters):
        fit = fit_counts(setting, series, information=False)
        rows += [
            {
                "model": setting.family.id,
                "check": check.name,
                "value": check.value,
                "expected": check.expected,
                "p_value": check.p_value,
            }
            for check in residual_checks(fit, SEED)
        ]
    return pl.DataFrame(rows, infer_schema_length=None)


def skill_table(parameters: ProtestWave, data: Path | None) -> pl.DataFrame:
    """In-sample fit and out-of-sample scores of every mechanism and baseline.

    Returns
    -------
    Columns `model, kind, parameters, log_likelihood, aic`, then per horizon those of
    `summarise_scores`; `difference` is to the mean of seven days.
    """
    import polars as pl

    series, settings = read_data(parameters, data), _settings(parameters)
    fits = [fit_counts(setting, series, information=False) for setting in settings]
    inside = pl.DataFrame(
        {
            "model": [setting.family.id for setting in settings],
            "kind": [
                "baseline" if setting.family.baseline else "mechanism" for setting in settings
            ],
            "parameters": [fit.values.size for fit in fits],
            "log_likelihood": [fit.log_likelihood for fit in fits],
            "aic": [fit.aic for fit in fits],
        }
    )
    scores = rolling_scores(settings, series, ahead=max(1, round(7 / series.width)), seed=SEED)
    outside = summarise_scores(scores, REFERENCE)
    return inside.join(outside, on="model", maintain_order="right_left").sort(
        "horizon", maintain_order=True
    )


def times_table(parameters: ProtestWave, data: Path | None) -> pl.DataFrame:
    """Fit a self-exciting process to exact times, and test it by time rescaling."""
    import polars as pl

    from worldclass.dynamics.protest_wave.exact_times import UNITS as TIME_UNITS
    from worldclass.dynamics.protest_wave.exact_times import fit_times, rescaling_test

    series = read_data(parameters, data)
    if series.times is None:
        raise SourceError(
            "The events have days or counts, not times of single events.",
            where=str(data),
            remedy="Use the analysis 'fit', which takes counts.",
        )
    if parameters.process not in ("self-exciting", "self-exciting-shock"):
        raise UsageError(
            f"The process '{parameters.process}' is not fitted to exact times.",
            remedy="Set process to self-exciting or self-exciting-shock.",
        )
    shock = parameters.process == "self-exciting-shock"
    end = series.counts.size * series.width
    found = fit_times(series.times, end, kernel=parameters.kernel, shock=shock)
    rows = [
        _row(name, value=value, low=low, high=high, unit=TIME_UNITS[name], interval="information")
        for name, value, low, high in zip(
            found.names, found.values, found.low, found.high, strict=True
        )
    ]
    distance, p_value = rescaling_test(found)
    rows += [
        _row("events", value=float(series.times.size)),
        _row("log_likelihood", value=found.log_likelihood),
        _row("rescaling_distance", value=distance, unit="1"),
        _row("rescaling_p_value", value=p_value, unit="1"),
        *(_row(f"note: {note}") for note in series.notes),
    ]
    return pl.DataFrame(rows, infer_schema_length=None).drop("date")


def verdict_table(parameters: ProtestWave, data: Path | None) -> pl.DataFrame:
    """Whether the wave rose and faded, under every choice; see `verdict.specifications`."""
    from worldclass.dynamics.protest_wave.verdict import specifications

    series = read_data(parameters, data)
    return specifications(series, draws=max(parameters.bootstrap, 20), seed=SEED)


def _settings(parameters: ProtestWave) -> list[Setting]:
    week, observation = parameters.week, parameters.observation
    families = [mechanism(name, parameters.kernel) for name in MECHANISMS]
    return [Setting(family, week, observation) for family in (*families, *baselines())]


def _row(
    quantity: str,
    *,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    interval: str = "",
    date: datetime | None = None,
) -> dict[str, Any]:
    def finite(number: float | None) -> float | None:
        return None if number is None or not math.isfinite(number) else float(number)

    return {
        "quantity": quantity,
        "date": date,
        "value": finite(value),
        "low": finite(low),
        "high": finite(high),
        "unit": unit,
        "interval": interval,
    }


Profiles = Mapping[str, tuple[float, float]]


def _estimates(fit: Fit, profiles: Profiles) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for one, value in zip(fit.setting.free, fit.values, strict=True):
        low, high = profiles[one.name]
        kind = "profile"
        if one.name in fit.at_bound:
            kind += ", at the bound of the search"
        rows.append(_row(one.name, value=value, low=low, high=high, unit=one.unit, interval=kind))
    return rows


def _shape(fit: Fit, parameters: ProtestWave, profiles: Profiles) -> list[dict[str, Any]]:
    root = np.random.SeedSequence(SEED)
    if parameters.bootstrap:
        drawn = bootstrap_draws(fit, parameters.bootstrap, root)
        kind = "bootstrap"
    else:
        drawn, kind = asymptotic_draws(fit, ASYMPTOTIC, root), "information"
    between, shape = shape_intervals(fit, drawn), wave_shape(fit, fit.values)
    rows: list[dict[str, Any]] = []
    for name, unit in UNITS.items():
        value, (low, high), how = shape[name], between[name], kind
        if (same := parameter_of(fit, name)) is not None:
            (low, high), how = profiles[same], f"profile of {same}"
        if math.isnan(value) and low is None:
            continue
        date = None
        if name == "peak_day" and not math.isnan(value):
            date = fit.series.moments[0] + timedelta(days=math.floor(value))
        rows.append(_row(name, value=value, low=low, high=high, unit=unit, interval=how, date=date))
    return rows


def parameter_of(fit: Fit, quantity: str) -> str | None:
    """The parameter that a quantity of the shape is, always; null where it hangs on several.

    One number must not be given with two intervals.
    """
    names = [one.name for one in fit.setting.family.free]
    for ratio in ("branching_ratio", "reproduction"):
        if ratio in names and quantity == "ratio_at_start":
            return ratio
    constant = "branching_ratio" in names and "pool" not in names
    return "branching_ratio" if constant and quantity == "ratio_at_end" else None


def _summary(fit: Fit) -> list[dict[str, Any]]:
    checks = {check.name: check for check in residual_checks(fit, SEED)}
    return [
        _row("log_likelihood", value=fit.log_likelihood),
        _row("aic", value=fit.aic),
        _row("bins", value=float(fit.used), unit=f"bins of {24 * fit.series.width:g} hours"),
        _row("events", value=float(fit.series.counts.sum()), unit="events"),
        _week_ratio(fit.series),
        *(
            _row(f"residual_{name}", value=check.value, unit=f"right model: {check.expected:g}")
            for name, check in checks.items()
        ),
    ]


def _week_ratio(series: EventSeries) -> dict[str, Any]:
    from worldclass.dynamics.protest_wave.verdict import week_ratio

    ratio, low, high, top = week_ratio(series)
    date = series.moments[top] if top >= 0 else None
    return _row(
        "last_week_to_top_week",
        value=ratio,
        low=low,
        high=high,
        unit="ratio",
        interval="spread of days",
        date=date,
    )


def _by_bin(fit: Fit) -> list[dict[str, Any]]:
    series, means = fit.series, fit.means
    spread = count_distribution(means, fit.dispersion)
    low, high = spread.ppf(0.05), spread.ppf(0.95)
    residuals = quantile_residuals(fit, SEED)
    rows: list[dict[str, Any]] = []
    for k, moment in enumerate(series.moments):
        if series.observed[k]:
            rows.append(_row("observed", value=series.counts[k], unit="events", date=moment))
    for k, moment in enumerate(series.moments[1:], start=1):
        rows.append(
            _row(
                "fitted",
                value=means[k],
                low=low[k],
                high=high[k],
                unit="events",
                interval="5–95 %",
                date=moment,
            )
        )
    for k, moment in enumerate(series.moments):
        if not math.isnan(residuals[k]):
            rows.append(_row("residual", value=residuals[k], unit="deviations", date=moment))
    return rows


def _ahead(fit: Fit, days: int) -> list[dict[str, Any]]:
    width, n = fit.series.width, fit.series.counts.size
    bins = round(days / width)
    if not bins:
        return []
    counts = paths_ahead(fit, bins, (SEED, 1), draws=ASYMPTOTIC, paths=FURTHER).counts
    low, middle, high = np.quantile(counts, [0.05, 0.5, 0.95], axis=0)
    start = fit.series.moments[0]
    return [
        _row(
            "ahead",
            value=middle[k],
            low=low[k],
            high=high[k],
            unit="events",
            interval="5–95 %",
            date=start + timedelta(days=(n + k) * width),
        )
        for k in range(bins)
    ]
