"""What `worldclass simulate` says of runs: a mean of each quantity, or its last value."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from worldclass.dynamics.model import Model


def summarise(table: pl.DataFrame, model: Model) -> dict[str, pl.DataFrame]:
    """Median and range over runs of what sums up each quantity and group, by how it is summed up.

    Running totals and single events are summed up by their last value, others by the mean of the
    later half of each run. Groups that arise in a run are left out, but those the model chooses.

    Returns
    -------
    Columns `point` (of a sweep), `quantity, group, median, low, high, runs`; empty tables are
    left out.
    """
    import polars as pl

    from worldclass.dynamics.summaries import later_half

    value = pl.col("value")
    keys = ["point"] if "point" in table.columns else []
    ways = {
        "mean of later half": (later_half(table), value.mean(), False),
        "last": (table, value.sort_by("time").last(), True),
    }
    found: dict[str, pl.DataFrame] = {}
    for name, (rows, summary, last) in ways.items():
        wanted = pl.lit(value=False)
        for one in model.outputs:
            groups = one.groups or (one.printed(table) if one.printed else ())
            if one.last is last and groups:
                wanted |= (pl.col("quantity") == one.quantity) & pl.col("group").is_in(groups)
        each = (
            rows.filter(wanted)
            .group_by(*keys, "quantity", "group", "run", maintain_order=True)
            .agg(summary)
        )
        medians = each.group_by(*keys, "quantity", "group", maintain_order=True).agg(
            value.median().alias("median"),
            value.quantile(0.05).alias("low"),
            value.quantile(0.95).alias("high"),
            pl.len().alias("runs"),
        )
        if medians.height:
            found[name] = medians
    return found
