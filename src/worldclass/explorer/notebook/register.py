"""Tell a notebook how results are shown; nothing is imported until the first one is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS = {
    "frame": ("worldclass.atlas.frame", "AtlasFrame"),
    "flows": ("worldclass.flows.frame", "FlowsFrame"),
    "claims": ("worldclass.claims.frame", "ClaimsFrame"),
    "simulation": ("worldclass.dynamics.result", "SimulationFrame"),
    "evaluation": ("worldclass.claims.evaluation", "Evaluation"),
    "mobility": ("worldclass.statistics.mobility_table", "Mobility"),
    "cross_table": ("worldclass.statistics.tabulation", "CrossTable"),
    "correspondence": ("worldclass.flows.exploitation.correspondence", "Correspondence"),
    "picture": ("worldclass.charts.picture", "Picture"),
    "chart": ("worldclass.charts.picture", "FramedChart"),
}
"""Module and name of each kind of result."""


def register() -> None:
    """Register every kind of result with IPython, where it runs.

    The types are named, not imported, and know nothing of notebooks: a terminal shows them as
    before, and so does a program.
    """
    shell = _shell()
    if shell is None:
        return
    for kind, (module, name) in RESULTS.items():
        shell.display_formatter.mimebundle_formatter.for_type_by_name(module, name, _shower(kind))
    shell.events.register("pre_run_cell", _cell_runs)


def _shower(kind: str) -> Callable[[Any], dict[str, str] | None]:
    def show(result: Any) -> dict[str, str] | None:
        shell = _shell()
        # IPython in a terminal asks as well, and throws away everything but plain text.
        if shell is None or "text/html" not in shell.display_formatter.active_types:
            return None
        from worldclass.explorer.notebook.bundle import bundle

        return bundle(kind, result)

    return show


def _cell_runs(info: Any) -> None:
    """Remember which cell runs: IPython calls it before every one."""
    from worldclass.explorer.notebook.carrier import CARRIER

    CARRIER.starts(getattr(info, "cell_id", None) or info.raw_cell)


def _shell() -> Any:
    """IPython's shell, if this process has one."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None
