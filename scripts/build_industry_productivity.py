"""Make `src/worldclass/flows/labour/productivity.csv` from the US socio-economic accounts.

Reads `niot/usa_sea_2016release.parquet` of a mirror. The same table gives the same bytes.

    python scripts/build_industry_productivity.py --mirror ../shared/data
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

from worldclass.core.atomic import write_text
from worldclass.flows.labour.classes import us_industries
from worldclass.flows.labour.us_accounts import ClassProductivity, class_productivity
from worldclass.sources.mirror import open_mirror

TARGET = Path(__file__).resolve().parent.parent / "src/worldclass/flows/labour/productivity.csv"
ACCOUNTS = "niot/usa_sea_2016release.parquet"


def format_productivity(table: dict[str, ClassProductivity]) -> str:
    """Text of `productivity.csv`, six significant digits."""
    lines = ["class,value_added,output,labour_share"]
    lines += [
        f"{name},{one.value_added:.6g},{one.output:.6g},{one.labour_share:.6g}"
        for name, one in table.items()
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    accounts = pl.read_parquet(open_mirror(options.mirror).root / ACCOUNTS)
    table = class_productivity(accounts, us_industries())
    write_text(options.out, format_productivity(table))
    print(f"{len(table)} classes")


if __name__ == "__main__":
    main()
