"""Flows: who works for whom, between groups and countries, by sex and through time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

import polars as pl

from worldclass.charts.flow_texts import amount_text, interval_text, signed_text
from worldclass.charts.numbers import significant
from worldclass.explorer.html_parts import table
from worldclass.explorer.site.flow_frames import (
    ACCOUNTS,
    COUNTRIES,
    DRAWS,
    GROUPS,
    country_codes,
    country_frame,
    table_years,
)
from worldclass.explorer.site.flow_shards import (
    REGIONS,
    RULED,
    countries_shard,
    country_trends_shard,
    pairs_shard,
    trends_shard,
    words_shard,
)
from worldclass.explorer.site.material import Material
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shell import figure, page_html
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.flows.areas import area_label
from worldclass.people.grid import SEX_CODES

HEADER = ("Country", "Given", "5–95 %", "Commanded", "5–95 %", "Net", "5–95 %", "Per hour given")
WORDS = (
    "Given: work done in a place for anybody’s final demand (consumption, government, investment). "
    "Commanded: work done anywhere for its own final demand. Net: commanded less given; above zero "
    "a place draws more work than it gives. A net amount says that more hours go one way than the "
    "other, not why."
)
CLASSES = (
    "Women and men are told apart between all places; classes are not, for the tables say in which "
    "country and industry people work, not to which class they belong (worldclass flows "
    "exploitation does it under stated assumptions)."
)
NOTE = (
    f"Intervals: 5–95 % of {DRAWS} draws over "
    "the assumptions of the labour accounts; commanded per unit given is a central estimate. "
    f"{RULED}"
)
MILLION = 1e6


def files(material: Material) -> Iterator[SiteFile]:
    """The page; numbers and pictures by grouping, account and year."""
    yield SiteFile("flows.html", lambda: _html(material))
    yield shard("data/flows/words.json.gz", words_shard)
    for account in ACCOUNTS:
        for year in table_years():
            path = f"data/flows/table/{account}/{year}.json.gz"
            yield shard(path, partial(countries_shard, account, year))
        for groups in GROUPS:
            yield from _grouping(groups, account)


def _grouping(groups: str, account: str) -> Iterator[SiteFile]:
    """Pictures of a grouping: one shard a year and sex, and the trends."""
    folder = f"data/flows/{groups}/{account}"
    for year in table_years():
        for sex in SEX_CODES:
            make = partial(pairs_shard, groups, account, year, sex)
            yield shard(f"{folder}/{year}/{sex}.json.gz", make)
    if groups != COUNTRIES:
        yield shard(f"{folder}/trends.json.gz", partial(trends_shard, groups, account))
        return
    for country in country_codes():
        make = partial(country_trends_shard, account, country)
        yield shard(f"{folder}/trends/{country}.json.gz", make)


def _html(material: Material) -> bytes:
    years = table_years()
    body = (
        '<form class="controls" aria-label="What to show" hidden></form>'
        '<p id="absent" class="what" role="status"></p>'
        f'<p class="what">{escape(CLASSES)} {escape(REGIONS)}</p>'
        '<aside class="number" aria-labelledby="number-title" hidden></aside>'
        + figure("matrix", "Who works for whom")
        + figure("sankey", "Flows between places")
        + '<details id="ribbons" hidden></details>'
        + figure("trends", "Through time")
        + '<section id="partners" aria-label="With whom" hidden></section>'
        + f'<h2>Countries</h2><p class="what">{escape(WORDS)}</p>'
        f'<section id="table">{countries_table()}</section>'
    )
    return page_html(
        material,
        page="flows",
        path="flows.html",
        title="Who works for whom",
        lead="Labour crosses borders inside goods and services: how many hours are worked in one "
        "part of the world for the final demand of another, by the world’s input-output tables.",
        body=body,
        settings={"years": ",".join(map(str, years)), "note": NOTE},
        shards=(
            "data/catalogue.json.gz",
            "data/flows/words.json.gz",
            f"data/flows/regions/hours/{years[-1]}/total.json.gz",
            "data/flows/regions/hours/trends.json.gz",
            f"data/flows/table/hours/{years[-1]}.json.gz",
        ),
    )


def countries_table() -> str:
    """Hours by country in the latest year, as HTML; most commanded per hour given first."""
    year = table_years()[-1]
    frame = country_frame("hours", year).filter(pl.col("sex") == "total")
    rows: list[list[str]] = []
    for row in frame.sort("ratio", descending=True).to_dicts():
        cells = [area_label(row["country"])]
        for kind in ("given", "commanded", "net"):
            write = signed_text if kind == "net" else amount_text
            low, high = row[f"{kind}_p05"], row[f"{kind}_p95"]
            cells.append(write(row[kind] * MILLION))
            cells.append(interval_text(low * MILLION, high * MILLION))
        rows.append([*cells, significant(row["ratio"], 3, trim=False)])
    return table(f"Hours given and commanded by country, {year}", HEADER, rows, note=NOTE)


PAGE = Page("flows", "Flows", "flows.html", files)
