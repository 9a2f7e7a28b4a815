"""How a wave of protest events rose and fell, by the models fitted to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from worldclass.claims.data import IN_MIRROR
from worldclass.claims.quantities.faults import file_of, finite, told_of
from worldclass.claims.quantity import Evidence, Fields, Quantity
from worldclass.core.errors import ClaimError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from worldclass.claims.data import Data
    from worldclass.dynamics.protest_wave.events import EventSeries
    from worldclass.dynamics.protest_wave.fit import Fit

    Values = NDArray[np.float64]

ID = "protest-wave"
SEED = 20200526
Model = Literal["growth-decay", "log-quadratic", "sir", "seir", "self-exciting-pool"]
Measure = Literal["growth", "level_at_end", "trend_at_end", "peak_day", "days_after_peak"]
MOST_DAYS, AFTER = 400, 60
"""Days of imagined waves; days past the data over which a peak is looked for."""


class ProtestWave(Fields):
    """What a term says of a wave.

    Attributes
    ----------
    model
        What is fitted: exponential growth and decay, a Gaussian bump, SIR, SEIR, or
        self-excitation with a pool that is used up.
    week
        Which days of the week differ.
    days
        "all", or "without the last": the last day is often counted in part.
    measure
        "growth": peak over the first day; "level_at_end": share of the peak; "trend_at_end": of the
        last week, per day; "peak_day": days from the start; "days_after_peak": from the peak to
        the end of the data, negative where it lies beyond.
    place
        A value in a column of places; empty for all events together.
    column
        The column that holds the counts; empty for the usual names.
    """

    model: Model = "growth-decay"
    week: Literal["none", "weekend", "saturday-sunday", "week"] = "weekend"
    days: Literal["all", "without the last"] = "all"
    measure: Measure = "growth"
    place: str = ""
    column: str = ""


def evaluate(settings: Sequence[Any], draws: Sequence[int], data: Data) -> Values:
    """Measures of the fitted wave; a draw is a parametric bootstrap sample of it.

    The centre is the fit. Draw k is the fit to a series that the fitted model makes from the first
    day on with the seed (`SEED`, k), so that models share their luck within a draw.

    Returns
    -------
    Shape (settings, draws).
    """
    file = file_of(data, "events", ID)
    stamp = file.stat().st_mtime_ns
    out = np.empty((len(settings), len(draws)))
    for row, one in enumerate(settings):
        with told_of(ID, one):
            asked = (file, stamp, one.place, one.column, one.days, one.model, one.week)
            out[row] = [_course(*asked, int(draw))[one.measure] for draw in draws]
    return finite(ID, settings, draws, out)


@lru_cache(maxsize=65_536)
def _course(
    file: Path, stamp: int, place: str, column: str, days: str, model: str, week: str, draw: int
) -> dict[str, float]:
    from worldclass.dynamics.protest_wave.verdict import wave_course
    from worldclass.dynamics.protest_wave.wave import bootstrap_draw

    fit = _fit(file, stamp, place, column, days, model, week)
    if draw < 0:
        return wave_course(fit, fit.values)
    return wave_course(fit, bootstrap_draw(fit, np.random.SeedSequence((SEED, draw))))


@lru_cache(maxsize=256)
def _fit(file: Path, stamp: int, place: str, column: str, days: str, model: str, week: str) -> Fit:
    from worldclass.dynamics.protest_wave.family import Setting
    from worldclass.dynamics.protest_wave.fit import fit_counts
    from worldclass.dynamics.protest_wave.verdict import MODELS, without_last_day

    series = _series(file, stamp, place, column)
    used = series if days == "all" else without_last_day(series)
    return fit_counts(Setting(MODELS[model](), week), used, information=False)


@lru_cache(maxsize=64)
def _series(file: Path, _stamp: int, place: str, column: str) -> EventSeries:
    """Counts by day, of one place or of all; the stamp tells an edited file."""
    from worldclass.dynamics.protest_wave.event_table import Columns, find_columns, read_table
    from worldclass.dynamics.protest_wave.events import read_events

    counted = Columns(count=column)
    if not place:
        return read_events(file, counted, sort=True)
    import polars as pl

    table, where = read_table(file)
    columns = find_columns(table, counted, where).place
    here = [pl.col(name).cast(pl.String) == place for name in columns]
    found = table.filter(pl.any_horizontal(here)) if here else table.clear()
    if found.is_empty():
        raise ClaimError(
            f"The events have no place {place!r}.",
            where=where,
            remedy=f"Columns of places: {', '.join(columns) or 'none'}; leave 'place' empty for "
            "all events.",
        )
    return read_events(found, counted, sort=True)


def evidence(settings: Sequence[Any], data: Data) -> Evidence:
    """Where the events come from."""
    file = file_of(data, "events", ID)
    place, column = (settings[0].place, settings[0].column) if settings else ("", "")
    series = _series(file, file.stat().st_mtime_ns, place, column)
    last = series.moments[-1].date()
    told = f"{series.counts.sum():,.0f} events, {series.start} to {last}"
    compiled = (
        f"Caren (2020), US protest events compiled from five sources: {told}; facts only, the "
        "compilation states no licence"
    )
    return Evidence(
        sources=(
            compiled if file.name == Path(IN_MIRROR["events"]).name else f"{file.name}: {told}",
        ),
        imputed=None,
        method=(
            "A model of daily counts is fitted by maximum likelihood; its wave is read without "
            "days of the week. A draw is a parametric bootstrap sample of the fitted wave: the "
            "same model fitted to a series that it made. Reported events are counted: a fading of "
            "reports looks like a fading of events."
        ),
        page="protest-waves.md",
    )


def imagine(settings: Sequence[Any], random: np.random.Generator, number: int) -> Values:
    """Waves of any height, place of the peak, and level and trend at the end.

    Choices of the fit see the same series and differ; days before and after the peak sum to the
    series' length, a wave that ends on its peak ends at its level, and one that ends after it does
    not lie above it.
    """
    length = np.round(random.uniform(10, MOST_DAYS, number))
    worlds: dict[tuple[str, ...], dict[str, Values]] = {}
    out = np.empty((len(settings), number))
    for row, one in enumerate(settings):
        key = (one.place, one.column, one.days, one.model, one.week)
        if key not in worlds:
            days = length - (one.days != "all")
            worlds[key] = _wave(random, days)
        out[row] = worlds[key][one.measure]
    return out


def _wave(random: np.random.Generator, days: Values) -> dict[str, Values]:
    number = len(days)
    peak = random.uniform(0, 1, number) * (days + AFTER)
    rises = random.uniform(0, 1, number) < 0.25  # waves that have not come to their peak
    peak = np.where(rises, days + AFTER, peak)
    return {
        "peak_day": peak,
        "days_after_peak": days - peak,
        "growth": np.exp(random.exponential(2.0, number)),
        "level_at_end": random.uniform(0, 1, number),
        "trend_at_end": np.where(rises, 1.0, random.choice([-1.0, 1.0], number))
        * random.exponential(0.1, number),
    }


QUANTITY = Quantity(
    id=ID,
    label="Rise and fall of a wave of protest",
    fields=ProtestWave,
    needs=("events",),
    evaluate=evaluate,
    imagine=imagine,
    evidence=evidence,
    at_once=4,
)
