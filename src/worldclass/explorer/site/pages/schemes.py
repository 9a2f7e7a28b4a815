"""Schemes: the class schemes and scales that the package codes from surveys of persons."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from worldclass.explorer.html_parts import definitions, table
from worldclass.explorer.site.page import Page
from worldclass.explorer.site.shell import page_html
from worldclass.explorer.site.site_file import SiteFile
from worldclass.schemes.library import list_schemes, load_scheme, occupations_of
from worldclass.schemes.plan import status_used
from worldclass.surveys.columns import status_columns

if TYPE_CHECKING:
    from worldclass.explorer.site.material import Material
    from worldclass.schemes.schema import Scheme

HEADER = ("Scheme", "What it is", "Occupations by", "Needs besides", "Classes")
FIRST = ("esec", "egp11", "oesch16", "wright-simple", "eseg", "isei")
"""Schemes that readers look for most; all others follow by name."""


def files(material: Material) -> Iterator[SiteFile]:
    """One page; what a scheme says needs no numbers."""
    yield SiteFile("schemes.html", lambda: _html(material))


def _html(material: Material) -> bytes:
    found = [load_scheme(name) for name in ordered_schemes()]
    body = (
        '<p class="what">The theories of the other pages count whole populations from published '
        "totals. The schemes here ask for more than totals tell: an occupation code and an "
        "employment position of every person. They therefore run on a survey that you have, on "
        "your own machine, and this site shows no numbers of them:</p>"
        f'<pre tabindex="0"><code>{escape(commands("esec"))}</code></pre>'
        f'<section id="table" aria-labelledby="h-table"><h2 id="h-table">All schemes</h2>'
        f"{table('Class schemes and scales', HEADER, map(_row, found), text_columns=4)}</section>"
        f'<section aria-labelledby="h-each"><h2 id="h-each">One by one</h2>'
        f"{''.join(map(_scheme, found))}</section>"
    )
    return page_html(
        material,
        page="schemes",
        path="schemes.html",
        title="Class schemes for surveys",
        lead="ESeC, EGP, Oesch, Wright and the other schemes that research on stratification "
        "codes from occupations: what they tell apart, what they need, and how to run them.",
        body=body,
    )


def ordered_schemes() -> list[str]:
    """Ids of all schemes, the best known first."""
    return [*FIRST, *(name for name in list_schemes() if name not in FIRST)]


def commands(scheme: str) -> str:
    """The scheme on a survey, at the command line and in Python."""
    return (
        f"worldclass classify survey.csv --theory {scheme} --out coded.csv\n\n"
        f'import worldclass as wc\nwc.classify(people, "{scheme}")  '
        "# people: a table of Polars or pandas"
    )


def _row(scheme: Scheme) -> list[str]:
    codes = ", ".join(_classification(entry.classification) for entry in occupations_of(scheme))
    needs = ", ".join(name.replace("_", " ") for name in status_used(scheme))
    size = str(len(scheme.classes)) if scheme.classes else "a scale"
    return [scheme.id, scheme.label, codes, needs or "nothing", size]


def _classification(name: str) -> str:
    """A column's classification as its authors write it.

    Examples
    --------
    >>> _classification("isco08"), _classification("isco88com")
    ('ISCO-08', 'ISCO-88(COM)')
    """
    family, digits = name[:4].upper(), name[4:6]
    return f"{family}-{digits}{'(COM)' if name.endswith('com') else ''}"


def _scheme(scheme: Scheme) -> str:
    """Words, columns and classes of one scheme, in a part that opens."""
    meanings = " ".join(
        f"{name}: {' '.join(status_columns()[name].description.split()).rstrip('.')}."
        for name in status_used(scheme)
    )
    entries = (
        ("What it is", scheme.description),
        ("Columns besides the occupation", meanings),
        ("What is lost", scheme.lost),
        ("Source", scheme.citation),
        ("How its words became codes", scheme.source_notes),
    )
    words = definitions(
        (term, f"<p>{escape(' '.join(text.split()))}</p>") for term, text in entries if text
    )
    classes = [[entry.id, entry.label] for entry in scheme.classes]
    shown = table(f"Classes of {scheme.id}", ("Class", "Label"), classes, text_columns=2)
    return (
        f'<details id="{scheme.id}"><summary><strong>{escape(scheme.id)}</strong> '
        f"{escape(scheme.label)}</summary>{words}{shown if classes else ''}"
        f'<pre tabindex="0"><code>{escape(commands(scheme.id))}</code></pre></details>'
    )


PAGE = Page("schemes", "Schemes", "schemes.html", files)
