"""One self-contained page: template, style, pictures as static SVG, scripts named by their hash.

The page needs no network and no other file: its content security policy forbids every outside
request, and every script that it does not name.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from worldclass.charts.picture import Picture
from worldclass.explorer.dark_rules import dark_rules
from worldclass.explorer.static_svg import static_svg
from worldclass.explorer.vega_library import vega_library


def figure_html(
    name: str, wide: Picture, phone: Picture, *, controls: str = "", heading: bool = True
) -> str:
    """Both layouts of a picture as static SVG, with caption.

    Parameters
    ----------
    name
        Id on the page.
    wide, phone
        The picture for a wide and for a narrow screen.
    controls
        Which controls of the page change it; see `worldclass.explorer.figures`.
    heading
        Whether its title stands above it; else the text around it says what it is.
    """
    caption = wide.caption
    title = f"<h3 data-title>{escape(caption.title)}</h3>" if heading else ""
    return (
        f'<figure id="{escape(name)}" data-controls="{controls}">'
        f'{title}<p class="what">{escape(caption.subtitle)}</p>'
        f'<div class="picture wide" role="img" aria-label="{escape(caption.description)}">'
        f"{static_svg(wide, name + '-w')}</div>"
        f'<div class="picture phone" role="img" aria-label="{escape(caption.description)}">'
        f"{static_svg(phone, name + '-p')}</div>"
        f"<figcaption>{escape(caption.footnote)}</figcaption></figure>"
    )


def assemble(
    blocks: dict[str, str], live: dict[str, Any] | None = None, *, styles: Sequence[str] = ()
) -> str:
    """Fill the template; scripts are named in the content security policy by their hash.

    Parameters
    ----------
    blocks
        HTML by its place in the template: brand, title, opening, sentences, notes, sections.
    live
        What the page's own scripts need; empty for a page without any.
    styles
        Files of this folder with more rules of style.
    """
    if live:
        scripts = [_library(), _resource("page.js")]
        data = json.dumps(live, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")
        blocks["scripts"] = f'<script type="application/json" id="atlas">{data}</script>' + "".join(
            f"<script>{script}</script>" for script in scripts
        )
        hashes = " ".join(_csp_hash(script) for script in scripts)
    else:
        blocks["scripts"], hashes = "", "'none'"
    style = "".join(_resource(name) for name in ("page.css", *styles))
    style += f"@media screen and (prefers-color-scheme:dark){{{dark_rules()}}}"
    template = Template(_resource("page.html"))
    return template.substitute(blocks, style=style, hashes=hashes)


def _library() -> str:
    """The charts' libraries as one script that can stand inside the page."""
    return vega_library("window.vegaEmbed = vegaEmbed;").replace("</script", r"<\/script")


def _csp_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _resource(name: str) -> str:
    return files("worldclass.explorer").joinpath(name).read_text(encoding="utf-8")
