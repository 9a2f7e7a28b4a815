"""Makers of data of which the answer is known: trade tables, protest events, credit panels.

Each writes one file or folder, for `worldclass.claims.data.Data`, in well under a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from worldclass.flows.economy import Economy
from worldclass.flows.production import Production, produce
from worldclass.flows.store import write_store

NORTH, SOUTH = ("DEU", "USA"), ("CHN", "IND")
INDUSTRIES = ("c1", "c14", "c18", "c33")
"""Farms, machines, construction and health, by the codes of WIOD 2013, whose bridge is shipped."""
OWN_USE = 0.3
"""Part of its output that each industry uses up of itself."""


def write_trade(folder: Path, shares: Mapping[int, tuple[float, float]]) -> Path:
    """Solved tables of four countries in which trade is as told.

    Parameters
    ----------
    folder
        Where to.
    shares
        By year (1991 to 2023): the part of its output that every industry of the South (China,
        India) delivers to the North (Germany, USA), and of the North to the South, 0 to 1. The
        rest is consumed where it is made. The labour that flows is thus that part of the hours
        worked, which the labour accounts take from the population table.

    Examples
    --------
    Net labour flows north, and more each year, with `{1995: (0.1, 0), 2005: (0.2, 0)}`; it flows
    south with `{1995: (0, 0.5)}`.
    """
    tables = [_trade(year, *ends) for year, ends in sorted(shares.items())]
    years = {table.year: "none" for table in tables}
    return write_store(tables, folder, repairs=years, absent=[]).folder


def _trade(year: int, from_south: float, from_north: float) -> Production:
    codes = (*NORTH, *SOUTH)
    sectors = tuple((code, industry) for code in codes for industry in INDUSTRIES)
    output = np.full(len(sectors), 1000.0)
    demand = np.zeros((len(sectors), len(codes)))
    for row, (code, _) in enumerate(sectors):
        abroad = from_north if code in NORTH else from_south
        for column, consumer in enumerate(codes):
            across = (code in NORTH) != (consumer in NORTH)
            share = abroad / 2 if across else (1 - abroad) * (code == consumer)
            demand[row, column] = share * output[row] * (1 - OWN_USE)
    economy = Economy(
        "table of known answers", year, "million USD", "current basic prices", sectors,
        tuple((code, "all") for code in codes), np.diag(OWN_USE * output), demand, output,
    )  # fmt: skip
    return produce(economy)


def write_events(file: Path, *, fades: bool, days: int = 30, seed: int = 1) -> Path:
    """Daily counts of events that rise tenfold and fade, or that rise to the last day.

    Poisson counts around exp(0.3 t) to a peak of 400 on day 10 and a fall by 0.25 a day; or around
    5 exp(0.12 t).
    """
    day = np.arange(days)
    if fades:
        mean = 400 * np.exp(np.minimum(0.3 * (day - 10), 0) - np.maximum(0.25 * (day - 10), 0)) + 1
    else:
        mean = 5 * np.exp(0.12 * day)
    counts = np.random.default_rng(seed).poisson(mean)
    start = date(2020, 5, 26)
    dates = [(start + timedelta(days=k)).isoformat() for k in range(days)]
    pl.DataFrame({"date": dates, "events": counts}).write_csv(file)
    return file


def write_places(file: Path, *, days: int = 30, seed: int = 2) -> Path:
    """Events by city and day: those of "Ashville" fade, those of "Bigtown" rise to the last day."""
    parts: list[pl.DataFrame] = []
    for city, fades in (("Ashville", True), ("Bigtown", False)):
        one = pl.read_csv(write_events(file, fades=fades, days=days, seed=seed))
        parts.append(one.with_columns(pl.lit(city).alias("city")))
    pl.concat(parts).sort("date", "city").write_csv(file)
    return file


def write_panel(
    file: Path,
    *,
    warns: bool,
    debt_rises: bool = True,
    countries: int = 18,
    years: tuple[int, int] = (1870, 2020),
    seed: int = 3,
) -> Path:
    """A panel of countries and years with the columns of the Macrohistory Database.

    Parameters
    ----------
    file
        A Parquet file.
    warns
        Whether log odds of a crisis are 10 × the sum of real credit growth over the five years
        before; else crises come by chance alone.
    debt_rises
        Whether loans over GDP drift up by 1 % a year, or down.
    """
    chance = np.random.default_rng(seed)
    first, last = years
    length = last - first + 1
    parts: list[pl.DataFrame] = []
    for number in range(countries):
        growth = 0.02 + 0.06 * chance.standard_normal(length)
        loans = np.exp(growth.cumsum())
        before = np.zeros(length)
        for lag in range(1, 6):
            before[lag:] += growth[:-lag]
        odds = -3.6 + 10 * (before - 0.1) if warns else np.full(length, -3.0)
        drift = 0.01 if debt_rises else -0.01
        parts.append(
            pl.DataFrame(
                {
                    "year": np.arange(first, last + 1),
                    "country": f"Country {number:02d}",
                    "iso": f"C{number:02d}",
                    "tloans": loans,
                    "money": np.exp((0.02 + 0.05 * chance.standard_normal(length)).cumsum()),
                    "cpi": np.ones(length),
                    "gdp": loans / (0.3 * np.exp(drift * np.arange(length))),
                    "pop": np.full(length, 1000.0 * (number + 1)),
                    "rgdpmad": np.full(length, 5000.0),
                    "crisisJST": (chance.random(length) < 1 / (1 + np.exp(-odds))).astype(float),
                }
            )
        )
    pl.concat(parts).write_parquet(file)
    return file
