"""Make `src/worldclass/flows/exploitation/price_levels.csv`: market over PPP dollars by country.

The ratio of GDP in US dollars of 2015 at market exchange rates to GDP in PPP dollars of 2021 (World
Bank). Both are volumes that grow alike, so the ratio is the same in every year: the price level of
2015 up to a factor common to all. Countries without one of the series are predicted from GDP per
head (the Penn effect). Only ratios between countries are used.

    python scripts/build_price_levels.py --mirror ../shared/data
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from worldclass.core.atomic import write_text
from worldclass.people.grid import PanelOnGrid, row_median
from worldclass.people.regression import fit_robust
from worldclass.people.snapshot import open_snapshot
from worldclass.sources.mirror import Mirror, open_mirror

TARGET = (
    Path(__file__).resolve().parent.parent / "src/worldclass/flows/exploitation/price_levels.csv"
)
SERIES = ("gdp_usd2015", "gdp_ppp2021")


def price_levels_from(mirror: Mirror) -> str:
    """Text of the table: country, level, basis."""
    people = open_snapshot().estimates
    grid = people.grid
    panel = PanelOnGrid(grid, mirror.panel(SERIES, (grid.years[0], grid.years[-1])))
    measured = np.log(row_median(panel.series(SERIES[0]) / panel.series(SERIES[1])))
    heads = np.log(people["gdp_per_head"].mean(axis=1))
    design = np.stack([np.ones_like(heads), heads, heads**2], axis=-1)
    known = np.isfinite(measured)
    fitted = fit_robust(design[known], measured[known])
    levels = np.where(known, measured, fitted.at(design))
    lines = ["country,level,basis"]
    for country, level, real in zip(grid.countries, np.exp(levels), known, strict=True):
        lines.append(f"{country},{level:.4f},{'world-bank' if real else 'predicted'}")
    print(f"measured {int(known.sum())} of {len(known)}; log spread {fitted.spread:.3f}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    write_text(options.out, price_levels_from(open_mirror(options.mirror)))


if __name__ == "__main__":
    main()
