"""Type, ink and grid that all pictures share."""

from __future__ import annotations

from typing import Any

PAPER, PAPER_DARK = "#ffffff", "#15181c"
INK, INK_DARK = "#1c2127", "#eceef1"
MUTED, MUTED_DARK = "#5b636d", "#a7aeb8"
GRID, GRID_DARK = "#e6e8eb", "#2c3138"
BORDER, BORDER_DARK = "#fefefe", "#16191d"
"""Lines between countries and between stacked areas: the paper's colour, but its own code."""

FONT = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

NARROW = 480
"""Pictures of this many pixels or fewer are laid out for a phone."""


def config(width: int) -> dict[str, Any]:
    """Vega-Lite configuration for a picture of `width` pixels."""
    small, normal = (11, 12) if width > NARROW else (10, 11)
    return {
        "background": PAPER,
        "font": FONT,
        "padding": 4,
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": MUTED,
            "titleColor": MUTED,
            "labelFontSize": small,
            "titleFontSize": small,
            "titleFontWeight": "normal",
            "gridColor": GRID,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
        "axisX": {"grid": False, "domain": True, "domainColor": MUTED, "ticks": True}
        | {"tickColor": MUTED, "tickSize": 4, "labelPadding": 3},
        "legend": {
            "labelColor": INK,
            "titleColor": MUTED,
            "labelFontSize": small,
            "titleFontSize": small,
            "titleFontWeight": "normal",
            "symbolType": "square",
        },
        "header": {
            "labelColor": INK,
            "labelFontSize": normal,
            "labelFontWeight": "bold",
            "labelAnchor": "start",
            "labelPadding": 4,
            "title": None,
        },
        "text": {"color": INK, "fontSize": normal},
        "title": {
            "anchor": "start",
            "color": INK,
            "fontSize": 17 if width > NARROW else 14,
            "subtitleColor": MUTED,
            "subtitleFontSize": 12 if width > NARROW else 11,
            "subtitleLineHeight": 16,
            "subtitlePadding": 6,
            "offset": 12,
        },
    }


def dark_theme_colours() -> dict[str, str]:
    """Dark colour by light colour of the theme, for a page that recolours its pictures."""
    return {
        PAPER: PAPER_DARK,
        INK: INK_DARK,
        MUTED: MUTED_DARK,
        GRID: GRID_DARK,
        BORDER: BORDER_DARK,
    }
