"""Our own series: North and South, women and men, 1995 to 2011."""

from __future__ import annotations

import polars as pl

from validation.tables import Results
from worldclass.flows.query import flows


def through_time() -> Results:
    """Net hours and women's part of what the South gives, every year with a table."""
    groups = ["NORTH", "SOUTH"]
    pairs = flows("1995:2011", by="pair,sex", group=groups)
    net = flows("1995:2011", group=groups).filter(
        (pl.col("measure") == "hours_net") & (pl.col("consumer") == "NORTH")
    )
    rows: list[tuple[str | float | int | None, ...]] = []
    for one in net.iter_rows(named=True):
        given = pairs.filter(
            (pl.col("year") == one["year"])
            & (pl.col("producer") == "SOUTH")
            & (pl.col("consumer") == "NORTH")
        )
        by_sex = {row["sex"]: row for row in given.iter_rows(named=True)}
        women, total = by_sex["female"], by_sex["total"]
        rows.append(
            (
                str(one["year"]), total["value"] / 1e3,
                f"{total['p05'] / 1e3:.0f}–{total['p95'] / 1e3:.0f}", one["value"] / 1e3,
                f"{one['p05'] / 1e3:.0f}–{one['p95'] / 1e3:.0f}",
                100 * women["value"] / total["value"],
            )
        )  # fmt: skip
    return Results(
        "Hours from South to North through time, billion",
        ("Year", "South to North", "5–95 %", "Net", "5–95 %", "% women's"),
        rows,
        before="Groups of the package: advanced economies of the IMF, and all others; the rest of "
        "the world counts with the South. Tables of 2003 and 2009 are not in the mirror.",
        after="Women's part is measured by broad sector and ruled within it: whether it rises "
        "because exports moved between industries inside a sector is not testable here.",
        digits=1,
    )
