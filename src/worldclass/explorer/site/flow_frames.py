"""Flows that the page shows: frames by grouping, account and year, each computed once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import polars as pl

from worldclass.flows.areas import area_label
from worldclass.flows.query import flows
from worldclass.flows.store import open_store

DRAWS = 64
"""Draws behind the intervals of this page; `worldclass.flows` takes 200 unless told otherwise."""
ACCOUNTS = {"hours": "Hours", "persons": "Persons"}
COUNTRIES = "countries"
GROUPS: dict[str, tuple[str, ...] | None] = {
    "regions": ("EAST_ASIA_PACIFIC", "SOUTH_ASIA", "EUROPE_CENTRAL_ASIA", "AMERICAS", "REST"),
    "north-south": ("NORTH", "SOUTH"),
    COUNTRIES: None,
}
"""Between what: regions of which the tables name countries, and REST, which holds all others; the
two halves of the world; or every country of the tables."""
COLUMNS = ("given", "commanded", "net")
DIGITS = 6


def table_years() -> tuple[int, ...]:
    """Years of the embedded tables."""
    return tuple(open_store().years)


def country_codes() -> list[str]:
    """Countries of the tables and the rest of the world, in the order of their names."""
    store = open_store()
    return sorted(store.production(store.years[-1]).countries, key=area_label)


@lru_cache(maxsize=256)
def group_frame(groups: str, account: str, year: int, way: str) -> pl.DataFrame:
    """Flows of one year by sex: `way` is pair or country."""
    chosen = GROUPS[groups]
    given = None if chosen is None else list(chosen)
    return pl.DataFrame(flows(year, by=(way, "sex"), account=account, group=given, draws=DRAWS))


@lru_cache(maxsize=64)
def country_frame(account: str, year: int) -> pl.DataFrame:
    """What every country gives, commands and gains in a year, by sex; one row a country.

    The amounts keep the unit of `worldclass.flows`; `ratio` is commanded per given.
    """
    found = group_frame(COUNTRIES, account, year, "country")
    place = pl.when(pl.col("consumer").is_in(["WORLD", "ABROAD"]))
    found = found.with_columns(
        country=place.then(pl.col("producer")).otherwise(pl.col("consumer")),
        kind=pl.col("measure").str.split("_").list.last(),
    ).filter(pl.col("kind").is_in(COLUMNS))
    keys = ["year", "country", "sex", "unit"]
    whole = found.select(keys).unique(maintain_order=True)
    for kind in COLUMNS:
        one = found.filter(pl.col("kind") == kind).select(
            "country",
            "sex",
            pl.col("value").alias(kind),
            pl.col("p05").alias(f"{kind}_p05"),
            pl.col("p95").alias(f"{kind}_p95"),
        )
        whole = whole.join(one, on=["country", "sex"], how="left", maintain_order="left")
    return whole.with_columns(ratio=pl.col("commanded") / pl.col("given"))


@lru_cache(maxsize=8)
def through_time(groups: str, account: str) -> pl.DataFrame:
    """What places give, command and gain in every year of the tables, by sex."""
    return pl.concat(group_frame(groups, account, year, "country") for year in table_years())


def of_sex(frame: pl.DataFrame, sex: str) -> pl.DataFrame:
    """The rows of one sex."""
    return frame.filter(pl.col("sex") == sex)


def rounded(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows with six significant digits."""
    return _short(frame).to_dicts()


def columnar(frame: pl.DataFrame) -> dict[str, Any]:
    """One array a column, with six significant digits; a constant column is its one value.

    Examples
    --------
    >>> columnar(pl.DataFrame({"year": [2008, 2008], "value": [1.23456789, 2.0]}))
    {'year': 2008, 'value': [1.23457, 2.0]}
    """
    found = _short(frame).to_dict(as_series=False)
    return {name: values[0] if len(set(values)) == 1 else values for name, values in found.items()}


def _short(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.selectors.float().round_sig_figs(DIGITS))
