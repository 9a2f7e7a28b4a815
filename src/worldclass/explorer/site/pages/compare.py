"""Compare: some places, some classes of some theories, in small multiples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import polars as pl

from worldclass.charts.measures import MEASURES, estimates
from worldclass.charts.numbers import persons_interval, persons_text, share_interval, share_text
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.place_trends import trends_chart
from worldclass.charts.theme import NARROW
from worldclass.explorer.html_parts import table
from worldclass.explorer.site.catalogue import short_label
from worldclass.explorer.site.material import FIRST_THEORY, Material
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shell import figure, page_html
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.explorer.site.specifications import layouts

PLACES = ("CHN", "IND", "USA", "BRA")
CLASSES = (
    (FIRST_THEORY, "worker-elite"),
    (FIRST_THEORY, "proletariat"),
    ("pew", "middle-income"),
    ("kharas", "middle-class"),
)
"""What is compared until the reader chooses."""
HEADER = ("Place", "Class", "Theory", "Persons", "5–95 %", "% of adults", "5–95 %")


def files(material: Material) -> Iterator[SiteFile]:
    """The page and its charts; the numbers are the shards of places."""
    yield SiteFile("compare.html", lambda: _html(material))
    yield shard("charts/compare.json.gz", _charts)


def _charts() -> dict[str, Any]:
    """Small multiples, by measure."""

    def build(name: str, width: int) -> Picture:
        columns = 1 if width <= NARROW else 2
        return Picture(trends_chart(MEASURES[name], width, 170, columns), Caption(""), width)

    return {name: layouts(partial(build, name)) for name in MEASURES}


def _html(material: Material) -> bytes:
    body = (
        '<form class="controls" aria-label="What to compare" hidden></form>'
        '<aside class="number" aria-labelledby="number-title" hidden></aside>'
        + figure("panels", "Through time")
        + f'<section id="table">{compared_table(material)}</section>'
    )
    chosen = [f"{theory}/{class_id}" for theory, class_id in CLASSES]
    return page_html(
        material,
        page="compare",
        path="compare.html",
        title="Compare places, classes and theories",
        lead="Which country has more of a class, and by whose definition: up to six places and six "
        "classes side by side, of any theories.",
        body=body,
        settings={"places": ",".join(PLACES), "classes": ",".join(chosen)},
        shards=(
            "data/catalogue.json.gz",
            "charts/compare.json.gz",
            *(f"data/place/{code}.json.gz" for code in PLACES),
        ),
    )


def compared_table(material: Material) -> str:
    """The first choice in the last year, as an HTML table."""
    year = material.years[-1]
    rows: list[list[str]] = []
    for theory, class_id in CLASSES:
        setting = material.setting(theory)
        own = material.frame(theory).filter(
            pl.col("class") == class_id, pl.col("year") == year, pl.col("sex") == "total"
        )
        found = {row["country"]: row for row in estimates(own, MEASURES["share_adults"]).to_dicts()}
        for code in PLACES:
            row = found[code]
            rows.append(
                [
                    setting.place(code),
                    setting.style(class_id).label,
                    short_label(setting.theory),
                    persons_text(row["persons"]),
                    persons_interval(row["persons_p05"], row["persons_p95"]),
                    share_text(row["value"]),
                    share_interval(row["low"], row["high"]),
                ]
            )
    note = material.setting(FIRST_THEORY).footnote()
    return table(f"Compared, {year}", HEADER, rows, text_columns=3, note=note)


PAGE = Page("compare", "Compare", "compare.html", files)
