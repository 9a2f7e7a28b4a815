"""The site's own scripts and styles, its shapes, and the charts' libraries."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from worldclass.charts.planar_shapes import planar_topology
from worldclass.explorer.dark_rules import dark_rules
from worldclass.explorer.site.site_file import SiteFile, shard
from worldclass.explorer.vega_library import vega_library

ASSETS = files("worldclass.explorer.site").joinpath("assets")


def assets() -> Iterator[SiteFile]:
    """Everything that all pages share, except the catalogue."""
    for name, file in _walk(ASSETS, ""):
        if name == "site.css":
            continue
        yield SiteFile(f"assets/{name}", file.read_bytes)
    yield SiteFile("assets/site.css", _style)
    yield SiteFile("assets/vega.js", _vega)
    yield shard("data/shapes.json.gz", planar_topology)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    """Files below a folder with their paths, in alphabetical order."""
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".js", ".css", ".svg")):
            yield f"{prefix}{entry.name}", entry


def _style() -> bytes:
    """The style sheet, with dark colours for pictures: chosen by the system or by the reader."""
    own = ASSETS.joinpath("site.css").read_text(encoding="utf-8")
    by_system = dark_rules("html:not([data-theme=light]) .picture")
    by_reader = dark_rules("html[data-theme=dark] .picture")
    dark = f"@media screen and (prefers-color-scheme:dark){{{by_system}}}"
    return f"{own}{dark}\n{by_reader}\n".encode()


def _vega() -> bytes:
    """Vega as an ES module; its expressions are interpreted, so that no text becomes a program."""
    return vega_library("export default vegaEmbed;").encode()
