"""Flows in small files: pictures and tidy rows by grouping, account and year."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import polars as pl

from worldclass import __version__
from worldclass.charts.flow_frame import FlowSetting
from worldclass.charts.flow_matrix import flow_matrix
from worldclass.charts.flow_sankey import flow_sankey
from worldclass.charts.flow_trends import flow_trends
from worldclass.charts.picture import Picture
from worldclass.explorer.site.specifications import PHONE, WIDE
from worldclass.flows.areas import area_label
from worldclass.flows.query import flows
from worldclass.flows.store import open_store
from worldclass.people.grid import SEX_CODES

DRAWS = 64
"""Draws behind the intervals of this page; `worldclass.flows` takes 200 unless told otherwise."""
SOURCE = (
    f"worldclass {__version__}, from input-output tables and public labour statistics "
    "(page “Data & methods”)"
)
ACCOUNTS = {"hours": "Hours", "persons": "Persons"}
GROUPS: dict[str, tuple[str, ...]] = {
    "regions": ("EAST_ASIA_PACIFIC", "SOUTH_ASIA", "EUROPE_CENTRAL_ASIA", "AMERICAS", "REST"),
    "north-south": ("NORTH", "SOUTH"),
}
"""Regions of which the tables name countries, and REST, which holds all others."""
REGIONS = (
    "A region holds those of its countries that the tables name (40 in all); all other countries "
    "are the rest of the world, which counts with the South."
)
RULED = (
    "The part of women in an industry is ruled, not measured: it follows from women's part in the "
    "wider sectors of each country and a stated rule, so that differences between the sexes within "
    "a sector are assumed."
)
COLUMNS = ("given", "commanded", "net")
SIZE = (440, 360)


def table_years() -> tuple[int, ...]:
    """Years of the embedded tables."""
    return tuple(open_store().years)


def setting() -> FlowSetting:
    """Source and number of draws, for footnotes."""
    return FlowSetting(SOURCE, draws=DRAWS, names={"REST": "Rest of the world"})


@lru_cache(maxsize=256)
def group_frame(groups: str, account: str, year: int, way: str) -> pl.DataFrame:
    """Flows of one year by sex: `way` is pair or country."""
    given = list(GROUPS[groups])
    return flows(year, by=(way, "sex"), account=account, group=given, draws=DRAWS)


@lru_cache(maxsize=64)
def country_frame(account: str, year: int) -> pl.DataFrame:
    """What every country gives, commands and gains in a year, by sex; one row a country.

    The amounts keep the unit of `worldclass.flows`; `ratio` is commanded per given.
    """
    found = flows(year, by=("country", "sex"), account=account, draws=DRAWS)
    place = pl.when(pl.col("consumer").is_in(["WORLD", "ABROAD"]))
    found = found.with_columns(
        country=place.then(pl.col("producer")).otherwise(pl.col("consumer")),
        kind=pl.col("measure").str.split("_").list.last(),
    )
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


def countries_shard(account: str, year: int) -> dict[str, Any]:
    """Rows of the table of countries, with names."""
    frame = country_frame(account, year)
    names = {code: area_label(code) for code in frame["country"].unique()}
    return {"names": names, "rows": rounded(frame)}


def pairs_shard(groups: str, account: str, year: int) -> dict[str, Any]:
    """Matrix and Sankey of a year by sex, with their words and data, and the tidy rows."""
    frame = group_frame(groups, account, year, "pair")
    found: dict[str, Any] = {"rows": rounded(frame)}
    for sex in SEX_CODES:

        def matrix(width: int, sex: str = sex) -> Picture:
            return flow_matrix(_of(frame, sex), year=year, sex=sex, setting=setting(), width=width)

        def sankey(width: int, sex: str = sex) -> Picture:
            height = SIZE[width == PHONE]
            return flow_sankey(
                _of(frame, sex),
                year=year,
                sex=sex,
                setting=setting(),
                width=width,
                height=height,
            )

        found[sex] = {"matrix": drawn(matrix), "sankey": drawn(sankey)}
    return found


def trends_shard(groups: str, account: str) -> dict[str, Any]:
    """Net amounts through the years by sex, and the tidy rows."""
    parts = [group_frame(groups, account, year, "country") for year in table_years()]
    frame = pl.concat(pl.DataFrame(part) for part in parts)
    net = frame.filter(pl.col("measure").str.ends_with("_net"))
    found: dict[str, Any] = {"rows": rounded(net)}
    places = list(GROUPS[groups])
    for sex in SEX_CODES:

        def trends(width: int, sex: str = sex) -> Picture:
            height = 340 if width == WIDE else 280
            return flow_trends(
                _of(frame, sex),
                places=places,
                sex=sex,
                setting=setting(),
                width=width,
                height=height,
            )

        found[sex] = {"trends": drawn(trends)}
    return found


def drawn(build: Callable[[int], Picture]) -> dict[str, Any]:
    """A picture at both widths: specification, data and words."""
    found: dict[str, Any] = {}
    for name, width in (("wide", WIDE), ("phone", PHONE)):
        picture = build(width)
        words = picture.caption
        found[name] = {
            "chart": picture.specification(with_data=False),
            "data": picture.data,
            "title": words.title,
            "what": words.subtitle,
            "note": words.footnote,
            "description": words.description,
        }
    return found


def _of(frame: pl.DataFrame, sex: str) -> pl.DataFrame:
    return frame.filter(pl.col("sex") == sex)


def rounded(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows with six significant digits."""
    return frame.with_columns(pl.selectors.float().round_sig_figs(6)).to_dicts()
