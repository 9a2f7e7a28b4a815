"""What tables and pictures of runs sum up."""

from __future__ import annotations

import polars as pl


def later_half(table: pl.DataFrame) -> pl.DataFrame:
    """Rows of the second half of each run, by its own length: a run that ends early still counts.

    Examples
    --------
    >>> runs = pl.DataFrame({"run": [0, 0, 0, 1], "time": [0.0, 5.0, 9.0, 3.0]})
    >>> later_half(runs)["time"].to_list()
    [5.0, 9.0, 3.0]
    """
    one = [name for name in ("point", "run", "seed") if name in table.columns]
    time = pl.col("time")
    last = time.max().over(one)
    return table.filter((2 * time > last) | (time == last))
