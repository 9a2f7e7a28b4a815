"""Size classes that an income cuts: our cut points in cells against rows expanded to bins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.budgets import OWN_THEORY
from benchmarks.comparison import Comparison, compare, named

if TYPE_CHECKING:
    import pandas as pd

DECENT = 900.0
ANCHOR = "earnings-survey"
TOLERANCE = 0.01


def splitting(*, smoke: bool) -> list[Comparison]:
    """Ours against pandas with 200 income bins a cell."""
    import worldclass as wc

    bins, runs = (50, 1) if smoke else (200, 7)
    cells = wc.people(year=2023).to_pandas()

    def ours() -> pd.DataFrame:
        frame = wc.atlas(OWN_THEORY, year=2023, sex="total", anchor=ANCHOR, draws=0)
        return frame.to_pandas()

    def with_pandas() -> pd.DataFrame:
        return expand_and_count(cells, bins)

    sizes = ours().set_index(["country", "class"])["persons"]
    counted = with_pandas().set_index(["country", "class"])["persons"]
    sizes, counted = sizes.align(counted, join="right", fill_value=0.0)
    population = counted.groupby("country").transform("sum")
    gap = float(((sizes - counted).abs() / population).max())
    if gap > TOLERANCE:
        raise AssertionError(f"Class shares differ by {gap:.3f} of a population.")
    task = f"class sizes of 188 countries, income cut, one year ({len(cells):,} cells)"
    difference = f"{gap * 100:.2f} points at most"
    peer = named("pandas", f"{bins} bins a cell")
    return [compare(task, peer, ours, with_pandas, runs=runs, difference=difference)]


def expand_and_count(cells: pd.DataFrame, bins: int) -> pd.DataFrame:
    """Give every paid cell one row a quantile of its log-normal income, then classify rows."""
    from scipy.special import ndtri

    paid = cells["labour_income_log_sd"].notna()
    scores = ndtri((np.arange(bins) + 0.5) / bins)
    rows = cells[paid].loc[cells[paid].index.repeat(bins)]
    spread = rows["labour_income_log_sd"]
    level = np.log(rows[f"labour_income_{ANCHOR.replace('-', '_')}"]) - spread**2 / 2
    rows = rows.assign(
        income=np.exp(level + spread * np.tile(scores, int(paid.sum()))),
        persons=rows["persons"] / bins,
    )
    rest = cells[~paid].assign(income=0.0)
    found = []
    for part in (rows, rest):
        out = (part["age"] == "0-14") | part["status"].isin(["outside", "unemployed"])
        conditions = [out, part["status"] == "employer", part["income"] >= DECENT]
        names = ["without-work", "employers", "decent-pay"]
        labelled = part.assign(**{"class": np.select(conditions, names, default="poor-pay")})
        found.append(labelled.groupby(["country", "class"])["persons"].sum())
    return found[0].add(found[1], fill_value=0.0).reset_index()
