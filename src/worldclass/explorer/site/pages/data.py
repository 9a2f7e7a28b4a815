"""Data & methods: sources, assumptions, words, the API, and where a number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from worldclass import __version__
from worldclass.charts.country_shapes import attribution
from worldclass.core.countries import schema
from worldclass.explorer.html_parts import definitions, table
from worldclass.explorer.origins import assumption_line, sources_of
from worldclass.explorer.site.material import Material
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shell import page_html
from worldclass.explorer.site.site_file import SiteFile
from worldclass.explorer.site.weights import PLACES, weight_files
from worldclass.flows.labour.assumptions import assumptions as labour_assumptions
from worldclass.people.assumptions import assumptions
from worldclass.people.draws import SEED
from worldclass.sources.providers import provider

TABLES = "wiod2013"
"""Provider of the input-output tables that the package carries."""

WORDS = (
    (
        "Class",
        "A group that a theory tells apart by rules: work for wages or for oneself, employ others "
        "or not, earn more or less than a threshold. Each theory of this site has its own classes; "
        "none is ours. The page Theory states the rules of each.",
    ),
    (
        "Theory",
        "A class scheme written as a file of rules, parameters with ranges, and their sources. "
        "The same people are counted by all theories.",
    ),
    (
        "Scheme",
        "A class scheme that needs a survey of persons: an occupation code and an employment "
        "position of each (ESeC, EGP, Oesch, Wright and others). The page Schemes lists them.",
    ),
    ("Adults", "Persons of 15 and over."),
    (
        "Labour force",
        "Persons of 15 and over who work or look for work, by the definitions of the International "
        "Labour Organization.",
    ),
    (
        "North and South",
        "North: the 41 advanced economies of the IMF World Economic Outlook, October 2024. South: "
        "all other countries. The grouping is today's in every year.",
    ),
    (
        "5–95 %",
        "Nine of ten draws lie in this interval. A draw varies every assumption below within its "
        "range; the interval says how far the number hangs on them. It does not cover errors of "
        "the sources that nobody has measured, nor the choice of another theory.",
    ),
    (
        "Only bounded",
        "The data cannot tell who belongs to the class. The interval holds the least and the most "
        "that they allow; there is no central estimate.",
    ),
    (
        "Imputed input",
        "The part of a number's input that no source measured in that country and year, and that "
        "was carried over from other years, or estimated from other countries.",
    ),
    (
        "Bourgeoisie, lumpen, labour aristocracy and other contested words",
        "Used as their authors use them; each is defined by the rule of its theory, nowhere else.",
    ),
)


def files(material: Material) -> Iterator[SiteFile]:
    """One page, and what the headline numbers hang on."""
    yield SiteFile("data.html", lambda: _html(material))
    yield from weight_files(material)


def _html(material: Material) -> bytes:
    body = (
        '<section id="number" aria-labelledby="h-number" hidden>'
        '<h2 id="h-number">Where a number comes from</h2>'
        '<form class="controls" aria-label="Which number" hidden></form>'
        '<aside class="number" aria-labelledby="number-title" hidden></aside>'
        '<div id="origin"></div></section>'
        + _section("words", "Words", definitions((w, f"<p>{escape(t)}</p>") for w, t in WORDS))
        + _section("method", "Method", _method(material))
        + _section("sources", "Sources", _sources(material))
        + _section("assumptions", "Assumptions", _assumptions())
        + _section("cite", "How to cite", _cite(material))
        + _section("interface", "For programs", _interface())
    )
    return page_html(
        material,
        page="data",
        path="data.html",
        title="Data & methods",
        lead="What the numbers rest on: public statistics, named assumptions with ranges, and "
        "rules. Every number can be traced and computed again.",
        body=body,
        settings={"weighed": ",".join(PLACES)},
        shards=("data/catalogue.json.gz",),
    )


def _section(name: str, heading: str, body: str) -> str:
    return f'<section aria-labelledby="h-{name}"><h2 id="h-{name}">{heading}</h2>{body}</section>'


def _method(material: Material) -> str:
    years = material.years
    countries = len(material.snapshot.estimates.grid.countries)
    return (
        f"<p>For {countries} countries and the years {years[0]} to {years[-1]}, persons are "
        "divided by sex, age, labour-force status, sector and occupation so that all published "
        "totals hold; within each group, labour income and household welfare follow "
        "distributions fitted to published means and inequality. A theory’s rules then "
        "divide these groups. "
        f"{material.draws} draws (seed {SEED}) vary all assumptions together and give the "
        "intervals. Numbers have four significant digits in the files of this site.</p>"
        "<p>Estimates of groups only; nothing here is about a person.</p>"
    )


def _sources(material: Material) -> str:
    rows = [[s.name, s.citation, s.licence] for s in sources_of(material.snapshot)]
    tables = provider(TABLES)
    rows.append([f"{tables.title}, for flows", tables.citation, tables.licence])
    rows.append(["Country shapes", attribution(), "Public domain"])
    rows.append(["Names and groups of countries", schema()["credit"], schema()["licence"]])
    return table("Sources", ("Source", "Citation", "Licence"), rows, text_columns=3)


def _assumptions() -> str:
    header = ("Assumption", "Central value [5–95 %]", "Source")
    parts = (("classes", assumptions()), ("hours and persons in flows", labour_assumptions()))
    return "".join(
        table(
            f"Assumptions that the draws vary: {what}",
            header,
            [[a.label, a.values, a.source] for a in map(assumption_line, own.values())],
            text_columns=3,
        )
        for what, own in parts
    )


def _cite(material: Material) -> str:
    stamp = str(material.snapshot.provenance["content_hash"])
    return (
        f"<p>worldclass {__version__}, with the theory’s own citation (page Theory) and the "
        "address of the view. Population table:</p>"
        f"<pre><code>{stamp}</code></pre>"
    )


def _interface() -> str:
    return (
        "<p>The files under <code>data/</code> are compressed JSON: one array a column, over "
        "places and years "
        "(<code>data/class/&lt;theory&gt;/&lt;class&gt;/&lt;sex&gt;.json.gz</code>)"
        ", or over classes, sexes and years (<code>data/place/&lt;code&gt;.json.gz</code>). The "
        "same from "
        "Python:</p><pre><code>import worldclass as wc\n"
        'wc.atlas("bromma", country="BRA", year="2000:2023")</code></pre>'
        "<p>Where the site is served by <code>worldclass serve</code>, the results are also under "
        "<code>api/</code>, described by <code>api/openapi.json</code>.</p>"
    )


PAGE = Page("data", "Data & methods", "data.html", files)
