"""The US wave of 2020: counts as published, and what can be said of its shape."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from numpy.random import SeedSequence

from worldclass.dynamics.protest_wave.baselines import growth_decay
from worldclass.dynamics.protest_wave.event_table import Columns
from worldclass.dynamics.protest_wave.events import EventSeries, read_events
from worldclass.dynamics.protest_wave.family import Setting
from worldclass.dynamics.protest_wave.fit import fit_counts
from worldclass.dynamics.protest_wave.mechanisms import self_exciting
from worldclass.dynamics.protest_wave.verdict import week_ratio
from worldclass.dynamics.protest_wave.wave import asymptotic_draws, shape_intervals
from worldclass.sources.mirror import Mirror

pytestmark = pytest.mark.mirror

# City-days of the compilation's README (N. Caren, BLM-GFAABT), 26 May to 19 June 2020.
PUBLISHED = (11, 20, 63, 186, 492, 689, 582, 564, 469, 434, 482, 699, 414, 129, 85, 76, 93, 160)
PUBLISHED += (250, 148, 31, 32, 32, 24, 255)


@pytest.fixture(scope="module")
def events(mirror: Mirror) -> Path:
    folder = Path(mirror.root) / "events"
    if not folder.is_dir():
        pytest.skip("the mirror has no events")
    return folder


@pytest.fixture(scope="module")
def daily(events: Path) -> EventSeries:
    return read_events(events / "us_protest_2020_daily.csv")


def test_city_days_are_those_published(events: Path) -> None:
    """All city-days, virtual and foreign ones too, are the published counts.

    The daily file holds those of the US alone: fewer on seven days, by 18 in all.
    """
    rows = pl.read_parquet(events / "us_protest_2020_city_day.parquet")
    found = rows.group_by("date").len().sort("date")["len"].to_list()
    assert found == list(PUBLISHED)
    days = pl.read_csv(events / "us_protest_2020_daily.csv")["city_days"].to_list()
    short = [all_of - own for all_of, own in zip(PUBLISHED, days, strict=True)]
    assert min(short) >= 0
    assert sum(short) == rows.filter(~pl.col("is_us")).height == 18


def test_the_city_days_add_up_to_the_daily_file(events: Path, daily: EventSeries) -> None:
    path = events / "us_protest_2020_city_day.parquet"
    series = read_events(path, Columns(only="is_us"))
    assert series.counts.tolist() == daily.counts.tolist()
    assert series.notes[0] == "18 of 6,420 rows are left out: 'is_us' is false"


def test_the_last_week_had_about_a_fifth_of_the_top_week(daily: EventSeries) -> None:
    ratio, low, high, top = week_ratio(daily)
    assert str(daily.moments[top].date()) == "2020-05-31"
    assert ratio == pytest.approx(895 / 4201)
    assert 0.1 < low < high < 0.5


def test_the_wave_peaked_in_its_first_fortnight_and_halved_within_ten_days(
    daily: EventSeries,
) -> None:
    fit = fit_counts(Setting(growth_decay()), daily)
    between = shape_intervals(fit, asymptotic_draws(fit, 300, SeedSequence(1)))
    low, high = between["peak_day"]
    assert low is not None and high is not None
    assert 3 < low < high < 14
    low, high = between["half_life"]
    assert low is not None and high is not None
    assert 2 < low < high < 10


def test_the_daily_counts_alone_do_not_prove_self_excitation_below_one(
    daily: EventSeries,
) -> None:
    """The interval of the branching ratio without a pool holds 1: it must be said."""
    from worldclass.dynamics.protest_wave.fit import profile_intervals

    fit = fit_counts(Setting(self_exciting(shock=False)), daily)
    low, high = profile_intervals(fit)["branching_ratio"]
    assert low < 0.77 < 1 < high
