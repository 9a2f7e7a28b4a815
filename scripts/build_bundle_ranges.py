"""Make `src/worldclass/flows/exploitation/bundle_ranges.csv`: labour content of extreme bundles.

Reads the WIOD tables of a mirror (November 2013 release), solves each for the hours in a dollar of
every product at the central labour accounts, and keeps per country the least, the 5th and 95th
percentile and the most among what its final demand buys, relative to its average.

    python scripts/build_bundle_ranges.py --mirror ../shared/data
"""

from __future__ import annotations

import argparse
from pathlib import Path

from worldclass.core.atomic import write_text
from worldclass.flows.exploitation.bundles import BundleRange, bundle_range, format_ranges
from worldclass.flows.labour.satellite import labour_satellite
from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.wiod2013 import read_wiod2013, wiod2013_years

TARGET = (
    Path(__file__).resolve().parent.parent / "src/worldclass/flows/exploitation/bundle_ranges.csv"
)


def ranges_of_year(folder: Path, year: int) -> tuple[tuple[str, ...], BundleRange]:
    """Codes of the table and their ranges."""
    economy, _ = make_economy(read_wiod2013(folder, year))
    labour = labour_satellite(economy.sectors, economy.output, economy.value_added, year)
    found = bundle_range(economy, labour.hours.sum(axis=0), economy.countries)
    return economy.countries, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, required=True, help="folder of the data mirror")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    folder = options.mirror
    ranges: dict[int, tuple[tuple[str, ...], BundleRange]] = {}
    for year in wiod2013_years(folder):
        ranges[year] = ranges_of_year(folder, year)
        print(year, flush=True)
    write_text(options.out, format_ranges(dict(ranges)))


if __name__ == "__main__":
    main()
