"""Largest supply paths from abroad."""

from __future__ import annotations

import polars as pl

from validation.analyses.world import economy, labour
from validation.tables import Results
from worldclass.flows.paths import supply_paths
from worldclass.sources.mirror import Mirror

YEAR, CONSUMER = 2008, "USA"


def largest(mirror: Mirror) -> Results:
    """Paths that begin or pass abroad, of the hours in one country's final demand."""
    table = economy(mirror.root, YEAR)
    demand = table.demand_by_consumer()[:, table.consumers.index(CONSUMER)]
    found = supply_paths(table, labour(mirror.root, YEAR).hours.sum(axis=0), demand)
    frame = found.frame(names=True)
    rows = [
        (row["path"], row["value"] / 1e3, 100 * row["share"])
        for row in frame.filter(pl.col("producer") != CONSUMER).head(10).iter_rows(named=True)
    ]
    return Results(
        f"Largest paths that end abroad, hours in the final demand of {CONSUMER}, {YEAR}",
        ("Path, from the final product back", "Billion hours", "Percent"),
        rows,
        after=f"{len(found.values):,} paths above 0.01 % cover {100 * found.coverage:.0f} % of "
        f"{found.total / 1e3:,.0f} billion hours.",
        digits=2,
    )
