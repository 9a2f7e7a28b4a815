"""worldclass: a theory of class is a program; run it on the world's people.

>>> import worldclass as wc
>>> wc.atlas("bromma", country="WORLD", year=2023, sex="total").height
7
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

__version__ = "0.6.0"

_WHERE = {
    "SimplifiedMethodWarning": "worldclass.schemes.plan",
    "SurveyDesign": "worldclass.statistics.design",
    "UnreadableValueWarning": "worldclass.schemes.unreadable",
    "WorldclassError": "worldclass.core.errors",
    "analyse": "worldclass.dynamics.analyse",
    "atlas": "worldclass.atlas.query",
    "change": "worldclass.atlas.change",
    "claims": "worldclass.claims.query",
    "classify": "worldclass.schemes.classify",
    "classify_file": "worldclass.schemes.classify_file",
    "coding_report": "worldclass.schemes.report",
    "compare": "worldclass.atlas.compare",
    "compare_claims": "worldclass.claims.compare",
    "contributions": "worldclass.atlas.contributions",
    "cross_table": "worldclass.statistics.tabulation",
    "correspondence": "worldclass.flows.exploitation.correspondence",
    "exchange": "worldclass.flows.exchange",
    "exploitation": "worldclass.flows.exploitation.query",
    "flows": "worldclass.flows.query",
    "list_claims": "worldclass.claims.library",
    "list_schemes": "worldclass.schemes.library",
    "list_theories": "worldclass.theories.library",
    "mobility": "worldclass.statistics.mobility_table",
    "people": "worldclass.people.table",
    "plot": "worldclass.explorer.plot",
    "rank": "worldclass.atlas.compare",
    "read_economy": "worldclass.flows.read",
    "recode": "worldclass.occupations.convert",
    "scheme": "worldclass.schemes.library",
    "sensitivity": "worldclass.dynamics.sensitivity",
    "shares": "worldclass.statistics.proportions",
    "simulate": "worldclass.dynamics.simulate",
    "status_sector_bounds": "worldclass.people.bounds",
    "sweep": "worldclass.atlas.sweep",
    "theory": "worldclass.theories.library",
}
_RENAMED = {"scheme": "load_scheme", "theory": "load_theory"}
__all__ = [*_WHERE, "__version__"]  # pyright: ignore[reportUnsupportedDunderAll]

if TYPE_CHECKING:
    from worldclass.atlas.change import change as change
    from worldclass.atlas.compare import compare as compare
    from worldclass.atlas.compare import rank as rank
    from worldclass.atlas.contributions import contributions as contributions
    from worldclass.atlas.query import atlas as atlas
    from worldclass.atlas.sweep import sweep as sweep
    from worldclass.claims.compare import compare_claims as compare_claims
    from worldclass.claims.library import list_claims as list_claims
    from worldclass.claims.query import claims as claims
    from worldclass.core.errors import WorldclassError as WorldclassError
    from worldclass.dynamics.analyse import analyse as analyse
    from worldclass.dynamics.sensitivity import sensitivity as sensitivity
    from worldclass.dynamics.simulate import simulate as simulate
    from worldclass.explorer.plot import plot as plot
    from worldclass.flows.exchange import exchange as exchange
    from worldclass.flows.exploitation.correspondence import correspondence as correspondence
    from worldclass.flows.exploitation.query import exploitation as exploitation
    from worldclass.flows.query import flows as flows
    from worldclass.flows.read import read_economy as read_economy
    from worldclass.occupations.convert import recode as recode
    from worldclass.people.bounds import status_sector_bounds as status_sector_bounds
    from worldclass.people.table import people as people
    from worldclass.schemes.classify import classify as classify
    from worldclass.schemes.classify_file import classify_file as classify_file
    from worldclass.schemes.library import list_schemes as list_schemes
    from worldclass.schemes.library import load_scheme
    from worldclass.schemes.plan import SimplifiedMethodWarning as SimplifiedMethodWarning
    from worldclass.schemes.report import coding_report as coding_report
    from worldclass.schemes.unreadable import UnreadableValueWarning as UnreadableValueWarning
    from worldclass.statistics.design import SurveyDesign as SurveyDesign
    from worldclass.statistics.mobility_table import mobility as mobility
    from worldclass.statistics.proportions import shares as shares
    from worldclass.statistics.tabulation import cross_table as cross_table
    from worldclass.theories.library import list_theories as list_theories
    from worldclass.theories.library import load_theory

    scheme = load_scheme
    theory = load_theory


def __dir__() -> list[str]:
    """Names that can be asked for, so that notebooks complete them."""
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    """Import on first use, so that `import worldclass` costs nothing."""
    if name not in _WHERE:
        raise AttributeError(f"module 'worldclass' has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(_WHERE[name]), _RENAMED.get(name, name))
    globals()[name] = found
    return found


if "IPython" in sys.modules:  # a notebook shows results as charts; see `explorer.notebook`
    from worldclass.explorer.notebook.register import register

    register()
    del register
