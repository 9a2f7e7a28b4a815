"""World: map and trends of one class under a theory, and the table of all places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import polars as pl

from worldclass.charts.measures import MEASURES, estimates
from worldclass.charts.numbers import persons_interval, persons_text, share_interval, share_text
from worldclass.explorer.html_parts import table
from worldclass.explorer.site.material import FIRST_THEORY, Material
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shards import class_shard, shown_classes
from worldclass.explorer.site.shell import figure, page_html
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.explorer.site.specifications import world_charts
from worldclass.people.grid import SEX_CODES

HEADER = ("Place", "Persons", "5–95 %", "% of adults", "5–95 %", "Imputed input")


def files(material: Material) -> Iterator[SiteFile]:
    """The page, its charts, and one shard for each class and sex of each theory."""
    yield SiteFile("index.html", lambda: _html(material))
    yield shard("charts/world.json.gz", lambda: world_charts(material))
    for theory in material.theories:
        for class_id in shown_classes(material, theory):
            for sex in SEX_CODES:
                make = partial(class_shard, material, theory, class_id, sex)
                yield shard(f"data/class/{theory}/{class_id}/{sex}.json.gz", make)


def _html(material: Material) -> bytes:
    focus = material.focus(FIRST_THEORY)
    setting = material.setting(FIRST_THEORY)
    label, year = setting.style(focus).label, material.years[-1]
    body = (
        '<form class="controls" aria-label="What to show" hidden></form>'
        '<aside class="number" aria-labelledby="number-title" hidden></aside>'
        + figure("map", "Map")
        + figure("trends", "Through time")
        + f'<section id="table">{world_table(material, FIRST_THEORY, focus, year)}</section>'
    )
    return page_html(
        material,
        page="world",
        path="index.html",
        title="Classes of the world",
        lead=f"How large a class is in every country and year, by a theory of your choice. "
        f"First shown: {label.lower()}, as the theory “{setting.theory}” defines it.",
        body=body,
        shards=(
            "data/catalogue.json.gz",
            "charts/world.json.gz",
            "data/shapes.json.gz",
            f"data/class/{FIRST_THEORY}/{focus}/total.json.gz",
        ),
    )


def world_table(material: Material, theory: str, class_id: str, year: int) -> str:
    """One class in every place of one year, as an HTML table."""
    setting = material.setting(theory)
    own = material.frame(theory).filter(
        pl.col("class") == class_id, pl.col("year") == year, pl.col("sex") == "total"
    )
    shares = estimates(own, MEASURES["share_adults"])
    found = {row["country"]: row for row in shares.to_dicts()}
    rows = [
        [
            setting.place(code),
            persons_text(row["persons"]),
            persons_interval(row["persons_p05"], row["persons_p95"]),
            share_text(row["value"]),
            share_interval(row["low"], row["high"]),
            share_text(row["imputed"]),
        ]
        for code in material.places
        if (row := found.get(code))
    ]
    caption = f"{setting.style(class_id).label} by place, {year}"
    return table(caption, HEADER, rows, note=setting.footnote())


PAGE = Page("world", "World", "index.html", files)
