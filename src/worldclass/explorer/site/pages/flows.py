"""Flows: who works for whom, between groups and countries, by sex and through time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import polars as pl

from worldclass.charts.flow_texts import amount_text, interval_text, signed_text
from worldclass.charts.numbers import significant
from worldclass.explorer.html_parts import table
from worldclass.explorer.site.flow_shards import (
    ACCOUNTS,
    DRAWS,
    GROUPS,
    REGIONS,
    RULED,
    countries_shard,
    country_frame,
    pairs_shard,
    table_years,
    trends_shard,
)
from worldclass.explorer.site.material import Material
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shell import figure, page_html
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.flows.areas import area_label

HEADER = ("Country", "Given", "5–95 %", "Commanded", "5–95 %", "Net", "5–95 %", "Per hour given")
NOTE = (
    f"Given: work done in the country for anybody’s final demand; commanded: work done "
    f"anywhere for its own; net: commanded less given. Intervals: 5–95 % of {DRAWS} draws over "
    "the assumptions of the labour accounts; commanded per unit given is a central estimate. "
    f"{REGIONS} {RULED}"
)
MILLION = 1e6


def files(material: Material) -> Iterator[SiteFile]:
    """The page; numbers and pictures by grouping, account and year."""
    yield SiteFile("flows.html", lambda: _html(material))
    for account in ACCOUNTS:
        for year in table_years():
            path = f"data/flows/countries/{account}/{year}.json.gz"
            yield shard(path, partial(countries_shard, account, year))
        for groups in GROUPS:
            folder = f"data/flows/{groups}/{account}"
            yield shard(f"{folder}/trends.json.gz", partial(trends_shard, groups, account))
            for year in table_years():
                yield shard(f"{folder}/{year}.json.gz", partial(pairs_shard, groups, account, year))


def _html(material: Material) -> bytes:
    years = table_years()
    body = (
        '<form class="controls" aria-label="What to show" hidden></form>'
        '<p id="absent" class="what" role="status"></p>'
        '<aside class="number" aria-labelledby="number-title" hidden></aside>'
        + figure("matrix", "Who works for whom")
        + figure("sankey", "Flows between places")
        + figure("trends", "Through time")
        + f'<section id="table">{countries_table()}</section>'
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
            f"data/flows/regions/hours/{years[-1]}.json.gz",
            "data/flows/regions/hours/trends.json.gz",
            f"data/flows/countries/hours/{years[-1]}.json.gz",
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
