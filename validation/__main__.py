"""Run every check, print it, and write the pages of results and of departures.

    python -m validation [--mirror FOLDER] [--docs FOLDER] [--only NAME ...]

The mirror is the folder given, else WORLDCLASS_MIRROR, else ../shared/data beside the checkout.
With --only the named checks are printed and nothing is written. The page of departures needs the
mirror's crosswalks and survey; without them it is left as it is, and the reason is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from validation.aggregation import aggregation
from validation.earnings import earnings
from validation.inequality import inequality
from validation.labour_cost import labour_cost
from validation.left_out import left_out
from validation.national_ginis import national_ginis
from validation.page import results_page
from validation.poverty import poverty
from validation.reproduction import reproduction
from validation.schemes.page import departures_page, missing_files
from validation.tables import Section
from validation.threshold_picture import threshold
from validation.world import World, default_mirror, open_world
from worldclass.core.atomic import write_text
from worldclass.core.errors import WorldclassError
from worldclass.sources.mirror import VARIABLE, open_mirror

CHECKS: dict[str, Callable[[World], Section]] = {
    "reproduction": reproduction,
    "aggregation": aggregation,
    "earnings": earnings,
    "labour_cost": labour_cost,
    "poverty": poverty,
    "inequality": inequality,
    "national_ginis": national_ginis,
    "left_out": left_out,
    "threshold": threshold,
}
PICTURE = "worker-elite-threshold.png"


def main() -> int:
    """Run the checks; 0 when they ran, an exit code of worldclass otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="where to write")
    parser.add_argument(
        "--only", nargs="+", choices=tuple(CHECKS), help="print these, write nothing"
    )
    options = parser.parse_args()
    try:
        mirror = open_mirror(options.mirror or os.environ.get(VARIABLE) or default_mirror())
        run(open_world(mirror), options.docs, options.only)
    except WorldclassError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def run(world: World, docs: Path, only: list[str] | None) -> None:
    """Run, print and write."""
    sections: list[Section] = []
    for name in only or CHECKS:
        if name == "threshold" and not only:
            (docs / "pictures").mkdir(parents=True, exist_ok=True)
            section = threshold(world, docs / "pictures" / PICTURE)
        else:
            section = CHECKS[name](world)
        print(section.markdown(), end="\n\n")
        sections.append(section)
    if not only:
        write_text(docs / "results.md", results_page(world, sections))
        write_departures(world.mirror.root, docs)


def write_departures(mirror: Path, docs: Path) -> None:
    """Write the page of departures, or say why not."""
    missing = missing_files(mirror)
    if missing:
        print(f"The page of departures was not written: the mirror lacks {', '.join(missing)}.")
        return
    write_text(docs / "departures.md", departures_page(mirror))


if __name__ == "__main__":
    sys.exit(main())
