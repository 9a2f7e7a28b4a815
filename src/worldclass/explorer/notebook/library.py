"""The charts' libraries as text that a notebook can hold, made once on every machine."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from worldclass.core.atomic import write_bytes
from worldclass.core.errors import OutputError
from worldclass.explorer.dark_rules import dark_rules
from worldclass.explorer.vega_library import vega_library
from worldclass.sources.downloads import cache_folder

SNIPPET = "window.worldclassEmbed = vegaEmbed;"
DARK = ".worldclass-dark .worldclass-picture"
# The notebook's own ground shows through; a saved picture keeps its white one.
GROUND = ".worldclass-picture svg.marks{background:none!important}"


@dataclass(frozen=True)
class Library:
    """What the first result of a notebook brings.

    Attributes
    ----------
    key
        Hash of the rest: results of another version of worldclass are drawn by their own.
    packed
        Vega, Vega-Lite and Vega-Embed, gzip in base64.
    script
        Our own script; see `notebook.js`.
    """

    key: str
    packed: str
    script: str


@cache
def library() -> Library:
    """The libraries, from the cache folder where they were made before (else some seconds)."""
    packed = base64.b64encode(_packed()).decode("ascii")
    script = files("worldclass.explorer.notebook").joinpath("notebook.js").read_text("utf-8")
    key = hashlib.sha256(f"{packed}{script}".encode()).hexdigest()[:12]
    options = json.dumps({"key": key, "style": GROUND + dark_rules(DARK)})
    return Library(key, packed, script.replace("{/* OPTIONS */}", options, 1))


def _packed() -> bytes:
    ours = hashlib.sha256(SNIPPET.encode()).hexdigest()[:8]
    file = cache_folder() / "notebook" / f"vega-{version('vl-convert-python')}-{ours}.js.gz"
    try:
        held = file.read_bytes()
        if gzip.decompress(held).endswith(b"\n//whole"):
            return held
    except (OSError, EOFError, gzip.BadGzipFile):
        pass
    text = f"(() => {{{vega_library(SNIPPET)}}})();\n//whole"
    made = gzip.compress(text.encode(), 9, mtime=0)
    with suppress(
        OutputError, OSError
    ):  # a folder that cannot be written costs time, not the chart
        write_bytes(file, made, parents=True)
    return made
