"""Statistics of classified microdata: survey designs, shares, cross-tables, mobility.

Names are imported on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

_WHERE = {
    "CrossTable": "tabulation",
    "Mobility": "mobility_table",
    "SurveyDesign": "design",
    "Unidiff": "unidiff",
    "cross_table": "tabulation",
    "mobility": "mobility_table",
    "shares": "proportions",
}
__all__ = [
    "CrossTable",
    "Mobility",
    "SurveyDesign",
    "Unidiff",
    "cross_table",
    "mobility",
    "shares",
]

if TYPE_CHECKING:
    from worldclass.statistics.design import SurveyDesign
    from worldclass.statistics.mobility_table import Mobility, mobility
    from worldclass.statistics.proportions import shares
    from worldclass.statistics.tabulation import CrossTable, cross_table
    from worldclass.statistics.unidiff import Unidiff


def __getattr__(name: str) -> Any:
    """Import a name on first use."""
    if name not in _WHERE:
        raise AttributeError(f"module 'worldclass.statistics' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"worldclass.statistics.{_WHERE[name]}"), name)
