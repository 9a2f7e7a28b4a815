"""Vega, Vega-Lite and Vega-Embed as one script, from vl-convert: nothing comes from other hosts."""

from __future__ import annotations

from functools import cache


@cache
def vega_library(snippet: str) -> str:
    """The libraries, bundled with what a snippet does with them (seconds of work).

    Parameters
    ----------
    snippet
        JavaScript that may use `vegaEmbed`, `vega` and `vegaLite`.
    """
    import vl_convert

    return vl_convert.javascript_bundle(snippet)
