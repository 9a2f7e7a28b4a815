"""A result as HTML for a notebook: static picture, live chart, table."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

from worldclass.core.errors import WorldclassError
from worldclass.explorer.notebook.carrier import CARRIER
from worldclass.explorer.notebook.library import library
from worldclass.explorer.notebook.views import view
from worldclass.explorer.static_svg import compact

if TYPE_CHECKING:
    from collections.abc import Mapping


def bundle(kind: str, result: Any) -> dict[str, str]:
    """What a notebook shows, by MIME type; plain text is left to IPython.

    Parameters
    ----------
    kind, result
        As `worldclass.explorer.notebook.views.view` takes them.
    """
    import altair as alt

    if kind in ("chart", "picture") and alt.renderers.active != "default":
        return result._repr_mimebundle_()  # the user has chosen how Altair shows charts
    shown = view(kind, result)
    if shown.draw is None:
        return {"text/html": _tables(shown.tables, opened=True)}
    try:
        drawn = shown.draw()
    except WorldclassError as error:
        note = f"<p><small>No picture: {escape(str(error))}</small></p>"
        return {"text/html": note + _tables(shown.tables, opened=True)}
    return {"text/html": chart_html(_specification(drawn), shown.tables)}


def _specification(chart: Any) -> dict[str, Any]:
    """The chart as Vega-Lite.

    Altair checked every part when it was made, and rows are plain already: to go through all of
    them again would take longer than everything else.
    """
    import altair as alt

    rows = chart.datasets
    bare = chart.copy(deep=False)
    bare.datasets = alt.Undefined
    made = bare.to_dict(validate=False)
    return made if rows is alt.Undefined else made | {"datasets": rows}


def chart_html(specification: dict[str, Any], tables: Mapping[str, Any]) -> str:
    """HTML of a chart with its tables, and with the charts' libraries where they are needed.

    Parameters
    ----------
    specification
        Vega-Lite, with its data.
    tables
        Frames by their name.
    """
    import vl_convert

    known = library()
    svg = compact(vl_convert.vegalite_to_svg(specification, allowed_base_urls=[]))
    description = escape(str(specification.get("description", "")))
    text = json.dumps(specification, ensure_ascii=False, separators=(",", ":"))
    scripts = f'<script>window["worldclass {known.key}"]?.()</script>'
    if CARRIER.brings():
        kind = f"application/x-worldclass-library-{known.key}"
        scripts = f'<script type="{kind}">{known.packed}</script><script>{known.script}</script>'
    return (
        f'<div class="worldclass-result" data-library="{known.key}" '
        f'data-name="{_file_name(specification)}">'
        f'<div class="worldclass-picture"><img alt="{description}" '
        'style="max-width:100%;height:auto" '
        f'src="data:image/svg+xml;base64,{_base64(svg.encode())}"></div>{_tables(tables)}'
        f'<script type="application/x-worldclass-chart">{_packed(text)}</script></div>{scripts}'
    )


def _packed(text: str) -> str:
    """gzip in base64, without a date: equal results are equal outputs."""
    return _base64(gzip.compress(text.encode(), 9, mtime=0))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _tables(tables: Mapping[str, Any], *, opened: bool = False) -> str:
    """Tables as Polars shows them, folded below a chart."""
    return "".join(
        f"<details{' open' * opened}><summary>{escape(name)}: {frame.height:,} rows × "
        f"{frame.width} columns</summary>{frame._repr_html_()}</details>"
        for name, frame in tables.items()
    )


def _file_name(specification: dict[str, Any]) -> str:
    """Name of a saved picture, from its title.

    Examples
    --------
    >>> _file_name({"title": {"text": ["Classes: Brazil, 2023"]}})
    'worldclass-classes-brazil-2023'
    """
    title = specification.get("title") or {}
    lines = title.get("text", "") if isinstance(title, dict) else title
    words = " ".join(lines) if isinstance(lines, list) else str(lines)
    return "-".join(["worldclass", *re.findall(r"[a-z0-9]+", words.lower())])[:80]
