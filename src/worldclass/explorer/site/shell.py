"""The frame around every page: head, navigation, main part, foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from worldclass import __version__

if TYPE_CHECKING:
    from worldclass.explorer.site.material import Material

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Content security policy: nothing from other hosts, no text that becomes a program."""


def page_html(
    material: Material,
    *,
    page: str,
    path: str,
    title: str,
    lead: str,
    body: str,
    settings: Mapping[str, str] | None = None,
    shards: Sequence[str] = (),
) -> bytes:
    """A whole page.

    Parameters
    ----------
    page
        Id of the page; its script is `assets/pages/<page>.js`.
    path
        Where the file lies, for the way back to the root.
    title, lead
        Heading, and one or two sentences below it; plain text.
    body
        HTML of the main part, readable without JavaScript.
    settings
        Attributes `data-…` for the script, such as the place or theory of this file.
    shards
        Data that the page needs when its address has no query, fetched while the charts'
        libraries still load.
    """
    root = "../" * path.count("/")
    known = {"page": page, "api": f"{root}api/" if material.live else ""}
    known |= {"first": " ".join(shards)}
    data = "".join(
        f' data-{name}="{escape(value)}"' for name, value in (known | dict(settings or {})).items()
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="worldclass {__version__}">
<meta name="description" content="{escape(lead)}">
<title>{escape(title)} · worldclass</title>
<link rel="icon" href="{root}assets/icon.svg">
<link rel="stylesheet" href="{root}assets/site.css">
<script src="{root}assets/theme.js"></script>
<script type="module" src="{root}assets/app.js"></script>
<link rel="modulepreload" href="{root}assets/vega.js">
<link rel="modulepreload" href="{root}assets/data.js">
<link rel="modulepreload" href="{root}assets/pages/{page}.js">
</head>
<body{data}>
<a class="skip" href="#main">Skip to the content</a>
<header>
<p class="brand"><a href="{root}index.html">worldclass</a></p>
{_navigation(material, page, root)}
<button type="button" id="theme" hidden>Dark</button>
</header>
<main id="main">
<h1>{escape(title)}</h1>
<p class="lead">{escape(lead)}</p>
{body}
</main>
<footer>
<p>worldclass {__version__}. Estimates, with intervals from {material.draws} draws over named
assumptions; aggregates only. <a href="{root}data.html">Sources, assumptions and licences</a>.
No cookies, no trackers, no requests to other hosts.</p>
</footer>
</body>
</html>
""".encode()


def _navigation(material: Material, page: str, root: str) -> str:
    items = "".join(
        entry(f"{root}{link.address}", link.label, here=link.id == page)
        for link in material.navigation
    )
    return f'<nav aria-label="Pages"><ul>{items}</ul></nav>'


def entry(address: str, label: str, *, here: bool) -> str:
    """An item of a list of links; the page's own is marked."""
    mark = ' aria-current="page"' if here else ""
    return f'<li><a href="{address}"{mark}>{escape(label)}</a></li>'


def figure(name: str, title: str) -> str:
    """A place for a live chart; hidden until its script has drawn it.

    Parameters
    ----------
    name
        Id of the figure; `assets/charts.js` finds its parts by it.
    title
        Heading until the script writes its own.
    """
    return (
        f'<figure id="{name}" class="chart" aria-labelledby="{name}-title" hidden>'
        f'<h2 id="{name}-title">{escape(title)}</h2><p class="what"></p>'
        f'<div class="picture"></div><figcaption></figcaption>'
        f'<div class="tools"></div></figure>'
    )
