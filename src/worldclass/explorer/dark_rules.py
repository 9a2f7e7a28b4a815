"""Style rules that recolour pictures, static and live, on a dark page."""

from __future__ import annotations

from worldclass.charts.palette import dark_colours
from worldclass.charts.theme import dark_theme_colours


def dark_rules(scope: str = ".picture") -> str:
    """One rule for each colour of the theme and of the palettes, light to dark.

    Parameters
    ----------
    scope
        Selector of what holds the pictures.

    Examples
    --------
    >>> '.picture [fill="#3b51bd"]{fill:#6fd0fc}' in dark_rules()
    True
    """
    colours = dark_theme_colours() | dark_colours()
    return "".join(
        f'{scope} [{part}="{light}"]{{{part}:{dark}}}'
        for light, dark in colours.items()
        for part in ("fill", "stroke")
    )
