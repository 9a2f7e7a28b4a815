"""Why the South's labour in the North's consumption changed."""

from __future__ import annotations

import polars as pl

from validation.analyses.world import economy, labour
from validation.tables import Results
from worldclass.flows.embodied_change import FACTORS, deflated, hours_change
from worldclass.sources.mirror import Mirror

CPI = {1995: 152.4, 2008: 215.303}
"""Consumer prices of the United States, CPI-U, annual averages (Bureau of Labor Statistics)."""
YEARS = (1995, 2008)
WORDS = {
    "labour": "hours per unit of output",
    "technology": "inputs by product",
    "sourcing": "origins of inputs",
    "level": "level of final demand",
    "products": "mix of products in final demand",
    "origins": "origins of final products",
}


def south_to_north(mirror: Mirror) -> Results:
    """Effects of the factors on women's and men's hours, and their range over orders."""
    first, last = YEARS
    table = hours_change(
        economy(mirror.root, first),
        deflated(economy(mirror.root, last), CPI[last] / CPI[first]),
        labour(mirror.root, first).hours,
        labour(mirror.root, last).hours,
        ["NORTH", "SOUTH"],
    ).filter(producer="SOUTH", consumer="NORTH")
    rows = []
    for factor in FACTORS:
        cells = []
        for sex in ("female", "male"):
            row = table.filter(pl.col("sex") == sex, pl.col("factor") == factor).row(0, named=True)
            cells += [
                row["effect"] / 1e3,
                f"{row['lowest'] / 1e3:.0f} to {row['highest'] / 1e3:.0f}".replace("-", "−"),
            ]
        rows.append((WORDS[factor], *cells))
    ends = table.group_by("sex").agg(pl.col("start", "end").first())
    change = dict(ends.select("sex", pl.col("end") - pl.col("start")).iter_rows())
    rows.append(("all", change["female"] / 1e3, None, change["male"] / 1e3, None))
    return Results(
        f"The South's hours in the North's final demand, change {first} to {last}, billion hours",
        ("Factor", "Women", "over orders", "Men", "over orders"),
        rows,
        after="In dollars of 1995, by the consumer prices of the United States for all rows: "
        "prices of single products and exchange rates stay in the factors.",
        digits=1,
    )
