"""Country: the classes of one place through time, its rank, and theories side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

import polars as pl

from worldclass.charts.measures import MEASURES
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theory_bars import bars_chart
from worldclass.explorer.headline import opening, summarise
from worldclass.explorer.html_parts import class_table, unbroken
from worldclass.explorer.site.material import FIRST_THEORY, Material
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shards import place_shard
from worldclass.explorer.site.shell import entry, figure, page_html
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.explorer.site.specifications import country_charts, layouts


def files(material: Material) -> Iterator[SiteFile]:
    """A page and a shard for each place; charts by theory."""
    for code in material.places:
        yield SiteFile(f"country/{code}.html", partial(_html, material, code))
        yield shard(f"data/place/{code}.json.gz", partial(place_shard, material, code))
    for theory in material.theories:
        yield shard(f"charts/country/{theory}.json.gz", partial(country_charts, material, theory))
    yield shard("charts/theories.json.gz", _theory_charts)


def _theory_charts() -> dict[str, Any]:
    """Theories side by side, by measure."""

    def build(name: str, width: int) -> Picture:
        return Picture(bars_chart(MEASURES[name], width), Caption(""), width)

    return {name: layouts(partial(build, name)) for name in MEASURES}


def _html(material: Material, code: str) -> bytes:
    setting = material.setting(FIRST_THEORY)
    frame = material.frame(FIRST_THEORY).filter(pl.col("country") == code)
    items = summarise(frame, code, setting)
    where = setting.place_in_sentence(code)
    body = (
        '<form class="controls" aria-label="What to show" hidden></form>'
        f'<p id="opening">{unbroken(escape(opening(items, code, setting)))}</p>'
        '<aside class="number" aria-labelledby="number-title" hidden></aside>'
        f'<section id="table">{class_table(items, where)}'
        f'<p class="note">{escape(setting.footnote())}</p></section>'
        + figure("areas", "Classes through time")
        + figure("trends", "Each class with its interval")
        + figure("theories", "Theories side by side")
        + figure("ranking", "Rank among countries")
        + '<section id="neighbours" hidden></section>'
        + f'<nav aria-label="Other places"><h2>Other places</h2>{_places(material, code)}</nav>'
    )
    return page_html(
        material,
        page="country",
        path=f"country/{code}.html",
        title=f"Classes of {where}",
        lead="Its classes through time, its rank among countries, and what rival theories "
        "make of the same people.",
        body=body,
        settings={"place": code},
        shards=(
            "data/catalogue.json.gz",
            f"data/place/{code}.json.gz",
            f"charts/country/{FIRST_THEORY}.json.gz",
        ),
    )


def _places(material: Material, code: str) -> str:
    """Links to all places, in the order of their names."""
    setting = material.setting(FIRST_THEORY)
    items = "".join(
        entry(f"{other}.html", setting.place(other), here=other == code)
        for other in material.places
    )
    return f'<ul class="places">{items}</ul>'


PAGE = Page("country", "Country", "country/WORLD.html", files)
