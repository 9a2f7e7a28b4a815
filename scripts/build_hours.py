"""Make `src/worldclass/flows/labour/hours.csv`: hours per worker of every country and year.

Reads the panel of a mirror and employment of the embedded snapshot, and runs
`worldclass.flows.labour.hours_estimate`. The same mirror gives the same bytes.

    python scripts/build_hours.py --mirror ../shared/data
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from worldclass.core.atomic import write_text
from worldclass.flows.labour.hours import format_hours
from worldclass.flows.labour.hours_estimate import BASES, INDICATORS, HoursEstimate, estimate_hours
from worldclass.people.grid import FIRST_YEAR, LAST_YEAR, Grid, PanelOnGrid
from worldclass.people.snapshot import open_snapshot
from worldclass.sources.mirror import Mirror, open_mirror

TARGET = Path(__file__).resolve().parent.parent / "src/worldclass/flows/labour/hours.csv"


def estimate_from(mirror: Mirror) -> tuple[Grid, HoursEstimate]:
    """The grid and the estimate, from a mirror and the embedded snapshot."""
    people = open_snapshot().estimates
    panel = PanelOnGrid(people.grid, mirror.panel(INDICATORS, (FIRST_YEAR, LAST_YEAR)))
    employed = people["employed"].sum(axis=0)
    return people.grid, estimate_hours(panel, employed, people["gdp_per_head"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    grid, estimate = estimate_from(open_mirror(options.mirror))
    write_text(options.out, format_hours(grid, estimate))
    print(f"PWT ÷ survey: exp({estimate.survey_ratio:.4f}), spread {estimate.survey_spread:.4f}")
    print(f"PWT ÷ ILO:    exp({estimate.ilo_ratio:.4f}), spread {estimate.ilo_spread:.4f}")
    for place, count in sorted(Counter(estimate.basis.ravel().tolist()).items()):
        print(f"{BASES[place]:>14}: {count} country-years")


if __name__ == "__main__":
    main()
