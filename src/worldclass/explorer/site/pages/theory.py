"""Theory: rules in words and SQL, sources, and a slider that moves a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

from worldclass.charts.measures import MEASURES
from worldclass.charts.parameter_curves import curves_chart
from worldclass.charts.picture import Caption, Picture
from worldclass.charts.theme import NARROW
from worldclass.explorer.report_words import theory_section
from worldclass.explorer.site.material import FIRST_THEORY, Material
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shell import entry, figure, page_html
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.explorer.site.specifications import layouts
from worldclass.explorer.site.sweeps import parameter_values, sweep_shard
from worldclass.explorer.theory_text import unit_words
from worldclass.theories.compile import compile_theory
from worldclass.theories.library import load_theory
from worldclass.theories.schema import ChoiceParameter
from worldclass.theories.sql import case_sql

DIALECT = "duckdb"


def files(material: Material) -> Iterator[SiteFile]:
    """A page for each theory, and a sweep of each of its parameters."""
    for theory in material.theories:
        yield SiteFile(f"theory/{theory}.html", partial(_html, material, theory))
        for name in load_theory(theory).parameters:
            make = partial(sweep_shard, material, theory, name)
            yield shard(f"data/sweep/{theory}/{name}.json.gz", make)
    yield shard("data/parameters.json.gz", lambda: _parameters(material))
    yield shard("charts/theory.json.gz", _charts)


def _charts() -> dict[str, Any]:
    """Classes over a parameter, by measure."""

    def build(name: str, width: int) -> Picture:
        height = 260 if width <= NARROW else 320
        return Picture(curves_chart(MEASURES[name], width, height), Caption(""), width)

    return {name: layouts(partial(build, name)) for name in ("share_population", "persons")}


def _parameters(material: Material) -> dict[str, list[dict[str, Any]]]:
    """What can be moved: every parameter of every theory, with its values and its words."""
    found: dict[str, list[dict[str, Any]]] = {}
    for theory in material.theories:
        loaded = load_theory(theory)
        found[theory] = [
            {
                "id": name,
                "choice": isinstance(parameter, ChoiceParameter),
                "default": parameter.default,
                "values": parameter_values(loaded, name),
                "unit": unit_words(getattr(parameter, "unit", "")),
                "description": " ".join(parameter.description.split()),
            }
            for name, parameter in loaded.parameters.items()
        ]
    return found


def _html(material: Material, theory: str) -> bytes:
    words = material.words(theory)
    lead, _, further = words.description.partition("\n\n")
    sql = case_sql(compile_theory(load_theory(theory)), DIALECT)
    links = "".join(
        entry(f"{other}.html", material.words(other).label, here=other == theory)
        for other in material.theories
    )
    body = (
        f'<nav aria-label="Theories"><ul class="theories">{links}</ul></nav>'
        '<p class="what">These theories count whole populations. ESeC, EGP, Oesch, Wright and '
        'other schemes that need a survey of persons: <a href="../schemes.html">Schemes</a>.</p>'
        '<section id="live" aria-labelledby="h-live" hidden>'
        '<h2 id="h-live">Move a definition</h2>'
        '<form class="controls" aria-label="What to move" hidden></form>'
        '<p id="moved" class="what" role="status"></p><div id="sizes"></div>'
        + figure("curves", "Classes by the parameter")
        + "</section>"
        + f'<section id="table" aria-labelledby="h-rules"><h2 id="h-rules">The rules</h2>'
        f"{theory_section(replace(words, description=further))}</section>"
        f'<section aria-labelledby="h-sql"><h2 id="h-sql">The rules as SQL</h2>'
        '<p class="what">One expression gives each person of a table a class; written for DuckDB, '
        "and for other databases by <code>worldclass theory sql</code>.</p>"
        f'<pre tabindex="0"><code>{escape(sql)}</code></pre></section>'
    )
    return page_html(
        material,
        page="theory",
        path=f"theory/{theory}.html",
        title=words.label,
        lead=" ".join(lead.split()),
        body=body,
        settings={"theory": theory},
        shards=("data/catalogue.json.gz", "data/parameters.json.gz", "charts/theory.json.gz"),
    )


PAGE = Page("theory", "Theory", f"theory/{FIRST_THEORY}.html", files)
