"""Make `src/worldclass/claims/evidence/`: published indicators of countries that claims are about.

The table has iso3, year, indicator and value, rounded to significant digits and sorted; the file
beside it says what each indicator is, whom to credit, and the hash of the table's content. The same
mirror gives the same hash.

    python scripts/build_claim_evidence.py --mirror ../shared/data
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from worldclass.core.atomic import write_frame, write_text
from worldclass.core.countries import countries
from worldclass.core.errors import SourceError
from worldclass.core.hashing import content_hash
from worldclass.sources.mirror import Mirror, open_mirror
from worldclass.sources.providers import catalog

if TYPE_CHECKING:
    import polars as pl

    from worldclass.sources.providers import Provider, Series

TARGET = Path(__file__).resolve().parent.parent / "src/worldclass/claims/evidence"
FIRST_YEAR = 1960
LAST_YEAR = 2023
"""2024 is a nowcast in some of the series."""
LARGEST_FILE = 400_000
SERIES = {
    "exports_share_gdp": 4,
    "imports_share_gdp": 4,
    "merchandise_trade_share_gdp": 4,
    "external_debt_share_gni": 4,
    "market_cap_share_gdp": 4,
    "gdp_usd2015": 5,
    "gdp_ppp2021": 5,
    "population": 5,
}
"""Indicators, and the significant digits that are kept."""
RANGES = {
    "exports_share_gdp": (0.0, 400.0),
    "imports_share_gdp": (0.0, 450.0),
    "merchandise_trade_share_gdp": (0.0, 1500.0),
    "external_debt_share_gni": (0.0, 2500.0),
    "market_cap_share_gdp": (0.0, 2000.0),
    "gdp_usd2015": (1e6, 1e14),
    "gdp_ppp2021": (1e6, 1e14),
    "population": (100.0, 2e9),
}
"""What a value may be; outside it the source is broken. Ports and refineries of small islands trade
several times their output, and the exchange of Hong Kong lists companies of the mainland."""


def indicator_table(mirror: Mirror) -> pl.DataFrame:
    """The table: countries of today, both sexes together, one row a country, year, indicator.

    Raises
    ------
    SourceError
        A value outside its range, or a key twice.
    """
    import polars as pl

    rows = mirror.panel(list(SERIES), (FIRST_YEAR, LAST_YEAR)).filter(
        (pl.col("sex") == "total") & pl.col("iso3").is_in(list(countries()))
    )
    parts = []
    for indicator, digits in SERIES.items():
        part = rows.filter(pl.col("indicator") == indicator)
        low, high = RANGES[indicator]
        broken = part.filter(~pl.col("value").is_between(low, high))
        if broken.height:
            raise SourceError(
                f"{indicator} has a value outside {low:g} to {high:g}: {broken['value'][0]:g}.",
                where=f"{broken['iso3'][0]}, {broken['year'][0]}",
                remedy="Look at the source; widen the range if the value is real.",
            )
        parts.append(part.with_columns(pl.col("value").round_sig_figs(digits)))
    table = pl.concat(parts).select("iso3", "year", "indicator", "value")
    if table.select("iso3", "year", "indicator").is_duplicated().any():
        raise SourceError("A country has two values of an indicator in a year.")
    return table.with_columns(
        pl.col("year").cast(pl.Int16),
        pl.col("value").cast(pl.Float32),
        pl.col("indicator").cast(pl.Enum(list(SERIES))),
    ).sort("indicator", "iso3", "year")


def notes_text(table: pl.DataFrame) -> str:
    """The file beside the table, as TOML."""
    import polars as pl

    lines = [
        "# Made by scripts/build_claim_evidence.py; change that, not this file.",
        "",
        'title = "Indicators of countries that claims are about"',
        f'content_hash = "{content_hash({"indicators": table.cast({"indicator": pl.String})})}"',
    ]
    for indicator, digits in SERIES.items():
        provider, series = _listed(indicator)
        part = table.filter(pl.col("indicator") == indicator)
        lines += [
            "",
            f"[indicator.{indicator}]",
            f'meaning = "{series.meaning}"',
            f'unit = "{series.unit}"',
            f'source = "{provider.citation}"',
            f'licence = "{series.licence or provider.licence}"',
            f'attribution = "{provider.attribution}"',
            f"first_year = {part['year'].min()}",
            f"last_year = {part['year'].max()}",
            f"countries = {part['iso3'].n_unique()}",
            f"digits = {digits}",
        ]
    return "\n".join(lines) + "\n"


def _listed(indicator: str) -> tuple[Provider, Series]:
    """The provider whose series the mirror carries."""
    return next(
        (provider, series)
        for provider in catalog().values()
        for series in provider.series
        if series.indicator == indicator and series.mirror
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, help="folder of the data mirror")
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    table = indicator_table(open_mirror(options.mirror))
    file = options.out / "indicators.parquet"
    write_frame(table, file, parents=True)
    write_text(options.out / "indicators.toml", notes_text(table))
    size = file.stat().st_size
    print(f"{table.height:,} rows, {size / 1000:.0f} kB")
    if size > LARGEST_FILE:
        raise SystemExit(f"The table is larger than {LARGEST_FILE / 1000:.0f} kB.")


if __name__ == "__main__":
    main()
