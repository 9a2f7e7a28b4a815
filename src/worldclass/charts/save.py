"""Save a chart to a file without a network: PNG, SVG, PDF, HTML or JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from worldclass.core.atomic import write_bytes
from worldclass.core.errors import OutputError

FORMATS = (".png", ".svg", ".pdf", ".html", ".json")


def save_chart(chart: Any, path: str | Path, *, scale: float = 2) -> None:
    """Write an Altair chart in the format that the file's name ends in.

    Parameters
    ----------
    chart
        Anything with Altair's `to_dict`, or a Vega-Lite specification.
    path
        Ends in .png, .svg, .pdf, .html (self-contained) or .json (Vega-Lite).
    scale
        Pixels of a PNG per pixel of the chart.

    Raises
    ------
    OutputError
        For another ending, or when the file cannot be written; nothing is left half-written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise OutputError(
            f"Charts cannot be written as {suffix or 'a file without ending'}.",
            where=str(path),
            remedy=f"End the name in one of {', '.join(FORMATS)}.",
        )
    write_bytes(path, _encode(chart if isinstance(chart, dict) else chart.to_dict(), suffix, scale))


def _encode(specification: dict[str, Any], suffix: str, scale: float) -> bytes:
    """Convert a Vega-Lite specification with the fonts and libraries inside vl-convert."""
    import vl_convert

    if suffix == ".json":
        return (json.dumps(specification, indent=1, ensure_ascii=False) + "\n").encode()
    if suffix == ".png":
        return vl_convert.vegalite_to_png(specification, scale=scale, allowed_base_urls=[])
    if suffix == ".pdf":
        return vl_convert.vegalite_to_pdf(specification, allowed_base_urls=[])
    if suffix == ".svg":
        return vl_convert.vegalite_to_svg(specification, allowed_base_urls=[]).encode()
    return vl_convert.vegalite_to_html(specification, bundle=True, renderer="svg").encode()
