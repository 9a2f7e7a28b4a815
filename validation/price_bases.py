"""What the classes by welfare would be at other price levels, to see how much a revision explains.

* PPPs of 2011: every distribution in its own dollars of 2011, carried to 2021 with US prices only,
  as the studies of that time had them.
* PPPs of 2017: our levels less the revision of GDP at PPP from Penn World Table 10.01 (PPPs of
  2017) to the World Bank's series at PPPs of 2021, relative to the United States.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from validation.world import Array, World
from worldclass.core.prices import DAYS_A_MONTH, to_base
from worldclass.people import quantiles

NO_SHIFT = 0.0


def back_to_2011(world: World) -> Array:
    """Log shift per country; 0 where no distribution is at hand. Shape (countries, 1)."""
    summary = world.mirror.table("income_distribution_summary")
    codes = ["N", "A", "U"]
    chosen = (
        summary.filter(pl.col("coverage").is_in(codes))
        .with_columns(
            order=pl.col("coverage").replace_strict(codes, [0, 1, 2], return_dtype=pl.Int8),
            mean=pl.col("mean_month") / DAYS_A_MONTH,
        )
        .sort("iso3", "year", "order")
        .unique(["iso3", "year"], keep="first", maintain_order=True)
    )
    published = np.log(world.grid.place(chosen, "mean"))
    ours = np.log(quantiles.mean(np.moveaxis(world.estimates["welfare_log"], 0, -1)))
    factor = ours - published
    own = [np.nanmedian(row) if np.isfinite(row).any() else np.log(to_base(2011)) for row in factor]
    return (np.log(to_base(2011)) - np.array(own))[:, None]


def back_to_2017(world: World) -> Array:
    """Log shift per country; 0 where one of the two series is absent. Shape (countries, 1)."""
    published = world.published
    j = world.year(2017)
    new = np.log(published.series("gdp_pc_ppp2021")[:, j])
    old = np.log(published.series("pwt_rgdpna")[:, j] / published.series("pwt_pop")[:, j])
    revision = new - old
    revision = revision - revision[world.grid.countries.index("USA")]
    return -np.where(np.isfinite(revision), revision, 0.0)[:, None]


def log_welfare(world: World, anchor: str, shift: Array | float = NO_SHIFT) -> Array:
    """Log quantiles, shape (countries, years, scores), central values."""
    logs = np.moveaxis(world.estimates["welfare_log"], 0, -1)
    level = world.estimates["welfare_accounts_shift"] if anchor == "national-accounts" else 0.0
    return logs + (np.zeros(world.grid.shape) + level + shift)[..., None]


def bands(
    world: World, year: int, anchor: str, cuts: tuple[float, ...], shift: Array | float = NO_SHIFT
) -> Array:
    """Percent of the world's persons between cuts (PPP dollars of 2021 a day), lowest first."""
    j = world.year(year)
    logs = log_welfare(world, anchor, shift)[:, j]
    persons = world.population[:, j] / world.population[:, j].sum()
    below = [float((quantiles.below(logs, cut) * persons).sum()) for cut in cuts]
    return 100 * np.diff(np.array([0.0, *below, 1.0]))


def mean_welfare(
    world: World, country: str, year: int, anchor: str, shift: Array | float = NO_SHIFT
) -> float:
    """Mean welfare of a country, PPP dollars of 2021 a day."""
    i = world.grid.countries.index(country)
    return float(quantiles.mean(log_welfare(world, anchor, shift)[i, world.year(year)]))
