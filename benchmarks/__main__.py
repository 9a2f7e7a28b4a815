"""Run the benchmarks and print what they found.

    python -m benchmarks [--smoke] [--mirror FOLDER] [--only budgets|peers]

Leaves with 1 when a budget is missed. A smoke pass only shows that every benchmark runs and that
peers agree; its times mean nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.budgets import Budget, measure_budgets
from benchmarks.budgets_claims import measure_claims
from benchmarks.budgets_dynamics import measure_dynamics
from benchmarks.comparison import Comparison
from benchmarks.peer_civil_violence import civil_violence, civil_violence_budgets
from benchmarks.peer_claims import claims
from benchmarks.peer_classify import classification
from benchmarks.peer_dynamics import simulating
from benchmarks.peer_fit import fitting
from benchmarks.peer_flows import embodied_labour
from benchmarks.peer_protest_wave import waves
from benchmarks.peer_schemes import coding, copying
from benchmarks.peer_server import serving
from benchmarks.peer_split import splitting

WORDS = {True: "kept", False: "MISSED", None: ""}


def main() -> int:
    """Measure, print, and tell whether all budgets were kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="small inputs, one run each")
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--only", choices=("budgets", "peers"), help="leave out the others")
    options = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 150)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    console.print(f"Python {platform.python_version()}, {cores} cores, {platform.machine()}")
    kept = True
    if options.only != "peers":
        budgets = measure_budgets(options.mirror, smoke=options.smoke)
        budgets += measure_dynamics(smoke=options.smoke)
        budgets += civil_violence_budgets(smoke=options.smoke)
        budgets += measure_claims(smoke=options.smoke)
        console.print(_budget_table(budgets, judge=not options.smoke))
        kept = all(budget.kept is not False for budget in budgets)
    if options.only != "budgets":
        found = [
            *classification(smoke=options.smoke),
            *splitting(smoke=options.smoke),
            *fitting(smoke=options.smoke),
            *coding(smoke=options.smoke),
            *copying(smoke=options.smoke),
            *embodied_labour(smoke=options.smoke),
            *simulating(smoke=options.smoke),
            *civil_violence(smoke=options.smoke),
            *waves(smoke=options.smoke),
            *claims(smoke=options.smoke),
            *serving(smoke=options.smoke),
        ]
        console.print(_peer_table(found))
    if options.smoke:
        console.print("Smoke pass: every benchmark ran; the times mean nothing.")
    return int(not (kept or options.smoke))


def _budget_table(budgets: list[Budget], *, judge: bool) -> Table:
    table = Table(title="Budgets", title_justify="left", box=box.SIMPLE_HEAD)
    for heading in ("task", "median [5–95 %]", "budget", ""):
        table.add_column(heading, overflow="fold")
    for budget in budgets:
        table.add_row(
            budget.task, budget.found, budget.allowed, WORDS[budget.kept] if judge else ""
        )
    return table


def _peer_table(found: list[Comparison]) -> Table:
    title = "Peers on the same work (ratio: peer's median over ours; above 1 we are faster)"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for heading in ("task", "worldclass", "peer", "its time", "ratio [5–95 %]", "results differ"):
        table.add_column(heading, overflow="fold")
    for one in found:
        table.add_row(
            one.task, str(one.ours), one.peer, str(one.theirs), str(one.ratio), one.difference
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
