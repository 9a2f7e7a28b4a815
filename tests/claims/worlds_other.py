"""Makers of data of which the answer is known: trade tables, protest events, credit panels.

Each writes one file or folder, for `worldclass.claims.data.Data`, in well under a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from worldclass.core.atomic import write_text
from worldclass.flows.economy import Economy
from worldclass.flows.exploitation.bundles import RANGES, format_ranges
from worldclass.flows.exploitation.table import make_table
from worldclass.flows.production import produce
from worldclass.flows.store import write_store

NORTH, SOUTH = ("DEU", "USA"), ("CHN", "IND")
INDUSTRIES = ("c1", "c14", "c18", "c33")
"""Farms, machines, construction and health, by the codes of WIOD 2013, whose bridge is shipped."""
OWN_USE = 0.3
"""Part of its output that each industry uses up of itself."""


def write_trade(
    folder: Path,
    shares: Mapping[int, tuple[float, float]],
    *,
    rest: bool = False,
    exported: Mapping[int, Sequence[str]] | None = None,
    north_size: float = 1.0,
    ranges: bool = False,
) -> Path:
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
    rest
        Whether there is a rest of the world (ROW) beside the four, which trades as the South does.
    exported
        By year: the industries of which the South delivers, all by default.
    north_size
        Output of a Northern country, that of a Southern one being 1.
    ranges
        Whether to write the ranges of bundles beside them, which definitions of bounds need.

    Examples
    --------
    Net labour flows north, and more each year, with `{1995: (0.1, 0), 2005: (0.2, 0)}`; it flows
    south with `{1995: (0, 0.5)}`.
    """
    southern = (*SOUTH, "ROW") if rest else SOUTH
    tables = [
        _trade(year, *ends, southern, (exported or {}).get(year, INDUSTRIES), north_size)
        for year, ends in sorted(shares.items())
    ]
    solved = [produce(table) for table in tables]
    years = {table.year: "none" for table in tables}
    if ranges:
        laid = [make_table(table) for table in tables]
        found = {one.year: (one.countries, one.bundles()) for one in laid if one.bundles}
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / RANGES, format_ranges(found))
    return write_store(solved, folder, repairs=years, absent=[]).folder


def _trade(
    year: int,
    from_south: float,
    from_north: float,
    southern: tuple[str, ...],
    exported: Sequence[str],
    north_size: float,
) -> Economy:
    codes = (*NORTH, *southern)
    sectors = tuple((code, industry) for code in codes for industry in INDUSTRIES)
    output = np.array([1000.0 * (north_size if code in NORTH else 1) for code, _ in sectors])
    demand = np.zeros((len(sectors), len(codes)))
    for row, (code, industry) in enumerate(sectors):
        abroad = from_north if code in NORTH else from_south * (industry in exported)
        partners = len(southern if code in NORTH else NORTH)
        for column, consumer in enumerate(codes):
            across = (code in NORTH) != (consumer in NORTH)
            share = abroad / partners if across else (1 - abroad) * (code == consumer)
            demand[row, column] = share * output[row] * (1 - OWN_USE)
    return Economy(
        "table of known answers", year, "million USD", "current basic prices", sectors,
        tuple((code, "all") for code in codes), np.diag(OWN_USE * output), demand, output,
    )  # fmt: skip


def write_events(file: Path, *, fades: bool, days: int = 30, seed: int = 1) -> Path:
    """Daily counts of events, and of cities with events, that rise tenfold and fade, or that rise
    to the last day.

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
    table = pl.DataFrame({"date": dates, "events": counts, "city_days": (counts + 1) // 2})
    table.write_csv(file)
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
    money_too: bool = False,
    slope: float = 10.0,
    largest: str = "Country 00",
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
        Whether log odds of a crisis are `slope` × the sum of real credit growth over the five
        years before; else crises come by chance alone.
    debt_rises
        Whether loans, those to households, and public debt over GDP drift up by 1 % a year, or
        down.
    money_too
        Whether money grows as loans do, so that it warns as well; else by chance.
    largest
        Name and code of the first country.
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
        odds = -3.6 + slope * (before - 0.1) if warns else np.full(length, -3.0)
        drift = 0.01 if debt_rises else -0.01
        money = np.exp((0.02 + 0.05 * chance.standard_normal(length)).cumsum())
        rise = np.exp(drift * np.arange(length))
        gdp = loans / (0.3 * rise)
        parts.append(
            pl.DataFrame(
                {
                    "year": np.arange(first, last + 1),
                    "country": f"Country {number:02d}" if number else largest,
                    "iso": f"C{number:02d}" if number else largest,
                    "tloans": loans,
                    "thh": loans / 3,
                    "debtgdp": 0.4 * rise,
                    "money": 2 * loans if money_too else money,
                    "cpi": np.ones(length),
                    "gdp": gdp,
                    "pop": np.full(length, 1000.0 * (number + 1)),
                    "rgdpmad": np.full(length, 5000.0),
                    "crisisJST": (chance.random(length) < 1 / (1 + np.exp(-odds))).astype(float),
                }
            )
        )
    pl.concat(parts).write_parquet(file)
    return file


def write_indicators(file: Path, *, peak: int) -> Path:
    """Openness of five countries that grows by 2 % a year up to a year, and falls by 1 % from then.

    Exports and imports alike, as percent of output; output grows by 3 % a year.
    """
    years = np.arange(1991, 2024)
    trend = np.exp(0.02 * (np.minimum(years, peak) - 1991) - 0.01 * np.maximum(years - peak, 0))
    rows = [
        pl.DataFrame({"iso3": code, "year": years, "indicator": name, "value": level * values})
        for k, code in enumerate(("BRA", "CHN", "DEU", "NGA", "USA"))
        for name, level, values in (
            ("exports_share_gdp", 10.0 + 3 * k, trend),
            ("imports_share_gdp", 9.0 + 2 * k, trend),
            ("gdp_usd2015", 1e11 * (k + 1), np.exp(0.03 * (years - 1991))),
        )
    ]
    pl.concat(rows).write_parquet(file)
    return file


def write_pay(file: Path, dollars: float) -> Path:
    """Pay of a number of US dollars a month for both workers that shipped claims speak of."""
    rows = [
        ("india-warehouse-2020", "IND", 2020),
        ("bangladesh-garment-2018", "BGD", 2018),
    ]
    lines = ['title = "Pay of known answers"']
    for name, country, year in rows:
        lines += [
            f"[observation.{name}]",
            f'label = "{name}"\namount = {dollars}\ncurrency = "USD"',
            f'country = "{country}"\nyear = {year}\nsource = "Made."\nconfidence = "source"',
        ]
    lines += ["[exchange]", 'source = "Made."', "rates = { USD = { 2018 = 1.0, 2020 = 1.0 } }"]
    for basis, level in (("icp2017", 0.3), ("icp2021", 0.25)):
        levels = f"{{ IND = {{ 2020 = {level} }}, BGD = {{ 2018 = {level} }} }}"
        lines += [f"[price_level.{basis}]", f'label = "{basis}"\nsource = "Made."']
        lines += [f"levels = {levels}"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file
